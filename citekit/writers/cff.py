"""Records → the references of a CITATION.cff, by the table that it is read with.

Source: "Guide to Citation File Format schema version 1.2.0"; ``readers/data/cff.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from citekit.readers import cff
from citekit.readers.items import Item, Loss
from citekit.readers.tables import load_table
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES
from citekit.writers.losses import iter_checked
from citekit.writers.yaml_text import dump

__all__ = ["iter_text"]


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The file reference by reference; ``lost`` is told what each can't say in CFF.

    It has no title, authors and message of a work of its own: its ``references``
    are to be put into a CITATION.cff that has.
    """
    before = "cff-version: 1.2.0\nreferences:\n"
    for text in iter_checked(records, _entry, _read, lost):
        yield before + text
        before = ""
    yield "cff-version: 1.2.0\nreferences: []\n" if before else ""


def _read(text: str, where: str) -> Iterator[Item]:
    return cff.iter_items(f"references:\n{text}", where)


def _entry(record: Record) -> str:
    table = load_table("cff")
    kind = next((name for name, csl in table["types"].items() if csl == record.type), "generic")
    entry: dict[str, Any] = {"type": kind}
    texts = {ALIASES.get(name, name): text for name, text in record.texts.items()}
    entry["title"] = texts.get("title", "")
    for variable, name in table["names"].items():
        if people := record.names.get(variable):
            entry[name] = [_person(one) for one in people]
    for variable, paths in table["texts"].items():
        path = paths[0]
        if variable == "container-title" and not record.type.startswith("article"):
            path = "collection-title"
        if texts.get(variable):
            value = [texts[variable]] if path == "languages" else texts[variable]
            outer, _, inner = path.rpartition(".")
            (entry.setdefault(outer, {}) if outer else entry)[inner] = value
    if texts.get("page"):
        entry["start"], _, end = texts["page"].partition("-")
        entry |= {"end": end} if end else {}
    if texts.get("keyword"):
        entry["keywords"] = texts["keyword"].split(", ")
    entry |= _dates(record)
    return dump([entry])


def _person(name: Name) -> dict[str, str]:
    if name.literal or not name.given:
        return {"name": name.literal or name.family}
    particle = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    parts = {"family-names": name.family, "given-names": name.given,
             "name-particle": particle, "name-suffix": name.suffix}  # fmt: skip
    return {key: part for key, part in parts.items() if part}


def _dates(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for variable, name in {"issued": "date-published", "accessed": "date-accessed"}.items():
        date = record.dates.get(variable)
        if date is not None and len(date.start) == 3 and date.start[0] > 0:
            found[name] = "-".join((f"{date.start[0]:04}", *(f"{n:02}" for n in date.start[1:])))
    issued = record.dates.get("issued", Date())
    if issued.start and issued.start[0] > 0 and "date-published" not in found:
        found |= dict(zip(("year", "month"), issued.start, strict=False))
    elif not issued.start and (issued.literal or issued.raw):
        found["issue-date"] = issued.literal or issued.raw
    return found
