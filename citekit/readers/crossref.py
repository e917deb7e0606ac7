"""Crossref's JSON → records: an answer of its API, one work or a list of works.

Source: Crossref's REST API, "Works"; ``data/crossref.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from citekit.errors import ReaderError
from citekit.readers import json_text
from citekit.readers.fields import Fields, as_list, as_text
from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.tables import load_table
from citekit.records.date import Date
from citekit.records.name import Name

__all__ = ["iter_items"]

_TAG = re.compile(r"</?(?:jats:)?(?P<name>[a-z-]+)(?: [^<>]*)?/?>")
_KEPT = {"i": "i", "italic": "i", "b": "b", "bold": "b", "sup": "sup", "sub": "sub"}


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The works in turn."""
    value = json_text.parse(text, where=where, lenient=True)
    for step in ("message", "items"):
        value = value.get(step, value) if isinstance(value, dict) else value
    keys = keys or Keys()
    for number, work in enumerate(as_list(value), 1):
        if isinstance(work, dict) and (as_text(work.get("DOI")) or work.get("title")):
            yield _item(work, keys)
        else:
            place = ", ".join(filter(None, (where, f"work {number}")))
            hint = "a work is an object with a DOI or a title"
            yield Item(error=ReaderError("this is no work of Crossref", where=place, hint=hint))


def _item(work: Mapping[str, Any], keys: Keys) -> Item:
    table = load_table("crossref")
    fields = Fields(work)
    kind = fields.text("type")
    title = ": ".join(filter(None, (fields.text("title"), fields.text("subtitle"))))
    if title:
        fields.texts["title"] = markup(title)
    if abstract := fields.text("abstract"):
        fields.texts["abstract"] = markup(abstract)
    for variable, path in table["names"].items():
        fields.put_names(variable, path, _person)
    for variable, paths in table["dates"].items():
        date = next((made for path in paths if (made := _date(fields.take(path)))), None)
        if date is not None and (
            variable != "available-date" or date != fields.dates.get("issued")
        ):
            fields.dates[variable] = date
    fields.put_texts(table["texts"])
    key = fields.texts.get("DOI", "")
    return fields.item(key, table["types"].get(kind, "document"), keys, table["ignored"]["keys"])


def markup(text: str) -> str:
    """A text with Crossref's and JATS's tags: italics and the like stay, others go."""

    def tag(found: re.Match[str]) -> str:
        name = _KEPT.get(found["name"])
        if name is None:
            return " " if found["name"] in ("p", "title", "sec") else ""
        return f"</{name}>" if found[0].startswith("</") else f"<{name}>"

    return " ".join(_TAG.sub(tag, text).split())


def _person(value: Any) -> Name | None:
    if not isinstance(value, dict):
        return None
    parts = {key: as_text(value.get(key)) for key in ("family", "given", "suffix", "name")}
    if parts["name"] or not parts["family"]:
        literal = parts["name"] or parts["given"]
        return Name(literal=literal) if literal else None
    return Name(parts["family"], parts["given"], suffix=parts["suffix"])


def _date(value: Any) -> Date | None:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    # What comes after a part that isn't known is no part of the date: a day is no month.
    known = [*takewhile(_is_part, first)] if isinstance(first, list) else []
    return Date(date_parts=[known]) if known else None


def _is_part(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value != 0
