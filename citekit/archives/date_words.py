"""Approximate dates in English words, where a manual wants what its CSL style can't print."""

from __future__ import annotations

from collections.abc import Mapping

from citekit.records.date import Date, Parts

__all__ = ["SEASONS", "words"]

_LONG = """January February March April May June July August September October November
    December""".split()
_SHORT = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
ENGLISH = {"circa": "ca.", "form": "month-day-year"}
SEASONS = ("", "Spring", "Summer", "Autumn", "Winter")


def words(date: Date, options: Mapping[str, str] = ENGLISH) -> str:
    """A date in words: ``options["circa"]`` and the date in the form of the options.

    "" for a date that can't be put like this (an open range, a year before Christ).
    """
    if not date.start or date.open_ended or date.start[0] < 0 or not options:
        return ""
    season = int(date.season) if date.season else 0
    text = _single(date.start, options)
    if season:
        text = f"{SEASONS[season]} {date.start[0]}" if season <= 4 else ""
    end = _single(date.end, options) if date.end else ""
    if end and end != text:
        text = f"{text}–{end}"
    return f"{options['circa']} {text}" if text else ""


def _single(parts: Parts, options: Mapping[str, str]) -> str:
    year = str(parts[0])
    if len(parts) == 1 or options.get("form") == "year":
        return year
    if not 1 <= parts[1] <= 12:
        return f"{SEASONS[parts[1] - 20]} {year}" if 21 <= parts[1] <= 24 else year
    month = (_SHORT if options.get("months") == "short" else _LONG)[parts[1] - 1]
    if len(parts) == 2:
        return f"{month} {year}"
    if options.get("form") == "day-month-year":
        return f"{parts[2]} {month} {year}"
    return f"{month} {parts[2]}, {year}"
