"""Runs → pandoc's Markdown: spans and marks of its own where CommonMark has only HTML.

Source: the Pandoc User's Guide, "Pandoc's Markdown".
"""

from __future__ import annotations

import re

from citekit.output.markdown import heading
from citekit.output.runs import Run, apart, in_marks

__all__ = ["document", "heading", "run"]
_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~^$@\"'&=:]")
_MARKS = {
    ("font_style", "italic"): ("*", "*"),
    ("font_style", "oblique"): ("*", "*"),
    ("font_variant", "small-caps"): ("[", "]{.smallcaps}"),
    ("font_weight", "bold"): ("**", "**"),
    ("text_decoration", "underline"): ("[", "]{.underline}"),
    ("vertical_align", "sup"): ("^", "^"),
    ("vertical_align", "sub"): ("~", "~"),
}


def escape(text: str) -> str:
    """Text in which no punctuation is a mark, and typed quotation marks stay what they are."""
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\\n")


def run(run: Run) -> str:
    """A run; blanks stand outside of marks, and are escaped inside of raised ones."""
    before, inner, after = apart(run.text)
    inner = escape(inner)
    if not inner:
        return run.text
    if run.styles.get("vertical_align"):
        inner = inner.replace(" ", "\\ ")
    inner = in_marks(inner, run.styles, _MARKS)
    if run.link:
        inner = f"[{inner}](<{run.link}>)"
    return f"{before}{inner}{after}"


def document(entries: list[tuple[str, str]]) -> str:
    """The entries in the division that pandoc sets bibliographies in."""
    body = "\n\n".join(entry for _, entry in entries)
    return f"::: {{.references .csl-bib-body .hanging-indent}}\n{body}\n:::"
