r"""Runs → LaTeX: ``\textit`` and the like; a bibliography is a ``thebibliography``."""

from __future__ import annotations

import re

from citekit.output.runs import Run

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
_COMMANDS = {
    ("font_style", "italic"): "textit",
    ("font_style", "oblique"): "textsl",
    ("font_variant", "small-caps"): "textsc",
    ("font_weight", "bold"): "textbf",
    ("text_decoration", "underline"): "underline",
    ("vertical_align", "sup"): "textsuperscript",
    ("vertical_align", "sub"): "textsubscript",
}


def escape(text: str) -> str:
    """Text without LaTeX's commands and without its ligatures of hyphens and quotes."""
    escaped = _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text)
    return re.sub("(?<=-)(?=-)|(?<=')(?=')", "{}", escaped)


def run(run: Run) -> str:
    """A run as LaTeX."""
    text = escape(run.text)
    for style in run.styles.items():
        if style in _COMMANDS:
            text = f"\\{_COMMANDS[style]}{{{text}}}"
    return text


def document(entries: list[tuple[str, str]]) -> str:
    """A ``thebibliography`` whose keys are the ids, as far as LaTeX takes them."""
    items = [
        f"\\bibitem{{{re.sub(r'[^A-Za-z0-9:._-]', '-', key)}}} {entry}" for key, entry in entries
    ]
    body = "\n\n".join(items)
    return f"\\begin{{thebibliography}}{{{len(items)}}}\n{body}\n\\end{{thebibliography}}"
