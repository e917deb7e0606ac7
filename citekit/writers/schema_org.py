"""Records → schema.org's JSON-LD, one graph, by the table that it is read with.

Source: schema.org, CreativeWork and its subtypes; ``readers/data/schema_org.toml``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from citekit.readers import schema_org
from citekit.readers.items import Loss
from citekit.readers.tables import load_table
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES
from citekit.writers.csl_json import escape_surrogates
from citekit.writers.losses import iter_checked

__all__ = ["iter_text"]


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The file work by work; ``lost`` is told what each can't say in schema.org's words."""
    before = '{"@context": "https://schema.org", "@graph": [\n'
    for text in iter_checked(records, _entry, schema_org.iter_items, lost):
        yield before + text
        before = ",\n"
    yield f"{before}]}}\n" if before.startswith("{") else "\n]}\n"


def _entry(record: Record) -> str:
    table = load_table("schema_org")
    kind = next(
        (name for name, csl in table["types"].items() if csl == record.type), "CreativeWork"
    )
    work: dict[str, Any] = {"@type": kind, "@id": f"#{record.id}"}
    texts = {ALIASES.get(name, name): text for name, text in record.texts.items()}
    for variable, paths in table["texts"].items():
        outer, _, inner = paths[0].partition(".")
        if texts.get(variable) and outer not in ("isPartOf", "publisher"):
            work[outer] = {inner: texts[variable]} if inner else texts[variable]
    work |= _publisher(texts) | _containers(record, texts) | _rest(record, texts)
    for variable, paths in table["names"].items():
        if people := record.names.get(variable):
            work[paths[0]] = [_person(name) for name in people]
    issued = record.dates.get("issued")
    if issued is not None:
        work["datePublished"] = _date(issued)
    return escape_surrogates(json.dumps(work, ensure_ascii=False, indent=1))


def _publisher(texts: dict[str, str]) -> dict[str, Any]:
    name, place = texts.get("publisher", ""), texts.get("publisher-place", "")
    if not name and not place:
        return {}
    said: dict[str, Any] = {"@type": "Organization"}
    said |= {"name": name} if name else {}
    return {"publisher": said | ({"location": place} if place else {})}


def _containers(record: Record, texts: dict[str, str]) -> dict[str, Any]:
    """The issue of a volume of a periodical, the book of a chapter, the series of a book."""
    title, series = texts.get("container-title", ""), texts.get("collection-title", "")
    issn = {"issn": texts["ISSN"]} if texts.get("ISSN") else {}
    if record.type == "chapter":
        outer = {"isPartOf": {"@type": "BookSeries", "name": series}} if series else {}
        return {"isPartOf": {"@type": "Book", "name": title} | outer} if title else {}
    if not title:
        return {"isPartOf": {"@type": "BookSeries", "name": series}} if series else {}
    part: dict[str, Any] = {"@type": "Periodical", "name": title} | issn
    for kind, variable in {"PublicationVolume": "volume", "PublicationIssue": "issue"}.items():
        if texts.get(variable):
            part = {"@type": kind, f"{variable}Number": texts[variable], "isPartOf": part}
    return {"isPartOf": part}


def _rest(record: Record, texts: dict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if texts.get("DOI"):
        said["identifier"] = f"https://doi.org/{texts['DOI']}"
    if texts.get("page"):
        said["pagination"] = texts["page"]
    if texts.get("keyword"):
        said["keywords"] = texts["keyword"].split(", ")
    return said


def _person(name: Name) -> dict[str, str]:
    if name.literal or not name.given:
        return {"@type": "Organization", "name": name.literal or name.family}
    family = " ".join(
        filter(None, (name.dropping_particle, name.non_dropping_particle, name.family))
    )
    said = {"@type": "Person", "givenName": name.given, "familyName": family}
    return said | ({"honorificSuffix": name.suffix} if name.suffix else {})


def _date(date: Date) -> str:
    if not date.start or date.start[0] < 0:
        return date.literal or date.raw
    return "-".join((f"{date.start[0]:04}", *(f"{part:02}" for part in date.start[1:])))
