"""Dublin Core in XML, plain or qualified (also inside OAI-PMH) → records.

Sources: "DCMI Metadata Terms"; "Guidelines for implementing Dublin Core in XML";
``data/dublin_core.toml``. Collections of archives are read by ``citekit.archives``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from citekit.readers.items import Item, Loss
from citekit.readers.keys import Keys
from citekit.readers.raw_dates import parse_raw
from citekit.readers.tables import load_table
from citekit.readers.tagged import to_doi, to_name
from citekit.readers.xml_text import parse, text_of
from citekit.records.date import Date
from citekit.records.edtf import interpret
from citekit.records.name import Name
from citekit.records.record import Record

__all__ = ["iter_items"]

_NAMESPACES = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/|info:doi/)?(10\.\d{4,9}/\S+)", re.I)
_ISBN = re.compile(r"(?:(?:urn:)?isbn:?\s*)?((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])", re.I)
_ISSN = re.compile(r"(?:urn:)?issn:?\s*(\d{4}-?\d{3}[\dXx])|(\d{4}-\d{3}[\dXx])", re.I)


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The records in turn; raises :class:`~citekit.errors.ReaderError` for what is no XML.

    A record is an element with elements of Dublin Core directly in it.
    """
    keys = keys or Keys()
    for element in parse(text, where).iter("*"):
        pairs = [(etree.QName(one).localname, text_of(one)) for one in element if _is_term(one)]
        if pairs and not _is_term(element):
            yield _item([(name, value) for name, value in pairs if value], keys)


def _is_term(element: etree._Element) -> bool:
    return etree.QName(element).namespace in _NAMESPACES


def _item(pairs: list[tuple[str, str]], keys: Keys) -> Item:
    table = load_table("dublin_core")
    texts: dict[str, str] = {}
    people: dict[str, list[Name]] = {}
    subjects: list[str] = []
    dates: dict[str, Date] = {}
    kind, left = "", []
    for name, said in pairs:
        variable, value = table["texts"].get(name, ""), said
        meant = table["types"].get(re.sub(r"[^a-z]", "", value.rpartition("/")[2].lower()), "")
        if name == "identifier":
            variable, value = _identifier(said)
        if name == "type" and meant and not kind:
            kind = meant
        elif name in table["names"]:
            people.setdefault(table["names"][name], []).append(to_name(value))
        elif name in table["dates"] and table["dates"][name] not in dates:
            dates[table["dates"][name]] = _date(value)
        elif name == "subject":
            subjects.append(value)
        elif variable and variable not in texts:
            texts[variable] = value
        else:
            left.append((name, value))
    if subjects:
        texts["keyword"] = ", ".join(subjects)
    names = {variable: tuple(given) for variable, given in people.items()}
    key = keys.make(names, dates, texts.get("title", ""))
    record = Record.from_parts(key, kind or "document", texts=texts, names=names, dates=dates)
    return Item(
        record, tuple(Loss(key, name, value, "CSL has no variable for it") for name, value in left)
    )


def _identifier(value: str) -> tuple[str, str]:
    """What an identifier is, by its form, and its value."""
    if found := _DOI.fullmatch(value):
        return "DOI", to_doi(found[1])
    if found := _ISSN.fullmatch(value):
        return "ISSN", found[1] or found[2]
    if found := _ISBN.fullmatch(value):
        return "ISBN", found[1]
    return ("URL", value) if re.match("https?://", value) else ("", value)


def _date(text: str) -> Date:
    said = interpret(text.partition("T")[0]) if text[:4].isdigit() else None
    if said is None or said.season:
        return parse_raw(Date(raw=text))
    return Date(*said.start, end=(0,) if said.open_ended else said.end, circa=said.circa or None)
