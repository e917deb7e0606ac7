"""The public API, as a program uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

import citekit
from citekit import Citation, Cite, Date, Name, Record, RecordError, Style, StyleError
from citekit.readers import csl_json

ROOT = Path(__file__).resolve().parent.parent
RECORDS = csl_json.load(ROOT / "tests" / "data" / "letters.json")
LETTER, BOOK, ARTICLE, CHAPTER = RECORDS

POSITIONS = Style.from_xml(
    """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><id>x</id><title>x</title><updated>2020-01-01T00:00:00+00:00</updated></info>
  <macro name="position"><choose>
    <if position="ibid-with-locator"><text value="ibid with locator"/></if>
    <else-if position="ibid"><text value="ibid"/></else-if>
    <else-if position="near-note"><text value="near"/></else-if>
    <else-if position="subsequent"><group delimiter=" ">
      <text value="see note"/><text variable="first-reference-note-number"/>
    </group></else-if>
    <else><text value="first"/></else>
  </choose></macro>
  <citation near-note-distance="2"><layout delimiter="; "><group delimiter=": ">
    <text macro="position"/><text variable="locator"/>
  </group></layout></citation>
</style>"""
)


def test_all_public_names_are_there() -> None:
    assert citekit.__all__ == sorted(citekit.__all__)
    for name in citekit.__all__:
        assert getattr(citekit, name).__doc__


# ------------------------------------------------------------------------- loading


@pytest.mark.parametrize("name", ["apa", "APA", "apa.csl", "http://www.zotero.org/styles/apa"])
def test_a_style_has_several_names(name: str) -> None:
    assert Style.load(name).cite(LETTER).text == "(Shakhnazarov, 1988)"


def test_a_style_from_a_file_or_its_text() -> None:
    path = ROOT / "styles" / "making-the-history-of-1989.csl"
    from_path = Style.load(path)
    for style in (Style.load(str(path)), Style.from_xml(path.read_bytes())):
        assert style.cite(RECORDS).html == from_path.cite(RECORDS).html
        assert style.bibliography(RECORDS).html == from_path.bibliography(RECORDS).html


@pytest.mark.parametrize(
    ("locale", "printed"),
    [
        (None, "(Kovács & van der Meer, 1991, p. 3)"),
        ("en-GB", "(Kovács & van der Meer, 1991, p. 3)"),
        ("de-DE", "(Kovács & van der Meer, 1991, S. 3)"),
        ("de", "(Kovács & van der Meer, 1991, S. 3)"),
        ("cs-CZ", "(Kovács & van der\N{NO-BREAK SPACE}Meer, 1991, s. 3)"),
    ],
)
def test_a_style_in_a_locale(locale: str | None, printed: str) -> None:
    assert Style.load("apa", locale).cite(BOOK, locator="3").text == printed


def test_a_dependent_style_is_its_parent_in_its_own_locale() -> None:
    dependent = Style.load("abi-technik")  # a German journal
    german, english = (Style.load("chicago-notes-classic", locale) for locale in ("de-DE", "en-US"))
    printed = dependent.cite(RECORDS).html
    assert printed == german.cite(RECORDS).html
    assert printed != english.cite(RECORDS).html


# ------------------------------------------------------------------------- citing

CITES: dict[str, tuple[str, str, str]] = {
    "apa": (
        "(Kovács & van der Meer, 1991, pp. 3–4)",
        "(see Kovács & van der Meer, 1991, Chapter 2, and elsewhere)",
        "(Kovács & van der Meer, 1991; Shakhnazarov, 1988)",
    ),
    "chicago-notes-bibliography": (
        "Éva Kovács and Jan van der Meer, Borders: A History (Nádor Press, 1991), 3–4.",
        "see Éva Kovács and Jan van der Meer, Borders: A History (Nádor Press, 1991), chap. 2, "
        "and elsewhere.",
        "Éva Kovács and Jan van der Meer, Borders: A History (Nádor Press, 1991); Georgy "
        "Shakhnazarov “Soviets Discuss Perestroika for Other Communist Countries,” to Mikhail "
        "Gorbachev, October 6, 1988, item 164, Making the History of 1989, "
        "http://chnm.gmu.edu/1989/items/show/164.",
    ),
    "modern-language-association": (
        "(Kovács and van der Meer 3–4)",
        "(see Kovács and van der Meer, ch. 2, and elsewhere)",
        "(Kovács and van der Meer; Shakhnazarov)",
    ),
}


@pytest.mark.parametrize("name", CITES)
def test_citations(name: str) -> None:
    style = Style.load(name)
    located, affixed, several = CITES[name]
    assert style.cite(BOOK, locator="3-4").text == located
    options = {"prefix": "see ", "suffix": ", and elsewhere"}
    assert style.cite(BOOK, locator="2", label="chapter", **options).text == affixed
    assert style.cite([BOOK, LETTER]).text == several


def test_parts_of_a_citation() -> None:
    style = Style.load("apa")
    assert style.cite(BOOK, suppress_author=True).text == "(1991)"
    assert style.cite(BOOK, author_only=True).text == "Kovács & van der Meer"
    assert str(style.cite(BOOK)) == style.cite(BOOK).text
    assert style.cite(BOOK).html == "(Kovács &#38; van der Meer, 1991)"


def test_a_record_made_in_python() -> None:
    record = Record(
        "x", "book", title="Sofia", author=[Name("Ilieva", "Dora")], issued=Date(1990, 2)
    )
    assert Style.load("apa").cite(record).text == "(Ilieva, 1990)"


# ------------------------------------------------------------------------- bibliographies

BIBLIOGRAPHIES = {
    # Sorted by author and title; how the entries are set; the second entry and the third.
    "apa": (
        ("adams-b", "adams-a", "kovacs", "164"),
        (True, None, 2, 0),
        "Adams, R. (1999b). Who opened the fence? <i>Journal of "
        '<span style="font-style:normal;">Annus Mirabilis</span> Studies</i>, <i>12</i>(3), '
        "101–119.",
        "Kovács, É., &#38; van der Meer, J. (1991). <i>Borders: A History</i>. Nádor Press.",
    ),
    "chicago-notes-bibliography": (
        ("adams-b", "adams-a", "kovacs", "164"),
        (True, None, 1, 1),
        "Adams, Ruth. “Who Opened the Fence?” <i>Journal of "
        '<span style="font-style:normal;">Annus Mirabilis</span> Studies</i> 12, no. 3 (1999): '
        "101–19.",
        "Kovács, Éva, and Jan van der Meer. <i>Borders: A History</i>. Nádor Press, 1991.",
    ),
    "modern-language-association": (
        ("adams-b", "adams-a", "kovacs", "164"),
        (True, None, 2, 0),
        "———. “Who Opened the Fence?” <i>Journal of "
        '<span style="font-style:normal;">Annus Mirabilis</span> Studies</i>, vol. 12, no. 3, '
        "1999, pp. 101–19.",
        "Kovács, Éva, and Jan van der Meer. <i>Borders: A History</i>. Nádor Press, 1991.",
    ),
    "ieee": (
        ("164", "kovacs", "adams-a", "adams-b"),
        (False, "flush", 1, 0),
        '\n    <div class="csl-left-margin">[2]</div><div class="csl-right-inline">É. Kovács and '
        "J. van der Meer, <i>Borders: A History</i>. Budapest: Nádor Press, 1991.</div>\n  ",
        '\n    <div class="csl-left-margin">[3]</div><div class="csl-right-inline">R. Adams, “Who '
        "opened the fence?,” <i>Journal of "
        '<span style="font-style:normal;">Annus Mirabilis</span> Studies</i>, vol. 12, no. 3, '
        "pp. 101–119, 1999.</div>\n  ",
    ),
}


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_bibliographies(name: str) -> None:
    ids, setting, second, third = BIBLIOGRAPHIES[name]
    style = Style.load(name)
    bibliography = style.bibliography(RECORDS)
    assert tuple(entry.id for entry in bibliography.entries) == ids
    assert tuple(style.bibliography_order(RECORDS)) == ids
    assert (
        bibliography.hanging_indent,
        bibliography.second_field_align,
        bibliography.line_spacing,
        bibliography.entry_spacing,
    ) == setting
    assert [entry.html for entry in bibliography.entries[1:3]] == [second, third]
    assert second in bibliography.html
    assert bibliography.text == "\n".join(entry.text for entry in bibliography.entries)


def test_the_order_of_the_records_doesnt_matter_where_a_style_sorts() -> None:
    style = Style.load("modern-language-association")
    assert style.bibliography(RECORDS[::-1]) == style.bibliography(RECORDS)


def test_a_single_record() -> None:
    style = Style.load("apa")
    assert style.bibliography(BOOK) == style.bibliography([BOOK])
    assert style.cite(BOOK) == style.cite([BOOK])


def test_only_what_is_cited_or_all() -> None:
    style = Style.load("apa")
    for uncited, ids in ((True, ["adams-b", "adams-a", "kovacs", "164"]), (False, ["kovacs"])):
        result = style.process(RECORDS, [Citation("kovacs")], uncited=uncited)
        assert [entry.id for entry in result.bibliography.entries] == ids


@pytest.mark.parametrize("name", ["apa", "ieee", "chicago-notes-bibliography"])
def test_citations_alone_are_as_beside_a_bibliography(name: str) -> None:
    style = Style.load(name)
    cites = [record.id for record in RECORDS]
    whole = style.process(RECORDS, cites)
    alone = style.process(RECORDS, cites, bibliography=False)
    assert alone.citations == whole.citations
    assert (whole.bibliography.entries != (), alone.bibliography.entries) == (True, ())


def test_no_records() -> None:
    style = Style.load("apa")
    result = style.process([])
    assert (result.citations, result.bibliography.entries, result.warnings) == ((), (), ())
    assert style.cite([]).text == style.cite([]).html == ""
    assert style.bibliography([]).text == ""
    assert result.bibliography.html == '<div class="csl-bib-body">\n</div>'


# ------------------------------------------------------------------------- documents


def test_positions_in_notes() -> None:
    cites = [
        [Cite("kovacs")],
        [Cite("kovacs")],
        [Cite("kovacs", locator="5")],
        [Cite("kovacs", locator="5")],
        [Cite("kovacs", locator="6")],
        [Cite("kovacs")],
        [Cite("164")],
        [Cite("kovacs")],
        [Cite("164"), Cite("164", locator="2"), Cite("adams-a")],
        [Cite("164")],
        [Cite("adams-b")],
        [Cite("adams-b")],
        [Cite("kovacs")],
    ]
    citations = [Citation(each, note_number=number) for number, each in enumerate(cites, 1)]
    result = POSITIONS.process(RECORDS, citations)
    assert [citation.text for citation in result.citations] == [
        "first",
        "ibid",
        "ibid with locator: 5",
        "ibid: 5",
        "ibid with locator: 6",
        "near",
        "first",
        "near",
        "near; ibid with locator: 2; first",
        "near",
        "first",
        "ibid",
        "see note 1",
    ]


def test_a_position_that_is_given_counts() -> None:
    cites = [Cite("kovacs", position="subsequent", near_note=True), Cite("164", position="ibid")]
    assert POSITIONS.process(RECORDS, [Citation(cites)]).citations[0].text == "near; ibid"


def test_years_get_letters_where_authors_and_years_are_the_same() -> None:
    citations = [Citation(record.id) for record in RECORDS]
    printed = Style.load("apa").process(RECORDS, citations).citations
    assert [citation.text for citation in printed[2:]] == ["(Adams, 1999b)", "(Adams, 1999a)"]
    # A citation on its own knows of no other record.
    assert Style.load("apa").cite(ARTICLE).text == "(Adams, 1999)"


def test_the_same_twice_prints_the_same_twice() -> None:
    style = Style.load("chicago-notes-bibliography")
    citations = [Citation(record.id, note_number=n) for n, record in enumerate(RECORDS, 1)]
    assert style.process(RECORDS, citations) == style.process(RECORDS, citations)


def test_what_isnt_printed_is_warned_of() -> None:
    letter = Record("x", "personal_communication", author=[Name("Ilieva", "Dora")])
    result = Style.load("apa").process([letter, BOOK])
    assert [entry.id for entry in result.bibliography.entries] == ["kovacs"]
    [warning] = result.warnings
    assert "record x" in warning


# ------------------------------------------------------------------------- errors


def test_an_unknown_id_is_an_error() -> None:
    with pytest.raises(RecordError) as caught:
        Style.load("apa").process(RECORDS, [Citation(["kovacs", "nobody"])])
    assert "nobody" in caught.value.where
    assert caught.value.hint


def test_an_unknown_label_is_an_error() -> None:
    with pytest.raises(RecordError) as caught:
        Style.load("apa").cite(BOOK, locator="3", label="plate")
    assert "'plate'" in caught.value.what
    assert "page" in caught.value.hint


def test_all_problems_of_a_style_are_told_at_once() -> None:
    xml = (ROOT / "styles" / "making-the-history-of-1989.csl").read_text("utf-8")
    xml = xml.replace('macro="document"', 'macro="x"').replace('macro="access"', 'macro="y"')
    with pytest.raises(StyleError) as caught:
        Style.from_xml(xml)
    assert len(caught.value.problems) >= 2
    assert all(problem.line for problem in caught.value.problems)
