"""Records → RIS, by the same table that RIS is read with.

Source: the RIS format specification of Reference Manager (2011); ``readers/data/ris.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from citekit.readers import ris
from citekit.readers.items import Loss
from citekit.readers.tables import load_table
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES
from citekit.writers.losses import iter_checked

__all__ = ["iter_text", "to_fields"]

_SEASONS = {"1": "Spring", "2": "Summer", "3": "Autumn", "4": "Winter"}


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The file entry by entry; ``lost`` is told what each record can't say in RIS."""
    return iter_checked(records, _entry, ris.iter_items, lost)


def _entry(record: Record) -> str:
    lines = [*to_fields(record), ("ER", "")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines) + "\r\n"


def to_fields(record: Record) -> list[tuple[str, str]]:
    """The record as pairs of tag and value, the type first; formats like RIS are made of them."""
    fields = [("TY", _type(record.type)), ("ID", record.id), *_names(record), *_texts(record)]
    return [(tag, " ".join(value.split())) for tag, value in (*fields, *_dates(record))]


def _type(type: str) -> str:
    table = load_table("ris")
    own = (name for name, meant in table["types"].items() if meant == type)
    return str(next(own, table["written"].get(type, "GEN")))


def _names(record: Record) -> Iterator[tuple[str, str]]:
    for variable, tags in load_table("ris")["names"].items():
        for name in record.names.get(variable, ()):
            yield tags[0], _name(name)


def _name(name: Name) -> str:
    if name.literal:
        return name.literal
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    family = " ".join(filter(None, (name.non_dropping_particle, name.family)))
    parts = [family, given, name.suffix]
    while parts and not parts[-1]:
        parts.pop()
    return ", ".join(parts)


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    table = load_table("ris")
    tags = table["texts"] | (table["whole"] if record.type in table["whole"]["types"] else {})
    texts = {ALIASES.get(name, name): text for name, text in record.texts.items()}
    for variable, text in texts.items():
        if variable == "page":
            first, _, last = text.partition("-")
            yield "SP", first
            yield "EP", last
        elif variable == "number-of-pages":
            yield "SP", "" if "page" in texts else text
        elif variable in ("ISSN", "ISBN"):
            yield "SN", text
        elif variable == "keyword":
            yield from (("KW", word) for word in text.split(", "))
        elif tags.get(variable):
            yield tags[variable][0], text


def _dates(record: Record) -> Iterator[tuple[str, str]]:
    second = "event-date" if record.type == "paper-conference" else "accessed"
    for variable, tag in {"issued": "DA", second: "Y2"}.items():
        date = record.dates.get(variable)
        if date is not None and date.start and date.start[0] > 0 and tag == "DA":
            yield "PY", f"{date.start[0]:04}"
        if date is not None:
            yield tag, _date(date)


def _date(date: Date) -> str:
    """``1988/10/06/``, the fourth part being a season or "circa"; words stand alone."""
    if not date.start:
        return date.literal or date.raw
    year, *rest = date.start
    parts = [f"{year:04}", *(f"{part:02}" for part in rest), "", ""][:3]
    other = _SEASONS.get(str(date.season), "circa" if date.circa else "")
    return "/".join([*parts, other])
