"""Records → entries of BibTeX or biblatex, by the tables that they are read with.

Sources: the biblatex manual, "Database Guide"; btxdoc. The tables: ``data/bibtex.toml``
here for what is written, ``readers/data/bibtex.toml`` for what names and words mean.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from citekit.readers.bibtex import read_entries
from citekit.readers.items import Item, Loss
from citekit.readers.keys import Keys
from citekit.readers.tables import load_table
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES
from citekit.writers.latex import to_latex
from citekit.writers.losses import iter_checked

__all__ = ["iter_entries", "to_edtf"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LISTS = ("publisher", "location", "address", "institution", "organization", "school")
_VERBATIM = {"\\": "%5C", "{": "%7B", "}": "%7D"}


@cache
def _written() -> dict[str, Any]:
    path = Path(__file__).resolve().parent / "data" / "bibtex.toml"
    return tomllib.loads(path.read_text("utf-8"))


def iter_entries(
    records: Iterable[Record], lost: Callable[[Loss], None], dialect: str
) -> Iterator[str]:
    """The entries in turn; ``dialect`` is ``biblatex`` or ``bibtex``.

    A key that BibTeX can't have is changed, and the change told as the loss of the id.
    """
    keys = Keys()

    def entry(record: Record) -> str:
        key = keys.keep(re.sub(r"[\s,{}()%#\"'\\~=@\x00-\x1f]+", "-", record.id) or "-")
        return _entry(record, key, dialect)

    def read(text: str, where: str) -> Iterator[Item]:
        return read_entries(text, where, Keys(), dropping=dialect == "biblatex")

    return iter_checked(records, entry, read, lost)


def _entry(record: Record, key: str, dialect: str) -> str:
    kind = _written()[dialect]["types"].get(record.type, "misc")
    fields: dict[str, str] = {}
    pairs = (*_names(record), *_texts(record, dialect), *_dates(record, dialect))
    for name, value in pairs:
        if value:
            fields.setdefault(name, value)
    lines = "".join(
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields.items()
    )
    return f"@{kind}{{{key},\n{lines}}}\n\n"


def _texts(record: Record, dialect: str) -> Iterator[tuple[str, str]]:
    own = _written()[dialect]
    names = _written()["fields"] | own.get("fields", {})
    publishers = _written()["publisher"] | own.get("publisher", {})
    texts = {ALIASES.get(name, name): text for name, text in record.texts.items()}
    if record.type in _written()["subtypes"] and dialect == "biblatex":
        yield "entrysubtype", _written()["subtypes"][record.type]
    yield "title", to_latex(texts.get("title", ""))
    for variable in sorted(texts, key=[*names].index if set(texts) <= set(names) else None):
        text = texts[variable]
        name = names.get(variable, "")
        if variable == "container-title":
            journal = "journaltitle" if dialect == "biblatex" else "journal"
            part = record.type.startswith(("article", "review"))
            name = journal if part else "booktitle"
        elif variable == "publisher":
            name = publishers.get(record.type, name)
        elif variable == "jurisdiction" and record.type == "patent":
            name = "location"
        elif variable == "language":
            yield _language(text)
        elif variable == "genre":
            text = next(
                (word for word, said in load_table("bibtex")["genres"].items() if said == text),
                text,
            )
        if name:
            yield name, _value(name, text)


def _language(code: str) -> tuple[str, str]:
    name = next(
        (name for name, known in load_table("bibtex")["languages"].items() if known == code), ""
    )
    return ("langid", name) if name else ("language", to_latex(code))


def _value(field: str, text: str) -> str:
    if field in load_table("bibtex")["verbatim"]["fields"]:
        return "".join(_VERBATIM.get(letter, letter) for letter in text)
    if field == "pages":
        return to_latex(text).replace("-{}", "-").replace("-", "--")
    written = to_latex(text)
    return f"{{{written}}}" if field in _LISTS and " and " in text.lower() else written


def _names(record: Record) -> Iterator[tuple[str, str]]:
    fields = {variable: field for field, variable in load_table("bibtex")["names"].items()}
    roles = {
        variable: role
        for role, variable in load_table("bibtex")["roles"].items()
        if role != "editor"
    }
    free = iter(("editora", "editorb", "editorc"))
    for variable, names in record.names.items():
        written = " and ".join(_name(name) for name in names)
        if variable in fields:
            yield fields[variable], written
        elif variable in roles and (field := next(free, "")):
            yield field, written
            yield f"{field}type", roles[variable]
    everyone = [name for names in record.names.values() for name in names]
    if any(one.non_dropping_particle for one in everyone) and not any(
        one.dropping_particle for one in everyone
    ):
        yield "options", "useprefix=true"


def _name(name: Name) -> str:
    """``von Family, Jr., Given``; what would be taken apart otherwise stands in braces."""
    if name.literal:
        return f"{{{to_latex(name.literal)}}}"
    particles = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    family = " ".join(filter(None, (particles, _part(name.family, first=True))))
    parts = [family, _part(name.suffix), _part(name.given)]
    return ", ".join(parts if name.suffix else [parts[0], parts[2]])


def _part(text: str, *, first: bool = False) -> str:
    splits = re.search(r",|\band\b", text) or (
        first and any(word[:1].islower() for word in text.split())
    )
    return f"{{{to_latex(text)}}}" if splits else to_latex(text)


def _dates(record: Record, dialect: str) -> Iterator[tuple[str, str]]:
    for field, variable in load_table("bibtex")["dates"].items():
        date = record.dates.get(variable)
        if date is None:
            continue
        if dialect == "biblatex" or variable != "issued":
            yield field, to_edtf(date) or to_latex(date.literal or date.raw)
        elif not date.start:
            yield "year", to_latex(date.literal or date.raw)
        else:
            parts = (*date.start, 0, 0)
            yield "year", str(parts[0])
            yield "month", _MONTHS[parts[1] - 1] if 1 <= parts[1] <= 12 else ""
            yield "day", str(parts[2] or "")


def to_edtf(date: Date) -> str:
    """The date in EDTF, empty if it is one in words."""
    if date.edtf and date.start:
        return date.edtf
    if not date.start:
        return ""
    start, end = (_iso(parts) for parts in (date.start, date.end))
    if str(date.season) in ("1", "2", "3", "4") and len(date.start) == 1 and not end:
        start += f"-2{date.season}"
    mark = "~" if date.circa else ""
    tail = f"/{end}{mark}" if end else "/.." if date.open_ended else ""
    return f"{start}{mark}{tail}"


def _iso(parts: tuple[int, ...]) -> str:
    if not parts:
        return ""
    year = f"{'-' if parts[0] < 0 else ''}{abs(parts[0]):04}"
    return "-".join([year, *(f"{part:02}" for part in parts[1:])])
