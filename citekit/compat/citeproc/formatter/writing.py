"""Citations and entries through any formatter: a module or object made for citeproc-py.

Such a formatter has ``preformat``, which is given each text first, and ``Italic``,
``Oblique``, ``Bold``, ``Light``, ``Underline``, ``Superscript``, ``Subscript`` and
``SmallCaps``, which are called with what is to be set like this.
"""

from __future__ import annotations

from typing import Any

from citekit.api import Formatted
from citekit.compat.citeproc.formatter import html, plain, rst
from citekit.errors import WriterError
from citekit.output import rst as rst_format
from citekit.output.runs import Run, render, runs

__all__ = ["write"]

# What a run may be, innermost first.
_NAMES = {
    ("font_style", "italic"): "Italic",
    ("font_style", "oblique"): "Oblique",
    ("font_variant", "small-caps"): "SmallCaps",
    ("font_weight", "bold"): "Bold",
    ("font_weight", "light"): "Light",
    ("text_decoration", "underline"): "Underline",
    ("vertical_align", "sup"): "Superscript",
    ("vertical_align", "sub"): "Subscript",
}


def write(formatted: Formatted, formatter: Any) -> str:
    """A citation or entry as the formatter writes it.

    For those of this package citekit's own formats write it: they have the blocks of an
    entry, marks inside of words, and italics inside of italics.

    Raises :class:`~citekit.errors.WriterError` when the formatter lacks something.
    """
    if formatter is html:
        return formatted.html.strip()
    if formatter is plain:
        return formatted.text
    if formatter is rst:
        return render(formatted.events, rst_format)
    try:
        return "".join(_run(run, formatter) for run in runs(formatted.events))
    except AttributeError as error:
        raise WriterError(
            f"the formatter can't write this: {error}",
            hint=f"a formatter has preformat, {', '.join(dict.fromkeys(_NAMES.values()))}",
        ) from error


def _run(run: Run, formatter: Any) -> str:
    text = formatter.preformat(run.text)
    for style, name in _NAMES.items():
        if style in run.styles.items():
            text = getattr(formatter, name)(text)
    return str(text)
