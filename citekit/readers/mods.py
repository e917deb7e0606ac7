"""MODS → records: one, or a ``modsCollection``; for collections of archives see ``archives``.

Source: "MODS User Guidelines" of the Library of Congress; ``data/mods.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import Factory, define
from lxml import etree

from citekit.readers.items import Item, Loss
from citekit.readers.keys import Keys
from citekit.readers.tables import load_table
from citekit.readers.tagged import to_date, to_doi
from citekit.readers.xml_text import parse, text_of
from citekit.records.date import Date
from citekit.records.edtf import interpret
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.records.vocabulary import ITEM_TYPES

__all__ = ["iter_items"]

_HOST, _SERIES = "relatedItem[@type='host']", "relatedItem[@type='series']"
_IGNORED = ("recordInfo", "typeOfResource", "issuance", "extension")


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The records in turn; raises :class:`~citekit.errors.ReaderError` for what is no XML."""
    keys = keys or Keys()
    root = parse(text, where)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = etree.QName(element).localname
    for mods in root.iter("mods"):
        yield _Conversion(mods).item(keys)


@define(slots=True)
class _Conversion:
    """A record on its way; ``taken`` are the elements that are in it."""

    mods: etree._Element
    taken: set[etree._Element] = Factory(set)
    texts: dict[str, str] = Factory(dict)
    names: dict[str, list[Name]] = Factory(dict)
    dates: dict[str, Date] = Factory(dict)

    def item(self, keys: Keys) -> Item:
        kind = self.type()
        self.titles()
        self.people(self.mods.findall("name"), "author")
        self.people(self.mods.findall(f"{_HOST}/name"), "container-author")
        self.plain()
        self.pages()
        wanted = text_of(self.mods.find("recordInfo/recordIdentifier"))
        wanted = wanted or str(self.mods.get("ID") or "")
        title = self.texts.get("title", "")
        names = {variable: tuple(people) for variable, people in self.names.items()}
        key = keys.keep(wanted) if wanted else keys.make(names, self.dates, title)
        record = Record.from_parts(key, kind, texts=self.texts, names=names, dates=self.dates)
        return Item(record, tuple(self.losses(key)))

    def take(self, path: str) -> str:
        """The text at a path, or its attribute (``url/@name``); it is done with then."""
        path, _, attribute = path.partition("/@")
        element = self.mods.find(path)
        if element is None:
            return ""
        if attribute:
            return str(element.get(attribute) or "")
        self.taken.add(element)
        return text_of(element)

    def type(self) -> str:
        table = load_table("mods")
        genres = self.mods.findall("genre")
        found = ""
        for genre in genres:
            word = text_of(genre)
            kind = word if word in ITEM_TYPES else table["genres"].get(word.lower(), "")
            if kind and not found:
                found = kind
                self.taken.add(genre)
            elif "genre" not in self.texts and word:
                self.texts["genre"] = word
                self.taken.add(genre)
        if found:
            return found
        if self.mods.find(_HOST) is not None:
            periodical = self.mods.find(f"{_HOST}/part/detail[@type='issue']")
            return "chapter" if periodical is None else "article-journal"
        resource = text_of(self.mods.find("typeOfResource")).lower()
        return str(table["resources"].get(resource, "document"))

    def titles(self) -> None:
        for info in self.mods.findall("titleInfo"):
            short = info.get("type") == "abbreviated"
            if info.get("type") is None or short:
                self.title(info, "title-short" if short else "title")
        for path, variable in {_HOST: "container-title", _SERIES: "collection-title"}.items():
            for info in self.mods.findall(f"{path}/titleInfo"):
                short = info.get("type") == "abbreviated"
                self.title(info, f"{variable}-short" if short else variable)

    def title(self, info: etree._Element, variable: str) -> None:
        parts = {str(part.tag): text_of(part) for part in info.iterchildren("*")}
        whole = " ".join(filter(None, (parts.get("nonSort"), parts.get("title"))))
        whole = ": ".join(filter(None, (whole, parts.get("subTitle"))))
        if whole and variable not in self.texts and variable != "collection-title-short":
            self.texts[variable] = whole
            self.taken |= {part for part in info if part.tag in ("nonSort", "title", "subTitle")}

    def people(self, elements: list[etree._Element], otherwise: str) -> None:
        roles = load_table("mods")["roles"]
        for element in elements:
            words = [text_of(role).lower() for role in element.findall("role/roleTerm")]
            known = next((roles[word] for word in words if word in roles), "")
            variable = known or ("contributor" if words else otherwise)
            if variable == "author" and otherwise == "container-author":
                variable = otherwise
            if (name := _name(element)) is not None:
                self.names.setdefault(variable, []).append(name)
                self.taken |= set(element.iter())

    def plain(self) -> None:
        table = load_table("mods")
        for variable, paths in table["texts"].items():
            text = next((said for path in paths if (said := self.take(path))), "")
            if text:
                self.texts[variable] = to_doi(text) if variable == "DOI" else text
        for variable, paths in table["dates"].items():
            text = next((said for path in paths if (said := self.take(path))), "")
            if text:
                self.dates[variable] = _date(text)
        topics = self.mods.findall("subject/topic")
        if topics:
            self.texts["keyword"] = ", ".join(map(text_of, topics))
            self.taken |= set(topics)

    def pages(self) -> None:
        for path in (f"{_HOST}/part", "part"):
            extent = self.mods.find(f"{path}/extent")
            if extent is None or "page" in self.texts:
                continue
            parts = [text_of(extent.find(name)) for name in ("start", "end")]
            page = "-".join(filter(None, parts)) or text_of(extent.find("list"))
            if page:
                self.texts["page"] = page
                self.taken |= set(extent.iter())

    def losses(self, key: str) -> Iterator[Loss]:
        for element in self.mods.iterdescendants("*"):
            said = " ".join((element.text or "").split())
            above = [str(one.tag) for one in element.iterancestors()][::-1]
            path = [tag for tag in (*above, str(element.tag)) if not tag.startswith("mods")]
            if said and element not in self.taken and not set(path) & set(_IGNORED):
                yield Loss(key, "/".join(path), said, "CSL has no variable for it")


def _name(element: etree._Element) -> Name | None:
    parts: dict[str, list[str]] = {}
    for part in element.findall("namePart"):
        parts.setdefault(str(part.get("type") or ""), []).append(text_of(part))
    said = {kind: " ".join(filter(None, texts)) for kind, texts in parts.items()}
    whole = said.get("", "") or text_of(element.find("displayForm"))
    if said.get("family"):
        return Name(said["family"], said.get("given", ""), suffix=said.get("termsOfAddress", ""))
    if element.get("type") == "personal" and "," in whole:
        family, _, given = whole.partition(",")
        return Name(family.strip(), given.strip())
    return Name(literal=whole) if whole else None


def _date(text: str) -> Date:
    """A date in MODS's encodings: EDTF, W3CDTF and ISO 8601; else words."""
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    said = interpret(text)
    if said is None:
        return to_date(text)
    end = (0,) if said.open_ended else said.end
    return Date(*said.start, end=end, season=said.season, circa=said.circa or None)
