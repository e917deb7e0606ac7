"""Records → biblatex.

Source: as named in :mod:`citekit.writers.bib`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from citekit.readers.items import Loss
from citekit.records.record import Record
from citekit.writers.bib import iter_entries

__all__ = ["iter_text"]


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The file entry by entry; ``lost`` is told what each record can't say in it."""
    return iter_entries(records, lost, "biblatex")
