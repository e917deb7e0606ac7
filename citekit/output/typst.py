"""Runs → Typst markup; a bibliography is a paragraph for each entry."""

from __future__ import annotations

import re
import sys

from citekit.output.formats import joined
from citekit.output.listing import Listing, Row
from citekit.output.runs import Run, in_marks

_SPECIAL = re.compile(r"""[\\*_`$#@<>\[\]~\-'"/=+]|(?<=\.)\.|(?<=\d)\.""")
_FUNCTIONS = {
    ("font_style", "italic"): ('#text(style: "italic")[', "];"),
    ("font_style", "oblique"): ('#text(style: "oblique")[', "];"),
    ("font_variant", "small-caps"): ("#smallcaps[", "];"),
    ("font_weight", "bold"): ('#text(weight: "bold")[', "];"),
    ("text_decoration", "underline"): ("#underline[", "];"),
    ("vertical_align", "sup"): ("#super[", "];"),
    ("vertical_align", "sub"): ("#sub[", "];"),
}


def escape(text: str) -> str:
    """Text in which nothing is Typst's markup or shorthand."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text).replace("\n", " \\\n")


def run(run: Run) -> str:
    """A run as Typst; the semicolon keeps what follows from being an argument."""
    text = in_marks(escape(run.text), run.styles, _FUNCTIONS)
    return f'#link("{run.link}")[{text}];' if run.link else text


def heading(text: str, level: int) -> str:
    """A heading."""
    return f"{'=' * level} {escape(text)}"


def document(entries: list[tuple[str, str]]) -> str:
    """The entries as paragraphs."""
    return "\n\n".join(entry for _, entry in entries)


def write(listing: Listing) -> bytes:
    """The paragraphs, with hanging indents if the style wants them, in a block of their own."""
    aligned = listing.second_field_align is not None
    indent = f"{listing.indent}pt" if aligned else "2em"

    def in_columns(row: Row) -> str:
        label, rest = row.fields()
        text = "".join(map(run, rest.runs(listing.links)))
        return f"#box(width: {indent})[{escape(label)}];{text}"

    body = joined(listing, sys.modules[__name__], in_columns if aligned else None)
    if aligned or listing.hanging_indent:
        body = f"#[\n#set par(hanging-indent: {indent})\n\n{body}\n]"
    return f"{body}\n".encode()
