"""Records → Hayagriva's YAML, by the table that it is read with.

Source: "The Hayagriva YAML File Format"; ``readers/data/hayagriva.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from citekit.readers import hayagriva
from citekit.readers.items import Loss
from citekit.readers.tables import load_table
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES
from citekit.writers.losses import iter_checked
from citekit.writers.yaml_text import dump

__all__ = ["iter_text"]

_PARENTS = ("volume", "issue", "edition", "publisher", "publisher-place", "ISBN", "ISSN",
            "number-of-volumes")  # fmt: skip
"""What belongs to the volume or the periodical that a part appeared in."""


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The file entry by entry; ``lost`` is told what each record can't say in Hayagriva."""
    empty = True
    for text in iter_checked(records, _entry, hayagriva.iter_items, lost):
        empty = False
        yield text
    if empty:
        yield "{}\n"


def _entry(record: Record) -> str:
    table = load_table("hayagriva")
    kind = next((name for name, csl in table["types"].items() if csl == record.type), "misc")
    own, _, inside = kind.partition("/")
    entry: dict[str, Any] = {"type": own}
    texts = {ALIASES.get(name, name): text for name, text in record.texts.items()}
    for variable, paths in table["texts"].items():
        path = paths[0]
        if inside and variable in _PARENTS:
            path = next(one for one in paths if one.startswith("parent."))
        if variable in ("title", "container-title", "collection-title") and (
            variable != "title" or "title-short" not in texts
        ):
            path = path.removesuffix(".value")
        if texts.get(variable):
            _put(entry, path, texts[variable])
    if inside and ("parent" in entry or own != "article"):
        entry["parent"] = {"type": inside, **entry.get("parent", {})}
    elif "parent" in entry:
        entry["parent"] = {"type": "misc", **entry["parent"]}
    _put_people(entry, record.names)
    for variable, path in {"issued": "date", "accessed": "url.date"}.items():
        if (date := record.dates.get(variable)) is not None:
            _put(entry, path, _date(date))
    return dump({record.id: entry})


def _put(entry: dict[str, Any], path: str, value: str) -> None:
    *steps, last = path.split(".")
    for step in steps:
        entry = entry.setdefault(step, {})
    entry[last] = value


def _put_people(entry: dict[str, Any], names: Mapping[str, tuple[Name, ...]]) -> None:
    roles = {variable: role for role, variable in load_table("hayagriva")["roles"].items()}
    affiliated = []
    for variable, people in names.items():
        written = [_name(name) for name in people]
        if variable in ("author", "editor"):
            entry[variable] = written
        elif variable == "container-author" and isinstance(entry.get("parent"), dict):
            entry["parent"]["author"] = written
        elif variable in roles:
            affiliated.append({"role": roles[variable], "names": written})
    if affiliated:
        entry["affiliated"] = affiliated


def _name(name: Name) -> object:
    if name.literal and "," not in name.literal:
        return name.literal
    particle = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    if (
        name.family
        and name.given
        and not (particle or name.suffix or "," in name.family + name.given)
    ):
        return f"{name.family}, {name.given}"
    parts = {"name": name.literal or name.family, "given-name": name.given,
             "prefix": particle, "suffix": name.suffix}  # fmt: skip
    return {key: part for key, part in parts.items() if part or key == "name"}


def _date(date: Date) -> str:
    if not date.start:
        return date.literal or date.raw
    year, *rest = date.start
    sign = "-" if year < 0 else ""
    return "-".join([f"{sign}{abs(year):04}", *(f"{part:02}" for part in rest)])
