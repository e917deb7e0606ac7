"""Settled events → HTML as citation processors write it.

``<i>``, ``<b>``, ``<sup>``, ``<sub>`` and ``<span style="…">`` for formatting;
``csl-left-margin`` and the like for ``display``. Text is escaped, so nothing in
a record can become markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from citekit.output.settle import Close, Event, Open
from citekit.patterns import pattern

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


_RAISED = pattern(
    "[\xaa\xb2\xb3\xb9\xba\u02b0-\u02ff\u06e5\u06e6\u10fc\u1d2c-\u1dbf\u2070-\u207f\u2100-\u214f"
    "\u2c7d\u2d6f\u3192-\u319f\ua69c-\uab69\U00010780-\U0001f16f]"
)
"""Where superscript characters are found, and others."""
_UNDECOMPOSED = {"\u02c0": "\u0294", "\u02c1": "\u0295", "\u06e5": "\u0648", "\u06e6": "\u064a"}
"""Superscript letters that Unicode gives no decomposition for."""


def escape(text: str) -> str:
    """Text with ``&``, ``<`` and ``>`` as character references, and two spaces kept apart."""
    escaped = references(text)
    if "  " in escaped or "\r\n" in escaped:
        return escaped.replace("\r\n", "  ").replace("  ", "\N{NO-BREAK SPACE} ")
    return escaped


def references(text: str) -> str:
    """Text with ``&``, ``<`` and ``>`` as character references, blanks as they are."""
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")


def render(events: Sequence[Event]) -> str:
    """The events as HTML."""
    texts = [event for event in events if type(event) is not Open and type(event) is not Close]
    whole = "".join(texts)
    plain = not ("<" in whole or ">" in whole or "  " in whole or "\r" in whole)
    out: list[str] = []
    for event in events:
        if type(event) is Open:
            if not event.is_plain:
                out.append(tags(event)[0])
        elif type(event) is Close:
            if not event.is_plain:
                out.append(tags(event.open)[1])
        else:
            text = event if plain else escape(event)
            out.append(text if text.isascii() else raised(text))
    html = "".join(out)
    return html.replace("&", "&#38;") if plain and "&" in whole else html


def entry(content: str, attributes: str = "") -> str:
    """An entry of a bibliography, whose content is HTML, on a line of its own."""
    return f'  <div class="csl-entry"{attributes}>{content}</div>\n'


def bibliography(contents: Iterable[str]) -> str:
    """A ``csl-bib-body`` of entries whose contents are HTML."""
    return body(map(entry, contents))


def body(entries: Iterable[str], attributes: str = "") -> str:
    """A ``csl-bib-body`` of whole entries."""
    return f'<div class="csl-bib-body"{attributes}>\n{"".join(entries)}</div>'


def raised(text: str) -> str:
    """Text with its superscript characters as what they stand for, raised."""
    return _RAISED.sub(_raised, text)


def _raised(match: re.Match[str]) -> str:
    """A superscript character as what it stands for, raised; any other as it is."""
    character = match[0]
    plain = _UNDECOMPOSED.get(character)
    if plain is not None:
        return f"<sup>{plain}</sup>"
    if not unicodedata.decomposition(character).startswith("<super>"):
        return character
    return f"<sup>{unicodedata.normalize('NFKD', character)}</sup>"


def tags(event: Open) -> tuple[str, str]:
    """What a node's formatting and display begin and end with."""
    start = end = ""
    if event.wrap.display:
        start, end = _BLOCKS[event.wrap.display]
    for style in event.styles:
        opening, closing = _TAGS.get(style) or (_span(*style), "</span>")
        start, end = start + opening, closing + end
    return start, end


def _span(attribute: str, value: str) -> str:
    if attribute == "span":  # of :mod:`citekit.output.semantic`, attributes that are escaped
        return f"<span {value}>"
    if (attribute, value) == ("vertical_align", "baseline"):
        return '<span style="baseline">'
    return f'<span style="{attribute.replace("_", "-")}:{value};">'
