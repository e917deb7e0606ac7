"""EAD: the finding aid of a collection; each component without others in it is a record.

EAD 3 and EAD 2002 are read. A component inherits collection and repository from the archival
description, and the titles of the components that it is in.

Source: https://www.loc.gov/ead/EAD3taglib/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from citekit.archives.readers import xml
from citekit.archives.readers.source import Draft, Problems
from citekit.archives.record import Statement
from citekit.archives.tables import load_table
from citekit.errors import ReaderError

__all__ = ["drafts", "fits"]

_COMPONENT = re.compile(r"c(?:0[1-9]|1[0-2])?")
_AGENTS = {"persname": "person", "corpname": "body", "famname": "body", "name": ""}
_MOST_BYTES = 200_000_000


def fits(tag: str) -> bool:
    """Whether a file with this root is one of EAD."""
    return etree.QName(tag).localname == "ead"


def drafts(paths: Iterable[Path], problems: Problems) -> Iterator[Draft]:
    """The components of all finding aids; raises :class:`~citekit.errors.ReaderError`."""
    for path in paths:
        if path.stat().st_size > _MOST_BYTES:
            raise ReaderError("this finding aid is larger than 200 MB", where=str(path))
        for root in xml.each(path, "{*}ead"):
            archdesc = root.find("{*}archdesc")
            if archdesc is None:
                problems.tell(f"{path}: there is no archival description in it")
                continue
            common = list(_collection(archdesc))
            found = list(_leaves(archdesc))
            for number, component in enumerate(found, 1):
                yield _key(component, path, number), [*_component(component), *common]
            if not found:
                problems.tell(f"{path}: no components; the collection itself is no record")


def _leaves(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent.iter("{*}*"):
        if _is_component(element) and not any(_is_component(c) for c in element.iterdescendants()):
            yield element


def _is_component(element: etree._Element) -> bool:
    return _COMPONENT.fullmatch(xml.local_name(element)) is not None


def _key(component: etree._Element, path: Path, number: int) -> str:
    unitid = xml.text_of(component.find("{*}did/{*}unitid"))
    return xml.attribute(component, "id") or unitid or f"{path.stem}-{number}"


def _collection(archdesc: etree._Element) -> Iterator[Statement]:
    """What all components inherit."""
    title = archdesc.find("{*}did/{*}unittitle")
    if title is not None:
        yield Statement("collection", _without_dates(title), "archdesc: unittitle")
    repository = archdesc.find("{*}did/{*}repository")
    if repository is not None:
        name = next((e for e in repository.iter("{*}corpname", "{*}name")), repository)
        address = repository.find("{*}address")
        text = xml.text_of(name)
        if address is not None and name is repository:
            text = text.replace(xml.text_of(address), "").strip(" ,")
        yield Statement("repository", text, "archdesc: repository")
    for note in archdesc.findall("{*}prefercite"):
        yield Statement("citation", _note(note), "archdesc: prefercite")
    for language in archdesc.findall("{*}did/{*}langmaterial/{*}language"):
        code = xml.attribute(language, "langcode") or xml.text_of(language)
        yield Statement("language", code, "archdesc: langmaterial")


def _component(component: etree._Element) -> Iterator[Statement]:
    did = component.find("{*}did")
    if did is None:
        return
    for path, field in load_table("mappings/ead")["fields"].items():
        for element in did.findall("/".join(f"{{*}}{step}" for step in path.split("/"))):
            yield Statement(field, xml.text_of(element), path)
    for title in did.findall("{*}unittitle"):
        yield Statement("title", _without_dates(title), "unittitle")
    for date in [*did.iter("{*}unitdate"), *did.iter("{*}unitdatestructured")]:
        yield Statement("date.created", _date(date), "unitdate")
    if where := _location(component):
        yield Statement("location", where, "container, unitid")
    for agent in did.findall("{*}origination/{*}*"):
        text = " ".join(xml.text_of(part) for part in agent.findall("{*}part")) or xml.text_of(
            agent
        )
        role = xml.attribute(agent, "relator") or xml.attribute(agent, "role")
        text = f"{text} ({role})" if role and not role.startswith("http") else text
        yield Statement("creator", text, "origination", hint=_AGENTS.get(xml.local_name(agent), ""))
    for dao in component.iter("{*}dao"):
        href = xml.attribute(dao, "href") or xml.attribute(
            dao, "{http://www.w3.org/1999/xlink}href"
        )
        yield Statement("url", href, "dao")
        break
    for form in component.findall("{*}controlaccess/{*}genreform"):
        yield Statement("form", xml.text_of(form), "genreform")
    for note in component.findall("{*}prefercite"):
        yield Statement("citation", _note(note), "prefercite")


def _without_dates(title: etree._Element) -> str:
    """The title; EAD 2002 may have the date inside it, behind a comma."""
    text = xml.text_of(title)
    for date in title.iter("{*}unitdate"):
        text = text.replace(xml.text_of(date), "")
    return text.strip(" ,;")


def _date(date: etree._Element) -> str:
    normal = xml.attribute(date, "normal")
    certainty = xml.attribute(date, "certainty").casefold()
    single = list(date.iter("{*}datesingle", "{*}fromdate", "{*}todate"))
    if single:
        normal = "/".join(xml.attribute(e, "standarddate") or xml.text_of(e) for e in single)
    start, slash, end = normal.partition("/")
    normal = start if slash and start == end else normal
    mark = "~" if certainty in ("circa", "approximate", "ca.") else ""
    return f"{normal}{mark}" if normal else xml.text_of(date)


def _location(component: etree._Element) -> str:
    """Where it is, "box 5, folder 12", else the component's number."""
    did = component.find("{*}did")
    assert did is not None
    parts = []
    for container in did.findall("{*}container"):
        kind = xml.attribute(container, "localtype") or xml.attribute(container, "type")
        text = xml.text_of(container)
        is_said = text.casefold().startswith(kind.casefold())
        parts.append(text if is_said or not kind else f"{kind.lower()} {text}")
    return ", ".join(parts) or xml.text_of(did.find("{*}unitid"))


def _note(note: etree._Element) -> str:
    paragraphs = [xml.text_of(p) for p in note.findall("{*}p")]
    return " ".join(paragraphs) or xml.text_of(note)
