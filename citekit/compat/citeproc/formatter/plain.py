"""citeproc-py's formatter for plain text."""

from __future__ import annotations

__all__ = [
    "Bold",
    "Italic",
    "Light",
    "Oblique",
    "SmallCaps",
    "Subscript",
    "Superscript",
    "Underline",
    "preformat",
]

Bold = Italic = Light = Oblique = SmallCaps = Subscript = Superscript = Underline = str


def preformat(text: str) -> str:
    """The text as it is."""
    return text
