r"""Runs → LaTeX: ``\textit`` and the like; a bibliography is a ``thebibliography``."""

from __future__ import annotations

import re
import sys

from attrs import evolve

from citekit.output.formats import joined
from citekit.output.listing import Listing
from citekit.output.runs import Run, in_marks

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': r"\textquotedbl{}",
    "[": "{[}",
    "]": "{]}",
    "\n": "\\newline\n",
    **{each: f"\\{each}" for each in "{}$&#_%"},
}
_SPECIAL = re.compile(r"""[\\~^`<>"\[\]\n{}$&#_%]""")
_WITHOUT_HYPERREF = "\\providecommand{\\href}[2]{#2}\n"
"""Links are texts where a document doesn't use the package hyperref."""
_COMMANDS = {
    ("font_style", "italic"): (r"\textit{", "}"),
    ("font_style", "oblique"): (r"\textsl{", "}"),
    ("font_variant", "small-caps"): (r"\textsc{", "}"),
    ("font_weight", "bold"): (r"\textbf{", "}"),
    ("text_decoration", "underline"): (r"\underline{", "}"),
    ("vertical_align", "sup"): (r"\textsuperscript{", "}"),
    ("vertical_align", "sub"): (r"\textsubscript{", "}"),
}


def escape(text: str) -> str:
    """Text without LaTeX's commands and without its ligatures of hyphens and quotes."""
    escaped = _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text)
    return re.sub("(?<=-)(?=-)|(?<=')(?=')", "{}", escaped)


def run(run: Run) -> str:
    """A run as LaTeX."""
    text = in_marks(escape(run.text), run.styles, _COMMANDS)
    return f"\\href{{{re.sub('[%#&]', _before, run.link)}}}{{{text}}}" if run.link else text


def _before(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def heading(text: str, level: int) -> str:
    """A name for the ``thebibliography`` that follows, in place of "References"."""
    return f"\\def\\refname{{{escape(text)}}}\\let\\bibname\\refname"


def document(entries: list[tuple[str, str]]) -> str:
    """A ``thebibliography`` whose keys are the ids, as far as LaTeX takes them."""
    items = [
        f"\\bibitem{{{re.sub(r'[^A-Za-z0-9:._-]', '-', key)}}} {entry}" for key, entry in entries
    ]
    body = "\n\n".join(items)
    linked = "\\href{" in body
    begin = f"{_WITHOUT_HYPERREF if linked else ''}\\begin{{thebibliography}}"
    return f"{begin}{{{len(items)}}}\n{body}\n\\end{{thebibliography}}"


def write(listing: Listing) -> bytes:
    """A ``thebibliography`` for each group, with the title above all of them."""
    title = ""
    if any(section.heading for section in listing.sections) and listing.title:
        title = f"\\section*{{{escape(listing.title)}}}\n\n"
        listing = evolve(listing, title="")
    return f"{title}{joined(listing, sys.modules[__name__])}\n".encode()
