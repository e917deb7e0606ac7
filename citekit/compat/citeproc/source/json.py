"""citeproc-py's source of CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from citekit.compat.citeproc.source.references import BibliographySource, Reference
from citekit.readers import csl_json
from citekit.records.record import Record

__all__ = ["CiteProcJSON", "add_records"]


class CiteProcJSON(BibliographySource):
    """References by their keys in lower case, from decoded CSL-JSON.

    Raises :class:`~citekit.errors.ReaderError` and
    :class:`~citekit.errors.RecordError` for what is none.
    """

    def __init__(self, json_data: Iterable[Mapping[str, Any]]) -> None:
        super().__init__()
        add_records(self, csl_json.from_object(list(json_data), lenient=True))


def add_records(source: BibliographySource, records: Iterable[Record]) -> None:
    """Add records as citeproc-py holds them: their keys don't tell capitals apart."""
    for record in records:
        key = record.id.lower()
        parts = {
            name: getattr(record, name) for name in ("texts", "names", "dates", "custom", "extra")
        }
        source.add(Reference.of(Record.from_parts(key, record.type, **parts)))
