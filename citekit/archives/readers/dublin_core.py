"""Dublin Core in XML: OAI-PMH's ``oai_dc``, and qualified Dublin Core, harvested or by itself.

A file holds what a repository answers to ``ListRecords`` or ``GetRecord`` (with ``Identify``
in the same folder for its name), or a record on its own.

Sources: http://www.openarchives.org/OAI/openarchivesprotocol.html,
https://www.dublincore.org/specifications/dublin-core/dcmi-terms/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from citekit.archives.readers import xml
from citekit.archives.readers.source import Draft, Problems, mapped
from citekit.archives.record import Statement

__all__ = ["drafts", "fits", "oai_draft"]

_OAI = "http://www.openarchives.org/OAI/2.0/"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_PREFIXES = {_DC: "dc", _TERMS: "dcterms"}
_WEB = re.compile(r"https?://(?!(?:dx\.)?doi\.org/|hdl\.handle\.net/)\S+\Z", re.IGNORECASE)


def fits(tag: str) -> bool:
    """Whether a file with this root is one of Dublin Core."""
    name = etree.QName(tag)
    return name.namespace == _OAI or name.localname in ("dc", "qualifieddc", "dcCollection")


def drafts(paths: Iterable[Path], problems: Problems) -> Iterator[Draft]:
    """The records of all files; raises :class:`~citekit.errors.ReaderError`."""
    files = list(paths)
    names = [xml.text_of(name) for path in files for name in xml.each(path, _oai("repositoryName"))]
    site = names[0] if names else ""
    for path in files:
        is_oai = etree.QName(xml.root_tag(path)).namespace == _OAI
        if is_oai:
            for record in xml.each(path, _oai("record")):
                if (draft := oai_draft(record, site, problems)) is not None:
                    yield draft
            continue
        for name in ("{*}dc", "{*}qualifieddc"):
            for number, record in enumerate(xml.each(path, name), 1):
                yield f"{path.stem}-{number}", list(_statements(record))


def oai_draft(record: etree._Element, site: str, problems: Problems) -> Draft | None:
    """One record of OAI-PMH; None, with a problem told, for a deleted one."""
    header = record.find(_oai("header"))
    key = xml.text_of(record.find(f"{_oai('header')}/{_oai('identifier')}"))
    if header is not None and header.get("status") == "deleted":
        problems.tell(f"record {key} is deleted: left out")
        return None
    metadata = record.find(_oai("metadata"))
    if metadata is None or not len(metadata):
        problems.tell(f"record {key} has no metadata: left out")
        return None
    statements = list(_statements(metadata[0]))
    number = key.rpartition(":")[2].rpartition("/")[2]
    if number.isdigit():
        statements.append(Statement("item", number, "header: identifier"))
    if site:
        statements.append(Statement("site_title", site, "Identify: repositoryName"))
    return key, statements


def _statements(metadata: etree._Element) -> Iterator[Statement]:
    values = [
        (f"{_PREFIXES[space]}:{xml.local_name(element)}", xml.text_of(element),
         xml.attribute(element, xml.LANG))
        for element in metadata.iter("{*}*")
        if (space := xml.namespace(element)) in _PREFIXES
    ]  # fmt: skip
    has_url = False
    for said in mapped("dublin-core", values):
        if said.field == "identifier" and _WEB.match(said.text) and not has_url:
            has_url = True
            yield Statement("url", said.text, said.origin)
        elif said.field == "relation" and said.origin == "dcterms:isPartOf":
            yield Statement("site_collection", said.text, said.origin, said.language)
        else:
            yield said


def _oai(name: str) -> str:
    return f"{{{_OAI}}}{name}"
