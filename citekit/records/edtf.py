"""Dates as the Extended Date/Time Format (EDTF, ISO 8601-2:2019) writes them.

Levels 0 and 1: ``1988-10-06``, ``1988-10``, ``1988``, ``1988-10-06T12:00:00Z``
(the time is dropped), intervals ``1988/1990``, ``1988-10/..`` and ``1988/``;
seasons ``1989-21`` to ``1989-24``, doubt ``1988?``, ``1988~``, ``1988%``,
unspecified digits ``199X``, ``1988-XX``, and years ``Y170000002``, ``-0043``.

What CSL can't express is brought to the nearest thing it can: every doubt is
``circa``; a decade or century (``199X``) is the range of its years, ``circa``;
an unspecified month or day is left out. An interval with an open or unknown
*start* can't be expressed at all.

Source: https://www.loc.gov/standards/datetime/; CSL-JSON recommends this form.
"""

from __future__ import annotations

import calendar
import re

from attrs import frozen

from citekit.patterns import pattern
from citekit.records.date import Parts

__all__ = ["Interpretation", "interpret"]


@frozen(slots=True)
class Interpretation:
    """What an EDTF text says in terms of CSL.

    Years before Christ count from -1 (EDTF has a year 0). ``season`` is set for
    a single date only; in a range a season stays a month of 21–24.
    """

    start: Parts
    end: Parts = ()
    season: int | None = None
    circa: bool = False
    open_ended: bool = False


_DATE = pattern(
    r"""
    (?: Y(?P<long>-?[1-9][0-9]{4,17})
      | (?P<year>-?(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX))
        (?:-(?P<month>[0-9]{2}|XX)
           (?:-(?P<day>[0-9]{2}|XX)
              (?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?
           )?
        )?
    )
    (?P<doubt>[?~%])?
    """,
    re.VERBOSE | re.ASCII,
)


def interpret(text: str) -> Interpretation | None:
    """Read an EDTF date or interval; None when it is not one, or CSL can't express it."""
    first, slash, second = text.strip().partition("/")
    start = _single(first)
    if start is None or not slash:
        return start
    if start.end:  # "199X/2001": the range starts with the decade
        start = Interpretation(start.start, circa=True)
    if second in ("", ".."):
        return Interpretation(_dotted(start), circa=start.circa, open_ended=True)
    end = _single(second)
    if end is None:
        return None
    first_parts, last_parts = _dotted(start), end.end or _dotted(end)
    if _runs_backwards(first_parts, last_parts):
        return None
    return Interpretation(first_parts, last_parts, circa=start.circa or end.circa)


def _single(text: str) -> Interpretation | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    circa = match["doubt"] is not None
    if match["long"]:
        return Interpretation((_common_year(int(match["long"])),), circa=circa)
    digits = match["year"]
    if "X" in digits:
        return _span(digits) if match["month"] is None else None
    year, months, days = int(digits), match["month"], match["day"]
    if months is None or months == "XX":
        is_date = days in (None, "XX")
        return Interpretation((_common_year(year),), circa=circa) if is_date else None
    month = int(months)
    if 21 <= month <= 24 and days is None:
        return Interpretation((_common_year(year),), season=month - 20, circa=circa)
    if not 1 <= month <= 12:
        return None
    if days is None or days == "XX":
        return Interpretation((_common_year(year), month), circa=circa)
    if not 1 <= int(days) <= _days_in(year, month):
        return None
    return Interpretation((_common_year(year), month, int(days)), circa=circa)


def _span(digits: str) -> Interpretation:
    """``199X`` and ``19XX``: the first and the last year they may stand for."""
    edges = (int(digits.replace("X", "0")), int(digits.replace("X", "9")))
    first, last = sorted(_common_year(year) for year in edges)
    return Interpretation((first,), (last,), circa=True)


def _common_year(year: int) -> int:
    """Years of ISO 8601 have a year 0, which is 1 BC; those of CSL have none."""
    return year if year > 0 else year - 1


def _days_in(year: int, month: int) -> int:
    leap = 29 if calendar.isleap(year) else 28
    return (31, leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _dotted(date: Interpretation) -> Parts:
    """The parts of one end of a range, a season among them as month 21–24."""
    return date.start if date.season is None else (*date.start, date.season + 20)


def _runs_backwards(first: Parts, last: Parts) -> bool:
    """Whether a range ends before it starts, as far as both ends are known."""
    seasonal = max(first[1:2] + last[1:2], default=0) > 12
    known = 1 if seasonal else min(len(first), len(last))
    return first[:known] > last[:known]
