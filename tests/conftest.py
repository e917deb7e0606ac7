"""Options and fixtures that all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.reference import Job, Result, missing, run_reference

os.environ["CITEKIT_CACHE"] = "off"  # tests don't depend on what ran before; some turn it on
ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update``."""
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite what tests expect to what is so now: tests/csl_suite_failures.txt "
        "(without -n), tests/check/styles/*.txt",
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def reference() -> Callable[[Sequence[Job]], list[Result]]:
    """Runs jobs through the reference processor; skips where it is missing."""
    reason = missing()
    if reason:
        pytest.skip(reason)
    return run_reference
