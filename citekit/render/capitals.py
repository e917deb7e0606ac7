"""Capitals: the first letter of a text, and what keeps the case that it has."""

from __future__ import annotations

import re
import unicodedata

from citekit.patterns import pattern
from citekit.render.tree import Node

WORD = pattern(r"[^\s\-\N{EN DASH}\N{EM DASH}/]+")


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


_GREEK = pattern(r"[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_ACCENTS = pattern(r"([\u0370-\u03ff])([\u0300-\u0345\u1fbf]+)([\u0399\u03a5](?!\u0308))?")
_DIAERESIS = "\N{COMBINING DIAERESIS}"
_OR = pattern(r"(?<!\w)\u0397\u0301(?!\w)")
"""The word "ή" ("or") keeps its accent."""


def uppercase(text: str) -> str:
    """The text in capitals; Greek ones have no accents but the diaeresis.

    That is where one is left out or keeps two vowels apart ("μαΐου" ΜΑΪΟΥ, "νεράιδα" ΝΕΡΑΪΔΑ).
    """
    text = text.upper()
    if text.isascii() or not _GREEK.search(text):
        return text
    whole = unicodedata.normalize("NFD", text)
    pieces = (_GREEK_ACCENTS.sub(_without_accents, piece) for piece in _OR.split(whole))
    return unicodedata.normalize("NFC", "\u0389".join(pieces))


def _without_accents(match: re.Match[str]) -> str:
    letter, marks, following = match.groups()
    if _DIAERESIS in marks:
        return letter + _DIAERESIS + (following or "")
    apart = following and letter in "ΑΕΗΟΥ" and "\N{COMBINING ACUTE ACCENT}" in marks
    return letter + (following or "") + (_DIAERESIS if apart else "")


def keeps_case(node: Node) -> bool:
    """Whether the text of a node is not to be touched by text-case."""
    wrap = node.wrap
    if wrap.kind != "markup":
        return wrap.kind == "nocase"
    formatting = wrap.formatting
    if formatting is None or not wrap.markup:
        return True
    return formatting.vertical_align is not None or formatting.font_variant is not None
