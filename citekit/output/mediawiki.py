"""Runs → MediaWiki's markup; a bibliography is a paragraph for each entry."""

from __future__ import annotations

import re

from citekit.output.runs import Run, in_marks

_SPECIAL = re.compile(r"""[&<>\[\]{}|'~=*#:;_\-]|^ """, re.MULTILINE)
_TAGS = {
    ("font_style", "italic"): ("''", "''"),
    ("font_style", "oblique"): ("''", "''"),
    ("font_variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("font_weight", "bold"): ("'''", "'''"),
    ("text_decoration", "underline"): ("<u>", "</u>"),
    ("vertical_align", "sup"): ("<sup>", "</sup>"),
    ("vertical_align", "sub"): ("<sub>", "</sub>"),
}
_PLAIN = re.compile(r"(?<=\w)[:;\-'](?=[\w ])(?!//)|(?<=\w)[:;](?=$)")
"""Marks that are nothing but punctuation where they stand between letters."""


def escape(text: str) -> str:
    """Text in which every mark of the wiki's is a character reference."""
    plain = {match.start() for match in _PLAIN.finditer(text) if match[0] != "'"}

    def escaped(match: re.Match[str]) -> str:
        return match[0] if match.start() in plain else f"&#{ord(match[0])};"

    return _SPECIAL.sub(escaped, text).replace("\n", "<br />")


def run(run: Run) -> str:
    """A run as MediaWiki's markup."""
    text = in_marks(escape(run.text), run.styles, _TAGS)
    return f"[{run.link} {text}]" if run.link else text


def heading(text: str, level: int) -> str:
    """A heading."""
    marks = "=" * (level + 1)
    return f"{marks} {escape(text)} {marks}"


def document(entries: list[tuple[str, str]]) -> str:
    """The entries as paragraphs."""
    return "\n\n".join(entry for _, entry in entries)
