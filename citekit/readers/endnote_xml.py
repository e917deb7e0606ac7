"""EndNote's XML → records, by way of the tags of RIS.

Source: the XML that EndNote exports; ``data/endnote.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.ris import to_item
from citekit.readers.tables import load_table
from citekit.readers.tagged import Field
from citekit.readers.xml_text import line_of, parse, text_of

__all__ = ["iter_items"]

_FACES = {"italic": "i", "bold": "b", "superscript": "sup", "subscript": "sub"}


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The records in turn; raises :class:`~citekit.errors.ReaderError` for what is no XML."""
    keys = keys or Keys()
    for record in parse(text, where).iter("record"):
        yield to_item(_as_ris(record), where, keys)


def _as_ris(record: etree._Element) -> list[Field]:
    kind = record.find("ref-type")
    name = (str(kind.get("name") or "") or text_of(kind)) if kind is not None else "Generic"
    types = load_table("ris")["refer_types"]
    line = line_of(record)
    fields = [Field("TY", types.get(name.lower(), name), line, True)]
    tags = load_table("endnote")["fields"]
    for path, element in _leaves(record, ""):
        value = _text(element)
        if path not in load_table("endnote")["ignored"]["paths"] and value:
            fields.append(Field(tags.get(path, path), value, line_of(element), False))
    return list(_once(fields))


def _once(fields: list[Field]) -> Iterator[Field]:
    """The fields; a journal's name is given twice, and the same again is no second title."""
    titles: set[str] = set()
    for field in fields:
        if field.tag in ("T2", "JF", "JO"):
            if field.value in titles:
                continue
            titles.add(field.value)
        yield field


def _leaves(element: etree._Element, path: str) -> Iterator[tuple[str, etree._Element]]:
    """The elements that have text, ``style`` being a part of it, each with its path."""
    for child in element.iterchildren("*"):
        here = f"{path}/{child.tag}" if path else str(child.tag)
        if any(inner.tag != "style" for inner in child.iterchildren("*")) and here.count("/") < 5:
            yield from _leaves(child, here)
        else:
            yield here, child


def _text(element: etree._Element) -> str:
    """The text, faces of styles as the tags of CSL-JSON."""
    parts = [element.text or ""]
    for style in element.iterchildren("*"):
        text = "".join(str(part) for part in style.itertext())
        for face in str(style.get("face") or "").split():
            if face in _FACES and text:
                text = f"<{_FACES[face]}>{text}</{_FACES[face]}>"
        parts += [text, style.tail or ""]
    return " ".join("".join(parts).split())
