"""HTML for programs and screen readers: spans for fields and people, ids, roles."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from citekit import Date, Entry, Name, Record, Style
from citekit.output import formats, page
from citekit.output.listing import Listing, Row, Section
from citekit.output.runs import runs
from citekit.output.semantic import marked

PEOPLE = [
    Name("Smith", "Jane A."),
    Name("Smith", "John"),
    Name("Gogh", "Vincent", non_dropping_particle="van"),
    Name("Fontaine", "Jean", dropping_particle="de", non_dropping_particle="La"),
    Name("King", "Martin Luther", suffix="Jr."),
    Name(literal="World <b> & Co."),
]
WHOLE = [
    "Jane A. Smith", "John Smith", "Vincent van Gogh", "Jean de La Fontaine",
    "Martin Luther King Jr.", "World <b> & Co.",
]  # fmt: skip
RECORD = Record(
    "r",
    "article-journal",
    title='Of <i>x</i> & "y"',
    author=PEOPLE,
    issued=Date(2001, 3),
    container_title="Annals",
    volume="3",
    page="5-9",
    DOI="10.1000/x",
)
STYLES = ["apa", "chicago-notes-bibliography", "ieee", "modern-language-association", "nature"]


def entry(style: str, *records: Record) -> Entry:
    return Style.load(style).bibliography(records).entries[0]


def spans(markup: str) -> list[tuple[str, str, str | None]]:
    """Class, text and person of each span."""
    found = html.fromstring(f"<div>{markup}</div>").iter("span")
    return [
        (each.get("class", ""), "".join(map(str, each.itertext())), each.get("data-name"))
        for each in found
    ]


@pytest.mark.parametrize("style", STYLES)
def test_fields_and_people_are_named(style: str) -> None:
    semantic = entry(style, RECORD).semantic_html(RECORD)
    found = spans(semantic)
    texts = {name: text for name, text, _ in found}
    assert texts["csl-container-title"].startswith("Annals")
    assert texts["csl-volume"] == "3"
    assert texts["csl-year"] == "2001"
    people = [person for name, _, person in found if name == "csl-name"]
    assert people
    assert set(people) <= set(WHOLE)
    assert people == [each for each in WHOLE if each in people], "in their order, each once"


@pytest.mark.parametrize("style", STYLES)
def test_without_its_spans_it_is_the_plain_html(style: str) -> None:
    plain = entry(style, RECORD).html
    bare = re.sub(
        r'<span class="csl-[^>]*>|</span>', "", entry(style, RECORD).semantic_html(RECORD)
    )
    assert bare == re.sub("</span>", "", plain)


def test_a_resolver_is_in_the_span_of_the_doi() -> None:
    assert '<span class="csl-DOI">https://doi.org/10.1000/x</span>' in entry(
        "apa", RECORD
    ).semantic_html(RECORD)


def test_who_is_meant_is_told_only_where_it_is_clear() -> None:
    one = Record("1", "book", title="X", author=[Name("Smith", "Jane"), Name("Smith", "Karl")])
    two = Record("2", "book", title="Y", author=[Name("Smith", "Jo"), Name("Doe", "A")])
    [alone] = [Style.load("modern-language-association").cite(one)]
    assert [who for name, _, who in spans(alone.semantic_html(one)) if name == "csl-name"] == [
        "Jane Smith",
        "Karl Smith",
    ]
    both = Style.load("chicago-author-date").cite([one, two])
    named = [(text, who) for name, text, who in spans(both.semantic_html([one, two])) if who]
    assert ("Doe", "A Doe") in named
    assert {who for text, who in named if text == "Smith"} == set()
    assert not any(who for _, _, who in spans(both.semantic_html()))


def test_other_formats_know_nothing_of_spans() -> None:
    printed = entry("apa", RECORD)
    assert runs(marked(printed.events, [RECORD])) == runs(printed.events)


def body(*ids: str, **options: Any) -> str:
    rows = tuple(Row(each, (f"Entry {each}",)) for each in ids)
    return page.fragment(Listing(sections=(Section("", rows),), **options))


def test_roles_and_ids() -> None:
    assert body("a b", "c") == (
        '<section role="doc-bibliography">\n<div class="csl-bib-body" role="list">\n'
        '  <div class="csl-entry" id="ref-a%20b" role="listitem">Entry a b</div>\n'
        '  <div class="csl-entry" id="ref-c" role="listitem">Entry c</div>\n'
        "</div>\n</section>"
    )
    assert 'role="list"' not in body(), "a list without items is no list"
    assert "role" not in body("a", ids=False)
    assert "id=" not in body("a", ids=False)


def test_a_record_in_two_groups_has_its_id_once() -> None:
    rows = (Row("a", ("A",)),)
    listing = Listing(sections=(Section("x", rows), Section("y", rows)))
    markup = formats.write(listing, "html").decode()
    assert markup.count('id="ref-a"') == 1
    assert markup.count('role="listitem"') == 2


@given(st.lists(st.text(), max_size=4, unique=True))
def test_ids_are_apart_and_hold_nothing_that_ids_cannot(keys: list[str]) -> None:
    found = [page.entry_id(key) for key in keys]
    assert len(set(found)) == len(keys)
    assert not any(re.search(r"\s", each) for each in found)


@given(st.text(st.characters(exclude_categories=[])), st.sampled_from(["apa", "ieee"]))
@settings(deadline=None, max_examples=50)
def test_pages_are_strict_html_whatever_the_text(text: str, style: str) -> None:
    record = Record(
        f"r{text}",
        "book",
        title=f"{text} <i>x {text}</i>",
        author=[Name(text, "J"), Name(literal=text)],
        URL=f"https://example.org/{text}",
        keyword=f"{text},b",
        annote=text,
    )
    printed = Style.load(style).bibliography(record)
    options: dict[str, Any] = {
        "title": text,
        "group_by": "keyword",
        "annotate": True,
        "highlight": text,
    }
    listing = printed.listing([record], semantic=True, **options)
    html5lib.HTMLParser(strict=True).parse(formats.write(listing, "html").decode())


@pytest.mark.parametrize("style", STYLES)
def test_links_are_all_that_links_add(style: str) -> None:
    printed = Style.load(style).bibliography([RECORD, Record("s", "book", title="A  &lt; b")])
    with_links, without = (page.fragment(printed.listing(links=links)) for links in (True, False))
    assert re.sub("</?a[^>]*>", "", with_links) == without
