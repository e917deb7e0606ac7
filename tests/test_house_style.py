"""The styles written here: valid, and printing to the character what their archive prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from citekit import Citation, Cite, Style
from citekit.readers import csl_json
from tests.reference import Job, Result, data_folder, official_style

ROOT = Path(__file__).resolve().parent.parent
STYLES = sorted((ROOT / "styles").glob("*.csl"))
HOUSE = ROOT / "styles" / "making-the-history-of-1989.csl"
LETTER: dict[str, Any] = json.loads((ROOT / "docs/examples/shakhnazarov.json").read_text("utf-8"))[
    0
]

PROVENANCE = (
    "Georgy Shakhnazarov to Mikhail Gorbachev, 6 October 1988, Cold War International "
    "History Project, Documents and Papers, CWIHP (accessed May 14, 2008)."
)
HOW_TO_CITE = (
    'Georgy Shakhnazarov, "Soviets Discuss Perestroika for Other Communist Countries." '
    "Making the History of 1989, #164."
)


def schema() -> etree.RelaxNG:
    folder = data_folder("citeproc", "data/schema/schemas/styles")
    return etree.RelaxNG(etree.parse(str(folder / "csl.rng")))


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_valid(path: Path) -> None:
    relax_ng = schema()
    assert relax_ng.validate(etree.parse(str(path))), relax_ng.error_log


def test_the_schema_sees_a_fault() -> None:
    broken = HOUSE.read_text("utf-8").replace("<layout ", "<layout colour='red' ", 1)
    assert not schema().validate(etree.fromstring(broken.encode()))


# The letter with some of its variables changed (None takes one away), and what the house
# prints of it. Everything here was read off the reference processor and judged by eye.
CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "the seed": ({}, PROVENANCE, HOW_TO_CITE),
    "no recipient: titled": (
        {"recipient": None},
        'Georgy Shakhnazarov, "Soviets Discuss Perestroika for Other Communist Countries," '
        + PROVENANCE.partition("Gorbachev, ")[2],
        HOW_TO_CITE,
    ),
    "no author": (
        {"author": None},
        '"Soviets Discuss Perestroika for Other Communist Countries," '
        + PROVENANCE.partition("Gorbachev, ")[2],
        HOW_TO_CITE.partition(", ")[2],
    ),
    "no title": (
        {"title": None, "genre": "letter"},
        PROVENANCE,
        "Georgy Shakhnazarov, letter to Mikhail Gorbachev. "
        "Making the History of 1989, #164, 6 October 1988.",
    ),
    "no date, no access date": (
        {"issued": None, "accessed": None},
        "Georgy Shakhnazarov to Mikhail Gorbachev, Cold War International History Project, "
        "Documents and Papers, CWIHP.",
        HOW_TO_CITE,
    ),
    "no archive: the site": (
        {"archive": None, "archive_collection": None, "source": None, "accessed": None},
        "Georgy Shakhnazarov to Mikhail Gorbachev, 6 October 1988, "
        "Making the History of 1989, #164.",
        HOW_TO_CITE,
    ),
    "no number: date and URL": (
        {"number": None, "issued": {"date-parts": [[1988, 10]], "circa": True}},
        PROVENANCE.replace("6 October", "circa October"),
        HOW_TO_CITE.replace("#164.", "circa October 1988. ") + LETTER["URL"] + ".",
    ),
    "several authors": (
        {"author": [{"family": name, "given": "A."} for name in ("One", "Two", "Three")]},
        PROVENANCE.replace("Georgy Shakhnazarov", "A. One, A. Two, and A. Three"),
        HOW_TO_CITE.replace("Georgy Shakhnazarov", "A. One, A. Two, and A. Three"),
    ),
    "many authors, a question": (
        {
            "author": [{"family": name, "given": "A."} for name in ("One", "Two", "Three", "Four")],
            "title": "Who Won?",
        },
        PROVENANCE.replace("Georgy Shakhnazarov", "A. One et al."),
        'A. One et al., "Who Won?" Making the History of 1989, #164.',
    ),
}


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in (LETTER | changes).items() if value is not None}


@pytest.mark.parametrize(("changes", "citation", "entry"), CASES.values(), ids=CASES.keys())
def test_the_house_style(changes: dict[str, Any], citation: str, entry: str) -> None:
    item = changed(changes)
    assert cite(Style.from_xml(HOUSE.read_text("utf-8")), item) == (citation, entry)


def test_the_reference_prints_the_same(
    reference: Callable[[Sequence[Job]], list[Result]],
) -> None:
    style = HOUSE.read_text("utf-8")
    items = [changed(changes) for changes, _, _ in CASES.values()]
    for text in (False, True):
        results = reference([job(style, item, text=text) for item in items])
        printed = [(*result.citations, *map(bare, result.entries)) for result in results]
        assert printed == [(citation, entry) for _, citation, entry in CASES.values()]


@pytest.mark.parametrize(
    "name", ["chicago-notes-bibliography", "modern-language-association", "apa"]
)
def test_the_letter_in_official_styles(
    name: str, reference: Callable[[Sequence[Job]], list[Result]]
) -> None:
    [result] = reference([job(official_style(name), LETTER)])
    [citation], [entry] = result.citations, result.entries
    assert cite(Style.load(name), LETTER) == (citation, bare(entry))


def cite(style: Style, item: dict[str, Any]) -> tuple[str, str]:
    """Citation and entry in HTML, after a check that the house's text is no different."""
    records = csl_json.loads(json.dumps([item]))
    result = style.process(records, [Citation([Cite(item["id"])])])
    [citation], [entry] = result.citations, result.bibliography.entries
    if "<" not in citation.html + entry.html:
        assert (citation.text, entry.text) == (citation.html, entry.html)
    return citation.html, entry.html


def job(style: str, item: dict[str, Any], *, text: bool = False) -> Job:
    return Job(style=style, items=[item], citations=[[{"id": item["id"]}]], text=text)


def bare(entry: str) -> str:
    """An entry of the reference without its wrapping ``<div>``."""
    return entry.strip().removeprefix('<div class="csl-entry">').removesuffix("</div>")
