"""Runs → JATS: ``mixed-citation`` in a ``ref-list``."""

from __future__ import annotations

from html import escape as escape_xml

from citekit.output.characters import printable
from citekit.output.listing import Listing
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
_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def escape(text: str) -> str:
    """Text as XML; characters that XML can't hold are left out."""
    return escape_xml(printable(text), quote=False).replace("\r", "&#13;")


def run(run: Run) -> str:
    """A run as JATS."""
    text = escape(run.text)
    for style in run.styles.items():
        if element := _ELEMENTS.get(style):
            text = f"<{element}>{text}</{element}>"
    if run.link:
        target = f'ext-link-type="uri" {_XLINK} xlink:href="{escape_xml(run.link)}"'
        text = f"<ext-link {target}>{text}</ext-link>"
    return text


def document(entries: list[tuple[str, str]]) -> str:
    """A ``ref-list``; its ids are numbers, as those of records needn't be XML names."""
    return f"<ref-list>\n{_refs([entry for _, entry in entries], 1)}</ref-list>"


def write(listing: Listing) -> bytes:
    """A ``ref-list``, with one inside it for each group."""
    number = 1
    parts = [f"<title>{escape(listing.title)}</title>\n"] if listing.title else []
    for section in listing.sections:
        entries = ["".join(run(each) for each in row.runs(listing.links)) for row in section.rows]
        refs = _refs(entries, number)
        number += len(entries)
        title = f"<title>{escape(section.heading)}</title>\n"
        parts.append(f"<ref-list>\n{title}{refs}</ref-list>\n" if section.heading else refs)
    return f"<ref-list>\n{''.join(parts)}</ref-list>\n".encode()


def _refs(entries: list[str], first: int) -> str:
    return "".join(
        f'<ref id="ref-{number}"><mixed-citation>{entry}</mixed-citation></ref>\n'
        for number, entry in enumerate(entries, first)
    )
