"""citeproc-py's source of CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from citekit.readers import csl_json
from citekit.records.record import Record

__all__ = ["CiteProcJSON", "by_lower_key"]


class CiteProcJSON(dict[str, Record]):
    """Records by their keys in lower case, from decoded CSL-JSON.

    Raises :class:`~citekit.errors.ReaderError` and
    :class:`~citekit.errors.RecordError` for what is none.
    """

    def __init__(self, json_data: Iterable[Mapping[str, Any]]) -> None:
        super().__init__(by_lower_key(csl_json.from_object(list(json_data), lenient=True)))


def by_lower_key(records: Iterable[Record]) -> dict[str, Record]:
    """Records as citeproc-py holds them: their keys don't tell capitals apart."""
    return {record.id.lower(): _renamed(record, record.id.lower()) for record in records}


def _renamed(record: Record, key: str) -> Record:
    return Record.from_parts(
        key,
        record.type,
        texts=record.texts,
        names=record.names,
        dates=record.dates,
        custom=record.custom,
        extra=record.extra,
    )
