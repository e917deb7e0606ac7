"""Records → MODS 3.7, by the table that it is read with.

Source: "MODS User Guidelines" of the Library of Congress; ``readers/data/mods.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from citekit.readers import mods
from citekit.readers.items import Loss
from citekit.readers.tables import load_table
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES
from citekit.writers.bib import to_edtf
from citekit.writers.endnote_xml import without_controls
from citekit.writers.losses import iter_checked

__all__ = ["iter_text"]

_HOST, _SERIES = "relatedItem[@type='host']", "relatedItem[@type='series']"
_STEP = re.compile(r"(?P<tag>\w+)(?:\[@type='(?P<type>\w+)'\])?")
_IN_HOST = ("volume", "issue", "ISSN")
_TITLES = {
    "title": "titleInfo", "container-title": f"{_HOST}/titleInfo",
    "collection-title": f"{_SERIES}/titleInfo",
}  # fmt: skip


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The file record by record; ``lost`` is told what each can't say in MODS."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<modsCollection xmlns="http://www.loc.gov/mods/v3" version="3.7">\n'
    yield from iter_checked(records, _entry, mods.iter_items, lost)
    yield "</modsCollection>\n"


def _entry(record: Record) -> str:
    table = load_table("mods")
    element = etree.Element("mods")
    texts = {ALIASES.get(name, name): text for name, text in record.texts.items()}
    for variable, path in _TITLES.items():
        if texts.get(variable):
            _put(element, f"{path}/title", texts[variable])
    for variable, outer in {"title-short": "", "container-title-short": f"{_HOST}/"}.items():
        if texts.get(variable):
            parent = _step(element, _HOST) if outer else element
            info = etree.SubElement(parent, "titleInfo", type="abbreviated")
            etree.SubElement(info, "title").text = without_controls(texts[variable])
    _put_people(element, record)
    _put(element, "genre", record.type)
    if texts.get("genre"):
        etree.SubElement(element, "genre").text = without_controls(texts["genre"])
    for variable, paths in table["texts"].items():
        path = paths[-1] if variable in _IN_HOST and "container-title" in texts else paths[0]
        if texts.get(variable):
            _put(element, path, texts[variable])
    _put_rest(element, record, texts)
    _put(element, "recordInfo/recordIdentifier", record.id)
    return etree.tostring(element, encoding="unicode") + "\n"


def _put(element: etree._Element, path: str, text: str) -> None:
    for step in path.split("/"):
        element = _step(element, step)
    element.text = without_controls(text)


def _step(element: etree._Element, step: str) -> etree._Element:
    found = element.find(step)
    if found is not None:
        return found
    match = _STEP.fullmatch(step)
    tag, kind = (match["tag"], match["type"]) if match else (step, None)
    return etree.SubElement(element, tag, {"type": kind} if kind else {})


def _put_people(element: etree._Element, record: Record) -> None:
    roles = {variable: role for role, variable in reversed(load_table("mods")["roles"].items())}
    for variable, names in record.names.items():
        host = variable == "container-author"
        role = "author" if host else roles.get(variable, "")
        for name in names if role else ():
            _put_name(_step(element, _HOST) if host else element, name, role)


def _put_name(parent: etree._Element, name: Name, role: str) -> None:
    body = name.literal or (name.family if not name.given else "")
    element = etree.SubElement(parent, "name", type="corporate" if body else "personal")
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    family = " ".join(filter(None, (name.non_dropping_particle, name.family)))
    parts = {"": body} if body else {"given": given, "family": family}
    for kind, text in {**parts, "termsOfAddress": name.suffix}.items():
        if text:
            part = etree.SubElement(element, "namePart", {"type": kind} if kind else {})
            part.text = without_controls(text)
    etree.SubElement(etree.SubElement(element, "role"), "roleTerm", type="text").text = role


def _put_rest(element: etree._Element, record: Record, texts: dict[str, str]) -> None:
    for word in texts["keyword"].split(", ") if texts.get("keyword") else ():
        topic = etree.SubElement(etree.SubElement(element, "subject"), "topic")
        topic.text = without_controls(word)
    if texts.get("page"):
        outer = f"{_HOST}/" if texts.get("container-title") else ""
        _put(element, f"{outer}part/extent/list", texts["page"])
    issued, accessed = (record.dates.get(name) for name in ("issued", "accessed"))
    if issued is not None:
        _put(element, "originInfo/dateIssued", _date(issued))
    if accessed is not None and (url := element.find("location/url")) is not None:
        url.set("dateLastAccessed", without_controls(_date(accessed)))


def _date(date: Date) -> str:
    return to_edtf(date) or date.literal or date.raw
