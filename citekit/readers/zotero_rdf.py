"""Zotero's RDF, as it exports it → records, by way of Zotero's own fields.

Sources: Zotero's translator "Zotero RDF"; the vocabularies Dublin Core, PRISM, FOAF and
Bibliontology; ``data/zotero_rdf.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.tables import load_table
from citekit.readers.xml_text import parse, text_of
from citekit.readers.zotero import to_item

__all__ = ["iter_items"]

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_CITED_AS = ("attachment", "note", "annotation")


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The items in turn, notes and attachments left out.

    Raises :class:`~citekit.errors.ReaderError` for what is no XML.
    """
    keys = keys or Keys()
    root = parse(text, where)
    about = {str(one.get(f"{_RDF}about")): one for one in root if one.get(f"{_RDF}about")}
    for element in root.iterchildren("*"):
        kind = text_of(element.find("{*}itemType"))
        if kind and kind not in _CITED_AS:
            yield to_item(_fields(element, kind, about), keys)


def _fields(element: etree._Element, kind: str, about: dict[str, etree._Element]) -> dict[str, Any]:
    """The item as Zotero's JSON has it; what has no place there stands under its RDF name."""
    table = load_table("zotero_rdf")
    fields: dict[str, Any] = {"itemType": kind, "creators": [], "tags": []}
    for part in element.iterchildren("*"):
        name = etree.QName(part).localname
        if name in table["creators"]:
            people = part.iter("{*}Person")
            fields["creators"] += [_person(one, table["creators"][name]) for one in people]
        elif name == "subject":
            fields["tags"].append(text_of(part))
        elif name == "isPartOf":
            _add_whole(fields, about.get(str(part.get(f"{_RDF}resource")), part))
        elif name == "identifier":
            _add_identifier(fields, part)
        elif name == "publisher":
            fields["publisher"] = text_of(part.find(".//{*}name")) or text_of(part)
            fields["place"] = text_of(part.find(".//{*}locality"))
        elif name not in table["ignored"]["names"] and text_of(part):
            fields[table["fields"].get(name, name)] = text_of(part)
    return fields


def _person(person: etree._Element, role: str) -> dict[str, Any]:
    given = text_of(person.find("{*}givenName")) or text_of(person.find("{*}givenname"))
    family = text_of(person.find("{*}surname"))
    said = {"lastName": family, "firstName": given} if given else {"name": family}
    return {"creatorType": role, **said}


def _add_whole(fields: dict[str, Any], part: etree._Element) -> None:
    """The journal, book or series that an item is part of, described in it or elsewhere."""
    inner = part.iterchildren("*") if part.tag.endswith("isPartOf") else iter([part])
    for whole in inner:
        kind = etree.QName(whole).localname
        names = load_table("zotero_rdf")["series" if kind == "Series" else "whole"]
        for one in whole.iterchildren("*"):
            name = etree.QName(one).localname
            if name == "identifier":
                _add_identifier(fields, one)
            elif text_of(one):
                fields.setdefault(names.get(name, f"isPartOf.{name}"), text_of(one))


def _add_identifier(fields: dict[str, Any], part: etree._Element) -> None:
    """``ISBN 978…``, ``DOI 10.…``, an address in ``dcterms:URI``."""
    value = text_of(part)
    label, _, number = value.partition(" ")
    if label in ("DOI", "ISBN", "ISSN"):
        fields.setdefault(label, number)
    elif part.find("{*}URI") is not None:
        fields["url"] = value
    else:
        fields["identifier"] = value
