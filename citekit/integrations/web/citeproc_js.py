"""citeproc-js-server's protocol, ``POST /?style=…&responseformat=…``, so that its clients work

Source: the documentation of citeproc-js-server, and of citeproc-js for what it passes on:
citation objects, and the parameters that come with a bibliography, which tests compare with
those that citeproc-js gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from citekit import Bibliography, Citation, Cite, Formatted, Record, Style
from citekit.integrations.web import formats, styles
from citekit.integrations.web.failures import RequestError, too_many
from citekit.integrations.web.threads import leave_event_loop
from citekit.integrations.web.transport import json_response
from citekit.output import html
from citekit.output.page import linked
from citekit.readers.csl_json import from_object

_STYLE = "chicago-author-date"


class CitationItem(Struct):
    """One cite of a cluster."""

    id: str | int
    locator: str | int | None = None
    label: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    suppress_author: bool = msgspec.field(name="suppress-author", default=False)
    author_only: bool = msgspec.field(name="author-only", default=False)


class Properties(Struct):
    """Where a cluster stands."""

    note_index: int | None = msgspec.field(name="noteIndex", default=None)


class Cluster(Struct):
    """A citation."""

    items: list[CitationItem] = msgspec.field(name="citationItems")
    id: str | int = msgspec.field(name="citationID", default="")
    properties: Properties | None = None


class ClustersRequest(Struct):
    """What is posted: ``items`` by their ids, or a list of them."""

    items: dict[str, dict[str, Any]] | list[dict[str, Any]]
    ids: list[str | int] | None = msgspec.field(name="itemIDs", default=None)
    clusters: list[Cluster] = msgspec.field(name="citationClusters", default_factory=list)
    style: str | None = msgspec.field(name="styleXml", default=None)


_decode = msgspec.json.Decoder(ClustersRequest).decode


def answer(request: Request, body: bytes, limit: int) -> Response:
    """The answer to a request of that protocol."""
    query = request.query_params
    wanted = query.get("responseformat", "json")
    output = query.get("outputformat", "html") if wanted == "json" else wanted
    if wanted not in ("json", "html", "rtf") or output not in ("html", "text", "rtf"):
        raise RequestError(422, "InvalidRequest", "responseformat is one of json, html, rtf")
    given = _decode(body)
    locale = query.get("locale") or None
    if given.style:
        leave_event_loop()
        style = Style.from_xml(given.style, locale)
    else:
        style = styles.load(query.get("style") or _STYLE, locale)
    records = _records(given, limit)
    cited = query.get("citations", "0") == "1"
    listed = query.get("bibliography", "1") == "1"
    citations = [_citation(one) for one in given.clusters]
    result = style.process(records, citations, bibliography=listed)
    if wanted == "json":
        found: dict[str, object] = {}
        if listed:
            found["bibliography"] = style.compiled.bibliography is not None and _bibliography(
                result.bibliography, output, query.get("linkwrap") == "1"
            )
        if cited:
            found["citations"] = _citations(given.clusters, result.citations, output)
        return json_response(found)
    rows = [(entry.id, formats.printed(entry, wanted)) for entry in result.bibliography.entries]
    parts = [formats.printed(one, wanted) for one in result.citations] if cited else []
    if wanted == "rtf":
        numbered = [("", part) for part in parts]
        text = formats.whole([*numbered, *(rows if listed else [])], "rtf")
        return Response(text, media_type="text/rtf")
    content = "".join(f'<div class="csl-citation">{part}</div>\n' for part in parts)
    content += formats.whole(rows, "html") if listed else ""
    return Response(content, media_type="text/html")


def _records(given: ClustersRequest, limit: int) -> list[Record]:
    """The items that are named, in that order, or all of them, and those that are cited."""
    if len(given.items) > limit or len(given.clusters) > limit:
        raise too_many(limit)
    items: list[Mapping[str, Any]] = (
        [{"id": key, **item} for key, item in given.items.items()]
        if isinstance(given.items, dict)
        else list(given.items)
    )
    records = {record.id: record for record in from_object(items, lenient=True)}
    if given.ids is None:
        return list(records.values())
    cited = [one.id for cluster in given.clusters for one in cluster.items]
    wanted = dict.fromkeys(map(str, [*given.ids, *cited]))
    if missing := [one for one in wanted if one not in records]:
        raise RequestError(422, "RecordError", f"there is no item with the id {missing[0]!r}")
    return [records[one] for one in wanted]


def _citation(cluster: Cluster) -> Citation:
    cites = [
        Cite(
            str(one.id),
            locator=one.locator,
            label=one.label or "page",
            prefix=one.prefix or "",
            suffix=one.suffix or "",
            suppress_author=one.suppress_author,
            author_only=one.author_only,
        )
        for one in cluster.items
    ]
    if not cites:
        raise RequestError(422, "InvalidRequest", "a cluster has no citationItems")
    note = cluster.properties.note_index if cluster.properties else None
    return Citation(cites, note_number=note if note is None or note >= 0 else None)


def _citations(
    clusters: list[Cluster], citations: tuple[Formatted, ...], output: str
) -> list[tuple[int, str, str]]:
    pairs = enumerate(zip(clusters, citations, strict=True))
    return [
        (number, formats.printed(citation, output), str(cluster.id))
        for number, (cluster, citation) in pairs
    ]


def _bibliography(
    bibliography: Bibliography, output: str, links: bool
) -> tuple[dict[str, Any], list[str]]:
    entries = [formats.printed(entry, output) for entry in bibliography.entries]
    if output == "html":
        entries = [html.entry(linked(each) if links else each) for each in entries]
    parameters = {
        "maxoffset": bibliography.max_offset,
        "entryspacing": bibliography.entry_spacing,
        "linespacing": bibliography.line_spacing,
        "second-field-align": bibliography.second_field_align or False,
        "bibstart": '<div class="csl-bib-body">\n' if output == "html" else "",
        "bibend": "</div>" if output == "html" else "",
        "bibliography_errors": [],
        "entry_ids": [[entry.id] for entry in bibliography.entries],
        "done": False,
    }
    if bibliography.hanging_indent:
        parameters["hangingindent"] = True
    return parameters, entries
