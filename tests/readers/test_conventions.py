"""Practices beyond CSL 1.0.2, as tables of what is given and what CSL would have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from citekit.readers.conventions import Conventions, apply, resolve_aliases
from citekit.readers.csl_json import from_object
from citekit.readers.particles import parse_name
from citekit.readers.raw_dates import parse_raw
from citekit.records import Date, Name, Record
from citekit.writers.csl_json import to_object
from tests import strategies
from tests.readers.fuzz import guard
from tests.reference import Job, Result

# ---------------------------------------------------------------- particles and suffixes

# family, given → non-dropping particle, family, given, dropping particle
PARTICLES = [
    # Dutch, Flemish
    ("van Gogh", "Vincent", "van", "Gogh", "Vincent", ""),
    ("van der Berg", "Jan", "van der", "Berg", "Jan", ""),
    ("van 't Hoff", "J.", "van 't", "Hoff", "J.", ""),
    ("in ’t Veld", "S.", "in ’t", "Veld", "S.", ""),
    ("'t Hooft", "Gerard", "'t", "Hooft", "Gerard", ""),
    ("'s-Gravesande", "W.", "'s-", "Gravesande", "W.", ""),
    ("v.d. Berg", "Jan", "v.d.", "Berg", "Jan", ""),
    ("uit den Bogaard", "M.", "uit den", "Bogaard", "M.", ""),
    ("van de Lindt-van der Berg", "A.", "van de", "Lindt-van der Berg", "A.", ""),
    ("Beethoven", "Ludwig van", "", "Beethoven", "Ludwig", "van"),
    # German
    ("Humboldt", "Alexander von", "", "Humboldt", "Alexander", "von"),
    ("von Goethe", "J. W.", "von", "Goethe", "J. W.", ""),
    ("von und zu Liechtenstein", "H.", "von und zu", "Liechtenstein", "H.", ""),
    ("Berg", "Karl auf den", "", "Berg", "Karl", "auf den"),
    ("zu Guttenberg", "Karl von und", "zu", "Guttenberg", "Karl", "von und"),
    ("Von Der Leyen", "U.", "", "Von Der Leyen", "U.", ""),
    # French
    ("d'Alembert", "Jean", "d'", "Alembert", "Jean", ""),
    ("d’Artagnan", "C.", "d’", "Artagnan", "C.", ""),
    ("D'Alembert", "Jean", "", "D'Alembert", "Jean", ""),
    ("La Fontaine", "Jean de", "", "La Fontaine", "Jean", "de"),
    ("Aubignac", "François Hédelin d'", "", "Aubignac", "François Hédelin", "d'"),
    ("de La Rochefoucauld", "F.", "de", "La Rochefoucauld", "F.", ""),
    # Italian, Spanish, Portuguese, Catalan
    ("dell'Acqua", "G.", "dell'", "Acqua", "G.", ""),
    ("de' Medici", "Lorenzo", "de' ", "Medici", "Lorenzo", ""),
    ("Medici", "Lorenzo de’", "", "Medici", "Lorenzo", "de’"),
    ("della Francesca", "Piero", "della", "Francesca", "Piero", ""),
    ("de las Casas", "Bartolomé", "de las", "Casas", "Bartolomé", ""),
    ("de la Cruz", "Juana", "de la", "Cruz", "Juana", ""),
    ("De la Cruz", "Juana", "", "De la Cruz", "Juana", ""),
    ("dos Santos da Silva", "J.", "dos", "Santos da Silva", "J.", ""),
    ("e silva", "J.", "e", "silva", "J.", ""),
    ("i Cadafalch", "J.", "i", "Cadafalch", "J.", ""),
    # Arabic, Hebrew, Persian
    ("al-Hakim", "Tawfiq", "al-", "Hakim", "Tawfiq", ""),
    ("al-Aswānī", "ʿAlāʾ", "al-", "Aswānī", "ʿAlāʾ", ""),
    ("Al-Hakim", "Tawfiq", "", "Al-Hakim", "Tawfiq", ""),
    ("abū l-Faraj", "A.", "abū l-", "Faraj", "A.", ""),
    ("ibn Sina", "A.", "ibn", "Sina", "A.", ""),
    ("bin Laden", "O.", "bin", "Laden", "O.", ""),
    ("ben Yehuda", "E.", "ben", "Yehuda", "E.", ""),
    ("el-d'Foo", "X.", "el-d'", "Foo", "X.", ""),
    # Scandinavian, Celtic, Slavic, Greek, Afrikaans
    ("af Klint", "Hilma", "af", "Klint", "Hilma", ""),
    ("ap Rhys", "D.", "ap", "Rhys", "D.", ""),
    ("O'Brien", "Flann", "", "O'Brien", "Flann", ""),
    ("o'Brien", "Flann", "o'", "Brien", "Flann", ""),
    ("фон Визин", "Денис", "фон", "Визин", "Денис", ""),
    ("Визин", "Денис фон", "", "Визин", "Денис", "фон"),
    ("ὁ Πλάτων", "Χ.", "ὁ", "Πλάτων", "Χ.", ""),
    # Left alone
    ("Doe", "Jane", "", "Doe", "Jane", ""),
    ("hooks", "bell", "", "hooks", "bell", ""),
    ("iPhone", "X", "", "iPhone", "X", ""),
    ("1st Lord", "X", "", "1st Lord", "X", ""),
    ("ʿabd al-Malik", "X", "", "ʿabd al-Malik", "X", ""),
    ("van ", "X", "", "van ", "X", ""),
    ("al-", "X", "", "al-", "X", ""),
    ("Berg van der", "X", "", "Berg van der", "X", ""),
    ("Morant", "John de Cusance", "", "Morant", "John de Cusance", ""),
    ("Chen", "Guo-ping", "", "Chen", "Guo-ping", ""),
    ("Berg", "van", "", "Berg", "van", ""),
    ("Berg", " van", "", "Berg", " van", ""),
    ("Berg", "Jan van ", "", "Berg", "Jan van ", ""),
    ("van\u00a0der\u00a0Berg", "X", "", "van\u00a0der\u00a0Berg", "X", ""),
    # Oddities
    ("van der ", "X", "van", "der ", "X", ""),
    ("van  der  Berg", "X", "van  der", "Berg", "X", ""),
    ("al- Hakim", "X", "al-", "Hakim", "X", ""),
    ("van-Der Berg", "X", "van-Der", "Berg", "X", ""),
    ("Berg", "jan peter van", "", "Berg", "jan", "peter van"),
    ("Berg", "Jan 't Van de", "", "Berg", "Jan 't Van", "de"),
    ("Berg", "Jan-de la", "", "Berg", "Jan-de", "la"),
]


@pytest.mark.parametrize(
    ("family", "given_name", "non_dropping", "family_left", "given_left", "dropping"), PARTICLES
)
def test_particles(
    family: str,
    given_name: str,
    non_dropping: str,
    family_left: str,
    given_left: str,
    dropping: str,
) -> None:
    name = Name(family, given_name)
    expected = Name(
        family_left,
        given_left,
        dropping_particle=dropping,
        non_dropping_particle=non_dropping,
    )
    assert parse_name(name) == expected
    assert (parse_name(name) is name) == (expected == name)


# Each part of a name in a tag of its own: bold what belongs to the family name.
TAGGED_PARTS = """
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"
    demote-non-dropping-particle="never">
  <info><id>parts</id><title>Parts</title><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout>
    <names variable="author">
      <name name-as-sort-order="all">
        <name-part name="given" font-style="italic"/>
        <name-part name="family" font-weight="bold"/>
      </name>
    </names>
  </layout></citation>
</style>
"""


def test_particles_as_the_reference_splits_them(
    reference: Callable[[Sequence[Job]], list[Result]],
) -> None:
    items = [
        {"id": str(number), "type": "book", "author": [{"family": row[0], "given": row[1]}]}
        for number, row in enumerate(PARTICLES)
    ]
    cites = [[{"id": item["id"]}] for item in items]
    (result,) = reference([Job(style=TAGGED_PARTS, items=items, citations=cites, tracked=False)])
    for printed, row in zip(result.citations, PARTICLES, strict=True):
        name = parse_name(Name(row[0], row[1]))
        bold = (name.non_dropping_particle, name.family)
        italic = (name.given, name.dropping_particle)
        expected = [("b", part) for part in bold if part]
        expected += [("i", part) for part in italic if part]
        parts = re.findall(r"<([bi])>(.*?)</[bi]>", printed)
        # It prints typographic apostrophes, and a no-break space for the first of two.
        plain = str.maketrans("’\u00a0", "' ")
        assert [(tag, part.translate(plain)) for tag, part in parts] == [
            (tag, part.translate(plain)) for tag, part in expected
        ], row


NAMES = [
    (Name('"van der Berg"', "Jan van"), Name("van der Berg", "Jan van")),
    (Name('"van X"'), Name("van X")),
    (Name('"', "X"), Name('"', "X")),
    (Name('""', "X"), Name('""', "X")),
    (Name('"Berg" X', "Jan"), Name('"Berg" X', "Jan")),
    (Name('"Berg"', "J", parse_names=False), Name('"Berg"', "J", parse_names=False)),
    (Name("van Berg"), Name("van Berg")),
    (Name("", "Ludwig van"), Name("", "Ludwig van")),
    (Name("de B", "J", parse_names=False), Name("de B", "J", parse_names=False)),
    (Name("de B", "J", parse_names="false"), Name("de B", "J", parse_names="false")),
    (Name("de B", "J", parse_names=0), Name("de B", "J", parse_names=0)),
    (
        Name("de B", "J", parse_names="true"),
        Name("B", "J", non_dropping_particle="de", parse_names="true"),
    ),
    (
        Name("de B", "J van", non_dropping_particle="zu"),
        Name("de B", "J van", non_dropping_particle="zu"),
    ),
    (
        Name("de B", "J", dropping_particle="von"),
        Name("B", "J", dropping_particle="von", non_dropping_particle="de"),
    ),
    (Name("王", "小波"), Name("王", "小波")),
    (Name(literal="de la Body"), Name(literal="de la Body")),
    (Name("Doe", "John, III"), Name("Doe", "John", suffix="III")),
    (Name("Doe", "John,Jr."), Name("Doe", "John", suffix="Jr.")),
    (Name("Doe", "John,! Jr."), Name("Doe", "John", suffix="Jr.", comma_suffix=True)),
    (Name("Doe", "John ,!Jr."), Name("Doe", "John", suffix="Jr.", comma_suffix=True)),
    (Name("Doe", "John, Sr, PhD"), Name("Doe", "John", suffix="Sr, PhD")),
    (Name("Doe", "John,"), Name("Doe", "John")),
    (Name("Doe", "John, Jr.", suffix="x"), Name("Doe", "John, Jr.", suffix="x")),
    (
        Name("Aubignac", "François Hédelin, abbé d'"),
        Name("Aubignac", "François Hédelin", suffix="abbé d'"),
    ),
    (
        Name("Berg", "Jan van, Jr."),
        Name("Berg", "Jan", dropping_particle="van", suffix="Jr."),
    ),
    (
        Name("van Berg", "Jan, Jr."),
        Name("Berg", "Jan", non_dropping_particle="van", suffix="Jr."),
    ),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names(name: Name, expected: Name) -> None:
    assert parse_name(name) == expected


_LETTERS = st.text("abAB dé'’-,!\"", max_size=12)


@given(st.builds(Name, _LETTERS, _LETTERS))
def test_parsing_a_name_loses_no_letter(name: Name) -> None:
    parsed = parse_name(name)
    kept = "".join(
        part
        for part in (
            parsed.given,
            parsed.dropping_particle,
            parsed.suffix,
            parsed.non_dropping_particle,
            parsed.family,
        )
    )
    for letter in "abABdé'’-":
        assert kept.count(letter) == (name.given + name.family).count(letter)


# ----------------------------------------------------------------- variables in the note

# note → what the record has besides id and type "book"
NOTES: list[tuple[str, dict[str, Any]]] = [
    ("volume: 12", {"volume": "12"}),
    ("volume:12", {"volume": "12"}),
    ("  volume: 12  ", {"volume": "12"}),
    ("volume: 12: 13", {"volume": "12: 13"}),
    ("volume: 12\nvolume: 13", {"volume": "12", "note": "volume: 13"}),
    ("volume: 12\n\nDOI: x", {"volume": "12", "DOI": "x"}),
    ("volume: 12\r\nDOI: x", {"volume": "12", "DOI": "x"}),
    ("\nvolume: 12", {"volume": "12"}),
    ("some words\nvolume: 12", {"volume": "12", "note": "some words"}),
    ("volume: 12\nsome words", {"volume": "12", "note": "some words"}),
    ("PMID: 1\nwords\nstatus: y", {"PMID": "1", "note": "words\nstatus: y"}),
    ("one\ntwo\nvolume: 12", {"note": "one\ntwo\nvolume: 12"}),
    ("unknown: x\nvolume: 12", {"volume": "12", "note": "unknown: x"}),
    (
        "volume: 1\ncollection-title-short: S\nDOI: x",
        {"volume": "1", "DOI": "x", "note": "collection-title-short: S"},
    ),
    ("volume:", {"note": "volume:"}),
    ("Volume: 12", {"note": "Volume: 12"}),
    ("note: x", {"note": "note: x"}),
    ("see also: volume: 3", {"note": "see also: volume: 3"}),
    ("title: U", {"note": "title: U"}),
    ("type: song", {"type": "song"}),
    ("type: opera", {"note": "type: opera"}),
    ("{:volume: 12}", {"volume": "12"}),
    ("{:volume:12} words", {"volume": "12", "note": "words"}),
    ("words {:volume: 12} more {:DOI: x}", {"volume": "12", "DOI": "x", "note": "words more"}),
    ("one\ntwo {:volume: 12}\nthree", {"volume": "12", "note": "one\ntwo\nthree"}),
    ("{: volume: 12}", {"note": "{: volume: 12}"}),
    ("{volume: 12}", {"note": "{volume: 12}"}),
    ("{:volume: }", {"note": "{:volume: }"}),
    ("{:title: U}", {"note": "{:title: U}"}),
    ("{:type: song}", {"type": "song"}),
    ("editor: Doe || Jane", {"editor": [{"family": "Doe", "given": "Jane"}]}),
    (
        "editor: Doe || Jane\neditor: Roe||R.",
        {"editor": [{"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "R."}]},
    ),
    ("{:editor: Doe || Jane}", {"editor": [{"family": "Doe", "given": "Jane"}]}),
    ("editor: The Body", {"editor": [{"literal": "The Body"}]}),
    (
        "editor: van Doe || Jane",
        {"editor": [{"family": "Doe", "given": "Jane", "non-dropping-particle": "van"}]},
    ),
    ("author: Doe || Jane", {"note": "author: Doe || Jane"}),
    (
        "event-date: 2004-10-01/2004-10-14",
        {"event-date": {"date-parts": [[2004, 10, 1], [2004, 10, 14]]}},
    ),
    ("event-date: June 2004", {"event-date": {"date-parts": [[2004, 6]]}}),
    ("{:original-date: 1964}", {"original-date": {"date-parts": [[1964]]}}),
    ("original-date: unknown", {"original-date": {"literal": "unknown"}}),
    ("issued: 2001-05", {"issued": {"date-parts": [[2001, 5]]}}),
    ("{:issued: 2001}", {"issued": {"date-parts": [[2001]]}}),
]


@pytest.mark.parametrize(("note", "expected"), NOTES)
def test_note_variables(note: str, expected: dict[str, Any]) -> None:
    given_here = {
        "title": "T",
        "author": [{"family": "X"}],
        "issued": {"date-parts": [[1999]]},
    }
    (record,) = from_object([{"id": "a", "type": "book", "note": note, **given_here}])
    written = to_object(apply(record))
    assert written == {"id": "a", "type": "book", **given_here, **expected}


# ------------------------------------------------------------------------ dates in words

RAW: list[tuple[str, tuple[int, ...], tuple[int, ...], bool]] = [
    ("1987", (1987,), (), False),
    ("1987-05", (1987, 5), (), False),
    ("1987-05-06", (1987, 5, 6), (), False),
    ("2001-09-11T12:30:00Z", (2001, 9, 11), (), False),
    ("2001-09-11 12:30:00", (2001, 9, 11), (), False),
    ("2003 Jun 5", (2003, 6, 5), (), False),
    ("23 Oct 1998", (1998, 10, 23), (), False),
    ("June 1999", (1999, 6), (), False),
    ("june,  1999", (1999, 6), (), False),
    ("Sept. 2001", (2001, 9), (), False),
    ("May 6th, 1987", (1987, 5, 6), (), False),
    ("6th May 1987", (1987, 5, 6), (), False),
    ("1. March 1987", (1987, 3, 1), (), False),
    ("11 September, 2001", (2001, 9, 11), (), False),
    ("Monday, September 10, 2001", (2001, 9, 10), (), False),
    ("Tue, 11 Sep 2001", (2001, 9, 11), (), False),
    ("1998, October 23", (1998, 10, 23), (), False),
    ("1998 Oct", (1998, 10), (), False),
    ("25/6/1987", (1987, 6, 25), (), False),
    ("6/25/1987", (1987, 6, 25), (), False),
    ("5/5/1987", (1987, 5, 5), (), False),
    ("6.5.1987", (1987, 5, 6), (), False),
    ("1/2000", (2000, 1), (), False),
    ("2000/5", (2000, 5), (), False),
    ("2000/05/06", (2000, 5, 6), (), False),
    ("Spring 1999", (1999, 21), (), False),
    ("1999 fall", (1999, 23), (), False),
    ("100 BC", (-100,), (), False),
    ("100BCE", (-100,), (), False),
    ("50 AD", (50,), (), False),
    ("circa 1850", (1850,), (), True),
    ("ca. 1850", (1850,), (), True),
    ("c1850", (1850,), (), True),
    ("c. May 1850", (1850, 5), (), True),
    ("1850?", (1850,), (), True),
    ("1850~", (1850,), (), True),
    ("[1850]", (1850,), (), False),
    ("[1850?]", (1850,), (), True),
    ("1962-1963", (1962,), (1963,), False),
    ("1962–1963", (1962,), (1963,), False),
    ("1962 to 1963", (1962,), (1963,), False),
    ("1962/1963", (1962,), (1963,), False),
    ("1962-63", (1962,), (1963,), False),
    ("ca. 1962-1963", (1962,), (1963,), True),
    ("1999-10-01/1999-10-14", (1999, 10, 1), (1999, 10, 14), False),
    ("6-8 May 1987", (1987, 5, 6), (1987, 5, 8), False),
    ("May 6-8, 1987", (1987, 5, 6), (1987, 5, 8), False),
    ("1998 October 23-25", (1998, 10, 23), (1998, 10, 25), False),
    ("May-June 1987", (1987, 5), (1987, 6), False),
    ("May 6 – June 8, 1987", (1987, 5, 6), (1987, 6, 8), False),
    ("May 1987 - June 1988", (1987, 5), (1988, 6), False),
    ("May 6, 1987 - June 8, 1988", (1987, 5, 6), (1988, 6, 8), False),
    ("Spring 1999 - Summer 2001", (1999, 21), (2001, 22), False),
    ("Winter 1999/2000", (1999, 24), (2000, 24), False),
]

WORDS = """
5/6/1987|1962-3|13/2000|32 May 1987|30 Feb 1987|0 May 1987|May 87|87|n.d.|in press|19th century
|1850s|between 1850 and 1860|20010911|1999-2000-2001|1963-1962|Juni 1999|Ma 1999|Septem 1999
|31/31/1987|1987 or so|soon, 1987|1962-|-|/
""".replace("\n", "").split("|")


@pytest.mark.parametrize(("raw", "start", "end", "circa"), RAW)
def test_dates_in_words(
    raw: str, start: tuple[int, ...], end: tuple[int, ...], circa: bool
) -> None:
    date = parse_raw(Date(raw=raw))
    assert (date.start, date.end, bool(date.circa)) == (start, end, circa)
    assert (date.raw, date.literal) == ("", "")


@pytest.mark.parametrize("raw", WORDS)
def test_words_that_are_no_clear_date_stay_words(raw: str) -> None:
    assert parse_raw(Date(raw=raw)) == Date(literal=raw)


def test_a_long_row_of_dashes_is_no_range_to_be_looked_for() -> None:
    raw = "- " * 30_000 + "1990"
    with guard("a row of dashes"):
        assert parse_raw(Date(raw=raw)) == Date(literal=raw)


@given(st.text() | st.text(alphabet="0123456789 -–/.,?[]cMayJune"))
def test_every_raw_date_becomes_a_date_or_words(raw: str) -> None:
    date = parse_raw(Date(raw=raw))
    assert bool(date.start) != (date.literal == raw.strip())


SEASONS: list[tuple[Any, Any]] = [
    ({"date-parts": [[1989, 13]]}, {"date-parts": [[1989]], "season": 1}),
    ({"date-parts": [["1989", "16", 3]]}, {"date-parts": [[1989]], "season": 4}),
    ({"date-parts": [[1989, 18]]}, {"date-parts": [[1989]], "season": 2}),
    ({"date-parts": [[1989, 24]]}, {"date-parts": [[1989]], "season": 4}),
    ({"date-parts": [[1989, 13]], "season": 4}, {"date-parts": [[1989]], "season": 4}),
    ({"date-parts": [[1989, 25]]}, {"date-parts": [[1989, 25]]}),
    ({"date-parts": [[1989, 12]]}, {"date-parts": [[1989, 12]]}),
    ({"date-parts": [[1989, 13], [1990, 21]]}, {"date-parts": [[1989, 21], [1990, 21]]}),
    ({"date-parts": [[1989, 5], [1990, 14]]}, {"date-parts": [[1989, 5], [1990, 22]]}),
    ({"date-parts": [[1989, 14], [0]]}, {"date-parts": [[1989, 22], [0]]}),
    ({"raw": "Spring 1999"}, {"date-parts": [[1999]], "season": 1}),
    ({"raw": "circa 1850", "circa": False}, {"date-parts": [[1850]], "circa": False}),
    ({"raw": "1999-21/2000-22"}, {"date-parts": [[1999, 21], [2000, 22]]}),
    ({"date-parts": [[1989]], "raw": "1990"}, {"date-parts": [[1989]], "raw": "1990"}),
    ({"literal": "once", "raw": "1990"}, {"literal": "once", "raw": "1990"}),
    ("1989-21", "1989-21"),
]


@pytest.mark.parametrize(("date", "expected"), SEASONS)
def test_raw_dates_and_seasons(date: Any, expected: Any) -> None:
    (record,) = from_object([{"id": "a", "type": "book", "issued": date}])
    assert to_object(apply(record))["issued"] == expected


# ------------------------------------------------------------------------------- aliases

ALIASED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"journalAbbreviation": "J."}, {"container-title-short": "J."}),
    ({"shortTitle": "S"}, {"title-short": "S"}),
    ({"part": 3}, {"part": 3}),
    ({"printing": "2nd"}, {"printing": "2nd"}),
    ({"supplement": "1"}, {"supplement": "1"}),
    ({"shortTitle": "S", "title-short": "T"}, {"title-short": "T"}),
    ({"shortTitle": "S", "title-short": ""}, {"title-short": "S"}),
    ({"event": "E"}, {"event": "E"}),
    ({"event-title": "E"}, {"event-title": "E"}),
    ({"event": "E", "event-title": "F"}, {"event": "E", "event-title": "F"}),
    ({"title": "T"}, {"title": "T"}),
]


@pytest.mark.parametrize(("fields", "expected"), ALIASED)
def test_aliases(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    (record,) = from_object([{"id": "a", "type": "book", **fields}])
    resolved = resolve_aliases(record)
    assert to_object(resolved) == {"id": "a", "type": "book", **expected}
    assert (resolved is record) == (fields == expected)


# --------------------------------------------------------------------------- all of them

EVERYTHING = {
    "id": "a",
    "type": "book",
    "shortTitle": "S",
    "note": "volume: 12",
    "author": [{"family": "van Gogh", "given": "V."}],
    "issued": {"raw": "June 1999"},
}
CHANGES = {
    "aliases": {"shortTitle", "title-short"},
    "note_variables": {"note", "volume"},
    "particles": {"author"},
    "raw_dates": {"issued"},
}


@pytest.mark.parametrize("switch", sorted(CHANGES))
def test_each_practice_has_its_switch(switch: str) -> None:
    (record,) = from_object([EVERYTHING])
    off = Conventions(**dict.fromkeys(CHANGES, False))
    assert apply(record, off) is record
    only = Conventions(**{**dict.fromkeys(CHANGES, False), switch: True})
    changed = to_object(apply(record, only))
    keys = changed.keys() | EVERYTHING.keys()
    assert {key for key in keys if changed.get(key) != EVERYTHING.get(key)} == CHANGES[switch]


def test_a_record_without_such_practices_is_returned_itself() -> None:
    record = Record(
        "a",
        "book",
        title="T",
        note="Read twice",
        author=[Name("Doe", "Jane M."), Name(literal="de Body")],
        issued=Date(1999, 5),
    )
    assert apply(record) is record


@example(
    library=[{"id": "0", "type": "book", "event-date": {"date-parts": [[0], [1, 13]]}}],
)
@given(strategies.libraries)
def test_no_record_is_too_odd(library: list[strategies.Json]) -> None:
    for record in from_object(library):
        before = to_object(record)
        changed = apply(record)
        assert changed.id == record.id
        assert to_object(record) == before
        to_object(changed)
