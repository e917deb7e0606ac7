"""Records, names and dates made by hand, and what they doubt about themselves."""

from __future__ import annotations

import pytest

from citekit.errors import RecordError
from citekit.records import Date, Name, Record

PARTS = [
    ([[1988, 10, 6]], (1988, 10, 6), ()),
    ([["1988", "10"], [1990]], (1988, 10), (1990,)),
    ([["1988", "", 6]], (1988,), ()),
    ([["-43"]], (-43,), ()),
    ([[1988.0]], (1988,), ()),
    ([[1988.5]], (), ()),
    ([[float("inf")]], (), ()),
    ([["1_988"]], (), ()),
    ([["c. 1988"]], (), ()),
    ([[1988, 0]], (1988,), ()),
    ([[1988, 1, 2, 3]], (1988, 1, 2), ()),
    ([[]], (), ()),
    ([[], [1990]], (), (1990,)),
]


@pytest.mark.parametrize(("date_parts", "start", "end"), PARTS)
def test_date_parts_as_numbers(
    date_parts: list[list[int | str]], start: tuple[int, ...], end: tuple[int, ...]
) -> None:
    date = Date(date_parts=date_parts)
    assert (date.start, date.end) == (start, end)
    assert date.date_parts == tuple(tuple(parts) for parts in date_parts)


def test_a_zero_as_end_leaves_a_range_open() -> None:
    assert Date(1988, end=(0,)).open_ended
    assert not Date(1988, end=(1990,)).open_ended
    assert not Date(1988, end=("",)).open_ended


@pytest.mark.parametrize(
    ("number", "text"), [(12, "12"), (12.0, "12"), (1.5, "1.5"), (-1, "-1"), (1e300, "1e+300")]
)
def test_numbers_are_text_and_numbers(number: float, text: str) -> None:
    record = Record(number, "book", volume=number)
    assert (record.id, record.texts["volume"]) == (text, text)
    assert record.numbers == {"id": number, "volume": number}


@pytest.mark.parametrize("number", [pytest.param(10**5000, id="huge"), float("nan"), float("inf")])
def test_numbers_that_cannot_be_printed_are_refused(number: float) -> None:
    with pytest.raises(RecordError, match="reasonable size"):
        Record("x", "book", volume=number)


DOUBTS = [
    (Record("x", "book", title="T"), []),
    (Record("x", "bok"), ["type: 'bok'", "did you mean 'book'"]),
    (Record("x", "book", titel="T"), ["titel: not a CSL", "did you mean 'title'"]),
    (Record("x", "book", categories="T"), []),
    (Record("x", "book", extra={"title": {}}), ["title: its value is of the wrong kind"]),
    (Record("x", "book", author=Name("A", extra={"orcid": "1"})), ["author 1: 'orcid'"]),
    (Record("x", "book", author=Name("A", extra={"given": ""})), []),
    (Record("x", "book", issued=Date(1988, extra={"calendar": "j"})), ["issued: 'calendar'"]),
    (Record("x", "book", issued=Date(edtf="soon")), ["issued: 'soon' is not a date"]),
    (Record("x", "book", issued=Date(edtf="1988~")), []),
]


@pytest.mark.parametrize(("record", "parts"), DOUBTS)
def test_doubts(record: Record, parts: list[str]) -> None:
    doubts = " ".join(record.doubts())
    assert all(part in doubts for part in parts)
    assert bool(doubts) == bool(parts)
