"""Formatting inside formatting: markup inside its like turns it off.

Source: CSL 1.0.2, "Formatting"; italics inside italics become upright, as in the test suite.
"""

from __future__ import annotations

from functools import lru_cache

from citekit.render.tree import Node, Open, Piece, Wrap
from citekit.style.settings import Formatting

_ATTRIBUTES = ("vertical_align", "text_decoration", "font_weight", "font_variant", "font_style")
"""Outermost first."""
_NEUTRAL = {
    "font_style": "normal",
    "font_variant": "normal",
    "font_weight": "normal",
    "text_decoration": "none",
    "vertical_align": "baseline",
}
_ALWAYS = ("vertical_align", "text_decoration")
"""Attributes that citation processors mark even where they change nothing."""


def markup_at_end(node: Node) -> Formatting | None:
    """The formatting of the markup that a text ends in."""
    last: Piece = node
    while isinstance(last, Node) and last.children:
        if last.wrap.markup:
            return last.wrap.formatting
        last = last.children[-1]
    return None


def nested(
    wrap: Wrap,
    formatting: Formatting,
    current: dict[str, str],
    ends_in: Formatting | None = None,
) -> tuple[Open, dict[str, str]]:
    """Where a formatted node begins, and the formatting that is in force in it.

    It begins with the attributes that change something; markup inside its like turns it off.
    Citation processors mark those, too, that are those of the markup at the end of a text.
    """
    found = []
    inside = dict(current)
    for attribute in _ATTRIBUTES:
        value = getattr(formatting, attribute)
        if value is None:
            continue
        neutral = _NEUTRAL[attribute]
        now = inside.get(attribute, neutral)
        if wrap.markup and now == value:
            value = neutral
        marked = attribute in _ALWAYS and wrap.kind != "markup"
        marked = marked or getattr(ends_in, attribute, None) is not None
        if value != neutral or now != neutral or marked:
            found.append((attribute, value))
            inside[attribute] = value
    return (Open(wrap, tuple(found)) if found else wrap.opening), inside


@lru_cache(maxsize=512)
def outermost(wrap: Wrap, formatting: Formatting) -> tuple[Open, dict[str, str]]:
    """The same of a node whose formatting is in no other one."""
    return nested(wrap, formatting, {})
