"""schema.org's JSON-LD → records: an object, a list of them or a ``@graph``.

Source: schema.org, CreativeWork and its subtypes; ``data/schema_org.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from citekit.errors import ReaderError
from citekit.readers import json_text
from citekit.readers.fields import Fields, as_list, as_text
from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.tables import load_table
from citekit.readers.tagged import to_date
from citekit.records.name import Name

__all__ = ["iter_items"]

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d+/\S+)", re.IGNORECASE)
_WHOLE = ("book", "report", "thesis", "collection")
_IGNORED = ("@context", "@type", "@id", "isPartOf.@type", "publisher.@type")


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The works in turn."""
    value = json_text.parse(text, where=where, lenient=True)
    if isinstance(value, dict) and "@graph" in value:
        value = value["@graph"]
    keys = keys or Keys()
    for number, work in enumerate(as_list(value), 1):
        if isinstance(work, dict) and work.get("@type"):
            yield _item(work, keys)
        else:
            place = ", ".join(filter(None, (where, f"object {number}")))
            hint = "a work is an object with a @type"
            yield Item(error=ReaderError("this is no work of schema.org", where=place, hint=hint))


def _item(work: Mapping[str, Any], keys: Keys) -> Item:
    table = load_table("schema_org")
    fields = Fields(work)
    kind = table["types"].get(fields.text("@type").rsplit("/", 1)[-1], "document")
    for variable, names in table["names"].items():
        for name in names:
            fields.put_names(variable, name, _person)
    for variable, names in table["dates"].items():
        if date := fields.text(*names):
            fields.dates[variable] = to_date(date.partition("T")[0])
    _put_identifiers(fields)
    _put_containers(fields, kind)
    first, last = fields.text("pageStart"), fields.text("pageEnd")
    page = f"{first}-{last}" if first and last else first or last or fields.text("pagination")
    words = [as_text(word) for word in as_list(fields.take("keywords"))]
    given = {"page": page, "keyword": ", ".join(filter(None, words))}
    fields.texts |= {variable: text for variable, text in given.items() if text}
    fields.put_texts(table["texts"])
    key = fields.text("@id")
    return fields.item(key[1:] if key.startswith("#") else "", kind, keys, _IGNORED)


def _put_identifiers(fields: Fields) -> None:
    """A DOI may be an identifier, a property value, or an address that is the same."""
    for path in ("identifier", "sameAs"):
        value = fields.take(path)
        for one in as_list(value):
            text = as_text(one.get("value") if isinstance(one, dict) else one)
            found = _DOI.fullmatch(text)
            if found is not None:
                fields.texts.setdefault("DOI", found[1])
            elif text:
                fields.texts.setdefault("number" if path == "identifier" else "URL", text)


def _put_containers(fields: Fields, kind: str) -> None:
    """What a work is part of: a periodical by way of issue and volume, a book, a series."""
    paths = ["isPartOf.isPartOf.isPartOf.name", "isPartOf.isPartOf.name", "isPartOf.name"]
    if kind in _WHOLE:
        fields.put_texts({"collection-title": ["isPartOf.name"]})
    elif kind == "chapter":
        fields.put_texts({"container-title": ["isPartOf.name"],
                          "collection-title": ["isPartOf.isPartOf.name"]})  # fmt: skip
    else:
        fields.put_texts({"container-title": paths})
    for path in ("isPartOf", "isPartOf.isPartOf", "isPartOf.isPartOf.isPartOf"):
        fields.text(f"{path}.@type")
    fields.put_names("editor", "isPartOf.editor", _person)
    fields.text("publisher.@type")


def _person(value: Any) -> Name | None:
    if not isinstance(value, dict):
        return Name(literal=text) if (text := as_text(value)) else None
    family, given = as_text(value.get("familyName")), as_text(value.get("givenName"))
    suffix, whole = as_text(value.get("honorificSuffix")), as_text(value.get("name"))
    if family:
        return Name(family, given, suffix=suffix)
    if value.get("@type") == "Person" and " " in whole:
        given, _, family = whole.rpartition(" ")
        return Name(family, given, suffix=suffix)
    return Name(literal=whole) if whole else None
