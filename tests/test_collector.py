"""The collector of cycles rests while a large document is formatted, and only then."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from citekit import Record, Style
from citekit.processor import collector
from citekit.processor.collector import collector_at_rest

LARGE = 10_000


@pytest.fixture(autouse=True)
def enabled() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_it_rests_for_large_documents_only() -> None:
    with collector_at_rest(LARGE):
        assert not gc.isenabled()
    with collector_at_rest(1):
        assert gc.isenabled()


def test_the_last_of_several_switches_it_on() -> None:
    with collector_at_rest(LARGE):
        with collector_at_rest(LARGE):
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_who_switched_it_off_has_it_off() -> None:
    gc.disable()
    with collector_at_rest(LARGE):
        pass
    assert not gc.isenabled()


def test_it_is_on_again_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "_LARGE", 1)
    with pytest.raises(Exception, match="no record"):
        Style.load("apa").process([Record("a", "book")], ["b"])
    assert gc.isenabled()
