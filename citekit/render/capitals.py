"""Capitals: the first letter of a text, and what keeps the case that it has."""

from __future__ import annotations

import re

from citekit.render.tree import Node

WORD = re.compile(r"[^\s\-\N{EN DASH}\N{EM DASH}/]+")


def capitalize_first(text: str) -> str:
    """The text with its first letter in upper case if its first word is in lower case."""
    for position, letter in enumerate(text):
        if letter.isalpha():
            word = WORD.match(text, position)
            if word and not word[0].islower():
                return text
            return text[:position] + letter.upper() + text[position + 1 :]
        if letter.isdigit():
            return text
    return text


def keeps_case(node: Node) -> bool:
    """Whether the text of a node is not to be touched by text-case."""
    wrap = node.wrap
    if wrap.kind != "markup":
        return wrap.kind == "nocase"
    formatting = wrap.formatting
    if formatting is None or not wrap.markup:
        return True
    return formatting.vertical_align is not None or formatting.font_variant is not None
