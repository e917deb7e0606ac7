"""Runs → Org; a bibliography is a paragraph for each entry.

Org's escape is a zero width space: no mark has an effect before one, but for dollars.
Source: the Org Manual, "Emphasis and Monospace" and "Escape Character".
"""

from __future__ import annotations

import re

from citekit.output.runs import Run, apart

_ESCAPE = "\N{ZERO WIDTH SPACE}"
_SPECIAL = re.compile(
    r"""[_^\\](?=\S)|(?:^|(?<=[\s\-("'{]))[*/=~+](?=\S)|\[(?=\[|fn:|cite|\d)|<(?=[<%\d]|\w+:)|\{(?=\{)"""
)
_STARTS = re.compile(r"(?m)^(?=[*#|:+-]|\w+[.)]\s)")
_MARKS = {
    ("font_style", "italic"): ("/", "/"),
    ("font_style", "oblique"): ("/", "/"),
    ("font_weight", "bold"): ("*", "*"),
    ("text_decoration", "underline"): ("_", "_"),
    ("vertical_align", "sup"): ("^{", "}"),
    ("vertical_align", "sub"): ("_{", "}"),
}


def escape(text: str) -> str:
    """Text in which nothing is a mark inside of a line."""
    return _SPECIAL.sub(rf"\g<0>{_ESCAPE}", text).replace("$", r"\dollar{}")


def run(run: Run) -> str:
    """A run; the escape beside its marks lets them stand inside words."""
    before, inner, after = apart(run.text)
    inner = escape(inner)
    if not inner:
        return run.text
    text = inner
    for style in run.styles.items():
        if style in _MARKS:
            start, end = _MARKS[style]
            text = f"{start}{text}{end}"
    if run.link:
        text = f"[[{run.link}][{text}]]"
    elif text != inner and not text.endswith("}"):
        text = f"{_ESCAPE}{text}{_ESCAPE}"
    return f"{before}{text}{after}".replace("\n", "\\\\\n")


def heading(text: str, level: int) -> str:
    """A headline."""
    return f"{'*' * level} {escape(text)}"


def document(entries: list[tuple[str, str]]) -> str:
    """The entries as paragraphs; none begins like a list or a table."""
    return "\n\n".join(_STARTS.sub(_ESCAPE, entry) for _, entry in entries)
