"""Dates of catalogues: read if there is one way to read them, else printed as they were typed.

Read are EDTF (ISO 8601-2, https://www.loc.gov/standards/datetime/), and dates in words in the
languages of ``data/dates.toml``. What can't be a date (31 November) or can be two
(11/09/89) is never guessed: a :class:`DateDoubt` says what became of it.
"""

from __future__ import annotations

import calendar
import datetime
import re
from functools import cache
from typing import Any

from attrs import evolve, frozen

from citekit.archives.tables import load_table
from citekit.readers.raw_dates import parse_raw
from citekit.records.date import Date, Parts
from citekit.records.edtf import interpret

__all__ = ["DateDoubt", "ReadDate", "read_date"]


@frozen(slots=True)
class DateDoubt:
    """What is wrong with a date: a kind of finding, and what was done."""

    kind: str
    done: str


@frozen(slots=True)
class ReadDate:
    """A date that was read; ``date`` is None where there is none to print.

    ``words`` are those that say it better than CSL's parts can ("between 1987 and 1989").
    """

    date: Date | None
    is_approximate: bool = False
    is_uncertain: bool = False
    doubt: DateDoubt | None = None
    words: str = ""


_EARLIEST = 1000
_ENGLISH = """January February March April May June July August September October
    November December""".split()
_ROMAN_MONTHS = "I II III IV V VI VII VIII IX X XI XII".split()
_NUMERIC = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{2}|[0-9]{4})", re.ASCII)
_ISO = re.compile(r"(-?[0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?:[T ].*)?", re.ASCII)
_TIMESTAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}.*", re.ASCII)
_DOTTED = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})\.?", re.ASCII)
_BETWEEN = re.compile(
    r"(?:between|zwischen|entre|mezi|między) +(.+?) +(?:and|und|et|a|i|y) +(.+)", re.I
)
_BOUND = re.compile(
    r"(?:before|after|not before|not after|by|until|pre|post)[ -].*[0-9]{4}.*", re.I
)
_EITHER = re.compile(r"(?:[^\W\d_]+ )?[0-9]{4},? or (?:[^\W\d_]+ )?[0-9]{4}", re.I)
_PART_OF = re.compile(
    r"(?:(?:early|mid|late)[- ])?[0-9]{1,2}(?:st|nd|rd|th) century|"
    r"(?:early|mid|late|beginning of|end of|first half of|second half of)[- ].*[0-9]{4}.*",
    re.I,
)
_DECADE = re.compile(r"([0-9]{3})[X?_-]|([0-9]{3}0)'?s", re.ASCII)
_CENTURY = re.compile(r"([0-9]{2})(?:XX|--|\?\?|__)", re.ASCII)
_COMPACT = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})", re.ASCII)
_ROMAN = re.compile(r"([0-9]{1,2})[. ]+(XI{0,2}|IX|IV|V?I{1,3}|V)[. ]+([0-9]{4})", re.ASCII)
_NOTE = re.compile(r"(.*[0-9]{4}.*?)\s*\(([^()?]*)\)")
_LABEL = re.compile(r"\A(?:date|created|dated|datum|data|circa date)\s*:\s*", re.I)
_CJK = re.compile(r"([0-9]{4})年(?:([0-9]{1,2})月)?(?:([0-9]{1,2})日)?", re.ASCII)
_SEASON_SPAN = re.compile(r"[^\W\d_]+ [0-9]{4} ?[/–-] ?[0-9]{2,4}")
_SET = re.compile(r"[\[{](.+?)\.\.(.+?)[\]}]")
_YEAR_SPAN = re.compile(r"([0-9]{4}) ?[-–/] ?([0-9]{2}|[0-9]{4})", re.ASCII)
_BARE_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def read_date(text: str) -> ReadDate:
    """Read one date of a catalogue; the text is cleaned already."""
    read = _read(text)
    if read.date is not None and read.date.literal and read.doubt is not None:
        return evolve(read, date=Date(literal=text.strip()))  # as it is typed, to the letter
    return read


def _read(text: str) -> ReadDate:
    text = _LABEL.sub("", text.strip()).strip(";, \t").lstrip("©℗").strip()
    text = re.sub(r"(?<=[0-9])\.\s+(?=[0-9])", ".", text)  # "31. 11. 1989"
    if re.fullmatch(r"\([^()]*\)|[0-9]{4}\.", text):
        text = text.strip("(). ")
    bare = text.strip("[](). ").casefold()
    if not bare or bare in _words()["none"]:
        return ReadDate(None, doubt=DateDoubt("date-absent", "no date printed"))
    if sorted_out := _special(text):
        return sorted_out
    core, approximate, uncertain = _without_doubt(text)
    if match := _NOTE.fullmatch(core):
        found = read_date(match[1])
        done = f"not printed: {match[2]!r}"
        return evolve(found, doubt=found.doubt or DateDoubt("date-note", done))
    if sorted_out := _special(core):
        return evolve(sorted_out, is_approximate=approximate, is_uncertain=uncertain)
    date = _plain(_in_english(core))
    if date is None:
        return _unread(core, text)
    if date.circa:
        approximate = approximate or "~" in text or "%" in text
        uncertain = uncertain or not approximate
    if approximate or uncertain:
        date = Date(date_parts=date.date_parts, season=date.season, circa=True)
    return ReadDate(date, approximate, uncertain, _unlikely(date))


# ------------------------------------------------------------ kinds of dates


def _special(text: str) -> ReadDate | None:
    """Dates that CSL has no parts for, and those that can't be or can be two."""
    if match := _BETWEEN.fullmatch(text):
        return _between(match[1], match[2])
    if _BOUND.fullmatch(text):
        return ReadDate(Date(literal=text), is_approximate=True)
    if _PART_OF.fullmatch(text) or _EITHER.fullmatch(text):
        return ReadDate(Date(literal=text), is_approximate=True)
    if match := _DECADE.fullmatch(text):
        start = int(f"{match[1]}0" if match[1] else match[2])
        return _span(start, start + 9, f"{start}s")
    if match := _CENTURY.fullmatch(text):
        return _between(f"{match[1]}00", f"{match[1]}99")
    if (match := _SET.fullmatch(text)) and _is_years(*match.groups()):
        return _between(match[1], match[2])
    if text[:1] in "[{" and "," in text:
        return ReadDate(Date(literal=text.strip("[]{}")), is_approximate=True)
    if _SEASON_SPAN.fullmatch(text) and not _month(text.split(maxsplit=1)[0].casefold()):
        return ReadDate(Date(literal=text))  # "Winter 1989/1990" is one winter
    if text.startswith(("../", "/")) and len(text) > 4:
        return ReadDate(Date(literal=f"until {text.lstrip('./')}"), is_approximate=True)
    return _numeric(text) or _backwards(text)


def _is_years(*texts: str) -> bool:
    return all(_BARE_YEAR.fullmatch(text.strip()) for text in texts)


def _numeric(text: str) -> ReadDate | None:
    """``25/12/1989`` has one reading, ``11/09/89`` two, and ``12.6.1989`` one by custom."""
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    first, mark, second, year = int(match[1]), match[2], int(match[3]), match[4]
    if len(year) == 2:
        return _as_typed(text, "date-ambiguous", "the century isn't said")
    day_first = _possible(int(year), second, first)
    month_first = _possible(int(year), first, second)
    if mark == "." and day_first:
        return ReadDate(Date(*day_first))
    if day_first and month_first and first != second:
        return _as_typed(text, "date-ambiguous", "it may mean two days")
    if found := day_first or month_first:
        return ReadDate(Date(*found))
    return _as_typed(text, "date-impossible", "there is no such day")


def _backwards(text: str) -> ReadDate | None:
    first, slash, second = text.partition("/")
    if not slash:
        match = _YEAR_SPAN.fullmatch(text)
        if match is None or len(match[2]) != 4:
            return None
        first, second = match[1], match[2]
    if any(_ISO.fullmatch(side) and _plain(side) is None for side in (first, second)):
        return _as_typed(text, "date-impossible", "there is no such day")
    start, end = interpret(first.strip()), interpret(second.strip())
    if start and end and start.start and end.start:
        known = min(len(start.start), len(end.start))
        if start.start[:known] > end.start[:known]:
            return _as_typed(text, "date-reversed", "its end is before its beginning")
        if start.start == end.start:
            return ReadDate(Date(*start.start, circa=start.circa or end.circa or None))
    return None


def _plain(text: str) -> Date | None:
    """What EDTF or English words say; None if they say nothing that CSL could print."""
    if re.fullmatch(r"0+(?:-.*)?", text):  # EDTF's year 0 is 1 BC; a catalogue's is a blank field
        return None
    date = parse_raw(Date(raw=text))
    return None if date.literal or not date.start else _with_season(date)


def _with_season(date: Date) -> Date:
    """A season is a month of 21–24 where it comes from; CSL has a field for it."""
    if not date.end and not date.open_ended and len(date.start) == 2 and date.start[1] > 20:
        return Date(date.start[0], season=date.start[1] - 20, circa=date.circa)
    return date


def _unread(core: str, text: str) -> ReadDate:
    match = _ISO.fullmatch(core)
    if match is None:
        if re.fullmatch(r"(29|30|31) \w+ [0-9]{4}|\w+ (29|30|31),? [0-9]{4}", _in_english(core)):
            return _as_typed(text, "date-impossible", "there is no such day")
        return _as_typed(text, "date-unread", "it is in no form that is known")
    year, month = int(match[1]), int(match[2])
    if year and 1 <= month <= 12 and match[3]:
        # The month was typed as surely as the year; only the day can't be.
        doubt = DateDoubt("date-impossible", "there is no such day; printed without it")
        return ReadDate(Date(year, month), doubt=doubt)
    if year:
        doubt = DateDoubt("date-impossible", "there is no such month; only the year is printed")
        return ReadDate(Date(year), doubt=doubt)
    return ReadDate(None, doubt=DateDoubt("date-impossible", "there is no such year; none printed"))


def _unlikely(date: Date) -> DateDoubt | None:
    if any(0 < parts[0] < _EARLIEST for parts in (date.start, date.end) if parts):
        return DateDoubt("date-unlikely", f"printed, though it is before {_EARLIEST}")
    if any(parts[0] > datetime.date.today().year for parts in (date.start, date.end) if parts):
        return DateDoubt("date-future", "printed, though it is in the future")
    return None


def _between(first: str, last: str) -> ReadDate:
    """One day of those between two: years as a range, the rest in words only."""
    text = f"between {first} and {last}"
    if _is_years(first, last) and int(first) < int(last):
        return _span(int(first), int(last), text)
    return ReadDate(Date(literal=text), is_approximate=True)


def _span(start: int, end: int, words: str) -> ReadDate:
    return ReadDate(Date(start, end=(end,), circa=True), is_approximate=True, words=words)


def _as_typed(text: str, kind: str, why: str) -> ReadDate:
    return ReadDate(Date(literal=text), doubt=DateDoubt(kind, f"{why}; printed as it is typed"))


def _possible(year: int, month: int, day: int) -> Parts:
    if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 1, month)[1]:
        return year, month, day
    return ()


# ------------------------------------------------------------ words


def _without_doubt(text: str) -> tuple[str, bool, bool]:
    """The date without what makes it doubtful; whether it is approximate, whether uncertain."""
    approximate = uncertain = False
    core = text
    if re.fullmatch(r"\[[^\[\]]*\]", core):
        core, uncertain = core[1:-1].strip(), True
    while True:
        word, _, rest = core.partition(" ")
        glued = re.fullmatch(r"(ca?\.?)([0-9].*)", core, re.IGNORECASE)
        if word.casefold() in _words()["circa"] and rest:
            core, approximate = rest.strip(), True
        elif glued:
            core, approximate = glued[2], True
        elif word.casefold() in _words()["doubt"] and rest:
            core, uncertain = rest.strip(), True
        elif core.endswith("?"):
            core, uncertain = core[:-1].strip(), True
        elif core.endswith("(?)"):
            core, uncertain = core[:-3].strip(), True
        else:
            return core, approximate, uncertain and not approximate


def _in_english(text: str) -> str:
    """The text with names of months in English and without words that say nothing."""
    if match := _TIMESTAMP.fullmatch(text):
        return match[1]
    if match := _ROMAN.fullmatch(text):
        return f"{match[1]} {_ENGLISH[_ROMAN_MONTHS.index(match[2])]} {match[3]}"
    if (match := _COMPACT.fullmatch(text)) and _possible(*map(int, match.groups())):
        return "-".join(match.groups())
    if "/" not in text and text.count("..") == 1 and re.match(r"[0-9]{4}.*\.\.[0-9]{4}", text):
        return text.replace("..", "/")
    if match := _CJK.fullmatch(text):
        return "-".join(part.zfill(2) for part in match.groups() if part)
    if match := _DOTTED.fullmatch(text):
        return "-".join(part.zfill(2) for part in match.groups())
    words = []
    text = re.sub(r"(?<=[0-9])\.(?=\s*[–—-])", "", text)  # "9.–12. November"
    text = re.sub(r"\b1er\b", "1", text)
    dotted = re.sub(r"(?<=[0-9])\.(?=\s*[^\W\d_])", " ", text)  # "6. října 1988"
    for word in re.sub(r"(?<=[0-9])\.\s+(?=[0-9])", ".", dotted).split():
        lower = word.casefold()
        if lower in _words()["suffixes"] or lower in _words()["fillers"]:
            continue
        name = _month(lower.strip(",.")) or _season(lower)
        words.append(f"{name}{',' if word.endswith(',') else ''}" if name else word)
    text = " ".join(words)
    # Hungarian and Japanese order: "1988. október 6."
    match = re.fullmatch(r"([0-9]{4})\.? ([A-Z][a-z]+) ([0-9]{1,2})\.?", text)
    return f"{match[2]} {match[3]}, {match[1]}" if match and match[2] in _ENGLISH else text


def _season(word: str) -> str:
    """The English name of a season in any of the languages; "" for other words."""
    seasons: dict[str, list[str]] = _table()["seasons"]
    return next((name for name, words in seasons.items() if word in words), "")


@cache
def _month(word: str) -> str:
    """The English name of a month in any of the languages; "" for other words and for two."""
    if not word.isalpha() or len(word) < 3:
        return ""
    found = set()
    for stems in _table()["months"].values():
        for number, alternatives in enumerate(stems):
            hits = [s for s in alternatives.split() if word.startswith(s) and _fits(word, s)]
            if hits:
                found.add((max(map(len, hits)), number))
    if not found:
        return ""
    longest = max(length for length, _ in found)
    numbers = {number for length, number in found if length == longest}
    return _ENGLISH[numbers.pop()] if len(numbers) == 1 else ""


def _fits(word: str, stem: str) -> bool:
    """A month's name has at most six letters after its stem: "mar" is none in "marginalia"."""
    if _CYRILLIC.search(word):
        return len(word) - len(stem) <= 3
    return len(word) - len(stem) <= 6 and word not in {"market", "margin", "marine", "mayor"}


@cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in _table()["words"].items()}


def _table() -> dict[str, Any]:
    return load_table("dates")
