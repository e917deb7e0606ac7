"""Bibliographies as files of their own, also as those of word processors"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from citekit.integrations.web import records, styles
from citekit.integrations.web.failures import RequestError
from citekit.integrations.web.messages import FileRequest
from citekit.integrations.web.threads import leave_event_loop
from citekit.output.formats import BINARY, ENDINGS, write

TYPES: Mapping[str, str] = {
    "html": "text/html",
    "rtf": "application/rtf",
    "jats": "application/xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}
"""The media types of formats; all others are plain text."""


def answer(request: FileRequest, limit: int) -> Response:
    """The file. Raises :class:`RequestError` when the style has no bibliography."""
    style = styles.load(request.style, request.locale)
    found = records.of(request, limit)
    if style.compiled.bibliography is None:
        raise RequestError(422, "NoBibliography", "the style has no bibliography")
    if request.output in BINARY:
        leave_event_loop()
    listing = style.bibliography(found.records).listing(
        found.records, title=request.title, lang=style.compiled.locale.lang
    )
    return Response(
        write(listing, request.output),
        media_type=TYPES.get(request.output, "text/plain"),
        headers={"content-disposition": f'attachment; filename="{name(request.output)}"'},
    )


def name(format: str) -> str:
    """What a file in this format is called."""
    ending = ENDINGS[format][0] if ENDINGS[format] else ".txt"
    return f"bibliography{ending}"
