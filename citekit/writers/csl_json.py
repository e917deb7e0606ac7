"""Records → CSL-JSON, in one order of keys; what was read from CSL-JSON comes back as it was.

Source: csl-data.json, the schema of CSL-JSON 1.0.2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from citekit.errors import RecordError
from citekit.readers.items import Loss
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record, text_of_number

__all__ = ["dumps", "escape_surrogates", "iter_text", "to_checked_object", "to_object"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def dumps(records: Iterable[Record], *, indent: int | None = 2) -> str:
    """The records as a CSL-JSON array, its characters written out, not escaped.

    ``indent=None`` writes everything on one line. Raises
    :class:`~citekit.errors.RecordError` when ``custom`` or ``extra`` of a record
    holds what JSON can't express.
    """
    objects = [to_checked_object(record) for record in records]
    return escape_surrogates(json.dumps(objects, ensure_ascii=False, indent=indent))


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The text of :func:`dumps` record by record, with a line break at its end; loses nothing."""
    before = "[\n"
    for record in records:
        text = escape_surrogates(
            json.dumps(to_checked_object(record), ensure_ascii=False, indent=2)
        )
        yield before + "\n".join(f"  {line}" for line in text.split("\n"))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def to_checked_object(record: Record) -> dict[str, object]:
    """The object of :func:`to_object`, or the error of :func:`dumps`."""
    item = to_object(record)
    try:
        json.dumps(item, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise RecordError(
            f"can't be written as JSON: {error}",
            where=f"record {record.id!r}",
            hint="put only texts, numbers, lists and dictionaries into custom and extra",
        ) from error
    return item


def escape_surrogates(text: str) -> str:
    """Half a surrogate pair can't be encoded as UTF-8, but escaped it is valid JSON."""
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def to_object(record: Record) -> dict[str, object]:
    """One record as a CSL-JSON item, ready for :func:`json.dump`.

    Keys come in this order: id, type, title, the other texts by name, author,
    the other names, issued, the other dates, custom, and what CSL doesn't know.
    """
    item: dict[str, object] = {"id": _text(record, "id", record.id)}
    if record.type:
        item["type"] = record.type
    for variable in _in_order(record.texts, "title"):
        item[variable] = _text(record, variable, record.texts[variable])
    for variable in _in_order(record.names, "author"):
        item[variable] = [_name(name) for name in record.names[variable]]
    for variable in _in_order(record.dates, "issued"):
        item[variable] = _date(record.dates[variable])
    if record.custom is not None:
        item["custom"] = dict(record.custom)
    for key, value in record.extra.items():
        item.setdefault(key, value)
    return item


def _in_order(values: Mapping[str, object], first: str) -> list[str]:
    return sorted(values, key=lambda name: (name != first, name.lower(), name))


def _text(record: Record, key: str, text: str) -> object:
    """A number where one was read, unless the text has changed since."""
    number = record.numbers.get(key)
    return text if number is None or text_of_number(number) != text else number


def _name(name: Name) -> dict[str, object]:
    parts: dict[str, object] = {
        "family": name.family,
        "given": name.given,
        "dropping-particle": name.dropping_particle,
        "non-dropping-particle": name.non_dropping_particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    flags = {
        "comma-suffix": name.comma_suffix,
        "static-ordering": name.static_ordering,
        "parse-names": name.parse_names,
    }
    written = {key: part for key, part in parts.items() if part}
    written |= {key: flag for key, flag in flags.items() if flag is not None}
    return {**name.extra, **written}


def _date(date: Date) -> object:
    if date.edtf:
        return date.edtf
    written: dict[str, object] = {}
    if date.date_parts:
        written["date-parts"] = [list(parts) for parts in date.date_parts]
    if date.season is not None:
        written["season"] = date.season
    if date.circa is not None:
        written["circa"] = date.circa
    if date.literal:
        written["literal"] = date.literal
    if date.raw:
        written["raw"] = date.raw
    return {**date.extra, **written}
