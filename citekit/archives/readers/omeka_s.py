"""Omeka S: JSON-LD of its API: ``/api/items``, with ``/api/item_sets`` and ``/api/sites`` if there.

Values are literals ("@value"), addresses with labels ("@id", "o:label") or other resources
("display_title"). The page of an item depends on the site it is shown on, so its address is
known only with ``/api/sites`` in the source or ``item_url`` in the site's settings.

Source: https://omeka.org/s/docs/developer/api/
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
from citekit.archives.titles import language_tag

__all__ = ["Context", "drafts", "fits", "item_draft", "note"]

_TYPES = {"o:Item", "o:ItemSet", "o:Media", "o:Resource"}
_API = re.compile(r"\A(.*)/api/items/\d+\Z")


@define
class Context:
    """What items refer to: titles of item sets, and the site that shows them."""

    sets: dict[str, str] = field(factory=dict)
    sites: dict[str, Mapping[str, Any]] = field(factory=dict)


def fits(value: object) -> bool:
    """Whether a JSON value is a resource of Omeka S."""
    return isinstance(value, dict) and "o:id" in value


def drafts(paths: Iterable[Path], problems: Problems) -> Iterator[Draft]:
    """The items of all files; raises :class:`~citekit.errors.ReaderError`."""
    files = list(paths)
    context = Context()
    for path in files:
        for _, value in elements(path):
            note(value, context)
    for path in files:
        for _, value in elements(path):
            draft = item_draft(value, context, problems)
            if draft is not None:
                yield draft


def note(value: Any, context: Context) -> None:
    """Remember an item set or a site."""
    types = _types(value)
    if "o:ItemSet" in types:
        context.sets[text_of(value, "o:id")] = text_of(value, "o:title")
    if "o:Site" in types:
        context.sites[text_of(value, "o:id")] = value


def item_draft(value: Any, context: Context, problems: Problems) -> Draft | None:
    """One item's statements; None for what is no item, and for one that isn't public."""
    key = text_of(value, "o:id")
    if (
        not key
        or not isinstance(value, dict)
        or not (_types(value) & {"o:Item"} or _has_terms(value))
    ):
        return None
    if _types(value) & {"o:ItemSet", "o:Media", "o:Site"}:
        return None
    if value.get("o:is_public") is False:
        problems.tell(f"item {key} isn't public: left out")
        return None
    statements = [*mapped("omeka-s", _values(value, key, problems)), *_around(value, key, context)]
    if not any(said.field == "title" for said in statements):
        statements.append(Statement("title", text_of(value, "o:title"), "o:title"))
    return key, statements


def _types(value: object) -> set[str]:
    return {each for each in list_of(value, "@type") if isinstance(each, str)}


def _has_terms(value: Mapping[str, Any]) -> bool:
    return any(key.startswith(("dcterms:", "bibo:")) for key in value)


def _values(
    item: Mapping[str, Any], key: str, problems: Problems
) -> Iterator[tuple[str, str, str]]:
    for term, values in item.items():
        if ":" not in term or term.startswith(("o:", "@")):
            continue
        for value in values if isinstance(values, list) else [values]:
            if not isinstance(value, dict):
                continue
            if value.get("is_public") is False:
                problems.tell(f"item {key}: a value of {term} isn't public: left out")
                continue
            texts = (text_of(value, name) for name in ("@value", "o:label", "display_title"))
            text = next((text for text in texts if text), "") or text_of(value, "@id")
            yield term, text, language_tag(text_of(value, "@language"))


def _around(item: Mapping[str, Any], key: str, context: Context) -> Iterator[Statement]:
    yield Statement("item", key, "o:id")
    for each in sorted(_types(item) - _TYPES):
        yield Statement("item_type", _words(each.rpartition(":")[2]), "@type")
    for each in list_of(item, "o:item_set"):
        if title := context.sets.get(text_of(each, "o:id")):
            yield Statement("site_collection", title, "o:item_set")
    shown = [context.sites.get(text_of(each, "o:id")) for each in list_of(item, "o:site")]
    site = next((each for each in shown if each), next(iter(context.sites.values()), {}))
    yield Statement("site_title", text_of(site, "o:title"), "o:site")
    match = _API.match(text_of(item, "@id"))
    if match and (slug := text_of(site, "o:slug")):
        yield Statement("url", f"{match[1]}/s/{slug}/item/{key}", "o:site")


def _words(name: str) -> str:
    """The words of a name: "StillImage" → "Still Image"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
