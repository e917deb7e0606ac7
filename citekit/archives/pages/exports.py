"""A record for reference managers: CSL-JSON, BibTeX (for biblatex) and RIS.

Sources: csl-data.json; the manual of biblatex, 2.1-2.2; the RIS format of Reference Manager.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from citekit.archives.profiles import load_profile
from citekit.archives.record import Agent, ArchivalRecord
from citekit.archives.site import Site
from citekit.archives.tables import load_table
from citekit.archives.text import plain
from citekit.archives.view import View
from citekit.records.date import Date
from citekit.writers import csl_json

__all__ = ["EXPORTS"]


def as_csl_json(record: ArchivalRecord, site: Site) -> str:
    """The record as an array of one item, in the variables that CSL means for its values."""
    encoded = load_profile("export").encode(View(record, site), "bibliography").record
    return csl_json.dumps([encoded]) + "\n"


def as_bibtex(record: ArchivalRecord, site: Site) -> str:
    """The record as an entry of biblatex."""
    kind = load_table("exports")["bibtex"].get(record.kind, "misc")
    pairs = [(name, value) for name, value in _bibtex_fields(View(record, site)) if value]
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in pairs)
    key = re.sub(r"[^A-Za-z0-9:-]+", "-", f"item-{record.id}")
    return f"@{kind}{{{key},\n{fields}}}\n"


def _bibtex_fields(view: View) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor", "translator"):
        yield role, " and ".join(_bibtex_name(agent) for agent in view.names(role))
    title = view.text("title") or view.text("description.full")
    yield "title", _tex(plain(title.text)) if title else ""
    date = view.date("date")
    yield "date", _edtf(date.date) if date and date.date.start else ""
    yield "howpublished", _value(view, "description.full")
    yield "organization", _value(view, "site")
    yield (
        "library",
        ", ".join(
            value
            for name in ("location", "collection", "repository", "place")
            if (value := _value(view, name))
        ),
    )
    yield "number", _value(view, "item")
    yield "language", _value(view, "language")
    yield "doi", _value(view, "doi")
    url = view.text("url")
    yield "url", url.text.replace("{", "%7B").replace("}", "%7D") if url else ""


def _bibtex_name(agent: Agent) -> str:
    name = agent.name
    if not name.is_personal:
        return f"{{{_tex(name.literal)}}}"
    family = " ".join(p for p in (name.dropping_particle or name.non_dropping_particle, name.family)
                      if p)  # fmt: skip
    return ", ".join(_tex(part) for part in (family, name.suffix, name.given) if part)


def _value(view: View, name: str) -> str:
    value = view.text(name)
    return _tex(plain(value.text)) if value is not None else ""


def _tex(text: str) -> str:
    """The text with TeX's special characters escaped."""
    text = text.replace("\\", "\\textbackslash ").replace("{", "\\{").replace("}", "\\}")
    text = re.sub(r"(?<!\\)([&%$#_])", r"\\\1", text)
    return text.replace("~", "\\textasciitilde ").replace("^", "\\textasciicircum ")


def as_ris(record: ArchivalRecord, site: Site) -> str:
    """The record in RIS."""
    kind = load_table("exports")["ris"].get(record.kind, "GEN")
    tags = [(tag, " ".join(value.split())) for tag, value in _ris_tags(View(record, site))]
    lines = [("TY", kind), *((tag, value) for tag, value in tags if value), ("ER", "")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def _ris_tags(view: View) -> Iterator[tuple[str, str]]:
    roles = {"author": "AU", "recipient": "A2", "editor": "ED", "translator": "A4"}
    for role, tag in roles.items():
        for agent in view.names(role):
            yield tag, _ris_name(agent)
    fields = {"title": "TI", "description.full": "M3", "site": "T2", "repository": "DB",
              "place": "CY", "location": "CN", "collection": "VL", "item": "AN",
              "language": "LA", "doi": "DO", "url": "UR"}  # fmt: skip
    for name, tag in fields.items():
        value = view.text(name)
        yield tag, plain(value.text) if value is not None else ""
    date = view.date("date")
    if date is not None and date.date.start:
        figures = [f"{date.date.start[0]:04d}", *(f"{part:02d}" for part in date.date.start[1:])]
        yield "PY", figures[0]
        yield "DA", "/".join([*figures, "", ""][:3]) + "/"


def _ris_name(agent: Agent) -> str:
    name = agent.name
    if not name.is_personal:
        return name.literal
    given = " ".join(part for part in (name.given, name.dropping_particle) if part)
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    return ", ".join(part for part in (family, given, name.suffix) if part)


def _edtf(date: Date) -> str:
    ends = ["-".join(f"{part:02d}" for part in parts) for parts in (date.start, date.end) if parts]
    return f"{'/'.join(ends)}{'~' if date.circa else ''}"


EXPORTS: Mapping[str, Callable[[ArchivalRecord, Site], str]] = {
    ".csl.json": as_csl_json,
    ".bib": as_bibtex,
    ".ris": as_ris,
}
"""The formats by the ending of their files."""
