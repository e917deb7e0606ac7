"""EDTF texts and what they say in terms of CSL."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.records import Date
from citekit.records.edtf import Interpretation, interpret
from tests import strategies

READ = [
    ("1988", Interpretation((1988,))),
    ("1988-10", Interpretation((1988, 10))),
    ("1988-10-06", Interpretation((1988, 10, 6))),
    ("1988-10-06T12:30:00Z", Interpretation((1988, 10, 6))),
    ("1988-10-06T12:30:00+01:00", Interpretation((1988, 10, 6))),
    ("1988/1990", Interpretation((1988,), (1990,))),
    ("1988-10-06/1989", Interpretation((1988, 10, 6), (1989,))),
    ("1988/1988-05", Interpretation((1988,), (1988, 5))),
    ("1988?", Interpretation((1988,), circa=True)),
    ("1988-10~", Interpretation((1988, 10), circa=True)),
    ("1988-10-06%", Interpretation((1988, 10, 6), circa=True)),
    ("1988-10~/1989", Interpretation((1988, 10), (1989,), circa=True)),
    ("1988/1989?", Interpretation((1988,), (1989,), circa=True)),
    ("1989-21", Interpretation((1989,), season=1)),
    ("1989-24~", Interpretation((1989,), season=4, circa=True)),
    ("1989-21/1990-23", Interpretation((1989, 21), (1990, 23))),
    ("1989-24/1989-21", Interpretation((1989, 24), (1989, 21))),
    ("1988/..", Interpretation((1988,), open_ended=True)),
    ("1988-05/", Interpretation((1988, 5), open_ended=True)),
    ("199X", Interpretation((1990,), (1999,), circa=True)),
    ("19XX", Interpretation((1900,), (1999,), circa=True)),
    ("199X/2005", Interpretation((1990,), (2005,), circa=True)),
    ("1980/199X", Interpretation((1980,), (1999,), circa=True)),
    ("1988-XX", Interpretation((1988,))),
    ("1988-XX-XX", Interpretation((1988,))),
    ("1988-10-XX", Interpretation((1988, 10))),
    ("-0043", Interpretation((-44,))),
    ("0000", Interpretation((-1,))),
    ("0001", Interpretation((1,))),
    ("Y170000002", Interpretation((170000002,))),
    ("2000-02-29", Interpretation((2000, 2, 29))),
    (" 1988 ", Interpretation((1988,))),
]

NOT_READ = """
1988-13 1988-00 1988-02-30 1900-02-29 1988-1-1 88 1988/1987 1988-10/1988-05 ../1988 /1988
1988-XX-06 199X-05 1988-10-06T1 19881006 1988-21-01 n.d. １９８８ 1988/foo foo/1988 1988//1990 X
""".split()


@pytest.mark.parametrize(("text", "expected"), READ)
def test_reads(text: str, expected: Interpretation) -> None:
    assert interpret(text) == expected


@pytest.mark.parametrize("text", [*NOT_READ, "", " ", "1988 or 1989"])
def test_refuses(text: str) -> None:
    assert interpret(text) is None


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    said = interpret(text)
    assert said is None or said.start


@given(strategies.edtf_dates())
def test_reads_every_single_date(text: str) -> None:
    said = interpret(text)
    assert said is not None
    assert said.circa == (text[-1] in "?~%X")


def test_a_date_follows_its_edtf() -> None:
    date = Date(edtf="1988-10~/1989")
    assert (date.start, date.end, date.circa, date.literal) == ((1988, 10), (1989,), True, "")
    assert Date(edtf="1989-21").season == 1
    assert Date(edtf="1988/..").open_ended


def test_a_date_that_is_no_edtf_is_printed_as_it_is() -> None:
    date = Date(edtf="when it was cold")
    assert (date.start, date.literal) == ((), "when it was cold")
