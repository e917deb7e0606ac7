"""Live sites: Omeka Classic and Omeka S by the address of the site, OAI-PMH by that of its base.

The records come page by page; nothing is kept. Addresses of single documents (a IIIF manifest,
a file of an export) are read like files.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from citekit.archives.readers import dublin_core, omeka_classic, omeka_s, xml
from citekit.archives.readers.source import Draft, Problems
from citekit.archives.readers.web import Server
from citekit.errors import ReaderError

__all__ = ["drafts", "is_address"]

_Files = Callable[[Path, Problems], Iterator[Draft]]
_DOCUMENT = re.compile(r"\.(?:json|jsonld|xml|csv)\Z|/manifest/?\Z", re.IGNORECASE)
_OAI = re.compile(r"/oai(?:-pmh|2)?(?:/request)?/?\Z", re.IGNORECASE)
_OAI_NAMESPACE = "{http://www.openarchives.org/OAI/2.0/}"


def is_address(source: object) -> bool:
    """Whether a source is an address on the web."""
    return isinstance(source, str) and source.startswith(("http://", "https://"))


def drafts(
    address: str, problems: Problems, files: _Files, server: Server | None = None
) -> Iterator[Draft]:
    """The records at an address; ``files`` reads a file, for addresses of documents.

    Raises :class:`~citekit.errors.ReaderError` for a server that can't be reached or doesn't
    answer as any of the systems that citekit knows.
    """
    with server or Server() as open_server:
        parts = urlsplit(address)
        if _OAI.search(parts.path) or "verb=" in parts.query:
            yield from _oai(address, open_server, problems)
        elif _DOCUMENT.search(parts.path):
            yield from _document(address, open_server, problems, files)
        else:
            yield from _omeka(address, open_server, problems)


# ------------------------------------------------------------ Omeka


def _omeka(address: str, server: Server, problems: Problems) -> Iterator[Draft]:
    root = re.sub(r"/(?:api(?:/.*)?|items(?:/.*)?)?\Z", "", address.rstrip("/"))
    items = server.pages(f"{root}/api/items")
    first = next(items, None)
    if first is None:
        return
    if omeka_s.fits(first):
        yield from _omeka_s(root, first, items, server, problems)
    elif omeka_classic.is_omeka_classic(first):
        yield from _omeka_classic(root, first, items, server, problems)
    else:
        raise ReaderError(
            "this site answers neither as Omeka Classic nor as Omeka S",
            where=f"{root}/api/items",
            hint="give the address of the site's front page, or of its OAI-PMH base",
        )


def _omeka_classic(
    root: str, first: object, rest: Iterator[object], server: Server, problems: Problems
) -> Iterator[Draft]:
    context = omeka_classic.Context(site=server.json(f"{root}/api/site"))
    for collection in server.pages(f"{root}/api/collections"):
        context.note(collection)
    for number, item in enumerate(_with(first, rest), 1):
        where = f"{root}/api/items, item {number}"
        draft = omeka_classic.item_draft(item, context, problems, where=where)
        if draft is not None:
            yield draft


def _omeka_s(
    root: str, first: object, rest: Iterator[object], server: Server, problems: Problems
) -> Iterator[Draft]:
    context = omeka_s.Context()
    for kind in ("sites", "item_sets"):
        for value in server.pages(f"{root}/api/{kind}"):
            omeka_s.note(value, context)
    for item in _with(first, rest):
        draft = omeka_s.item_draft(item, context, problems)
        if draft is not None:
            yield draft


def _with(first: object, rest: Iterator[object]) -> Iterator[object]:
    yield first
    yield from rest


# ------------------------------------------------------------ OAI-PMH


def _oai(address: str, server: Server, problems: Problems) -> Iterator[Draft]:
    base, query = address.partition("?")[::2]
    asked = {key: values[-1] for key, values in parse_qs(query).items()}
    name = _xml(server, base, {"verb": "Identify"}).find(f".//{_OAI_NAMESPACE}repositoryName")
    params = {"metadataPrefix": "oai_dc"} | asked | {"verb": "ListRecords"}
    seen: set[str] = set()
    while True:
        answer = _xml(server, base, params)
        for record in answer.iter(f"{_OAI_NAMESPACE}record"):
            draft = dublin_core.oai_draft(record, xml.text_of(name), problems)
            if draft is not None:
                yield draft
        token = xml.text_of(answer.find(f".//{_OAI_NAMESPACE}resumptionToken"))
        if not token:
            return
        if token in seen:
            raise ReaderError("the server gives the same page again and again", where=base)
        seen.add(token)
        params = {"verb": "ListRecords", "resumptionToken": token}


def _xml(server: Server, base: str, params: dict[str, str]) -> etree._Element:
    response = server.get(base, params)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(response.content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReaderError(f"this is no answer of OAI-PMH: {error}", where=base) from error
    said = root.find(f"{_OAI_NAMESPACE}error")
    if said is not None and xml.attribute(said, "code") != "noRecordsMatch":
        raise ReaderError(f"the repository says: {xml.text_of(said)}", where=base)
    return root


# ------------------------------------------------------------ documents


def _document(address: str, server: Server, problems: Problems, files: _Files) -> Iterator[Draft]:
    response = server.get(address)
    suffix = Path(urlsplit(address).path).suffix.lower() or ".json"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"document{suffix}"
        path.write_bytes(response.content)
        yield from files(path, problems)
