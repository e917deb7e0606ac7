"""Text-case: lower, upper, capitalised and sentence case on pieces of output.

Source: CSL 1.0.2, "Text-case"; title case is in :mod:`citekit.render.titlecase`.
Where markup splits a word or a sentence, the parts are seen as one text. Text in
``nocase`` spans, superscript, subscript and small capitals keeps its case. In
sentence case all words but the first are lowered: the test suite and the styles
want that, where the specification would leave words of mixed case alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from citekit.render.capitals import WORD, capitalize_first, keeps_case, uppercase
from citekit.render.richtext import rich
from citekit.render.titlecase import title_case
from citekit.render.tree import Node, Piece, changed_wrap
from citekit.style.settings import TextCase


def text_case(piece: Piece, case: TextCase, english: bool) -> Piece:
    """The piece in another case. Title case is for English items only (``english``)."""
    if case == "title":
        return title_case(piece) if english else piece
    if isinstance(piece, str):
        return _CASES[case](piece)
    if case in ("capitalize-first", "sentence"):
        return _First(case).apply(piece)
    return _apply_each(piece, _CASES[case])


@lru_cache(maxsize=2048)
def rich_in_case(text: str, case: TextCase, english: bool) -> Piece:
    """The pieces of a field's text in another case."""
    return text_case(rich(text), case, english)


def _capitalize_all(text: str) -> str:
    return WORD.sub(lambda word: capitalize_first(word[0]), text)


def _sentence(text: str) -> str:
    return capitalize_first(text[:1] + text[1:].lower())


_CASES: dict[str, Callable[[str], str]] = {
    "lowercase": str.lower,
    "uppercase": uppercase,
    "capitalize-first": capitalize_first,
    "capitalize-all": _capitalize_all,
    "sentence": _sentence,
}


def _apply_each(piece: Piece, change: Callable[[str], str]) -> Piece:
    if isinstance(piece, str):
        return change(piece)
    if keeps_case(piece):
        return piece
    children = [_apply_each(child, change) for child in piece.children]
    return Node(changed_wrap(piece.wrap, change), children)


class _First:
    """Capitalize the first word across leaves; with ``sentence``, lower all others."""

    def __init__(self, case: TextCase) -> None:
        self.sentence = case == "sentence"
        self.done = False

    def change(self, text: str) -> str:
        if self.done or not any(letter.isalnum() for letter in text):
            return text.lower() if self.sentence else text
        self.done = True
        return _sentence(text) if self.sentence else capitalize_first(text)

    def apply(self, piece: Piece) -> Piece:
        if isinstance(piece, str):
            return self.change(piece)
        if keeps_case(piece):
            self.done = True
            return piece
        return Node(piece.wrap, [self.apply(child) for child in piece.children])
