"""Which records a bibliography holds, of all those of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import field, frozen

from citekit.errors import RecordError
from citekit.records.record import Record
from citekit.records.vocabulary import ITEM_TYPES


def _words(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@frozen(slots=True, kw_only=True)
class Selection:
    """Records that fulfil all conditions given; a default selection holds every record.

    * ``types``: the record is of one of these CSL types;
    * ``keywords``: it has one of these keywords, upper and lower case alike (its
      field ``keyword`` holds them with commas or semicolons between);
    * ``fields``: each of these fields has this value, ``""`` for any value at all;
    * ``chapters``: it is cited in one of these chapters (see
      :class:`~citekit.processor.cites.Citation`);
    * ``cited``: it is cited at all (``True``) or isn't (``False``);
    * ``excluding``: it is not in this other selection.

    Words may be given singly or as a sequence: ``Selection(types="book")``.

    Raises :class:`~citekit.errors.RecordError` for a type that CSL doesn't know.
    """

    types: tuple[str, ...] = field(default=(), converter=_words)
    keywords: tuple[str, ...] = field(default=(), converter=_words)
    fields: Mapping[str, str] = field(factory=dict)
    chapters: tuple[str, ...] = field(default=(), converter=_words)
    cited: bool | None = None
    excluding: Selection | None = None

    def __attrs_post_init__(self) -> None:
        for name in self.types:
            if name not in ITEM_TYPES:
                raise RecordError(
                    f"{name!r} is not a type of CSL",
                    where="selection",
                    hint=f"use one of: {', '.join(sorted(ITEM_TYPES))}",
                )

    def holds(self, record: Record, chapters: frozenset[str] | None) -> bool:
        """Whether a record is selected that is cited in these chapters (``None``: nowhere)."""
        if self.types and record.type not in self.types:
            return False
        if self.keywords and not _keywords(record) & {word.casefold() for word in self.keywords}:
            return False
        if not all(_has(record, name, value) for name, value in self.fields.items()):
            return False
        if self.chapters and (chapters is None or chapters.isdisjoint(self.chapters)):
            return False
        if self.cited is not None and self.cited != (chapters is not None):
            return False
        return self.excluding is None or not self.excluding.holds(record, chapters)


def _keywords(record: Record) -> set[str]:
    words = re.split("[,;]", record.texts.get("keyword", ""))
    return {word.strip().casefold() for word in words if word.strip()}


def _has(record: Record, name: str, value: str) -> bool:
    if name in record.texts:
        return value in ("", record.texts[name])
    return not value and (name in record.names or name in record.dates)
