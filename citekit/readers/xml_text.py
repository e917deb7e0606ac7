"""XML texts, parsed without trust: no entities, no document types, no connections, bounded depth.

Their errors are those of :mod:`citekit.readers`.
"""

from __future__ import annotations

import re

from lxml import etree

from citekit.errors import ReaderError

__all__ = ["line_of", "parse", "text_of"]

_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
"""Its encoding is of no account any more: the text is decoded."""


def parse(text: str, where: str) -> etree._Element:
    """The root of an XML text.

    Raises :class:`~citekit.errors.ReaderError` with the line for what is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_DECLARATION.sub("", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = f"line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) else ""
        raise ReaderError(
            f"this is no well-formed XML: {getattr(error, 'msg', None) or error}",
            where=", ".join(filter(None, (where, line))),
            hint="export the file anew, or correct it there",
        ) from error
    if root is None:
        raise ReaderError("this XML has no element", where=where, hint="check the file")
    return root


def text_of(element: etree._Element | None) -> str:
    """All text in an element, with single spaces."""
    if element is None:
        return ""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def line_of(element: etree._Element) -> int:
    """The line that an element begins in, 1 where it isn't known."""
    line: int | None = getattr(element, "sourceline", None)
    return line or 1
