"""Omeka Classic: what its API answers, saved as JSON, and the export of its plugin CSV Export.

A file holds an item, a list of items (a page of ``/api/items``), ``/api/site``, a list of
collections, or an object of all of these ("site", "collections", "items"); a folder, any
number of such files.

Source: https://omeka.readthedocs.io/en/latest/Reference/api/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import define, field

from citekit.archives.readers.source import Draft, Problems, list_of, mapped, text_of
from citekit.archives.readers.stream import elements
from citekit.archives.record import Statement
from citekit.errors import ReaderError

__all__ = ["Context", "drafts", "is_omeka_classic", "item_draft"]

_ARRAYS = ("items", "collections")
_API = re.compile(r"/api/(items|collections)/(\d+)/?\Z")


@define
class Context:
    """What items of a site refer to: the site itself and the titles of its collections."""

    site: Mapping[str, Any] = field(factory=dict)
    collections: dict[str, str] = field(factory=dict)

    def note(self, collection: object) -> None:
        """Remember the title of a collection."""
        self.collections[text_of(collection, "id")] = _title(collection)


def is_omeka_classic(data: object) -> bool:
    """Whether a JSON value, or the first of a list, is one of those that the API gives."""
    first = data[0] if isinstance(data, list) and data else data
    if not isinstance(first, dict):
        return False
    return "element_texts" in first or "omeka_version" in first or "items" in first


def drafts(paths: Iterable[Path], problems: Problems) -> Iterator[Draft]:
    """The items of all files, in order; site and collections may be in any of them.

    Files are read twice, so that no more than one is in memory at a time. Raises
    :class:`~citekit.errors.ReaderError` for a file that is none of Omeka Classic's.
    """
    files = list(paths)
    context = Context()
    for path in files:
        _look_round(path, context)
    for path in files:
        for number, item in enumerate(_items(path), 1):
            draft = item_draft(item, context, problems, where=f"{path}, item {number}")
            if draft is not None:
                yield draft


def _look_round(path: Path, context: Context) -> None:
    """Note site and collections of a file; raises ``ReaderError`` if it has nothing of Omeka's."""
    empty, known = True, False
    for key, value in elements(path, _ARRAYS):
        empty = False
        if key == "site" or (not key and isinstance(value, dict) and "omeka_version" in value):
            context.site, known = value, True
        elif key == "collections" or _is_collection(value):
            context.note(value)
            known = True
        known = known or key == "items" or is_omeka_classic(value)
    if not known and not empty:
        raise ReaderError(
            "this is none of the answers of Omeka Classic's API",
            where=str(path),
            hint="save /api/items, /api/collections and /api/site as they come",
        )


def _is_collection(value: object) -> bool:
    if not isinstance(value, dict) or "element_texts" not in value:
        return False
    match = _API.search(text_of(value, "url"))
    return match is not None and match[1] == "collections"


def _title(collection: object) -> str:
    for text in list_of(collection, "element_texts"):
        if isinstance(text, dict) and text_of(text.get("element"), "name") == "Title":
            return text_of(text, "text")
    return ""


def _items(path: Path) -> Iterator[Any]:
    for key, value in elements(path, _ARRAYS):
        is_item = isinstance(value, dict) and "element_texts" in value
        if key == "items" or (not key and is_item and not _is_collection(value)):
            yield value


def item_draft(
    item: object, context: Context, problems: Problems, *, where: str = ""
) -> Draft | None:
    """One item's statements; None, with a problem told, for one that isn't public.

    Raises :class:`~citekit.errors.ReaderError` for what is no item.
    """
    key = text_of(item, "id")
    if not isinstance(item, dict) or not key:
        raise ReaderError("this is no item of Omeka Classic: it has no id", where=where)
    if item.get("public") is False:
        problems.tell(f"item {key} isn't public: left out")
        return None
    return key, [*mapped("omeka-classic", _texts(item)), *_around(item, key, context)]


def _texts(item: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for text in list_of(item, "element_texts"):
        if isinstance(text, dict):
            set_name = text_of(text.get("element_set"), "name")
            element = text_of(text.get("element"), "name")
            yield f"{set_name}: {element}", text_of(text, "text"), ""


def _around(item: dict[str, Any], id: str, context: Context) -> Iterator[Statement]:
    """What the API says beside the elements: item type, number, address, collection, site."""
    values = [
        ("item", id, "item: id"),
        ("item_type", text_of(item.get("item_type"), "name"), "item: item_type"),
        ("url", _public_url(text_of(item, "url"), id, context), "item: url"),
        ("site_title", text_of(context.site, "title"), "site: title"),
        ("site_publisher", text_of(context.site, "author"), "site: author"),
        (
            "site_collection",
            context.collections.get(text_of(item.get("collection"), "id"), ""),
            "collection: Title",
        ),
    ]
    for name, text, origin in values:
        if text:
            yield Statement(name, text, origin)


def _public_url(api_url: str, id: str, context: Context) -> str:
    """The page of an item, which the API doesn't tell: the API's address without "api"."""
    if (match := _API.search(api_url)) is not None:
        return f"{api_url[: match.start()]}/items/show/{match[2]}"
    root = text_of(context.site, "omeka_url").rstrip("/")
    return f"{root}/items/show/{id}" if root else ""
