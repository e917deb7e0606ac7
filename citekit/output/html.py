"""Settled events → HTML as citation processors write it.

``<i>``, ``<b>``, ``<sup>``, ``<sub>`` and ``<span style="…">`` for formatting;
``csl-left-margin`` and the like for ``display``. Text is escaped, so nothing in
a record can become markup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from citekit.output.settle import Close, Event, Open

_TAGS = {
    ("font_style", "italic"): ("<i>", "</i>"),
    ("font_style", "oblique"): ("<em>", "</em>"),
    ("font_weight", "bold"): ("<b>", "</b>"),
    ("vertical_align", "sup"): ("<sup>", "</sup>"),
    ("vertical_align", "sub"): ("<sub>", "</sub>"),
    ("vertical_align", "baseline"): ('<span style="baseline">', "</span>"),
}
_BLOCKS = {
    "block": ('\n\n    <div class="csl-block">', "</div>\n"),
    "left-margin": ('\n    <div class="csl-left-margin">', "</div>"),
    "right-inline": ('<div class="csl-right-inline">', "</div>\n  "),
    "indent": ('<div class="csl-indent">', "</div>\n  "),
}
"""Blocks with the line breaks that citation processors put around them."""


_UNDECOMPOSED = {"\u02c0": "\u0294", "\u02c1": "\u0295", "\u06e5": "\u0648", "\u06e6": "\u064a"}
"""Superscript letters that Unicode gives no decomposition for."""


def escape(text: str) -> str:
    """Text with ``&``, ``<`` and ``>`` as character references, and two spaces kept apart."""
    escaped = text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    if "  " in escaped or "\r\n" in escaped:
        return escaped.replace("\r\n", "  ").replace("  ", "\N{NO-BREAK SPACE} ")
    return escaped


def render(events: Iterable[Event]) -> str:
    """The events as HTML."""
    out: list[str] = []
    ends: list[str] = []
    for event in events:
        if isinstance(event, str):
            text = escape(event)
            out.append(text if text.isascii() else "".join(map(_raised, text)))
        elif isinstance(event, Open):
            start, end = _tags(event)
            out.append(start)
            ends.append(end)
        elif isinstance(event, Close):
            out.append(ends.pop())
    return "".join(out)


@lru_cache(maxsize=1024)
def _raised(character: str) -> str:
    """A superscript character as what it stands for, raised; any other as it is."""
    plain = _UNDECOMPOSED.get(character)
    if plain is not None:
        return f"<sup>{plain}</sup>"
    if not unicodedata.decomposition(character).startswith("<super>"):
        return character
    return f"<sup>{unicodedata.normalize('NFKD', character)}</sup>"


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
