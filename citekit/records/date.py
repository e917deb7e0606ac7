"""A date or a range of dates, exact, approximate, seasonal or in words.

Source: CSL 1.0.2, "Date" and "Seasons", and csl-data.json, ``date-variable``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from citekit.records.name import Flag

Part = int | str
Parts = tuple[int, ...]


def _normal(parts: Sequence[Part]) -> Parts:
    """Year, month, day as integers, up to the first one that is missing or no number."""
    numbers: list[int] = []
    for part in parts[:3]:
        try:
            number = int(part)
        except (TypeError, ValueError):
            break
        if number == 0:
            break
        numbers.append(number)
    return tuple(numbers)


@frozen(slots=True, init=False)
class Date:
    """``Date(1988, 10, 6)``, ``Date(1988, end=(1990,))``, ``Date(literal="n.d.")``.

    ``date_parts`` holds one or two ``(year[, month[, day]])`` as they were
    given (CSL-JSON allows numbers and numeric strings); ``start`` and ``end``
    hold the same as integers, ``()`` when absent. Months count from 1; years
    before Christ are negative; a month of 13–16 or 21–24 is a season. ``circa``
    marks an approximate date, ``literal`` is printed as it is, ``raw`` is text
    that a reader may turn into parts. ``extra`` keeps keys that CSL-JSON
    doesn't define.
    """

    date_parts: tuple[tuple[Part, ...], ...]
    season: Part | None
    circa: Flag | None
    literal: str
    raw: str
    extra: Mapping[str, object] = field(hash=False)
    start: Parts = field(eq=False, repr=False)
    end: Parts = field(eq=False, repr=False)

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
        date_parts: Sequence[Sequence[Part]] | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        if date_parts is None:
            first = tuple(part for part in (year, month, day) if part is not None)
            date_parts = [parts for parts in (first, tuple(end)) if parts]
        kept = tuple(tuple(parts) for parts in date_parts)
        self.__attrs_init__(  # type: ignore[attr-defined]
            date_parts=kept,
            season=season,
            circa=circa,
            literal=literal,
            raw=raw,
            extra={} if extra is None else extra,
            start=_normal(kept[0]) if kept else (),
            end=_normal(kept[1]) if len(kept) > 1 else (),
        )
