"""The lines that elements begin on; lxml knows those where their start tags end."""

from __future__ import annotations

from xml.parsers import expat

from lxml import etree


def number_lines(root: etree._Element, data: str | bytes) -> None:
    """Set ``sourceline`` of all elements to the lines that they begin on.

    ``data`` is the text that ``root`` was read from, without a document type
    declaration. Where expat can't read its encoding, the lines stay as they are.
    """
    text = data.encode("utf-8") if isinstance(data, str) else data
    parser = expat.ParserCreate("utf-8" if isinstance(data, str) else None)
    lines: list[int] = []
    parser.StartElementHandler = lambda *_: lines.append(parser.CurrentLineNumber)
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, ValueError, LookupError):
        return
    for element, line in zip(root.iter(), lines, strict=True):
        element.sourceline = line  # type: ignore[assignment]  # wrong in lxml-stubs
