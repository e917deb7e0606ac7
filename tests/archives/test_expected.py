"""What a careful human writes for eight records, and the house's two lines for one of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from citekit.archives.readers import open_collection
from citekit.archives.record import ArchivalRecord
from tests.archives.printing import SITE, printed, starred

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "omeka"
COLLECTION = SHARED / "collection.json"
DIFFERENCES = Path(__file__).parent / "data" / "differences.toml"

LINES = {
    "Chicago note": ("chicago", "citation"),
    "Chicago bibliography": ("chicago", "entry"),
    "MLA works cited": ("mla", "entry"),
    "APA reference": ("apa", "entry"),
}

needs_shared = pytest.mark.skipif(
    not COLLECTION.is_file(), reason="needs the collection in ../shared/data/omeka"
)


@cache
def records() -> dict[str, ArchivalRecord]:
    return {record.id: record for record in open_collection(COLLECTION, SITE).records()}


def expected() -> list[tuple[str, str, str]]:
    """Record, name of the line, and the line."""
    file = SHARED / "expected.md"
    if not file.is_file():
        return []
    record, found = "", []
    lines = file.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if match := re.match(r"## Record (\d+)", line):
            record = match[1]
        elif (match := re.match(r"- \*\*(.+)\*\*", line)) and match[1] in LINES:
            found.append((record, match[1], lines[number + 1].strip().removeprefix("- ")))
    return found


def differences() -> dict[tuple[str, str], dict[str, str]]:
    table = tomllib.loads(DIFFERENCES.read_text("utf-8")).get("line", [])
    return {(each["record"], each["name"]): each for each in table}


def line(record: str, name: str) -> str:
    style, part = LINES[name]
    day = "2008-05-14" if record == "164" else "2024-03-05"
    result = getattr(printed(style, records()[record], day), part)
    return starred(result.html)


@needs_shared
@pytest.mark.parametrize(("record", "name", "wanted"), expected())
def test_as_a_careful_human_writes(record: str, name: str, wanted: str) -> None:
    differing = differences().get((record, name))
    assert line(record, name) == (differing["printed"] if differing else wanted)


@needs_shared
@pytest.mark.parametrize(("record", "name", "wanted"), expected())
def test_what_differs_is_explained(record: str, name: str, wanted: str) -> None:
    differing = differences().get((record, name))
    if differing is not None:
        assert differing["printed"] != wanted, "it doesn't differ any longer: delete it"
        headings = re.findall(r"^###? (.+)", (ROOT / "docs/archives.md").read_text("utf-8"), re.M)
        assert differing["why"] in headings


@needs_shared
def test_the_house_style_prints_the_seed() -> None:
    result = printed("house", records()["164"])
    assert result.citation.text == (
        "Georgy Shakhnazarov to Mikhail Gorbachev, 6 October 1988, Cold War International "
        "History Project, Documents and Papers, CWIHP (accessed May 14, 2008)."
    )
    assert result.entry is not None
    assert result.entry.text == (
        'Georgy Shakhnazarov, "Soviets Discuss Perestroika for Other Communist Countries." '
        "Making the History of 1989, #164."
    )


@needs_shared
def test_author_date() -> None:
    result = printed("author-date", records()["164"])
    assert result.citation.text == "(Shakhnazarov 1988)"
    assert result.entry is not None
    assert result.entry.text == (
        "Shakhnazarov, Georgy. 1988. “Soviets Discuss Perestroika for Other Communist "
        "Countries.” Letter to Mikhail Gorbachev. October 6. Item 164. Making the History of "
        "1989. http://chnm.gmu.edu/1989/items/show/164."
    )


@needs_shared
def test_the_day_of_the_editors_is_never_the_readers() -> None:
    result = printed("mla", records()["164"], "2026-01-02")
    assert result.entry is not None
    assert result.entry.text.endswith("Accessed 2 Jan. 2026.")
    assert "2008" not in result.entry.text
