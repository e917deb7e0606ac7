"""MODS: records of the Library of Congress's schema, one or a ``modsCollection``.

Titles by their type, names with their roles, dates with their qualifiers and points, the host
as collection; what else there is, by the paths of ``data/mappings/mods.toml``.

Source: https://www.loc.gov/standards/mods/userguide/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from citekit.archives.readers import xml
from citekit.archives.readers.source import Draft, Problems
from citekit.archives.record import Statement
from citekit.archives.tables import load_table
from citekit.archives.titles import language_tag

__all__ = ["drafts", "fits"]

_MODS = "http://www.loc.gov/mods/v3"
_TITLES = {"": "title", "translated": "title.translated"}
_QUALIFIERS = {"approximate": "~", "questionable": "?", "inferred": "?"}
_HINTS = {"personal": "person", "family": "body", "corporate": "body", "conference": "body"}


def fits(tag: str) -> bool:
    """Whether a file with this root is one of MODS."""
    return etree.QName(tag).localname in ("mods", "modsCollection")


def drafts(paths: Iterable[Path], problems: Problems) -> Iterator[Draft]:
    """The records of all files; raises :class:`~citekit.errors.ReaderError`."""
    for path in paths:
        for number, record in enumerate(xml.each(path, _tag("mods")), 1):
            statements = list(_statements(record))
            identifier = xml.text_of(_first(record, "recordInfo/recordIdentifier"))
            key = identifier or record.get("ID") or f"{path.stem}-{number}"
            yield key, statements


def _statements(record: etree._Element) -> Iterator[Statement]:
    for title in record.findall(_tag("titleInfo")):
        field = _TITLES.get(xml.attribute(title, "type"), "alternative")
        yield Statement(field, _title(title), "titleInfo", _language(title))
    for name in record.findall(_tag("name")):
        yield from _name(name)
    for origin in record.findall(_tag("originInfo")):
        yield from _dates(origin)
    for path, field in load_table("mappings/mods")["fields"].items():
        for element in record.findall(_path(path)):
            yield Statement(field, xml.text_of(element), path, _language(element))
    for identifier in record.findall(_tag("identifier")):
        kind = xml.attribute(identifier, "type").casefold()
        field = {"doi": "doi", "uri": "url", "local": "identifier"}.get(kind, "identifier")
        yield Statement(field, xml.text_of(identifier), f"identifier {kind}".strip())


def _title(title: etree._Element) -> str:
    """The title of its parts, "The Wall: a chronicle"; a leading article is one of them."""
    parts = {name: xml.text_of(_first(title, name)) for name in
             ("nonSort", "title", "subTitle", "partNumber", "partName")}  # fmt: skip
    joined = f"{parts['nonSort']} {parts['title']}".strip()
    joined = f"{joined}: {parts['subTitle']}" if parts["subTitle"] else joined
    return ". ".join(part for part in (joined, parts["partNumber"], parts["partName"]) if part)


def _name(name: etree._Element) -> Iterator[Statement]:
    parts = {
        xml.attribute(part, "type"): xml.text_of(part) for part in name.findall(_tag("namePart"))
    }
    if parts.get("family"):
        text = ", ".join(p for p in (parts["family"], parts.get("given", "")) if p)
    else:
        text = ". ".join(
            xml.text_of(part) for part in name.findall(_tag("namePart"))
            if xml.attribute(part, "type") not in ("date", "termsOfAddress")
        )  # fmt: skip
    text = text or xml.text_of(_first(name, "displayForm"))
    roles = [xml.text_of(role) for role in name.findall(_path("role/roleTerm"))]
    known: dict[str, str] = load_table("names")["roles"]
    role = next((role for role in roles if role.casefold().strip(" .") in known), "")
    field = known.get(role.casefold().strip(" ."), "contributor" if roles else "creator")
    hint = _HINTS.get(xml.attribute(name, "type"), "")
    origin = f"name ({role or ', '.join(roles)})" if roles else "name"
    yield Statement(
        "nothing" if field in ("other", "publisher") else field, text, origin, hint=hint
    )


def _dates(origin: etree._Element) -> Iterator[Statement]:
    """Dates of one kind that are the points of a range are one; a key date comes first."""
    kinds = {"dateCreated": "date.created", "dateIssued": "date.issued",
             "dateOther": "date.other", "copyrightDate": "date.other",
             "dateCaptured": "date.digitised", "dateModified": "date.digitised"}  # fmt: skip
    for name, field in kinds.items():
        dates = origin.findall(_tag(name))
        ends = {xml.attribute(date, "point"): date for date in dates}
        if "start" in ends:
            both = [_date(ends[point]) for point in ("start", "end") if point in ends]
            yield Statement(field, "/".join(both) if len(both) == 2 else f"{both[0]}/..", name)
            dates = [date for date in dates if not xml.attribute(date, "point")]
            if dates:
                yield from (Statement("nothing", xml.text_of(date), name) for date in dates)
            continue
        # The same date is often given twice, for people and in an encoding for programs.
        encoded = [date for date in dates if xml.attribute(date, "encoding")] or dates
        yield from (Statement(field, _date(date), name) for date in encoded)


def _date(date: etree._Element) -> str:
    text = xml.text_of(date)
    if xml.attribute(date, "encoding") == "iso8601" and text.isdigit() and len(text) == 8:
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    mark = _QUALIFIERS.get(xml.attribute(date, "qualifier"), "")
    return f"{text}{mark}" if not text.endswith(mark) or not mark else text


def _language(element: etree._Element) -> str:
    return language_tag(xml.attribute(element, xml.LANG) or xml.attribute(element, "lang"))


def _tag(name: str) -> str:
    return f"{{{_MODS}}}{name}"


def _path(path: str) -> str:
    """A path of names, ``relatedItem[@type='host']/titleInfo/title``, in the namespace."""
    return "/".join(f"{{{_MODS}}}{step}" for step in path.split("/"))


def _first(element: etree._Element, path: str) -> etree._Element | None:
    return element.find(_path(path))
