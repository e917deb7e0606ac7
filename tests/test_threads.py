"""Styles are shared between threads: many at once print what one prints alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from citekit import Citation, Cite, Record, Style
from citekit.readers import csl_json

ROOT = Path(__file__).resolve().parent.parent
RECORDS = csl_json.load(ROOT / "tests" / "data" / "letters.json") + csl_json.load(
    ROOT / "docs" / "examples" / "shakhnazarov.json"
)
STYLES = (
    "apa",
    "chicago-notes-bibliography",
    "modern-language-association",
    "ieee",
    "making-the-history-of-1989",
)
THREADS = 8

Printed = tuple[list[str], list[str], list[str]]


@pytest.fixture
def frequent_switches() -> Iterator[None]:
    """Threads take turns a thousand times as often as usual."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(interval)


def document(number: int) -> tuple[list[Record], list[Citation]]:
    """The records and citations of a document; each number gives another order."""
    turn = number % len(RECORDS)
    records = RECORDS[turn:] + RECORDS[:turn]
    citations = [
        Citation([Cite(record.id, locator=str(number))], note_number=note)
        for note, record in enumerate([*records, records[0], records[0]], 1)
    ]
    return records, citations


def printed(style: Style, number: int) -> Printed:
    result = style.process(*document(number))
    return (
        [citation.html for citation in result.citations],
        [entry.html for entry in result.bibliography.entries],
        list(result.warnings),
    )


@pytest.mark.usefixtures("frequent_switches")
@pytest.mark.parametrize("name", STYLES)
def test_one_style_in_many_threads(name: str) -> None:
    style = Style.load(name)
    alone = [printed(style, number) for number in range(THREADS)]
    assert len({str(each) for each in alone}) == THREADS  # else a mix-up would go unseen
    start = Barrier(THREADS)

    def work(number: int) -> list[Printed]:
        start.wait(60)
        return [printed(style, number) for _ in range(5)]

    with ThreadPoolExecutor(THREADS) as pool:
        for expected, many in zip(alone, pool.map(work, range(THREADS)), strict=True):
            assert many == [expected] * 5


@pytest.mark.usefixtures("frequent_switches")
def test_loading_and_compiling_in_many_threads() -> None:
    alone = [printed(Style.load(name), 3) for name in STYLES]
    jobs = [*STYLES] * 2
    start = Barrier(len(jobs))

    def work(name: str) -> Printed:
        start.wait(60)
        return printed(Style.load(name), 3)

    with ThreadPoolExecutor(len(jobs)) as pool:
        assert list(pool.map(work, jobs)) == alone * 2
