"""Dates: parts in order, ranges, seasons, years before Christ.

Source: CSL 1.0.2, "Date", "Date-part", "Date Ranges", "AD and BC", "Seasons" and,
for sort keys, "Sorting Variables". A :class:`DateSpec` is a ``cs:date`` with its
locale worked in; :func:`render_date` puts one date through it.

A range shows what both dates share only once: of the parts in the order of the
format, the stretch from the first to the last one that may differ is shown for
both dates, with the range delimiter of the largest part that does differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from attrs import field, frozen

from citekit.records.date import Date, Parts
from citekit.render.textcase import text_case
from citekit.render.tree import Node, Piece, Wrap, affix
from citekit.style.locale import Locale
from citekit.style.settings import TextCase

PartName = Literal["year", "month", "day"]
_RANK = {"year": 0, "month": 1, "day": 2}

YEAR_SUFFIX = Wrap(kind="year-suffix")
_SEASONS = {13: 1, 14: 2, 15: 3, 16: 4, 21: 1, 22: 2, 23: 3, 24: 4}


@frozen(slots=True, eq=False, kw_only=True)
class PartSpec:
    """One ``cs:date-part``, its defaults and the locale's format worked in.

    ``names`` maps month numbers, and seasons as 21–24, to their terms; it is
    empty for numeric forms.
    """

    name: PartName
    form: str
    prefix: str
    suffix: str
    wrap: Wrap
    """Its formatting."""
    text_case: TextCase | None
    strip_periods: bool
    range_delimiter: str
    names: dict[int, str]


@frozen(slots=True, eq=False, kw_only=True)
class DateSpec:
    """One ``cs:date`` in one locale."""

    variable: str
    wrap: Wrap
    key_wrap: Wrap
    """Without affixes, for sort keys."""
    delimiter: str
    parts: tuple[PartSpec, ...]
    text_case: TextCase | None
    locale: Locale
    ad: str
    bc: str
    has_year: bool = field(init=False)

    def __attrs_post_init__(self) -> None:
        has_year = any(part.name == "year" for part in self.parts)
        object.__setattr__(self, "has_year", has_year)


def is_empty(date: Date | None) -> bool:
    """Whether there is nothing in a date that could be printed."""
    return date is None or not (date.start or date.literal or date.season or date.raw)


def render_date(date: Date, spec: DateSpec, year_suffix: Piece, english: bool) -> Node | None:
    """The date as a node of kind ``date``; ``None`` if none of its parts is asked for.

    ``year_suffix``, if not empty, is put after the first year.
    """
    if not date.start:
        words: Piece = date.literal or date.raw or _season_name(date, spec)
        if not words:
            return None
        if spec.text_case:
            words = text_case(words, spec.text_case, english)
        return Node(spec.wrap, _as_year([words, year_suffix] if year_suffix else [words], spec))
    if date.end or _is_open(date):
        children = _render_range(date, spec)
    else:
        children = _render_parts(date.start, date.season, spec, spec.parts)
    if children and year_suffix:
        children = _with_year_suffix(children, year_suffix)
    return _node(children, spec, english)


@lru_cache(maxsize=4096)
def single_date(parts: Parts, spec: DateSpec, english: bool) -> Node | None:
    """A date that is nothing but year, month and day, without year-suffix: they recur."""
    return _node(_render_parts(parts, None, spec, spec.parts), spec, english)


def _node(children: Sequence[Piece], spec: DateSpec, english: bool) -> Node | None:
    if not children:
        return None
    node = Node(spec.wrap, children)
    return text_case(node, spec.text_case, english) if spec.text_case else node  # type: ignore[return-value]


def _as_year(words: list[Piece], spec: DateSpec) -> list[Piece]:
    """A date in words as the year is dressed."""
    part = next((part for part in spec.parts if part.name == "year"), None)
    if part is None:
        return words
    if part.wrap.formatting is not None:
        words = [Node(part.wrap, words)]
    before, after = ([affix(text)] if text else [] for text in (part.prefix, part.suffix))
    return [*before, *words, *after]


def _is_open(date: Date) -> bool:
    """A second date of zeros leaves the range open at its end."""
    return len(date.date_parts) > 1 and not date.end


def _season_name(date: Date, spec: DateSpec) -> str:
    if date.season is None:
        return ""
    number = _season_number(date.season)
    for part in spec.parts:
        if part.name == "month":
            return part.names.get(20 + number, "") if number else str(date.season)
    return ""


def _season_number(season: int | str | None) -> int:
    try:
        number = int(season or 0)
    except ValueError:
        return 0
    return _SEASONS.get(number, number)


def _render_parts(
    date: Parts,
    season: int | str | None,
    spec: DateSpec,
    wanted: Sequence[PartSpec],
    *,
    first_prefix: bool = True,
    last_suffix: bool = True,
) -> list[Piece]:
    """The wanted parts of one date that it has, in the order of the format.

    In a range the delimiter takes the place of the affixes where the dates meet.
    """
    found = [(part, text) for part in wanted if (text := _part_text(date, season, part, spec))]
    pieces: list[Piece] = []
    for index, (part, text) in enumerate(found):
        if index and spec.delimiter:
            pieces.append(affix(spec.delimiter))
        if part.prefix and (index or first_prefix):
            pieces.append(affix(part.prefix))
        pieces.append(_dress(text, part))
        if part.suffix and (index + 1 < len(found) or last_suffix):
            pieces.append(affix(part.suffix))
        if part.name == "year" and _has_word(part) and (era := _era(date[0], spec)):
            pieces.append(era)
    return pieces


def _part_text(parts: Parts, season: int | str | None, part: PartSpec, spec: DateSpec) -> str:
    if part.name == "year":
        return _year(parts[0], part, spec)
    if part.name == "month":
        return _month(parts, season, part)
    if len(parts) < 3:
        return ""
    day, month = parts[2], parts[1]
    if part.form == "ordinal" and (day == 1 or not spec.locale.limit_day_ordinals_to_day_1):
        return spec.locale.ordinal(day, spec.locale.gender(f"month-{month:02d}"))
    return f"{day:02d}" if part.form == "numeric-leading-zeros" else str(day)


def _year(year: int, part: PartSpec, spec: DateSpec) -> str:
    if part.form == "short" and year > 999:
        return f"{year % 100:02d}"
    return str(abs(year)) + ("" if _has_word(part) else _era(year, spec))


def _era(year: int, spec: DateSpec) -> str:
    """What years before Christ, and those of less than four digits, have behind them."""
    if year < 0:
        return spec.bc
    return spec.ad if year < 1000 else ""


def _has_word(year: PartSpec) -> bool:
    """Whether the format has a word for "year", which goes before the era."""
    return any(letter.isalpha() for letter in year.suffix)


def _month(parts: Parts, season: int | str | None, part: PartSpec) -> str:
    month = parts[1] if len(parts) > 1 else 0
    if month > 12 or (not month and season):
        number = _season_number(month or season)
        if not number:
            return "" if month else str(season)
        return part.names.get(20 + number, "")
    if not 0 < month < 13:
        return ""
    if month in part.names:
        name = part.names[month]
        return name.replace(".", "") if part.strip_periods else name
    return f"{month:02d}" if part.form == "numeric-leading-zeros" else str(month)


def _dress(text: str, part: PartSpec) -> Piece:
    """A part's text with its case and formatting; years are always nodes."""
    piece: Piece = text_case(text, part.text_case, True) if part.text_case else text
    if part.name == "year" or part.wrap.formatting is not None:
        return Node(part.wrap, [piece])
    return piece


def _with_year_suffix(children: Sequence[Piece], year_suffix: Piece) -> list[Piece]:
    """The children with the year-suffix put right after the first year's digits."""
    changed = list(children)
    for index, child in enumerate(children):
        if isinstance(child, Node) and child.wrap.kind == "year":
            changed[index] = Node(child.wrap, [*child.children, year_suffix])
            break
    return changed


# ---------------------------------------------------------------- ranges


def _render_range(date: Date, spec: DateSpec) -> list[Piece]:
    start, end = date.start, date.end
    largest = _largest_difference(start, end, spec) if end else _year_if_shown(spec)
    if largest is None:
        return _render_parts(start, date.season, spec, spec.parts)
    differing = [i for i, part in enumerate(spec.parts) if _RANK[part.name] >= _RANK[largest]]
    first, last = differing[0], differing[-1] + 1
    if not end or largest == "year":
        first, last = 0, len(spec.parts)
    delimiter = next(part for part in spec.parts if part.name == largest).range_delimiter
    shown_twice = spec.parts[first:last]
    before = _render_parts(start, date.season, spec, shown_twice, last_suffix=False)
    if not end:
        return [*before, affix(delimiter)]
    after = _render_parts(end, None, spec, shown_twice, first_prefix=False)
    if not before or not after:
        return before or after
    head = _render_parts(start, None, spec, spec.parts[:first])
    tail = _render_parts(end, None, spec, spec.parts[last:])
    if spec.delimiter:
        head = [*head, affix(spec.delimiter)] if head else head
        tail = [affix(spec.delimiter), *tail] if tail else tail
    return [*head, *before, affix(delimiter), *after, *tail]


def _year_if_shown(spec: DateSpec) -> PartName | None:
    """The part after which an open range has its dash; the other parts show the start only."""
    return "year" if any(part.name == "year" for part in spec.parts) else None


def _largest_difference(start: Parts, end: Parts, spec: DateSpec) -> PartName | None:
    """The largest part that the format shows and in which the two dates differ."""
    shown = {part.name for part in spec.parts}
    for name, rank in _RANK.items():
        first = start[rank] if rank < len(start) else 0
        second = end[rank] if rank < len(end) else 0
        if name in shown and first != second:
            return name
        if first != second and rank == 0:
            return "month" if "month" in shown else None
    return None


# ---------------------------------------------------------------- sort keys


def sort_key(date: Date, parts: Sequence[PartName] = ("year", "month", "day")) -> str:
    """The date as ``YYYYMMDD`` digits that compare in order of time, then the end of a range.

    Years are shifted so that those before Christ come first; parts not asked
    for and missing ones are zero; seasons don't count. A date in words has no place in
    time: it sorts like none.
    """
    if not date.start:
        return ""
    return _digits(date.start, parts) + ("-" + _digits(date.end, parts) if date.end else "")


def _digits(date: Parts, parts: Sequence[PartName]) -> str:
    year = date[0] + 100000 if "year" in parts else 0
    month = date[1] if len(date) > 1 and "month" in parts and date[1] <= 12 else 0
    day = date[2] if len(date) > 2 and "day" in parts else 0
    return f"{year:06d}{month:02d}{day:02d}"
