"""Groups of entries: their order, and headings in the language of the bibliography."""

from __future__ import annotations

import pytest

from citekit import Bibliography, CitekitError, Date, Name, Record, Style
from citekit.records.vocabulary import ITEM_TYPES
from citekit.style.locale import available_locales, language

RECORDS = [
    Record("a", "book", title="A", author=[Name("Šimek", "A")], issued=Date(-44), keyword="ž, cit"),
    Record("b", "article-journal", title="B", author=[Name("Tichý", "B")], issued=Date(1999)),
    Record("c", "chapter", title="C", editor=[Name("Sova", "C")], issued=Date(2001), keyword="do"),
    Record("d", "book", title="D", author=[Name(literal="čin")], issued=Date(79)),
    Record("e", "nosuch_type", title="E"),
]


@pytest.fixture(scope="module")
def bibliography() -> Bibliography:
    return Style.load("apa").bibliography(RECORDS)


@pytest.mark.parametrize(
    ("group_by", "lang", "sections"),
    [
        ("type", "en-US", "Book: ad; Chapter: c; Journal article: b; Nosuch type: e"),
        ("type", "de-AT", "Buch: ad; Kapitel: c; Nosuch type: e; Zeitschriftenartikel: b"),
        ("type", "fr", "Article de revue: b; Chapitre: c; Livre: ad; Nosuch type: e"),
        ("year", "en-GB", "2001: c; 1999: b; 79: d; 44 BC: a; No date: e"),
        ("year", "de-DE", "2001: c; 1999: b; 79: d; 44 v. Chr.: a; Ohne Datum: e"),
        ("author", "cs-CZ", "čin: d; Sova, C: c; Šimek, A: a; Tichý, B: b; Anonym: e"),
        ("author", "en-US", "čin: d; Šimek, A: a; Sova, C: c; Tichý, B: b; Anonymous: e"),
        ("keyword", "cs-CZ", "cit: a; do: c; ž: a; Bez klíčového slova: bde"),
        ("keyword", "zh-TW", "cit: a; do: c; ž: a; 無關鍵詞: bde"),
        ("keyword", "ms-MY", "cit: a; do: c; ž: a; Without keyword: bde"),
        ("year", "xx", "2001: c; 1999: b; 79: d; 44 BC: a; No date: e"),
    ],
)
def test_headings(bibliography: Bibliography, group_by: str, lang: str, sections: str) -> None:
    listing = bibliography.listing(RECORDS, lang=lang, group_by=group_by)
    found = [
        f"{each.heading}: {''.join(sorted(row.id for row in each.rows))}"
        for each in listing.sections
    ]
    assert "; ".join(found).replace("\N{NO-BREAK SPACE}", " ") == sections


@pytest.mark.parametrize("lang", available_locales())
def test_every_language_has_all_headings(lang: str) -> None:
    records = [Record(each, each, title="x") for each in sorted(ITEM_TYPES)]
    printed = Style.load("apa").bibliography(records)
    for group_by in ("type", "year", "author", "keyword"):
        sections = printed.listing(records, lang=lang, group_by=group_by).sections
        assert all(each.heading.strip() for each in sections)
        assert sum(len(each.rows) for each in sections) == len(printed.entries)


def test_types_of_one_name_are_one_group() -> None:
    magazine, journal = "article-magazine", "article-journal"
    assert language("pt-PT").term(magazine) == language("pt-PT").term(journal)
    records = [Record("1", magazine, title="x"), Record("2", journal, title="y")]
    printed = Style.load("apa").bibliography(records)
    sections = printed.listing(records, lang="pt-PT", group_by="type").sections
    assert [each.heading for each in sections] == ["Artigo de revista"]


def test_what_entries_cannot_be_grouped_by(bibliography: Bibliography) -> None:
    with pytest.raises(CitekitError, match="can't be grouped by 'colour'"):
        bibliography.listing(RECORDS, group_by="colour")
