"""Practices of CSL-JSON files that are not CSL 1.0.2, turned into what CSL 1.0.2 knows.

Each is a pure function from a record to a record and can be switched off in
:class:`Conventions`; what readers read and writers write is not affected. The
mark-up inside fields (``<i>`` …) is left alone: rendering deals with it.

Source: the practice of the programs that write CSL-JSON, as citeproc-js honours
it; learned from what that prints. Not part of the specification.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from citekit.readers.particles import is_plain, parse_name
from citekit.records.date import Date, Part, Parts
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES

__all__ = [
    "Conventions",
    "apply",
    "parse_particles",
    "parse_raw_dates",
    "resolve_aliases",
]


@frozen(slots=True)
class Conventions:
    """Which practices are followed; all by default.

    ``particles``: particles and suffixes inside ``family`` and ``given``, see
    :mod:`citekit.readers.particles`. ``note_variables``: ``variable: value`` in
    the note, see :mod:`citekit.readers.note_variables`. ``raw_dates``: dates in
    words, see :mod:`citekit.readers.raw_dates`, and seasons as months 13–24.
    ``aliases``: other names of variables, see :func:`resolve_aliases`.
    """

    particles: bool = True
    note_variables: bool = True
    raw_dates: bool = True
    aliases: bool = True


_ALL = Conventions()
_RESOLVED = ("journalAbbreviation", "shortTitle")
"""The aliases that stand for their variable; the reference ignores the others, and so
styles were written for records in which they print nothing."""


def apply(record: Record, conventions: Conventions = _ALL) -> Record:
    """The record as CSL 1.0.2 would have it; the same object if it follows no such practice."""
    if conventions.note_variables and ":" in record.texts.get("note", ""):
        from citekit.readers.note_variables import (  # noqa: PLC0415 - few records need it
            take_note_variables,
        )

        record = take_note_variables(record)
    if conventions.aliases and not record.texts.keys().isdisjoint(_RESOLVED):
        record = resolve_aliases(record)
    if conventions.raw_dates and record.dates:
        record = parse_raw_dates(record)
    if conventions.particles and record.names:
        record = parse_particles(record)
    return record


def resolve_aliases(record: Record) -> Record:
    """Give ``container-title-short`` and ``title-short`` what stands under their other names.

    That is ``journalAbbreviation`` and ``shortTitle``, unless the variables have a value.
    ``part``, ``printing`` and ``supplement`` stay what they are, and ``event`` isn't
    ``event-title``.
    """
    texts = dict(record.texts)
    for alias in _RESOLVED:
        if alias in texts:
            text, variable = texts.pop(alias), ALIASES[alias]
            if not texts.get(variable):
                texts[variable] = text
    if texts == record.texts:
        return record
    return _changed(record, texts=texts)


def parse_raw_dates(record: Record) -> Record:
    """Read dates in words, and a month of 13–24 as a season.

    In a range a season stays a month, of 21–24: CSL's ``season`` speaks of one
    date only.
    """
    changed = {}
    for variable, date in record.dates.items():
        if date.raw or _has_season(date.start) or (date.end and _has_season(date.end)):
            better = _with_season(_parsed(date) if date.raw else date)
            if better != date:
                changed[variable] = better
    return _changed(record, dates={**record.dates, **changed}) if changed else record


def _parsed(date: Date) -> Date:
    from citekit.readers.raw_dates import parse_raw  # noqa: PLC0415 - few records need it

    return parse_raw(date)


def _has_season(parts: Parts) -> bool:
    return len(parts) > 1 and 13 <= parts[1] <= 24


def _with_season(date: Date) -> Date:
    ends = [parts for parts in (date.start, date.end) if parts]
    if date.edtf or not date.start or not any(_has_season(parts) for parts in ends):
        return date
    season: Part | None
    if len(ends) == 1 and not date.open_ended:
        season = (date.start[1] - 13) % 4 + 1 if date.season is None else date.season
        parts: list[Parts] = [date.start[:1]]
    else:
        season = date.season
        parts = [_as_edtf(end) for end in ends] + ([(0,)] if date.open_ended else [])
    return Date(
        date_parts=parts,
        season=season,
        circa=date.circa,
        literal=date.literal,
        raw=date.raw,
        extra=date.extra,
    )


def _as_edtf(parts: Parts) -> Parts:
    """Seasons are written in three ways: months 13–16, 17–20 and 21–24."""
    return (parts[0], (parts[1] - 13) % 4 + 21) if _has_season(parts) else parts


def parse_particles(record: Record) -> Record:
    """Give particles and suffixes inside family and given names fields of their own."""
    changed = {}
    for variable, names in record.names.items():
        if all(map(is_plain, names)):
            continue
        parsed = [parse_name(name) for name in names]
        if any(after is not before for after, before in zip(parsed, names, strict=True)):
            changed[variable] = tuple(parsed)
    return _changed(record, names={**record.names, **changed}) if changed else record


def _changed(
    record: Record,
    *,
    texts: Mapping[str, str] | None = None,
    names: Mapping[str, tuple[Name, ...]] | None = None,
    dates: Mapping[str, Date] | None = None,
    numbers: Mapping[str, int | float] | None = None,
) -> Record:
    return Record.from_parts(
        record.id,
        record.type,
        texts=record.texts if texts is None else texts,
        names=record.names if names is None else names,
        dates=record.dates if dates is None else dates,
        custom=record.custom,
        extra=record.extra,
        numbers=record.numbers if numbers is None else numbers,
    )
