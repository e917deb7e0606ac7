"""Flat output is a short cut: whatever it gives is what the tree gives, in HTML and in text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from citekit import Name, Record, Style
from citekit.api import Entry
from citekit.flat import settle as flat
from citekit.flat.entries import bare_cites
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


@pytest.mark.parametrize("name", STYLES)
def test_entries_are_those_of_their_trees(name: str) -> None:
    assert not differences(Style.load(name).bibliography(LIBRARY))


@pytest.mark.parametrize("name", STYLES)
def test_most_entries_are_flat(name: str) -> None:
    entries = Style.load(name).bibliography(LIBRARY).entries
    assert sum(is_flat(entry) for entry in entries) > 0.75 * len(entries)


def is_flat(entry: Entry) -> bool:
    return entry._flat is not None


@pytest.mark.parametrize("path", Random(1989).sample(OTHERS, 40), ids=lambda path: path.stem)
def test_other_styles(path: Path) -> None:
    assert not differences(Style.load(path).bibliography(LIBRARY[:120]))


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
    assert not differences(Style.load(name).bibliography(csl_json.loads(json.dumps(listed))))


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
