"""CITATION.cff → records: the software itself, its preferred citation and its references.

Source: "Guide to Citation File Format schema version 1.2.0"; ``data/cff.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from citekit.errors import ReaderError
from citekit.readers.fields import Fields, as_list, as_text
from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.tables import load_table
from citekit.readers.tagged import to_date
from citekit.readers.yaml_text import parse
from citekit.records.date import Date
from citekit.records.name import Name

__all__ = ["iter_items"]

_OTHERS = ("preferred-citation", "references")
_IGNORED = (*_OTHERS, "cff-version", "message", "contact", "identifiers", "date-published", "year")


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The records in turn; raises :class:`~citekit.errors.ReaderError` for what is no CFF."""
    file = parse(text, where)
    if not isinstance(file, dict):
        hint = "a CITATION.cff is a mapping with cff-version, title and authors"
        raise ReaderError("there is nothing to cite in it", where=where, hint=hint)
    keys = keys or Keys()
    if file.get("title"):
        yield _item(file, keys, "software")
    for name in _OTHERS:
        for number, work in enumerate(as_list(file.get(name)), 1):
            if isinstance(work, dict):
                yield _item(work, keys, "generic")
            else:
                place = ", ".join(filter(None, (where, f"{name} {number}")))
                hint = "give it at least a type, a title and authors"
                yield Item(error=ReaderError("it is no mapping", where=place, hint=hint))


def _item(work: Mapping[str, Any], keys: Keys, otherwise: str) -> Item:
    table = load_table("cff")
    fields = Fields(work)
    kind = fields.text("type") or otherwise
    for variable, name in table["names"].items():
        fields.put_names(variable, name, _person)
    if (issued := _issued(fields)) is not None:
        fields.dates["issued"] = issued
    if accessed := fields.text("date-accessed"):
        fields.dates["accessed"] = to_date(accessed)
    first, last = fields.text("start"), fields.text("end")
    if first or last:
        fields.texts["page"] = f"{first}-{last}" if first and last else first or last
    words = [as_text(word) for word in as_list(fields.take("keywords"))]
    if any(words):
        fields.texts["keyword"] = ", ".join(filter(None, words))
    fields.put_texts(table["texts"])
    return fields.item("", table["types"].get(kind, "document"), keys, _IGNORED)


def _issued(fields: Fields) -> Date | None:
    day = fields.text("date-released", "date-published", "issue-date")
    if day:
        return to_date(day)
    parts = [fields.text(name) for name in ("year", "month")]
    return to_date("-".join(filter(None, parts))) if parts[0] else None


def _person(value: Any) -> Name | None:
    if not isinstance(value, dict):
        return None
    if body := as_text(value.get("name")):
        return Name(literal=body)
    names = ("family-names", "given-names", "name-particle", "name-suffix", "alias")
    family, given, particle, suffix, alias = (as_text(value.get(name)) for name in names)
    if not family and not given:
        return Name(literal=alias) if alias else None
    return Name(family, given, non_dropping_particle=particle, suffix=suffix)
