"""Rules that no line breaks, whatever is in a record: checked on all records there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.archives.assemble import assemble
from citekit.archives.readers import omeka_classic, open_collection
from citekit.archives.readers.source import Problems
from citekit.archives.record import ArchivalRecord
from tests.archives import omeka
from tests.archives.printing import SITE, STYLES, lines
from tests.archives.test_expected import COLLECTION, needs_shared, records

FORBIDDEN = {
    "None": r"\bNone\b",
    "an entity": r"&(?:#\w+|[a-z]+);",
    "a tag": r"</?(?:p|br|em|i|b|strong|span|a|div|ul|li|sup|sub)\b[^<>]*>",
    "doubled punctuation": r",,|;;|::|\.,|,\.|\?\.(?!\S)|!\.|\(\)|\[\]|“”|\*\*\*| [,;:]| \.(?! )",
    "two spaces": r"  ",
    "nobody's name": r"(?i)\banonymous\b|\bunknown\b",
    "a brace of a template": r"[{}]",
}
# What is right although it looks wrong: abbreviations before a comma, an ellipsis.
RIGHT = re.compile(
    r"\b(?:[A-Z]|Jr|Sr|Ltd|Inc|al|ed|eds|trans|dir|n\.d|sec|min|hr|cm|in|ca|no|vol)\.,"
    r"|D\.C\.,|\.\.\.,?|\. \. \.,?"
)


def broken(line: str) -> list[str]:
    line = RIGHT.sub("~", line)
    return [name for name, pattern in FORBIDDEN.items() if re.search(pattern, line)]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ArchivalRecord]:
    path = omeka.write(
        tmp_path_factory.mktemp("own") / "items.json", omeka.answer(omeka.short_records())
    )
    return {record.id: record for record in open_collection(path, SITE).records()}


def check(record: ArchivalRecord) -> None:
    found = dict(lines(record))
    assert len(found) == 2 * len(STYLES) - 2
    for name, line in found.items():
        assert len(line) > 3, f"{name} is empty"
        assert not broken(line), f"{name}: {line}"


@pytest.mark.parametrize("record", [each["id"] for each in omeka.short_records()])
def test_own_records(own: dict[str, ArchivalRecord], record: str) -> None:
    check(own[record])


@needs_shared
@pytest.mark.parametrize("record", list(records()) if COLLECTION.is_file() else [])
def test_shared_records(record: str) -> None:
    check(records()[record])


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Havel. None. 1990.", "None"),
        ("Poland.,” 1989", "doubled punctuation"),
        ("Smith &amp; Sons", "an entity"),
        ("<em>x</em>", "a tag"),
        ("Havel, , 1990", "doubled punctuation"),
        ("Anonymous. “Open Letter.”", "nobody's name"),
    ],
)
def test_a_rule_is_seen_broken(line: str, rule: str) -> None:
    assert rule in broken(line)


VALUES = st.one_of(
    st.text(max_size=40),
    st.text("Aa ,.;:()[]<>&'\"?!-–/0189x“”*{}\\|", max_size=25),
    st.sampled_from(["1989", "ca. 1989-11", "Havel, Václav", "Box 5, folder 2, Archive, Prague",
                     "A to B, 1 May 1989, C (accessed May 2, 2008)", "Letter", "eng", "None"]),
)  # fmt: skip
ELEMENTS = ("Title", "Creator", "Contributor", "Date", "Type", "Source", "Format", "Language",
            "Identifier", "Publisher", "Coverage")  # fmt: skip


@given(st.dictionaries(st.sampled_from(ELEMENTS), st.lists(VALUES, min_size=1, max_size=3)))
@settings(max_examples=40, deadline=None)
def test_whatever_is_in_a_record(values: dict[str, list[str]]) -> None:
    """A record of any texts is printed in every style, and its doubts can be said."""
    item = omeka.item({"id": "7", **values})
    draft = omeka_classic.item_draft(item, omeka_classic.Context(), Problems())
    assert draft is not None
    record = assemble(*draft, SITE)
    assert all(str(finding) for finding in record.findings)
    for name, line in lines(record):
        assert line.strip(" .,()[]"), name


# ------------------------------------------------------------ what is told

TOLD = {
    "13": ["title-none", "date-absent"],
    "14": ["name-nobody"],
    "20": ["name-order"],
    "22": ["date-impossible"],
    "23": ["date-ambiguous"],
    "24": ["date-several"],
    "27": ["value-empty"],
    "28": ["title-capitals"],
}


@needs_shared
@pytest.mark.parametrize(("record", "kinds"), TOLD.items())
def test_doubts_are_told(record: str, kinds: list[str]) -> None:
    told = {finding.kind for finding in records()[record].findings}
    assert told >= set(kinds)


def test_golden(own: dict[str, ArchivalRecord], request: pytest.FixtureRequest) -> None:
    """All lines and doubts of the own records, as they were judged by eye."""
    golden = Path(__file__).parent / "data" / "records.txt"
    about = {each["id"]: each["about"] for each in omeka.short_records()}
    text = ""
    for record in own.values():
        text += f"## {record.id}: {about[record.id]}\n"
        text += "".join(f"{name}\n    {line}\n" for name, line in lines(record))
        text += "".join(f"! {finding}\n" for finding in record.findings)
    if request.config.getoption("--update"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
