"""What a written record has lost: it is read back, and what isn't the same again is told.

No list of what a format can't carry can be wrong or incomplete that way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from citekit.readers.items import Item, Loss
from citekit.records.date import Date
from citekit.records.name import Name, identity
from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES

__all__ = ["compare", "iter_checked"]


class _Reader(Protocol):
    def __call__(self, text: str, where: str, /) -> Iterator[Item]: ...


def iter_checked(
    records: Iterable[Record],
    entry: Callable[[Record], str],
    read: _Reader,
    lost: Callable[[Loss], None],
) -> Iterator[str]:
    """The text of each record, which ``entry`` writes; ``lost`` is told what ``read`` misses."""
    for record in records:
        text = entry(record)
        back = next((item.record for item in read(text, "") if item.record is not None), None)
        for loss in compare(record, back):
            lost(loss)
        yield text


def compare(record: Record, back: Record | None) -> Iterator[Loss]:
    """The values of ``record`` that aren't the same in ``back``, what became of it.

    Dates are the same if they print the same, names if their parts are, texts but for
    the form of apostrophes; a text's older names count as the variable that they mean.
    """
    if back is None:
        yield Loss(record.id, "", record.type, "the record can't be expressed at all")
        return
    there = {**back.texts, **back.names, **back.dates, **back.extra}
    if back.id != record.id:
        yield Loss(record.id, "id", record.id, f"comes back as {back.id!r}")
    if back.type != record.type:
        yield Loss(record.id, "type", record.type, f"comes back as {back.type!r}")
    here = {**record.texts, **record.names, **record.dates, **record.extra}
    for variable, value in here.items():
        found = there.get(variable, there.get(ALIASES.get(variable, variable)))
        if _essence(value) != _essence(found):
            why = "there is no place for it" if found is None else f"comes back as {_shown(found)}"
            yield Loss(record.id, variable, _shown(value), why)
    if record.custom and record.custom != back.custom:
        yield Loss(record.id, "custom", str(dict(record.custom)), "there is no place for it")


def _essence(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_essence(one) for one in value)
    if isinstance(value, Name):
        return (*(part.replace("'", "’") for part in identity(value)), dict(value.extra))
    if isinstance(value, Date):
        season = None if value.season is None else str(value.season)
        said = (value.start, value.end, season, bool(value.circa), value.open_ended)
        return (*said, value.literal, value.raw, dict(value.extra))
    # Styles print a straight apostrophe as a curly one, and so does TeX.
    return value.replace("'", "’") if isinstance(value, str) else value


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_shown(one) for one in value)
    if isinstance(value, Name):
        given = (value.given, value.dropping_particle)
        family = (value.non_dropping_particle, value.family)
        parts = (" ".join(filter(None, family)), " ".join(filter(None, given)), value.suffix)
        return value.literal or ", ".join(filter(None, parts))
    if isinstance(value, Date):
        ends = "/".join("-".join(map(str, parts)) for parts in value.date_parts)
        season = "" if value.season is None else f"season {value.season}"
        words = (value.edtf or ends, season, "circa" if value.circa else "", value.literal)
        return " ".join(filter(None, (*words, value.raw)))
    return str(value)
