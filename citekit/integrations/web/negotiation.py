"""Content negotiation as DOI services do it: records, posted or kept, in what ``Accept`` asks for

Source: RFC 9110, section 12.5.1 ("Accept"), and the documentation of Crossref's and
DataCite's content negotiation for the media types and the parameters ``style`` and ``locale``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from attrs import evolve, frozen
from starlette.requests import Request
from starlette.responses import Response

from citekit import Record, write
from citekit.integrations.web import records, styles
from citekit.integrations.web.failures import RequestError
from citekit.integrations.web.store import Store
from citekit.integrations.web.transport import cached
from citekit.writers import csl_json

_BIBLIOGRAPHY = "text/x-bibliography"
FORMATS = {
    "application/vnd.citationstyles.csl+json": "csl-json",
    "application/citeproc+json": "csl-json",
    "application/x-bibtex": "bibtex",
    "application/x-research-info-systems": "ris",
    "application/vnd.schemaorg.ld+json": "schema-org",
    "application/ld+json": "schema-org",
    "application/mods+xml": "mods",
    "application/json": "csl-json",
}
TYPES = (*FORMATS, _BIBLIOGRAPHY)
"""What records can be answered in; the first is the answer to whoever takes anything."""

_KEPT_SECONDS = 300
_PART = re.compile(r'(?:[^,"]|"[^"]*")+')
_PARAMETER = re.compile(r';\s*([\w-]+)\s*=\s*("[^"]*"|[^;\s]+)')


@frozen(slots=True)
class Wanted:
    """A media type that the sender takes, or a range of them, and its parameters."""

    type: str
    parameters: dict[str, str]
    quality: float

    def holds(self, media: str) -> bool:
        """Whether a media type is this one or in this range."""
        return self.type in (media, f"{media.partition('/')[0]}/*", "*/*")


def is_asked(request: Request) -> bool:
    """Whether one of the media types is named, but for plain JSON, which others answer in, too."""
    named = {one.type for one in _accepted(request) if one.quality}
    return any(media in named for media in TYPES if media != "application/json")


def posted(request: Request, body: bytes, limit: int) -> Response:
    """The posted records, of any format, in the media type that is asked for."""
    best = _best(request)
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    found = records.of_text(body, FORMATS.get(sent), limit)
    if not found.records and found.errors:
        raise RequestError(422, "ReaderError", found.errors[0].message)
    response = Response(_encoded(_content(found.records, best)), media_type=_typed(best))
    response.headers["vary"] = "Accept"
    return response


def kept(request: Request, store: Store, name: str) -> Response:
    """A record that the service keeps, in the media type that is asked for."""
    record = store.find(name)
    best = _best(request)
    if FORMATS.get(best.type) == "csl-json":  # the item itself, not a list of one
        content = csl_json.escape_surrogates(
            json.dumps(csl_json.to_checked_object(record), ensure_ascii=False, indent=2)
        )
    else:
        content = _content([record], best)
    response = cached(request, _encoded(content), _typed(best), _KEPT_SECONDS)
    response.headers["vary"] = "Accept"
    return response


def _accepted(request: Request) -> list[Wanted]:
    """What ``Accept`` has, the best first; one that is refused has the quality 0."""
    found = []
    for part in _PART.findall(",".join(request.headers.getlist("accept"))[:2000] or "*/*"):
        media = part.partition(";")[0].strip().lower()
        parameters = {key.lower(): value.strip('"') for key, value in _PARAMETER.findall(part)}
        try:
            quality = float(parameters.pop("q", "1"))
        except ValueError:
            quality = 0.0
        found.append(Wanted(media, parameters, quality if 0 < quality <= 1 else 0.0))
    return sorted(found, key=lambda one: -one.quality)


def _best(request: Request) -> Wanted:
    accepted = _accepted(request)
    refused = {one.type for one in accepted if not one.quality}
    for one in accepted:
        for media in TYPES:
            if one.quality and one.holds(media) and media not in refused:
                return evolve(one, type=media)
    raise RequestError(
        406, "NotAcceptable", "no media type that is known", f"use {', '.join(TYPES)}"
    )


def _content(found: Sequence[Record], best: Wanted) -> str:
    if best.type != _BIBLIOGRAPHY:
        return write(found, FORMATS[best.type]).text
    style = styles.load(best.parameters.get("style", "apa"), best.parameters.get("locale"))
    if style.compiled.bibliography is None:  # of a style for notes: what would be in the note
        return style.cite(found).text
    return style.bibliography(found).text


def _encoded(content: str) -> bytes:
    return content.encode("utf-8", "replace")  # halves of characters are none


def _typed(best: Wanted) -> str:
    return f"{best.type}; charset=utf-8"
