"""Settled events → HTML as citation processors write it.

``<i>``, ``<b>``, ``<sup>``, ``<sub>`` and ``<span style="…">`` for formatting;
``csl-left-margin`` and the like for ``display``. Text is escaped, so nothing in
a record can become markup.
"""

from __future__ import annotations

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
    "block": "csl-block",
    "left-margin": "csl-left-margin",
    "right-inline": "csl-right-inline",
    "indent": "csl-indent",
}


def escape(text: str) -> str:
    """Text with ``&``, ``<`` and ``>`` as character references."""
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")


def render(events: Iterable[Event]) -> str:
    """The events as HTML."""
    out: list[str] = []
    ends: list[str] = []
    for event in events:
        if isinstance(event, str):
            out.append(escape(event))
        elif isinstance(event, Open):
            start, end = _tags(event)
            out.append(start)
            ends.append(end)
        elif isinstance(event, Close):
            out.append(ends.pop())
    return "".join(out)


def _tags(event: Open) -> tuple[str, str]:
    start = end = ""
    if event.wrap.display:
        start, end = f'<div class="{_BLOCKS[event.wrap.display]}">', "</div>"
    for style in event.styles:
        opening, closing = _TAGS.get(style) or (_span(*style), "</span>")
        start, end = start + opening, closing + end
    return start, end


def _span(attribute: str, value: str) -> str:
    return f'<span style="{attribute.replace("_", "-")}:{value};">'
