"""Hayagriva's YAML (Typst's bibliographies) → records.

Source: "The Hayagriva YAML File Format"; ``data/hayagriva.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from citekit.errors import ReaderError
from citekit.readers.fields import Fields, as_list, as_text
from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.tables import load_table
from citekit.readers.tagged import to_date, to_name
from citekit.readers.yaml_text import parse
from citekit.records.name import Name

__all__ = ["iter_items"]


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The entries in turn; raises :class:`~citekit.errors.ReaderError` for what has none."""
    entries = parse(text, where)
    if not isinstance(entries, dict):
        raise ReaderError(
            "there are no entries in it", where=where, hint="give a mapping of keys to entries"
        )
    keys = keys or Keys()
    for key, entry in entries.items():
        if isinstance(entry, dict):
            yield _item(str(key), entry, keys)
        else:
            place = ", ".join(filter(None, (where, f"entry {str(key)!r}")))
            hint = "give it at least a type and a title"
            yield Item(error=ReaderError("it is no mapping of fields", where=place, hint=hint))


def _item(key: str, entry: dict[str, Any], keys: Keys) -> Item:
    table = load_table("hayagriva")
    fields = Fields(entry)
    kind, inside = fields.text("type").lower(), fields.text("parent.type").lower()
    types = table["types"]
    csl_type = types.get(f"{kind}/{inside}", types.get(kind, "document"))
    for variable, path in {"author": "author", "editor": "editor"}.items():
        fields.put_names(variable, path, _person)
    fields.put_names("editor", "parent.editor", _person)
    fields.put_names("container-author", "parent.author", _person)
    affiliated: dict[str, list[Name]] = {}
    for group in as_list(fields.take("affiliated")):
        if isinstance(group, dict):
            role = table["roles"].get(as_text(group.get("role")), "contributor")
            names = [name for one in as_list(group.get("names")) if (name := _person(one))]
            affiliated.setdefault(role, []).extend(names)
    for role, people in affiliated.items():
        fields.names[role] = (*fields.names.get(role, ()), *people)
    for variable, paths in {"issued": ("date", "parent.date"), "accessed": ("url.date",)}.items():
        if date := fields.text(*paths):
            fields.dates[variable] = to_date(date)
    fields.put_texts(table["texts"])
    fields.names = {variable: names for variable, names in fields.names.items() if names}
    return fields.item(key, csl_type, keys)


def _person(value: Any) -> Name | None:
    if not isinstance(value, dict):
        return to_name(text) if (text := as_text(value)) else None
    parts = {key: as_text(value.get(key)) for key in ("name", "given-name", "prefix", "suffix")}
    return Name(
        parts["name"],
        parts["given-name"],
        non_dropping_particle=parts["prefix"],
        suffix=parts["suffix"],
    )
