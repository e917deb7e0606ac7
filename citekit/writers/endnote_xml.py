"""Records → EndNote's XML, by the tables that it is read with.

Source: the XML that EndNote exports; ``readers/data/endnote.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from citekit.readers import endnote_xml
from citekit.readers.items import Loss
from citekit.readers.tables import load_table
from citekit.records.record import Record
from citekit.writers.losses import iter_checked
from citekit.writers.ris import to_fields

__all__ = ["iter_text", "without_controls"]

_FACES = {"i": "italic", "b": "bold", "sup": "superscript", "sub": "subscript"}
_MARKED = re.compile(r"<(?P<tag>i|b|sup|sub)>(?P<text>[^<>]*)</(?P=tag)>")
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The file record by record; ``lost`` is told what each can't say in EndNote's XML."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
    yield from iter_checked(records, _entry, endnote_xml.iter_items, lost)
    yield "</records></xml>\n"


def _entry(record: Record) -> str:
    (_, kind), *fields = to_fields(record)
    types = {ris: name for name, ris in reversed(load_table("ris")["refer_types"].items())}
    element = etree.Element("record")
    name = types.get(kind, "generic")
    etree.SubElement(element, "ref-type", name=name.title()).text = "0"
    first = next((value for tag, value in fields if tag == "SP"), "")
    paths = {tag: path for path, tag in reversed(load_table("endnote")["fields"].items())}
    for tag, text in fields:
        value = text
        if tag == "SP":
            last = next((value for tag, value in fields if tag == "EP"), "")
            value = f"{first}-{last}" if last else first
        if value and tag in paths:
            _add(element, paths[tag], without_controls(value))
    return etree.tostring(element, encoding="unicode") + "\n"


def without_controls(text: str) -> str:
    """The text without the characters that XML has no way to write."""
    return _UNSPEAKABLE.sub("", text)


def _add(element: etree._Element, path: str, value: str) -> None:
    *steps, last = path.split("/")
    for step in steps:
        found = element.find(step)
        element = etree.SubElement(element, step) if found is None else found
    leaf = etree.SubElement(element, last)
    at = 0
    for marked in _MARKED.finditer(value):
        _style(leaf, "normal", value[at : marked.start()])
        _style(leaf, _FACES[marked["tag"]], marked["text"])
        at = marked.end()
    _style(leaf, "normal", value[at:])


def _style(leaf: etree._Element, face: str, text: str) -> None:
    if text:
        etree.SubElement(leaf, "style", face=face).text = text
