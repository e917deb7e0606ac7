"""Options and fixtures that all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.browser import running
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, for a module only: its event loop would be in the way of other tests."""
    with running() as browser:
        yield browser
