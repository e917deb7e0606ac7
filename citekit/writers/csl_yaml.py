"""Records → CSL-YAML: what CSL-JSON holds, under ``references``, as pandoc reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

import yaml

from citekit.readers.items import Loss
from citekit.records.record import Record
from citekit.writers.csl_json import to_checked_object

__all__ = ["iter_text"]


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The file record by record; loses nothing.

    Raises :class:`~citekit.errors.RecordError` where :func:`citekit.writers.csl_json.dumps` does.
    """
    before = "references:\n"
    for record in records:
        yield before + _dumped(to_checked_object(record))
        before = ""
    yield "references: []\n" if before else ""


def _dumped(item: dict[str, object]) -> str:
    """An item of a list; line breaks that only YAML 1.1 has wouldn't survive unescaped."""
    texts = json.dumps(item, ensure_ascii=False)
    plain = not re.search("[\x85\u2028\u2029\ufeff\ud800-\udfff]", texts)
    return str(yaml.dump([item], Dumper=_Dumper, allow_unicode=plain, sort_keys=False))


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes a value anew each time it is met: readers, citekit's too, may refuse aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True
