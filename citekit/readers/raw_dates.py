"""Dates in words: ``23 Oct 1998``, ``May-June 1987``, ``Winter 1999/2000``, ``ca. 1850``.

Read are English month and season names (three letters are enough), ISO dates
and everything else of EDTF, years, years before Christ, and ranges of these.
What can be read in two ways (``5/6/1987``, ``1962-3``) is not read at all.
"""

from __future__ import annotations

import calendar
import re

from citekit.patterns import pattern
from citekit.records.date import Date, Parts
from citekit.records.edtf import interpret

__all__ = ["parse_raw"]

_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NAMED = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>[0-9]{4})"
_FORMS = [
    pattern(form, re.ASCII | re.IGNORECASE)
    for form in (
        _YEAR,
        rf"{_NAMED},? {_YEAR}",
        rf"{_NAMED} {_DAY},? {_YEAR}",
        rf"{_DAY} {_NAMED},? {_YEAR}",
        rf"{_YEAR},? {_NAMED}",
        rf"{_YEAR},? {_NAMED} {_DAY}",
        r"(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})(?:/(?P<day>[0-9]{1,2}))?",
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})[ T][0-9:.]+(?:Z|[+-][0-9:]+)?",
    )
]
_NUMERIC = pattern(r"([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4})", re.ASCII)
_ERA = pattern(r"([0-9]{1,4}) ?(BCE?|B\.C\.|CE|AD|A\.D\.)", re.ASCII | re.IGNORECASE)
_SHORT_END = pattern(r"([0-9]{2})([0-9]{2})[-–/]([0-9]{2})", re.ASCII)
_CIRCA = pattern(r"(?:circa|ca\.?|c\.?|about) ?(?=[0-9A-Z])")
_WEEKDAY = pattern(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ", re.I)
_RANGE = pattern(r" [-–—] | to |–|—|/|-")
_TAIL = pattern(r",? [0-9]{4}\Z", re.ASCII)
_LONGEST_RANGE = 100
"""Characters; a longer text is no pair of dates, and to try it at every dash would take ages."""


def parse_raw(date: Date) -> Date:
    """The date with its ``raw`` text read into parts, or made its literal if it can't be.

    Parts and literals that are there already count more than the text.
    """
    if date.start or date.literal:
        return date
    found = _parse(date.raw)
    if found is None:
        return Date(
            season=date.season, circa=date.circa, literal=date.raw.strip(), extra=date.extra
        )
    start, end, circa = found
    return Date(
        date_parts=[start, end] if end else [start],
        season=date.season,
        circa=circa or None if date.circa is None else date.circa,
        extra=date.extra,
    )


def _parse(raw: str) -> tuple[Parts, Parts, bool] | None:
    text = " ".join(raw.split())
    said = interpret(text)
    if said is not None:
        start = said.start if said.season is None else (*said.start, said.season + 20)
        return start, (0,) if said.open_ended else said.end, said.circa
    text, circa = _without_doubt(text)
    start = _single(text)
    if start:
        return start, (), circa
    pair = _short_range(text) or _range(text)
    return (*pair, circa) if pair else None


def _without_doubt(text: str) -> tuple[str, bool]:
    """``ca. 1850``, ``1850?`` and ``[1850?]`` without what makes them doubtful."""
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    bare = _CIRCA.sub("", text.removesuffix("?"), count=1) if _CIRCA.match(text) else text
    bare = bare.removesuffix("?").strip()
    return bare, bare != text


def _single(text: str) -> Parts:
    """One date; ``()`` if the text isn't one."""
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    said = interpret(text)
    if said is not None:
        if said.end or said.open_ended or said.circa:
            return ()
        return said.start if said.season is None else (*said.start, said.season + 20)
    if match := _ERA.fullmatch(text):
        year = int(match[1])
        return (-year if match[2][0] in "bB" else year,) if year else ()
    if match := _NUMERIC.fullmatch(text):
        return _numeric(int(match[1]), match[2], int(match[3]), int(match[4]))
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _from_words(match.groupdict())
    return ()


def _numeric(first: int, separator: str, second: int, year: int) -> Parts:
    """``25/6/1987`` and ``6/25/1987``, but not ``5/6/1987``; with dots, the day is first."""
    if separator == "." or first > 12 or first == second:
        return _checked(year, second, first)
    return _checked(year, first, second) if second > 12 else ()


def _from_words(found: dict[str, str | None]) -> Parts:
    year = int(found["year"] or 0)
    day = int(word) if (word := found.get("day")) else None
    if found.get("month"):
        return _checked(year, int(found["month"] or 0), day)
    if not found.get("name"):
        return (year,) if year else ()
    month = _month(found["name"] or "")
    return _checked(year, month, day) if month else ()


def _month(name: str) -> int:
    """The number of a month or (21–24) season; 0 if the word names none."""
    name = name.lower()
    if name in _SEASONS:
        return _SEASONS[name]
    for number, month in enumerate(_MONTHS, 1):
        if month.startswith(name) and (len(name) in (3, len(month)) or name == "sept"):
            return number
    return 0


def _checked(year: int, month: int, day: int | None) -> Parts:
    if not year or day is None:
        return (year, month) if year and (1 <= month <= 12 or 21 <= month <= 24) else ()
    if not 1 <= month <= 12:
        return ()
    last = calendar.monthrange(year, month)[1]
    return (year, month, day) if 1 <= day <= last else ()


def _short_range(text: str) -> tuple[Parts, Parts] | None:
    """``1962-63``; not ``1901-02``, which is a month."""
    match = _SHORT_END.fullmatch(text)
    if match is None or not int(match[3]) > max(12, int(match[2])):
        return None
    return (int(match[1] + match[2]),), (int(match[1] + match[3]),)


def _range(text: str) -> tuple[Parts, Parts] | None:
    """Two dates with a dash, a slash or "to" between; what they share may be said once."""
    if len(text) > _LONGEST_RANGE:
        return None
    for mark in _RANGE.finditer(text):
        first, second = text[: mark.start()].strip(), text[mark.end() :].strip()
        for left, right in _completed(first, second):
            start, end = _single(left), _single(right)
            if start and end and start < end:
                return start, end
    return None


def _completed(first: str, second: str) -> list[tuple[str, str]]:
    """Ways to complete the halves of a range from each other, the most literal first."""
    ways = [(first, second)]
    if year := _TAIL.search(second):  # "May 6, 1987" needs nothing; "May–June 1987" does
        if not _TAIL.search(first):
            ways.append((first + year[0], second))
        words = second.split(" ")
        if first.isdecimal() and len(words) == 3:  # "6–8 May 1987"
            ways.append((f"{first} {words[1]} {words[2]}", second))
        head = first.split(" ")
        if len(head) == 2 and len(words) == 2:  # "May 6–8, 1987"
            ways.append((f"{first}, {words[1]}", f"{head[0]} {second}"))
    head = first.split(" ")
    if len(head) == 3 and second.isdecimal() and len(second) < 3:  # "1998 October 23–25"
        ways.append((first, f"{head[0]} {head[1]} {second}"))
    if head[0].lower() in _SEASONS and second.isdecimal() and len(second) == 4:
        ways.insert(0, (first, f"{head[0]} {second}"))  # "Winter 1999/2000"
    return ways
