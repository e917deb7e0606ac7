"""Settled events → HTML as citation processors write it.

``<i>``, ``<b>``, ``<sup>``, ``<sub>`` and ``<span style="…">`` for formatting;
``csl-left-margin`` and the like for ``display``. Text is escaped, so nothing in
a record can become markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from citekit.output.settle import Close, Event, Open

_TAGS = {
    ("font_style", "italic"): ("<i>", "</i>"),
    ("font_style", "oblique"): ("<em>", "</em>"),
    ("font_weight", "bold"): ("<b>", "</b>"),
    ("vertical_align", "sup"): ("<sup>", "</sup>"),
    ("vertical_align", "sub"): ("<sub>", "</sub>"),
}
_BLOCKS = {
    "block": ('\n\n    <div class="csl-block">', "</div>\n"),
    "left-margin": ('\n    <div class="csl-left-margin">', "</div>"),
    "right-inline": ('<div class="csl-right-inline">', "</div>\n  "),
    "indent": ('<div class="csl-indent">', "</div>\n  "),
}
"""Blocks with the line breaks that citation processors put around them."""

_SUPERSCRIPTS = re.compile(
    "[\u00aa\u00b2\u00b3\u00b9\u00ba\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u1d9b-\u1dbf\u2070-\u207f]"
)
"""Superscript characters: printed as what they stand for, raised."""


def escape(text: str) -> str:
    """Text with ``&``, ``<`` and ``>`` as character references."""
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")


def render(events: Iterable[Event]) -> str:
    """The events as HTML."""
    out: list[str] = []
    ends: list[str] = []
    for event in events:
        if isinstance(event, str):
            text = escape(event)
            out.append(text if text.isascii() else _SUPERSCRIPTS.sub(_raise, text))
        elif isinstance(event, Open):
            start, end = _tags(event)
            out.append(start)
            ends.append(end)
        elif isinstance(event, Close):
            out.append(ends.pop())
    return "".join(out)


def _raise(match: re.Match[str]) -> str:
    return f"<sup>{unicodedata.normalize('NFKD', match[0])}</sup>"


def _tags(event: Open) -> tuple[str, str]:
    start = end = ""
    if event.wrap.display:
        start, end = _BLOCKS[event.wrap.display]
    for style in event.styles:
        opening, closing = _TAGS.get(style) or (_span(*style), "</span>")
        start, end = start + opening, closing + end
    return start, end


def _span(attribute: str, value: str) -> str:
    if (attribute, value) == ("vertical_align", "baseline"):
        return '<span style="baseline">'
    return f'<span style="{attribute.replace("_", "-")}:{value};">'
