"""Runs → JATS: ``mixed-citation`` in a ``ref-list``."""

from __future__ import annotations

import re
from html import escape as escape_xml

from citekit.output.runs import Run

_ELEMENTS = {
    ("font_style", "italic"): "italic",
    ("font_style", "oblique"): "italic",
    ("font_variant", "small-caps"): "sc",
    ("font_weight", "bold"): "bold",
    ("text_decoration", "underline"): "underline",
    ("vertical_align", "sup"): "sup",
    ("vertical_align", "sub"): "sub",
}
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escape(text: str) -> str:
    """Text as XML; characters that XML can't hold are left out."""
    return escape_xml(_FORBIDDEN.sub("", text), quote=False).replace("\r", "&#13;")


def run(run: Run) -> str:
    """A run as JATS."""
    text = escape(run.text)
    for style in run.styles.items():
        if element := _ELEMENTS.get(style):
            text = f"<{element}>{text}</{element}>"
    return text


def document(entries: list[tuple[str, str]]) -> str:
    """A ``ref-list``; its ids are numbers, as those of records needn't be XML names."""
    refs = "".join(
        f'<ref id="ref-{number}"><mixed-citation>{entry}</mixed-citation></ref>\n'
        for number, (_, entry) in enumerate(entries, 1)
    )
    return f"<ref-list>\n{refs}</ref-list>"
