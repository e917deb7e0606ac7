"""schema.org JSON-LD: ArchiveComponent, Message, Photograph, CreativeWork and the like.

A file holds an object, a list of them, or a ``@graph``.

Source: https://schema.org/ArchiveComponent, https://schema.org/Message
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from citekit.archives.readers.source import Draft, Problems, list_of, text_of
from citekit.archives.readers.stream import elements
from citekit.archives.record import Statement
from citekit.archives.tables import load_table

__all__ = ["drafts", "fits"]

_AROUND = {"WebSite", "WebPage", "BreadcrumbList", "Organization", "Person", "ImageObject",
           "ArchiveOrganization", "SearchAction", "Collection"}  # fmt: skip
_HINTS = {"Person": "person", "Organization": "body", "ArchiveOrganization": "body",
          "Corporation": "body", "GovernmentOrganization": "body"}  # fmt: skip


def fits(value: object) -> bool:
    """Whether a JSON value is schema.org's."""
    contexts = list_of(value, "@context")
    names = [each if isinstance(each, str) else text_of(each, "@vocab") for each in contexts]
    return any("schema.org" in name for name in names)


def drafts(paths: Iterable[Path], problems: Problems) -> Iterator[Draft]:
    """The works of all files; raises :class:`~citekit.errors.ReaderError`."""
    for path in paths:
        number = 0
        for name, value in elements(path, ("@graph",)):
            if not isinstance(value, dict) or name not in ("", "@graph"):
                continue
            number += 1
            types = [each for each in list_of(value, "@type") if isinstance(each, str)]
            key = text_of(value, "@id") or text_of(value, "url") or f"{path.stem}-{number}"
            if not types or set(types) <= _AROUND:
                problems.tell(
                    f"{path}: {key} is no work ({', '.join(types) or 'no type'}): left out"
                )
                continue
            yield key, list(_statements(value, types))


def _statements(work: dict[str, Any], types: list[str]) -> Iterator[Statement]:
    fields: dict[str, str] = load_table("mappings/schema-org")["fields"]
    for name in types:
        yield Statement("item_type", _words(name), "@type")
    for name, values in work.items():
        for value in values if isinstance(values, list) else [values]:
            yield from _said(fields.get(name, "nothing"), name, value)
    archive = next(iter(list_of(work, "holdingArchive")), None)
    address = archive.get("address") if isinstance(archive, dict) else None
    yield Statement("place", _text(address), "holdingArchive: address")
    if "url" not in work and text_of(work, "@id").startswith("http"):
        yield Statement("url", text_of(work, "@id"), "@id")


def _said(field: str, name: str, value: Any) -> Iterator[Statement]:
    if name.startswith("@"):
        return
    hint = _HINTS.get(text_of(value, "@type"), "")
    text, language = _text(value), text_of(value, "@language")
    if field == "identifier" and text_of(value, "propertyID").casefold() == "doi":
        field = "doi"
    family, given = text_of(value, "familyName"), text_of(value, "givenName")
    if family and given:
        text = f"{family}, {given}"
    yield Statement(field, text, name, language, hint)


def _text(value: Any) -> str:
    """A text, or what stands for an object: its value, name or town."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    names = ("@value", "name", "value", "addressLocality", "alternateName", "@id")
    return next((text for name in names if (text := text_of(value, name))), "")


def _words(name: str) -> str:
    """The words of a name: "StillImage" → "Still Image", as the table of kinds has it."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
