"""What every reader of a collection gives: statements of records, one record at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, field

from citekit.archives.record import Statement
from citekit.archives.tables import load_table

__all__ = ["Draft", "Problems", "list_of", "mapped", "text_of"]

Draft = tuple[str, list[Statement]]
"""A record's id, and what its source says of it."""


@define
class Problems:
    """What was left out while reading: one sentence each, in order."""

    found: list[str] = field(factory=list)

    def tell(self, sentence: str) -> None:
        """Note that something was left out."""
        self.found.append(sentence)


def mapped(table: str, values: Iterable[tuple[str, str, str]]) -> Iterator[Statement]:
    """Statements of (element, text, language) by the table of a source.

    An element that the table doesn't know is a statement about ``nothing``.
    """
    fields: dict[str, str] = load_table(f"mappings/{table}")["fields"]
    for element, text, language in values:
        yield Statement(fields.get(element, "nothing"), text, element, language)


def text_of(value: object, key: str) -> str:
    """The text under a key of an object; "" for what is no object, no text or number."""
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return str(found)


def list_of(value: object, key: str) -> list[Any]:
    """The list under a key of an object; a single value is a list of one."""
    found = value.get(key) if isinstance(value, dict) else None
    if found is None:
        return []
    return found if isinstance(found, list) else [found]
