"""Runs → CommonMark; what has no mark of its own there is written as HTML."""

from __future__ import annotations

import re

from citekit.output.runs import Run, in_marks

_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS = frozenset(",;/?%\"'")
_TAGS = {
    ("font_variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("font_weight", "bold"): ("<b>", "</b>"),
    ("text_decoration", "underline"): ("<u>", "</u>"),
    ("vertical_align", "sup"): ("<sup>", "</sup>"),
    ("vertical_align", "sub"): ("<sub>", "</sub>"),
}


def _escaped(match: re.Match[str]) -> str:
    mark = match[0]
    if mark in _HARMLESS or (mark in ".:()" and not match.string[: match.start()].isdigit()):
        return mark
    return f"\\{mark}"


def escape(text: str) -> str:
    """Text in which no punctuation is a mark."""
    return _SPECIAL.sub(_escaped, text).replace("\n", "\\\n")


def run(run: Run) -> str:
    """A run as Markdown; asterisks only stand next to letters, where they are always marks."""
    text = escape(run.text)
    if run.styles.get("font_style"):
        marked = run.text[:1].isalnum() and run.text[-1:].isalnum()
        text = f"*{text}*" if marked else f"<i>{text}</i>"
    text = in_marks(text, run.styles, _TAGS)
    return f"[{text}](<{run.link}>)" if run.link else text


def heading(text: str, level: int) -> str:
    """A heading."""
    return f"{'#' * level} {escape(text)}"


def document(entries: list[tuple[str, str]]) -> str:
    """The entries as paragraphs."""
    return "\n\n".join(entry for _, entry in entries)
