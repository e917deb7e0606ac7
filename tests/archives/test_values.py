"""Dates, names and sources one by one: what is read of each, as it was judged by eye."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.archives.dates import read_date
from citekit.archives.holdings import read_source
from citekit.archives.names import read_name, split_names
from citekit.archives.record import Said
from citekit.archives.text import clean, plain
from citekit.archives.titles import language_of, sentence_case

DATA = Path(__file__).parent / "data"
VALUES = tomllib.loads((DATA / "values.toml").read_text("utf-8"))


def date(text: str) -> str:
    read = read_date(text)
    found = read.date
    marks = ("~" if read.is_approximate else "") + ("?" if read.is_uncertain else "")
    if found is None:
        told = "none"
    elif found.literal:
        told = f"in words: {found.literal}"
    else:
        ends = [".".join(map(str, parts)) for parts in (found.start, found.end) if parts]
        told = "–".join(ends) + ("–" if found.open_ended else "")
        told += f", season {found.season}" if found.season else ""
    words = f" ({read.words})" if read.words else ""
    return f"{told}{marks}{words}" + (f"  ! {read.doubt.kind}" if read.doubt else "")


def names(text: str) -> str:
    return " + ".join(name(part) for part in split_names(text))


def name(text: str) -> str:
    read = read_name(text)
    told = "nobody"
    if read.name is not None:
        parts = [read.name.family, read.name.given, read.name.suffix]
        particles = [read.name.dropping_particle, read.name.non_dropping_particle]
        told = " | ".join(part for part in [*parts, *particles] if part)
        told = f"body: {read.name.literal}" if read.name.literal else told
    role = f" ({read.role})" if read.role else ""
    return f"{told}{role}" + "".join(f"  ! {kind}" for kind, _ in read.doubts)


def source(text: str) -> str:
    read = read_source(text, "")
    parts: dict[str, Said | str | None] = {
        "from": read.sender,
        "to": read.recipient,
        "credits": "; ".join(read.credits),
        "date": read.date_text,
        "location": read.holding.location,
        "collection": read.holding.collection,
        "repository": read.holding.repository,
        "place": read.holding.place,
    }
    if read.provenance is not None:
        parts |= {
            "found in": read.provenance.name,
            "of": read.provenance.collection,
            "abbreviated": read.provenance.abbreviation,
            "accessed": read.provenance.accessed.text if read.provenance.accessed else "",
        }
    told = [
        f"{key}: {value.text if isinstance(value, Said) else value}"
        for key, value in parts.items()
        if value
    ]
    return " | ".join(told) if read.is_read else "unread"


READERS = {"dates": date, "names": names, "sources": source}


@pytest.mark.parametrize("kind", READERS)
def test_read(kind: str, request: pytest.FixtureRequest) -> None:
    text = "".join(f"{value}\n    {READERS[kind](value)}\n" for value in VALUES[kind])
    golden = DATA / f"values-{kind}.txt"
    if request.config.getoption("--update"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


# ------------------------------------------------------------ texts


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Protocol &amp; Annex&nbsp;\r\n on<br />x (draft)", "Protocol & Annex on x (draft)"),
        ("<p>The <em>Weekly</em></p>", "The <i>Weekly</i>"),
        ("a <b>bold</i> b", "a <b>bold b</b>"),
        ("&lt;b&gt;twice&lt;/b&gt; &amp;amp; more", "<b>twice</b> & more"),
        ("5 < 6 > 3 <x@y.org>", "5 < 6 > 3 <x@y.org>"),
        ("<script>alert(1)</script>ok", "ok"),
        ("e\u0301\u200b\ufeff", "é"),
        ("<i></i> <b> </b>x", "x"),
        ("<b><a", "<b><a</b>"),
        ("<b>R&amp;D</b> a&b", "<b>R&D</b> a&b"),
        ("a <i> b</i>", "a <i>b</i>"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text("<>/&;ibampem \n", max_size=40))
@settings(max_examples=500, deadline=None)
def test_clean_is_done_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "  " not in plain(once)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Crowd on Wenceslas Square", "Crowd on Wenceslas Square"),
        ("Opening of the Berlin Wall (Raw Footage)", "Opening of the Berlin Wall (raw footage)"),
        ("What Next? The Future of the Pact", "What next? The future of the pact"),
        ("Order No. 5 on Borders", "Order No. 5 on borders"),
        ("March 15 Demonstrations in Budapest", "March 15 demonstrations in Budapest"),
        ("How the CPSU Lost Poland", "How the CPSU lost Poland"),
        ("Report: Strikes in the North", "Report: Strikes in the North"),
        ("Stopped Trains, Tried Ministers", "Stopped trains, tried ministers"),
    ],
)
def test_sentence_case(title: str, sentence: str) -> None:
    assert sentence_case(title) == sentence


@given(st.text(max_size=30))
@settings(deadline=None)
def test_sentence_case_changes_case_only(title: str) -> None:
    assert sentence_case(title).casefold() == title.casefold()


@pytest.mark.parametrize(
    ("title", "stated", "language"),
    [
        ("Novoroční projev", "en", ""),
        ("Głosuj na Solidarność", "pl", "pl"),
        ("Vote for Solidarity", "pl", "en"),
        ("Записка в ЦК КПСС", "ru", "ru"),
        ("Letter to Gustáv Husák from the Charter", "cs", "en"),
        ("Minutes", "en", "en"),
        ("Wir sind das Volk", "", ""),
        ("Oral history interview", "", "en"),
        ("Dopis", "", ""),
    ],
)
def test_language_of_a_title(title: str, stated: str, language: str) -> None:
    assert language_of(title, stated) == language
