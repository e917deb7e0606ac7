"""CSL-JSON → Hayagriva's YAML, for typst: what the generator's records hold, no more.

Both formats say the same in these records, but that Hayagriva knows no short title of a
journal and no recipient of a letter, and an archive's town and collection have to go
with its name and the place in it. So typst prints a little less than the others.
JSON is YAML, so that the result needs no writer of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.benchmarks.adapters.child import Json

_TYPES = {
    "article-journal": ("article", "periodical"),
    "book": ("book", ""),
    "chapter": ("chapter", "anthology"),
    "paper-conference": ("article", "proceedings"),
    "webpage": ("web", "web"),
    "personal_communication": ("misc", ""),
    "thesis": ("thesis", ""),
}
"""Hayagriva's type, and that of what the thing appeared in."""

_NAME_PARTS = {
    "literal": "name",
    "family": "name",
    "given": "given-name",
    "non-dropping-particle": "prefix",
    "suffix": "suffix",
}
_OWN = {"title": "title", "page": "page-range", "genre": "genre", "edition": "edition"}
_PARENTS = {"volume": "volume", "issue": "issue"}


def to_yaml(items: Sequence[Json]) -> str:
    """Return the records as one Hayagriva file."""
    return json.dumps({item["id"]: _entry(item) for item in items}, ensure_ascii=False)


def _entry(item: Json) -> Json:
    kind, parent_kind = _TYPES[item["type"]]
    entry: Json = {"type": kind}
    entry |= {to: item[own] for own, to in _OWN.items() if own in item}
    entry |= {"author": _people(item["author"])} if "author" in item else {}
    entry |= {"date": _date(item["issued"])}
    entry |= _archive(item) | _identifiers(item)
    if "translator" in item:
        entry["affiliated"] = [{"role": "translator", "names": _people(item["translator"])}]
    parent: Json = {"type": parent_kind} if parent_kind else entry
    if "container-title" in item:
        parent["title"] = item["container-title"]
    parent |= {to: item[own] for own, to in _PARENTS.items() if own in item}
    parent |= {"editor": _people(item["editor"])} if "editor" in item else {}
    if "publisher" in item:
        parent["publisher"] = {"name": item["publisher"], "location": item["publisher-place"]}
    return entry if parent is entry else entry | {"parent": parent}


def _people(names: Sequence[Json]) -> list[Json]:
    return [{to: name[own] for own, to in _NAME_PARTS.items() if own in name} for name in names]


def _date(date: Json) -> str:
    year, *rest = date["date-parts"][0]
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])


def _archive(item: Json) -> Json:
    if "archive" not in item:
        return {}
    return {
        "archive": f"{item['archive']}, {item['archive-place']}",
        "archive-location": f"{item['archive_collection']}, {item['archive_location']}",
    }


def _identifiers(item: Json) -> Json:
    made: Json = {}
    numbers = {own.lower(): item[own] for own in ("DOI", "ISBN") if own in item}
    if numbers:
        made["serial-number"] = numbers
    if "URL" in item:
        made["url"] = {"value": item["URL"], "date": _date(item["accessed"])}
    return made
