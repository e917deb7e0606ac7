"""Hostile input: each reader raises CitekitError and nothing else, and hangs on nothing."""

from __future__ import annotations

import os
import time

import pytest

from citekit.readers.formats import FORMATS
from tests.readers.fuzz import seeds, try_reader

SECONDS = float(os.environ.get("CITEKIT_FUZZ_SECONDS", "2"))
SEEDS = seeds()


@pytest.mark.parametrize("name", FORMATS)
def test_spoilt_files_are_read_or_refused(name: str) -> None:
    seed = int(os.environ.get("CITEKIT_FUZZ_SEED", time.time_ns()))
    assert try_reader(name, SEEDS[name], SECONDS, seed)
