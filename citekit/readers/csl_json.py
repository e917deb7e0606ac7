"""CSL-JSON → records, faithfully: :mod:`citekit.writers.csl_json` gives back what was read.

Nothing is interpreted here. Practices that CSL 1.0.2 doesn't know (particles
inside family names, variables in notes …) are a step of their own, in
:mod:`citekit.readers.conventions`.

Source: csl-data.json, the schema of CSL-JSON 1.0.2. Beyond it, dates as EDTF
strings are read, keys that the schema doesn't know are kept, and a file may
hold ``{"items": […]}``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from citekit.errors import ReaderError
from citekit.readers import json_text
from citekit.readers.csl_json_fields import (
    drop_null,
    is_number,
    keep,
    kind,
    read_date,
    read_names,
    text_of,
)
from citekit.readers.findings import Findings
from citekit.readers.items import Item
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Number, Record, text_of_number
from citekit.records.vocabulary import ALIASES, DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

__all__ = ["from_object", "iter_items", "load", "loads"]

_TEXTS = TEXT_VARIABLES | ALIASES.keys()


def load(path: str | os.PathLike[str], *, lenient: bool = False) -> list[Record]:
    """The records of a CSL-JSON file. See :func:`loads`.

    Raises :class:`~citekit.errors.ReaderError` also when the file can't be opened.
    """
    where = os.fspath(path)
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReaderError(
            f"can't read the file: {reason}", where=where, hint="check the path"
        ) from error
    return loads(data, where=where, lenient=lenient)


def loads(text: str | bytes, *, where: str = "", lenient: bool = False) -> list[Record]:
    """The records of a CSL-JSON text: an array of items, one item, or ``{"items": […]}``.

    ``where`` names the text (a file, usually) in errors. Every problem of the
    text is collected and reported in one error. With ``lenient`` what can be
    read without harm is read instead: a missing type becomes ``""``, a missing
    id ``item-3`` or the like, nulls are dropped, the last of two records with
    one id counts (where the first stood), a number becomes a text and a lone
    value a list where one is due; what remains of the wrong kind goes to
    ``Record.extra``.

    Raises :class:`~citekit.errors.ReaderError` when the text is no JSON or not
    made of items, :class:`~citekit.errors.RecordError` when items are wrong.
    """
    if isinstance(text, bytes):
        text = json_text.decode(text, where=where, lenient=lenient)
    value = json_text.parse(text, where=where, lenient=lenient)
    return _read(value, where, lenient, text)


def from_object(obj: object, *, where: str = "", lenient: bool = False) -> list[Record]:
    """The records of CSL-JSON that is decoded already. See :func:`loads`."""
    return _read(obj, where, lenient, "")


def _read(value: object, where: str, lenient: bool, text: str) -> list[Record]:
    findings = Findings(lenient)
    items = _items(value, where)
    ids = _ids(items)
    records: dict[str, Record] = {}
    positions: dict[str, int] = {}
    for position, item in enumerate(items, 1):
        findings.begin(position)
        record = _record(item, findings, f"item-{position}", ids)
        if record is None:
            continue
        if record.id in records and not lenient:
            findings.add(
                "id",
                f"records {positions[record.id]} and {position} have the same id",
                "give one of them another id, or read leniently to keep the last",
            )
        records[record.id] = record
        positions[record.id] = position
    if findings.found:
        findings.raise_all(where, json_text.record_lines(text))
    return list(records.values())


def _items(value: object, where: str) -> Sequence[object]:
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, dict):
        items = value.get("items")
        return items if isinstance(items, list) and "type" not in value else [value]
    raise ReaderError(
        f"expected an array of items, found {kind(value)}",
        where=where,
        hint='CSL-JSON is an array of objects: [{"id": …, "type": …, "title": …}, …]',
    )


def _ids(items: Sequence[object]) -> frozenset[str]:
    """All ids that are texts, so that no new id is one of them."""
    ids = (item.get("id") for item in items if isinstance(item, dict))
    return frozenset(value for value in ids if isinstance(value, str))


def _record(item: object, findings: Findings, new_id: str, ids: frozenset[str]) -> Record | None:
    if not isinstance(item, dict):
        what = f"expected an object, found {kind(item)}"
        findings.add("", what, 'an item is {"id": …, "type": …, "title": …}')
        return None
    numbers: dict[str, Number] = {}
    record_id = _id(item.get("id"), numbers, findings)
    while not record_id or (not findings.record and record_id in ids):
        record_id = f"{record_id}-{new_id}" if record_id else new_id
    item_type = _type(item.get("type"), findings)
    texts: dict[str, str] = {}
    names: dict[str, tuple[Name, ...]] = {}
    dates: dict[str, Date] = {}
    # An empty type is as good as none, but is to be written back.
    extra: dict[str, object] = {"type": ""} if item.get("type") == "" else {}
    for key, value in item.items():
        if key in _TEXTS:
            if isinstance(value, str):
                texts[key] = value
            else:
                _odd_text(key, value, texts, numbers, extra, findings)
        elif value is None and key not in ("id", "type"):
            drop_null(key, findings)
        elif key in NAME_VARIABLES:
            people = read_names(key, value, extra, findings)
            if people is not None:
                names[key] = people
        elif key in DATE_VARIABLES:
            date = read_date(key, value, extra, findings)
            if date is not None:
                dates[key] = date
        elif key not in ("id", "type", "custom"):
            keep(key, key, value, extra, findings)
    return Record.from_parts(
        record_id,
        item_type,
        texts=texts,
        names=names,
        dates=dates,
        custom=_custom(item.get("custom"), extra, findings),
        extra=extra,
        numbers=numbers,
    )


def _id(value: object, numbers: dict[str, Number], findings: Findings) -> str:
    if isinstance(value, str) and value:
        findings.record = repr(value)
        return value
    if is_number(value):
        numbers["id"] = value
        findings.record = text_of_number(value)
        return findings.record
    if not findings.lenient:
        absent = value is None or value == ""
        findings.add(
            "id",
            "no id" if absent else f"expected a text or a number, found {kind(value)}",
            "give every record an id of its own, a text or a number",
        )
    return ""


def _type(value: object, findings: Findings) -> str:
    if isinstance(value, str) and value:
        return value
    if not findings.lenient:
        absent = value is None or value == ""
        findings.add(
            "type",
            "no type" if absent else f"expected a text, found {kind(value)}",
            'write "type": "document", or a more fitting CSL type',
        )
    return ""


def _odd_text(
    key: str,
    value: object,
    texts: dict[str, str],
    numbers: dict[str, Number],
    extra: dict[str, object],
    findings: Findings,
) -> None:
    """A text variable whose value is no text."""
    if is_number(value):
        texts[key] = text_of_number(value)
        numbers[key] = value
    elif value is None:
        drop_null(key, findings)
    elif not findings.lenient:
        hint = "join its parts into one text" if isinstance(value, list) else 'write "…"'
        findings.add(key, f"expected a text or a number, found {kind(value)}", hint)
    elif (text := text_of(value)) is not None:
        texts[key] = text
    else:
        keep(key, key, value, extra, findings)


def _custom(
    value: object, extra: dict[str, object], findings: Findings
) -> Mapping[str, object] | None:
    if value is None:
        return None
    if isinstance(value, dict):
        kept: dict[str, object] = {}
        keep("custom", "custom", value, kept, findings)
        return value if kept else None
    if findings.lenient:
        keep("custom", "custom", value, extra, findings)
    else:
        what = f"expected an object, found {kind(value)}"
        findings.add("custom", what, 'write {"key": value, …}')
    return None


def iter_items(text: str, where: str) -> Iterator[Item]:
    """The records as :func:`citekit.read` wants them; nothing is lost. See :func:`loads`."""
    for record in loads(text, where=where):
        yield Item(record)
