"""A date or a range of dates, exact, approximate, seasonal or in words.

Source: CSL 1.0.2, "Date" and "Seasons", and csl-data.json, ``date-variable``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import field, frozen

from citekit.patterns import pattern
from citekit.records.name import Flag

__all__ = ["Date", "Part", "Parts"]

Part = int | str
Parts = tuple[int, ...]
"""Year, month, day as far as they are known; ``()`` for no date at all."""

_INTEGER = pattern(r"\s*[+-]?[0-9]{1,18}\s*", re.ASCII)


def _integer(part: object) -> int | None:
    """A date part as an integer; None when it is no whole number."""
    if type(part) is int:
        return part
    if isinstance(part, float):
        return int(part) if part.is_integer() else None
    if isinstance(part, str) and _INTEGER.fullmatch(part):
        return int(part)
    return None


def _normal(parts: Sequence[Part]) -> Parts:
    """Year, month, day as integers, up to the first one that is missing or no number."""
    numbers: list[int] = []
    for part in parts[:3]:
        number = _integer(part)
        if not number:
            break
        numbers.append(number)
    return tuple(numbers)


def _is_open(date_parts: tuple[tuple[Part, ...], ...]) -> bool:
    """``[[1988], [0]]``: by custom, a range that has no end yet."""
    return len(date_parts) > 1 and bool(date_parts[1]) and _integer(date_parts[1][0]) == 0


@frozen(slots=True, init=False)
class Date:
    """``Date(1988, 10, 6)``, ``Date(1988, end=(1990,))``, ``Date(literal="n.d.")``.

    ``date_parts`` holds one or two ``(year[, month[, day]])`` as they were
    given (CSL-JSON allows numbers and numeric strings); ``start`` and ``end``
    hold the same as integers, ``()`` when absent. Months count from 1; years
    before Christ are negative; a month of 13–16 or 21–24 is a season.
    ``open_ended`` is true of a range without an end ("1988–"). ``circa``
    marks an approximate date, ``literal`` is printed as it is, ``raw`` is text
    that a reader may turn into parts. ``extra`` keeps keys that CSL-JSON
    doesn't define.

    ``Date(edtf="1988-10~/1989")`` takes the date in the form that CSL-JSON
    prefers (levels 0 and 1, see :mod:`citekit.records.edtf`): start, end, season
    and circa follow from it, and a writer gives it back as it came. A text that
    is no such date is printed as a literal.
    """

    date_parts: tuple[tuple[Part, ...], ...]
    season: Part | None
    circa: Flag | None
    literal: str
    raw: str
    edtf: str
    extra: Mapping[str, object] = field(hash=False)
    start: Parts = field(eq=False, repr=False)
    end: Parts = field(eq=False, repr=False)
    open_ended: bool = field(eq=False, repr=False)

    def __init__(
        self,
        year: Part | None = None,
        month: Part | None = None,
        day: Part | None = None,
        *,
        end: Sequence[Part] = (),
        season: Part | None = None,
        circa: Flag | None = None,
        literal: str = "",
        raw: str = "",
        edtf: str = "",
        date_parts: Sequence[Sequence[Part]] | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        if date_parts is None:
            first = tuple(part for part in (year, month, day) if part is not None)
            date_parts = [parts for parts in (first, tuple(end)) if parts]
        kept = tuple(tuple(parts) for parts in date_parts)
        start, last = _normal(kept[0]) if kept else (), _normal(kept[1]) if len(kept) > 1 else ()
        open_ended = _is_open(kept)
        if edtf:
            from citekit.records.edtf import interpret  # noqa: PLC0415 - few dates are EDTF

            said = interpret(edtf)
            if said is None:
                literal = literal or edtf
            else:
                start, last, open_ended = said.start, said.end, said.open_ended
                season = said.season if season is None else season
                circa = said.circa or None if circa is None else circa
        self.__attrs_init__(
            date_parts=kept,
            season=season,
            circa=circa,
            literal=literal,
            raw=raw,
            edtf=edtf,
            extra={} if extra is None else extra,
            start=start,
            end=last,
            open_ended=open_ended,
        )
