"""Records → CSL-YAML: what CSL-JSON holds, under ``references``, as pandoc reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from citekit.readers.items import Loss
from citekit.records.record import Record
from citekit.writers.csl_json import to_checked_object
from citekit.writers.yaml_text import dump

__all__ = ["iter_text"]


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The file record by record; loses nothing.

    Raises :class:`~citekit.errors.RecordError` where :func:`citekit.writers.csl_json.dumps` does.
    """
    before = "references:\n"
    for record in records:
        yield before + dump([to_checked_object(record)])
        before = ""
    yield "references: []\n" if before else ""
