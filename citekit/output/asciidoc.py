"""Runs → AsciiDoc; a bibliography is a paragraph for each entry."""

from __future__ import annotations

import re

from citekit.output.runs import Run, in_marks

_SPECIAL = re.compile(r"""[^\w\s,;:()?!/%.\-]|[.:;\-](?=[.:;\-])|(?<=[.:;\-])[.:;\-]|^[^\w]""")
_LIST = re.compile(r"^(\w+)([.)])")
_MARKS = {
    ("font_style", "italic"): ("__", "__"),
    ("font_style", "oblique"): ("__", "__"),
    ("font_variant", "small-caps"): ("[.small-caps]##", "##"),
    ("font_weight", "bold"): ("**", "**"),
    ("text_decoration", "underline"): ("[.underline]##", "##"),
    ("vertical_align", "sup"): ("^", "^"),
    ("vertical_align", "sub"): ("~", "~"),
}


def _reference(match: re.Match[str]) -> str:
    character = match[0]
    return character if character.isspace() else f"&#{ord(character)};"


def escape(text: str) -> str:
    """Text in which whatever could be a mark is a character reference."""
    escaped = (
        re.sub(r"_|\((?=[CRT])", _reference, _SPECIAL.sub(_reference, line))
        for line in text.split("\n")
    )
    return " +\n".join(escaped)


def run(run: Run) -> str:
    """A run as AsciiDoc, with the marks that also stand inside words."""
    text = in_marks(escape(run.text), run.styles, _MARKS)
    return f"link:++{run.link}++[{text}]" if run.link else text


def heading(text: str, level: int) -> str:
    """A title or section title."""
    return f"{'=' * level} {escape(text)}"


def document(entries: list[tuple[str, str]]) -> str:
    """The entries as paragraphs; the full stop of "1." or "A." makes none of them a list."""
    rows = (_LIST.sub(lambda m: f"{m[1]}&#{ord(m[2])};", entry) for _, entry in entries)
    return "\n\n".join(rows)
