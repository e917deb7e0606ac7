"""citeproc-py's formatter for reStructuredText; what formatters of one's own are made of, too."""

from __future__ import annotations

from citekit.output.rst import escape

__all__ = [
    "Bold",
    "Italic",
    "Light",
    "Oblique",
    "RoleWrapper",
    "SmallCaps",
    "Subscript",
    "Superscript",
    "Underline",
    "escape",
    "preformat",
]


def preformat(text: str) -> str:
    """Text in which nothing is markup."""
    return escape(text)


class RoleWrapper(str):
    """Text in a role: ``role`` is its name."""

    role = ""
    __slots__ = ()

    def __new__(cls, text: object) -> RoleWrapper:
        return super().__new__(cls, f":{cls.role}:`{text}`")


class Italic(RoleWrapper):
    """Text in italics."""

    role = "emphasis"


class Oblique(Italic):
    """Slanted text."""


class Bold(RoleWrapper):
    """Text in bold."""

    role = "strong"


class Superscript(RoleWrapper):
    """Raised text."""

    role = "superscript"


class Subscript(RoleWrapper):
    """Lowered text."""

    role = "subscript"


Light = Underline = SmallCaps = str
