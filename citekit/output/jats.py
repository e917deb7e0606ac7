"""Runs → JATS: ``mixed-citation`` in a ``ref-list``.

Source: JATS Publishing 1.1, ``<ref-list>``, ``<ref>``, ``<mixed-citation>``.
"""

from __future__ import annotations

import re
from html import escape as escape_xml

from attrs import evolve

from citekit.output.characters import printable
from citekit.output.listing import Listing, Row
from citekit.output.runs import Run, in_marks

_ELEMENTS = {
    ("font_style", "italic"): ("<italic>", "</italic>"),
    ("font_style", "oblique"): ("<italic>", "</italic>"),
    ("font_variant", "small-caps"): ("<sc>", "</sc>"),
    ("font_weight", "bold"): ("<bold>", "</bold>"),
    ("text_decoration", "underline"): ("<underline>", "</underline>"),
    ("vertical_align", "sup"): ("<sup>", "</sup>"),
    ("vertical_align", "sub"): ("<sub>", "</sub>"),
}
_NOT_IN_NAMES = re.compile(
    "[^A-Za-z0-9._\xb7\xc0-\xd6\xd8-\xf6\xf8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff-]"
)
"""Characters that are none of XML's ``NameChar``."""
_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def escape(text: str) -> str:
    """Text as XML; characters that XML can't hold are left out."""
    return escape_xml(printable(text), quote=False).replace("\r", "&#13;")


def run(run: Run) -> str:
    """A run as JATS."""
    text = in_marks(escape(run.text), run.styles, _ELEMENTS)
    if run.link:
        target = f'ext-link-type="uri" {_XLINK} xlink:href="{escape_xml(run.link)}"'
        text = f"<ext-link {target}>{text}</ext-link>"
    return text


def document(entries: list[tuple[str, str]]) -> str:
    """A ``ref-list``."""
    ids = _Ids()
    refs = (_ref(ids.of(key), _citation(entry)) for key, entry in entries)
    return f"<ref-list>\n{''.join(refs)}</ref-list>"


def write(listing: Listing) -> bytes:
    """A ``ref-list``, with one inside it for each group."""
    ids = _Ids()
    parts = [f"<title>{escape(listing.title)}</title>\n"] if listing.title else []
    for section in listing.sections:
        refs = "".join(_ref(ids.of(row.id), _row(row, listing.links)) for row in section.rows)
        title = f"<title>{escape(section.heading)}</title>\n"
        parts.append(f"<ref-list>\n{title}{refs}</ref-list>\n" if section.heading else refs)
    return f"<ref-list>\n{''.join(parts)}</ref-list>\n".encode()


class _Ids:
    """The ids of references: "ref-" and the record's own, as far as that can be in an XML name.

    Two are never the same, as one record may be in several groups.
    """

    def __init__(self) -> None:
        self.used: set[str] = set()

    def of(self, key: str) -> str:
        """The id of one more reference."""
        name = found = f"ref-{_NOT_IN_NAMES.sub('_', key)}"
        number = 1
        while found in self.used:
            number += 1
            found = f"{name}-{number}"
        self.used.add(found)
        return found


def _row(row: Row, links: bool) -> str:
    """What is in a ``ref``: number, citation and annotation have elements of their own."""
    label, rest = row.fields()
    label = f"<label>{escape(label)}</label>" if label else ""
    citation = _citation(_text(evolve(rest, annotation=""), links))
    lines = (Row(row.id, (line,)) for line in row.annotation.splitlines() if line.strip())
    paragraphs = "".join(f"<p>{_text(line, links)}</p>" for line in lines)
    return f"{label}{citation}{f'<note>{paragraphs}</note>' if paragraphs else ''}"


def _text(row: Row, links: bool) -> str:
    return "".join(map(run, row.runs(links)))


def _citation(entry: str) -> str:
    return f"<mixed-citation>{entry}</mixed-citation>"


def _ref(name: str, content: str) -> str:
    return f'<ref id="{name}">{content}</ref>\n'
