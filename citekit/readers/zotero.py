"""Zotero's items as JSON, of its API or an export, and Citoid's → records.

Sources: Zotero's schema and its mapping to CSL; Wikimedia's Citoid API (``author`` and the
like as pairs of given and family name); ``data/zotero.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from citekit.errors import ReaderError
from citekit.readers import json_text
from citekit.readers.fields import Fields, as_list, as_text
from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.raw_dates import parse_raw
from citekit.readers.tables import load_table
from citekit.records.date import Date
from citekit.records.edtf import interpret
from citekit.records.name import Name

__all__ = ["iter_items", "to_item"]


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The items in turn, notes and attachments left out."""
    value = json_text.parse(text, where=where, lenient=True)
    items = value.get("items", value) if isinstance(value, dict) else value
    keys = keys or Keys()
    for number, outer in enumerate(as_list(items), 1):
        data = outer.get("data", outer) if isinstance(outer, dict) else None
        if not isinstance(data, dict) or not as_text(data.get("itemType")):
            place = ", ".join(filter(None, (where, f"item {number}")))
            hint = "an item is an object with an itemType"
            yield Item(error=ReaderError("this is no item of Zotero", where=place, hint=hint))
        elif data["itemType"] not in ("note", "attachment", "annotation"):
            yield to_item(data, keys)


def to_item(data: Mapping[str, Any], keys: Keys) -> Item:
    """The record of an item, by its fields as Zotero's JSON names them."""
    table = load_table("zotero")
    fields = Fields(data)
    kind = fields.text("itemType")
    for one in as_list(fields.take("creators")):
        if isinstance(one, dict) and (name := _person(one)):
            variable = table["creators"].get(as_text(one.get("creatorType")), "contributor")
            fields.names[variable] = (*fields.names.get(variable, ()), name)
    for creator, variable in table["creators"].items():
        fields.put_names(variable, creator, _pair)
    for variable, paths in table["dates"].items():
        if text := fields.text(*paths):
            fields.dates[variable] = _date(text)
    words = [as_text(tag.get("tag") if isinstance(tag, dict) else tag)
             for tag in as_list(fields.take("tags"))]  # fmt: skip
    if any(words):
        fields.texts["keyword"] = ", ".join(filter(None, words))
    fields.put_texts(table["texts"])
    key = fields.texts.get("citation-key") or fields.text("key")
    return fields.item(key, table["types"].get(kind, "document"), keys, table["ignored"]["keys"])


def _person(creator: Mapping[str, Any]) -> Name | None:
    family, given = as_text(creator.get("lastName")), as_text(creator.get("firstName"))
    body = as_text(creator.get("name"))
    if family and not given and creator.get("fieldMode") == 1:
        body = family
    return Name(literal=body) if body else Name(family, given) if family or given else None


def _pair(value: Any) -> Name | None:
    """Citoid's ``[given, family]``; a body has no given name."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    given, family = map(as_text, value)
    return Name(family, given) if given and family else Name(literal=given or family)


def _date(text: str) -> Date:
    said = interpret(text.split("T", 1)[0]) if text[:4].isdigit() else None
    if said is None or said.season:
        return parse_raw(Date(raw=text.partition("T")[0] if text[:4].isdigit() else text))
    return Date(*said.start, end=said.end)
