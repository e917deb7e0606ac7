"""Flat output is a short cut: whatever it gives is what the tree gives, in HTML and in text."""

from __future__ import annotations

import json
import pickle
import unicodedata
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from citekit import Cite, Formatted, Name, Record, Style
from citekit.flat import settle as flat
from citekit.flat.layouts import bare_cites
from citekit.output import html, text
from citekit.processor.registry import Registry
from citekit.readers import csl_json
from citekit.render.tree import text_of
from citekit.style.library import official_directory
from tests.all_styles import RECORDS, differences
from tests.benchmarks.records import records

STYLES = (
    "apa",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "ieee",
    "modern-language-association",
    "nature",
    "nlm-citation-sequence",
)
OTHERS = sorted((official_directory() or Path("none")).glob("*.csl"))
LIBRARY = [*csl_json.load(RECORDS), *csl_json.loads(json.dumps(records(60)))]


def printed(style: Style, library: Sequence[Record]) -> list[Formatted]:
    """The entries of a library, and citations of its records, again and again."""
    places = cycle(("", "3", "4-6"))
    times = max(2, 40 // len(library))
    cites = [Cite(record.id, locator=next(places)) for _ in range(times) for record in library]
    result = style.process(library, cites)
    return [*result.bibliography.entries, *result.citations]


@pytest.mark.parametrize("name", STYLES)
def test_what_is_printed_is_what_trees_print(name: str) -> None:
    assert not differences(printed(Style.load(name), LIBRARY))


@pytest.mark.parametrize("name", STYLES)
def test_most_is_flat(name: str) -> None:
    both = printed(Style.load(name), LIBRARY)
    for some in (both[: len(LIBRARY)], both[len(LIBRARY) :]):
        assert sum(map(is_flat, some)) > 0.75 * len(some)


def is_flat(formatted: Formatted) -> bool:
    return formatted._flat is not None


@pytest.mark.parametrize("path", Random(1989).sample(OTHERS, 40), ids=lambda path: path.stem)
def test_other_styles(path: Path) -> None:
    assert not differences(printed(Style.load(path), LIBRARY[:120]))


PIECES = st.sampled_from(
    [
        *". , : ; ! ? ' “ ” ‘ ’ « » & < > ( ) [ ] - – a B é 漢 ² \" \x01 \x0e \x16 \x17".split(" "),
        *"<i> </i> <b> </b> <sup> </sup> one Two \u00a0 \u202f".split(" "),
        " ",
        "  ",
    ]
)
TEXTS = st.lists(PIECES, max_size=7).map("".join)
ODD_RECORDS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["article-journal", "book", "chapter", "webpage", "thesis"]),
        "title": TEXTS,
        "container-title": TEXTS,
        "publisher": TEXTS,
        "volume": TEXTS,
        "page": TEXTS,
        "edition": TEXTS,
        "URL": TEXTS,
    }
)
NAMES = st.lists(
    st.fixed_dictionaries({"family": TEXTS, "given": TEXTS})
    | st.fixed_dictionaries({"literal": TEXTS}),
    max_size=3,
)


@pytest.mark.parametrize("name", STYLES)
@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(st.tuples(ODD_RECORDS, NAMES, NAMES), min_size=1, max_size=4))
def test_odd_texts(name: str, given_: list[tuple[dict[str, str], object, object]]) -> None:
    listed = [
        {**fields, "id": str(number), "author": authors, "editor": editors}
        for number, (fields, authors, editors) in enumerate(given_)
    ]
    assert not differences(printed(Style.load(name), csl_json.loads(json.dumps(listed))))


def test_a_space_at_the_end_stands_behind_the_columns() -> None:
    record = Record("a", "article-journal", container_title="<i>", URL=" ")
    assert not differences(printed(Style.load("ieee"), [record]))


@pytest.mark.parametrize("name", STYLES)
def test_bare_cites_are_the_texts_of_their_trees(name: str) -> None:
    style = Style.load(name)
    registry = Registry(style.compiled, [style.prepare(record) for record in LIBRARY])
    bare = bare_cites(style.compiled)
    for item in registry.items.values():
        pieces = style.compiled.citation.layout(registry.entry_context(item))
        assert bare(registry.entry_context(item)) in (None, "\0".join(map(text_of, pieces)))


def test_all_that_may_be_raised_is_looked_at() -> None:
    raised = [
        chr(code)
        for code in range(0x110000)
        if unicodedata.decomposition(chr(code)).startswith("<super>")
    ]
    for character in raised:
        assert flat.html(f"a{character}") == html.render([f"a{character}"]), hex(ord(character))


def test_repeated_names_are_replaced_in_trees_that_are_asked_for_later() -> None:
    style = Style.load("modern-language-association")
    books = [Record(title, "book", title=title, author=[Name("Doe", "Ann")]) for title in "AB"]
    entries = style.bibliography(books).entries
    assert entries[1].text.startswith("———. ")
    assert text.render(entries[1].events) == entries[1].text
    assert is_flat(entries[1])


def test_citations_that_are_flat_can_be_pickled() -> None:
    (*_, citation) = printed(Style.load("apa"), LIBRARY)
    assert is_flat(citation)
    again = pickle.loads(pickle.dumps(citation))
    assert (again.html, again.text) == (citation.html, citation.text)


def test_a_name_that_prints_nothing_is_there_all_the_same() -> None:
    record = Record("a", "book", title="Title", author=[Name(literal="")])
    assert not differences(printed(Style.load("apa"), [record]))


def test_parentheses_in_those_of_a_note_are_brackets() -> None:
    group = '<group prefix="(" suffix=")"><text variable="title"/></group>'
    style = Style.from_xml(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">'
        "<info><title>t</title><id>t</id><updated>2026-01-01T00:00:00Z</updated></info>"
        f'<citation><layout prefix="(" suffix=")">{group}</layout></citation></style>'
    )
    books = [Record(str(number), "book", title="Title") for number in range(20)]
    assert {one.text for one in style.process(books, [book.id for book in books]).citations} == {
        "([Title])"
    }
