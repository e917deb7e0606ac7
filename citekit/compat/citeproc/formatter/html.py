"""citeproc-py's formatter for HTML; what formatters of one's own are made of, too."""

from __future__ import annotations

from html import escape

__all__ = [
    "Bold",
    "Italic",
    "Light",
    "Oblique",
    "SmallCaps",
    "Subscript",
    "Superscript",
    "TagWrapper",
    "Underline",
    "escape",
    "preformat",
]


def preformat(text: str) -> str:
    """Text in which nothing is markup."""
    return escape(text, quote=False)


class TagWrapper(str):
    """Text inside of an element: ``tag``, with ``attributes`` as they are written in it."""

    tag = "span"
    attributes = ""
    __slots__ = ()

    def __new__(cls, text: object) -> TagWrapper:
        start = f"{cls.tag} {cls.attributes}" if cls.attributes else cls.tag
        return super().__new__(cls, f"<{start}>{text}</{cls.tag}>")


class Italic(TagWrapper):
    """Text in italics."""

    tag = "i"


class Oblique(Italic):
    """Slanted text."""


class Bold(TagWrapper):
    """Text in bold."""

    tag = "b"


class Light(TagWrapper):
    """Text in light type."""

    attributes = 'style="font-weight:lighter;"'


class Underline(TagWrapper):
    """Text that is underlined."""

    tag = "u"


class Superscript(TagWrapper):
    """Raised text."""

    tag = "sup"


class Subscript(TagWrapper):
    """Lowered text."""

    tag = "sub"


class SmallCaps(TagWrapper):
    """Text in small capitals."""

    attributes = 'style="font-variant:small-caps;"'
