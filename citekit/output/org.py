"""Runs → Org; a bibliography is a paragraph for each entry.

Org's escape is a zero width space: no mark has an effect before one, but for dollars. Behind
one a mark has, so that in a word with one all marks are followed by one.
Source: the Org Manual, "Emphasis and Monospace" and "Escape Character".
"""

from __future__ import annotations

import re

from citekit.output.runs import Run, apart, in_marks

_ESCAPE = "\N{ZERO WIDTH SPACE}"
_SPECIAL = re.compile(
    r"""[_^\\$](?=\S)|(?:^|(?<=[\s\-("'{]))[*/=~+](?=\S)|-(?=-)|\.(?=\.)|\[(?=\[|fn:|cite|\d)|<(?=[<%\d]|\w+:)|\{(?=\{)"""
)
_ESCAPED_WORD = re.compile(rf"\S*{_ESCAPE}\S*")
_MARK = re.compile(rf"[*/=~+](?=[^\s{_ESCAPE}])")
_STARTS = re.compile(r"(?m)^(?=[*#|:+-]|\w+[.)]\s)")
_MARKS = {
    ("font_style", "italic"): ("/", "/"),
    ("font_style", "oblique"): ("/", "/"),
    ("font_weight", "bold"): ("*", "*"),
    ("text_decoration", "underline"): ("_", "_"),
    ("vertical_align", "sup"): ("^{", "}"),
    ("vertical_align", "sub"): ("_{", "}"),
}

_ENTITIES = {"$": r"\dollar{}", "/": r"\slash{}", "*": r"\ast{}"}


def escape(text: str, *, glued: bool = False, entities: str = "$") -> str:
    """Text in which nothing is a mark inside of a line.

    If it is ``glued`` an escape stands right before it. ``entities`` are the characters that
    are written as such.
    """
    before = _ESCAPE if glued else ""
    marked = _SPECIAL.sub(rf"\g<0>{_ESCAPE}", f"{before}{text}")
    marked = _ESCAPED_WORD.sub(lambda word: _MARK.sub(rf"\g<0>{_ESCAPE}", word[0]), marked)
    inside = f"[{entities}]"
    return re.sub(inside, lambda match: _ENTITIES[match[0]], marked.removeprefix(before))


def run(run: Run) -> str:
    """A run; the escape beside its marks lets them stand inside words."""
    before, inner, after = apart(run.text)
    if not inner:
        return run.text
    marks = in_marks("", run.styles, _MARKS)
    # Inside of italics a slash ends them, as an asterisk does bold text, even if it is escaped.
    entities = "$" + "".join(mark for mark in "/*" if mark in marks)
    if run.link:  # no description can have brackets
        inner = inner.replace("[", "%5B").replace("]", "%5D")
    text = escape(inner, glued=not (before or run.link), entities=entities)
    if not marks and run.text.endswith(("_", "^")):
        text += _ESCAPE  # the run after this one may begin with a mark
    text = in_marks(text, run.styles, _MARKS)
    if run.link:
        bare = inner == run.link and not marks
        text = f"[[{run.link}]]" if bare else f"[[{run.link}][{text}]]"
    elif marks and not text.endswith("}"):
        text = f"{_ESCAPE}{text}{_ESCAPE}"
    return f"{before}{text}{after}".replace("\n", "\\\\\n")


def heading(text: str, level: int) -> str:
    """A headline."""
    return f"{'*' * level} {escape(text)}"


def document(entries: list[tuple[str, str]]) -> str:
    """The entries as paragraphs; none begins like a list or a table."""
    return "\n\n".join(_STARTS.sub(_ESCAPE, entry) for _, entry in entries)
