"""Content negotiation as DOI services do it: posted records, in what ``Accept`` asks for

Source: RFC 9110, section 12.5.1 ("Accept"), and the documentation of Crossref's and
DataCite's content negotiation for the media types and the parameters ``style`` and ``locale``.
"""

from __future__ import annotations

import re

from attrs import frozen
from starlette.requests import Request
from starlette.responses import Response

from citekit import write
from citekit.integrations.web import records, styles
from citekit.integrations.web.failures import RequestError

_BIBLIOGRAPHY = "text/x-bibliography"
_FORMATS = {
    "application/vnd.citationstyles.csl+json": "csl-json",
    "application/citeproc+json": "csl-json",
    "application/x-bibtex": "bibtex",
    "application/x-research-info-systems": "ris",
    "application/vnd.schemaorg.ld+json": "schema-org",
}
_PART = re.compile(r'(?:[^,"]|"[^"]*")+')
_PARAMETER = re.compile(r';\s*([\w-]+)\s*=\s*("[^"]*"|[^;\s]+)')


@frozen(slots=True)
class Wanted:
    """A media type that the sender takes, and its parameters."""

    type: str
    parameters: dict[str, str]
    quality: float


def wanted(request: Request) -> list[Wanted]:
    """The media types of ``Accept`` that records can be answered in, the best first."""
    found = []
    for part in _PART.findall(request.headers.get("accept", "")[:2000]):
        media = part.partition(";")[0].strip().lower()
        parameters = {key.lower(): value.strip('"') for key, value in _PARAMETER.findall(part)}
        try:
            quality = float(parameters.pop("q", "1"))
        except ValueError:
            quality = 0.0
        if (media == _BIBLIOGRAPHY or media in _FORMATS) and 0 < quality <= 1:
            found.append(Wanted(media, parameters, quality))
    return sorted(found, key=lambda one: -one.quality)


def answer(request: Request, body: bytes, limit: int) -> Response:
    """The posted records, of any format, in the first media type that is asked for."""
    asked = wanted(request)
    if not asked:
        known = ", ".join((_BIBLIOGRAPHY, *_FORMATS))
        raise RequestError(406, "NotAcceptable", "no media type that is known", f"use {known}")
    best = asked[0]
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    found = records.of_text(body, _FORMATS.get(sent), limit)
    if not found.records and found.errors:
        raise RequestError(422, "ReaderError", found.errors[0].message)
    if best.type == _BIBLIOGRAPHY:
        style = styles.load(best.parameters.get("style", "apa"), best.parameters.get("locale"))
        text = style.process(found.records).bibliography.text
    else:
        text = write(found.records, _FORMATS[best.type]).text
    response = Response(text, media_type=f"{best.type}; charset=utf-8")
    response.headers["vary"] = "Accept"
    return response
