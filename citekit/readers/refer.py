"""Refer, as EndNote exports it (.enw) → records, by way of the tags of RIS.

Sources: refer(1); EndNote's "EndNote Export" style. The tags are in ``data/ris.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.ris import to_item
from citekit.readers.tables import load_table
from citekit.readers.tagged import Field, iter_fields
from citekit.readers.text_file import Text, lines

__all__ = ["iter_items"]

_LINE = re.compile(r"\ufeff?(%[0-9A-Za-z?@!&(\[~*^+$|>])[ \t]+(.*)")

_TYPE = re.compile(r"\ufeff?%0\s")


def iter_items(text: Text, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The entries in turn; each begins with %0, in a file without types after an empty line."""
    keys = keys or Keys()
    typed = any(_TYPE.match(line) for line in lines(text))
    entry: list[Field] = []
    for field in iter_fields(text, _LINE):
        begins = field.tag == "%0" if typed else field.opens
        if begins and entry:
            yield to_item(_as_ris(entry), where, keys)
            entry = []
        if field.tag:
            entry.append(field)
    if entry:
        yield to_item(_as_ris(entry), where, keys)


def _as_ris(entry: list[Field]) -> list[Field]:
    tags, types = load_table("ris")["refer"], load_table("ris")["refer_types"]
    named = next((field for field in entry if field.tag == "%0"), None)
    kind = types.get(named.value.lower(), named.value) if named else _guess(entry)
    first = Field("TY", kind, entry[0].line, True)
    rest = [field for field in entry if field is not named]
    return [first, *(evolve(field, tag=tags.get(field.tag, field.tag)) for field in rest)]


def _guess(entry: list[Field]) -> str:
    """The type of an entry of plain Refer: from the fields that it has."""
    has = {field.tag for field in entry}
    if "%J" in has:
        return "JOUR"
    if "%B" in has:
        return "CHAP"
    return "RPRT" if "%R" in has else "BOOK" if "%I" in has else "GEN"
