"""Documents: edits report what they change, and come to what formatting once comes to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit import Changes, Citation, Cite, Document, Record, RecordError, Selection, Style
from citekit.readers import csl_json

DATA = Path(__file__).resolve().parent / "data"
LETTER, BOOK, ARTICLE, CHAPTER = csl_json.load(DATA / "letters.json")


def collisions() -> list[Record]:
    """Records that look alike in many styles, and a few others."""
    items = json.loads((DATA / "differential.json").read_text(encoding="utf-8"))
    prefixes = ("journal-year-", "journal-initials-", "journal-etal-", "collision-")
    alike = [item for item in items if str(item["id"]).startswith(prefixes)]
    return csl_json.loads(json.dumps(alike + items[:6]), lenient=True)


RECORDS = collisions()
STYLES = {
    name: Style.load(name)
    for name in (
        "apa",
        "chicago-author-date",
        "chicago-notes-bibliography",
        "modern-language-association",
        "nature",
        "mhra-notes",
        "springer-basic-author-date",
    )
}

# ------------------------------------------------------------------------ the law

_cites = st.builds(
    Cite,
    id=st.sampled_from([record.id for record in RECORDS]),
    locator=st.sampled_from(["", "", "5", "7"]),
    suppress_author=st.sampled_from([False, False, False, True]),
)
_citations = st.builds(
    Citation,
    cites=st.lists(_cites, min_size=1, max_size=4),
    mode=st.sampled_from(["", "", "", "composite", "suppress-author", "author-only"]),
    note_number=st.sampled_from([None, None, None, 0]),
)
_places = st.integers(0, 20)


def _retitled(record: Record) -> Record:
    [changed] = csl_json.loads(
        json.dumps([{"id": record.id, "type": "book", "title": f"Another {record.id}"}])
    )
    return changed


def _name(document: Document, place: int) -> str:
    return document.citations[place % len(document.citations)].id


_edits: st.SearchStrategy[Callable[[Document], Changes]] = st.one_of(
    _citations.map(lambda new: lambda document: document.add(new)),
    st.tuples(_places, _citations).map(lambda p: lambda document: document.insert(*p)),
    st.tuples(_places, _citations).map(
        lambda p: lambda document: document.replace(_name(document, p[0]), p[1])
    ),
    st.tuples(_places, _places).map(
        lambda p: lambda document: document.move(_name(document, p[0]), p[1])
    ),
    _places.map(lambda place: lambda document: document.delete(_name(document, place))),
    st.sampled_from(RECORDS).map(lambda one: lambda document: document.update(_retitled(one))),
    st.sampled_from(RECORDS).map(lambda one: lambda document: document.update(one)),
    st.sampled_from([True, False, (RECORDS[0].id,)]).map(
        lambda uncited: lambda document: document.include(uncited)
    ),
    st.sampled_from(sorted(STYLES)).map(
        lambda name: lambda document: document.restyle(STYLES[name])
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(STYLES)),
    st.lists(_citations, min_size=1, max_size=6),
    st.lists(_edits, min_size=1, max_size=8),
)
def test_edits_come_to_what_formatting_once_comes_to(
    name: str, first: list[Citation], edits: list[Callable[[Document], Changes]]
) -> None:
    document = Document(STYLES[name], RECORDS, citations=first)
    uncited: Any = False
    for edit in edits:
        before = document.formatted
        entries = document.bibliography()
        if not document.citations:
            break
        changes = edit(document)
        after = document.formatted
        differ = {key for key, text in after.items() if before.get(key) != text}
        assert differ <= set(changes.citations)
        assert changes.citations == {key: after[key] for key in changes.citations}
        assert set(changes.removed) == before.keys() - after.keys()
        if document.bibliography() != entries:
            assert changes.bibliography
        uncited = document.uncited
    once = document.style.process(document.records, document.citations, uncited=uncited)
    assert [text.html for text in document.formatted.values()] == [
        text.html for text in once.citations
    ]
    assert document.bibliography().html == once.bibliography.html
    assert set(document.warnings) == set(once.warnings)


# ----------------------------------------------------------------- what is reported


def test_a_new_citation_makes_another_one_ibid_no_more() -> None:
    document = Document("chicago-notes-bibliography", [LETTER, BOOK])
    document.add(Cite(BOOK.id, locator="1"), Cite(BOOK.id, locator="2"))
    changes = document.insert(1, LETTER.id)
    assert list(changes.citations) == ["citation-3", "citation-2"]
    assert changes.bibliography
    assert not changes.removed
    assert document.note_numbers == {"citation-1": 1, "citation-3": 2, "citation-2": 3}


def test_an_edit_that_changes_nothing_says_so() -> None:
    document = Document("apa", [LETTER, BOOK], citations=[LETTER.id])
    assert not document.move("citation-1", 0)
    assert not document.update(BOOK)
    assert document.include([BOOK.id])
    assert not document.include([BOOK.id])


def test_a_deleted_citation_is_reported_and_its_record_leaves_the_bibliography() -> None:
    document = Document("apa", [LETTER, BOOK], citations=[LETTER.id, BOOK.id])
    changes = document.delete("citation-1")
    assert changes.removed == ("citation-1",)
    assert changes.bibliography
    assert [entry.id for entry in document.bibliography().entries] == [BOOK.id]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda document: document.add("nobody"), "record nobody"),
        (lambda document: document.forget(LETTER.id), f"record {LETTER.id}"),
        (lambda document: document.forget("nobody"), "record nobody"),
        (lambda document: document.include(["nobody"]), "record nobody"),
        (lambda document: document.delete("citation-9"), "citation citation-9"),
        (lambda document: document.add(Citation(LETTER.id, id="citation-1")), "same id"),
    ],
)
def test_a_failed_edit_leaves_the_document_as_it_was(
    edit: Callable[[Document], Changes], message: str
) -> None:
    document = Document("apa", [LETTER, BOOK], citations=[LETTER.id])
    before = document.citations, document.records, document.formatted
    with pytest.raises(RecordError, match=message):
        edit(document)
    assert (document.citations, document.records, document.formatted) == before
    assert list(document.add(BOOK.id).citations) == ["citation-2"]


@pytest.mark.parametrize("step", ["prepare", "render_citation"])
@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_any_failure_leaves_the_document_as_it_was(
    monkeypatch: pytest.MonkeyPatch, step: str, error: type[BaseException]
) -> None:
    def fail(*_: object) -> None:
        raise error

    document = Document("apa", [LETTER, BOOK], citations=[LETTER.id, BOOK.id])
    edits: list[Callable[[], Changes]] = [
        lambda: document.add(BOOK.id),
        lambda: document.restyle("ieee"),
    ]
    before = vars(document).copy()
    with monkeypatch.context() as patch:
        patch.setattr(f"citekit.document.{step}", fail)
        for edit in edits:
            with pytest.raises(error):
                edit()
    assert vars(document) == before
    assert document.restyle("ieee").citations["citation-2"].text == "[2]"


# ------------------------------------------------------------ several bibliographies


def test_bibliographies_by_type_keyword_field_chapter_and_citedness() -> None:
    tagged = csl_json.loads(
        json.dumps(
            [
                {"id": "a", "type": "book", "title": "A", "keyword": "primary; Cold War"},
                {"id": "b", "type": "book", "title": "B", "publisher": "P"},
                {"id": "c", "type": "map", "title": "C", "keyword": "Primary, maps"},
                {"id": "d", "type": "map", "title": "D"},
            ]
        )
    )
    document = Document(
        "ieee",
        tagged,
        citations=[Citation("b", chapter="1"), Citation(["a", "b"], chapter="2"), Citation("c")],
        uncited=True,
    )

    def ids(**criteria: Any) -> str:
        entries = document.bibliography(Selection(**criteria)).entries
        return "".join(entry.id for entry in entries)

    assert ids() == "bacd"
    assert ids(types="map") == "cd"
    assert ids(types=["map", "book"], keywords="primary") == "ac"
    assert ids(fields={"publisher": ""}) == "b"
    assert ids(fields={"publisher": "Q"}) == ""
    assert ids(chapters="2") == "ba"
    assert ids(chapters=["1"]) == "b"
    assert ids(cited=False) == "d"
    assert ids(cited=True, excluding=Selection(keywords="PRIMARY")) == "b"
    [entry] = document.bibliography(Selection(types="book", keywords="cold war")).entries
    assert entry.text.startswith("[2]"), "numbers are those of the whole bibliography"


def test_a_selection_by_a_type_that_is_none() -> None:
    with pytest.raises(RecordError, match="'letter' is not a type"):
        Selection(types="letter")


def test_the_widest_label() -> None:
    document = Document("ieee", RECORDS, uncited=True)
    assert len(RECORDS) > 9
    assert document.bibliography().max_offset == len("[10]")
    assert Document("apa", RECORDS, uncited=True).bibliography().max_offset == 0


# ------------------------------------------------------------------ names by themselves


@pytest.mark.parametrize(
    ("style", "mode", "printed"),
    [
        ("apa", "composite", "Shakhnazarov (1988)"),
        ("apa", "author-only", "Shakhnazarov"),
        ("apa", "suppress-author", "(1988)"),
        ("ieee", "composite", "Shakhnazarov [1]"),
        ("ieee", "suppress-author", "[1]"),
        ("nature", "author-only", "Shakhnazarov"),
    ],
)
def test_modes_of_a_citation(style: str, mode: Any, printed: str) -> None:
    [citation] = Style.load(style).process([LETTER], [Citation(LETTER.id, mode=mode)]).citations
    assert citation.text == printed


def test_an_infix_stands_between_names_and_the_rest() -> None:
    citations = [Citation(LETTER.id, mode="composite", infix=infix) for infix in ("notes", "’s")]
    first, second = Style.load("apa").process([LETTER], citations).citations
    assert first.text == "Shakhnazarov notes (1988)"
    assert second.text == "Shakhnazarov’s (1988)"


def test_an_unknown_mode() -> None:
    with pytest.raises(RecordError, match="use one of: composite, author-only, suppress-author"):
        Citation(LETTER.id, mode="narrative")  # type: ignore[arg-type]
