"""Runs → reStructuredText; what has no mark of its own there stays as plain text.

Markup doesn't nest there: of bold italics the bold is kept.
Source: the reStructuredText Markup Specification, "Inline Markup".
"""

from __future__ import annotations

import re

from citekit.output.runs import Run, apart

_SPECIAL = re.compile(r"[\\*`|]|_(?!\w)|(?<![^\s])[-+](?=\s)")
_LIST = re.compile(r"^\w+[.)](?=\s)")
_MARKS = {
    ("font_weight", "bold"): ("**", "**"),
    ("font_style", "italic"): ("*", "*"),
    ("font_style", "oblique"): ("*", "*"),
    ("vertical_align", "sup"): (":sup:`", "`"),
    ("vertical_align", "sub"): (":sub:`", "`"),
}


def escape(text: str) -> str:
    """Text in which nothing begins markup."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def run(run: Run) -> str:
    """A run; escaped blanks, which aren't printed, keep marks apart from letters beside them."""
    text = escape(run.text)
    start, inner, end = apart(text)
    mark = next((mark for style, mark in _MARKS.items() if style in run.styles.items()), None)
    if run.link:
        mark = ("`", f" <{run.link}>`__")
    if mark is None or not inner:
        return text
    return f"{start}\\ {mark[0]}{inner}{mark[1]}\\ {end}"


def document(entries: list[tuple[str, str]]) -> str:
    """The entries as paragraphs; the number that one begins with makes no list of it."""
    return "\n\n".join(_LIST.sub(r"\\\g<0>", entry) for _, entry in entries)


def heading(text: str, level: int) -> str:
    """A section title, underlined."""
    return f"{escape(text)}\n{'=-'[level - 1] * max(4, 2 * len(text))}"
