"""The formats of bibliographies: by name, and by a file's ending."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import Any

from citekit.errors import WriterError
from citekit.output.listing import Listing, Row
from citekit.output.runs import Format, Run

ENDINGS = {
    "html": (".html", ".htm", ".xhtml"),
    "text": (".txt",),
    "wrapped": (),
    "markdown": (".md", ".markdown"),
    "pandoc": (),
    "latex": (".tex",),
    "typst": (".typ",),
    "rtf": (".rtf",),
    "rst": (".rst",),
    "asciidoc": (".adoc", ".asciidoc"),
    "org": (".org",),
    "mediawiki": (".wiki",),
    "jats": (".xml",),
    "docx": (".docx",),
    "odt": (".odt",),
    "pdf": (".pdf",),
}
"""Each format and the endings of its files; a module of this package writes it."""

BINARY = frozenset({"docx", "odt", "pdf"})
_MODULES = {"html": "page", "text": "plain"}


def by_ending(name: str) -> str:
    """The format of a file of this name; plain text if its ending says nothing."""
    ending = PurePath(name).suffix.casefold()
    return next((found for found, known in ENDINGS.items() if ending in known), "text")


def write(listing: Listing, format: str | Format) -> bytes:
    """The bytes of a file in a format: one of :data:`ENDINGS`, or one of your own.

    Raises :class:`~citekit.errors.WriterError` for a format that isn't known, or whose
    package isn't installed.
    """
    if isinstance(format, str):
        if format not in ENDINGS:
            raise WriterError(
                f"there is no format {format!r}", hint=f"take one of {', '.join(ENDINGS)}"
            )
        writer: Any = import_module(f"citekit.output.{_MODULES.get(format, format)}")
    else:
        writer = format
    if hasattr(writer, "write"):
        data: bytes = writer.write(listing)
        return data
    return f"{joined(listing, writer)}\n".encode()


def joined(listing: Listing, format: Format, row_text: Callable[[Row], str] | None = None) -> str:
    """Headings and entries in a format that needs nothing around them.

    ``row_text`` gives the text of a row, where it isn't that of its runs.
    """

    def of_runs(row: Row) -> str:
        return "".join(map(format.run, row.runs(listing.links)))

    parts = [_heading(listing.title, 1, format)] if listing.title else []
    for section in listing.sections:
        if section.heading:
            parts.append(_heading(section.heading, 2, format))
        rows = [(row.id, (row_text or of_runs)(row)) for row in section.rows]
        parts.append(format.document(rows))
    return "\n\n".join(parts)


def _heading(text: str, level: int, format: Format) -> str:
    heading = getattr(format, "heading", None)
    return str(heading(text, level)) if heading else format.run(Run(text, {"font_weight": "bold"}))
