"""Text-case: lower, upper, capitalised, sentence and title case on pieces of output.

Source: CSL 1.0.2, "Text-case". Where markup splits a word or a sentence, the
parts are seen as one text. Text in ``nocase`` spans, superscript, subscript and
small capitals keeps its case. For sentence case the suite asks for more than
the specification says (all words but the first are lowered), and title case
leaves alone single letters and elided words ("d'Arc"), as styles expect.
"""

from __future__ import annotations

import re

from citekit.render.tree import Node, Piece, changed_wrap
from citekit.style.nodes import TextCase

STOP_WORDS = frozenset(
    """
    a across afore after against along alongside amid amidst among amongst an and anenst
    apropos apud around as aside astride at athwart atop barring before behind below beneath
    beside besides between beyond but by c ca circa d de despite down during et except for
    forenenst from given in inside into lest like modulo near next nor notwithstanding of off
    on onto or out over per plus pro qua sans since so than the through throughout thru
    thruout till to toward towards under underneath until unto up upon v van vs versus via
    vis-à-vis von with within without yet
    """.split()
)
STOP_PHRASES = frozenset(
    """
    according-to ahead-of apart-from as-regards back-to because-of close-to due-to far-from
    instead-of outside-of prior-to pursuant-to rather-than regardless-of such-as that-of where-as
    """.split()
)

_WORD = re.compile(r"[^\s\-\N{EN DASH}\N{EM DASH}/]+")
_ELISION = re.compile(r"\w[’']\w")


def text_case(piece: Piece, case: TextCase, english: bool) -> Piece:
    """The piece in another case. Title case is for English items only (``english``)."""
    if case == "title":
        if not english:
            return piece
        return _Titling(_plain(piece)).apply(piece)
    if isinstance(piece, str):
        return _CASES[case](piece)
    if case in ("capitalize-first", "sentence"):
        return _First(case).apply(piece)
    return _apply_each(piece, _CASES[case])


def capitalize_first(text: str) -> str:
    """The text with its first letter in upper case if its first word is in lower case."""
    for position, letter in enumerate(text):
        if letter.isalpha():
            word = _WORD.match(text, position)
            if word and not word[0].islower():
                return text
            return text[:position] + upper(letter) + text[position + 1 :]
        if letter.isdigit():
            return text
    return text


def upper(text: str) -> str:
    """Upper case; a lone ß stays what it is at the start of a word nowhere, so plain rules do."""
    return text.upper()


def _capitalize_all(text: str) -> str:
    return _WORD.sub(lambda word: capitalize_first(word[0]), text)


def _sentence(text: str) -> str:
    return capitalize_first(text[:1] + text[1:].lower() if not text.islower() else text)


_CASES = {
    "lowercase": str.lower,
    "uppercase": upper,
    "capitalize-first": capitalize_first,
    "capitalize-all": _capitalize_all,
    "sentence": _sentence,
}


def keeps_case(node: Node) -> bool:
    """Whether the text of a node is not to be touched by text-case."""
    wrap = node.wrap
    if wrap.kind == "nocase":
        return True
    formatting = wrap.formatting
    if wrap.kind == "markup" and not wrap.markup:
        return True
    return (
        wrap.markup
        and formatting is not None
        and (formatting.vertical_align in ("sup", "sub") or formatting.font_variant == "small-caps")
    )


def _apply_each(piece: Piece, change: object) -> Piece:
    if isinstance(piece, str):
        return change(piece)  # type: ignore[operator, no-any-return]
    if keeps_case(piece):
        return piece
    return Node(
        changed_wrap(piece.wrap, change),  # type: ignore[arg-type]
        [_apply_each(child, change) for child in piece.children],
    )


class _First:
    """Capitalize the first word across leaves; with ``sentence``, lower all others."""

    def __init__(self, case: str) -> None:
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


def _plain(piece: Piece) -> str:
    """The text of a piece without affixes, with protected stretches kept in place."""
    if isinstance(piece, str):
        return piece
    return "".join(_plain(child) for child in piece.children)


class _Titling:
    """Title case over the leaves of a piece, aware of where in the whole text each word is."""

    def __init__(self, whole: str) -> None:
        self.whole = whole
        self.at = 0
        words = list(_WORD.finditer(whole))
        self.last = words[-1].start() if words else -1

    def apply(self, piece: Piece) -> Piece:
        if isinstance(piece, str):
            start = self.at
            self.at += len(piece)
            return _WORD.sub(lambda match: self.word(match, start), piece)
        if keeps_case(piece):
            self.at += len(_plain(piece))
            return piece
        return Node(piece.wrap, [self.apply(child) for child in piece.children])

    def word(self, match: re.Match[str], start: int) -> str:
        word, position = match[0], start + match.start()
        bare = word.strip("\"'“”‘’«»()[]{}.,;:!?…")
        if not bare or (not bare.islower() and not bare[0].islower()):
            return word
        if not bare.islower() or any(letter.isdigit() for letter in bare[:1]):
            return word
        before = self.whole[:position].rstrip(" \N{NO-BREAK SPACE}\"'“”‘’«»([")
        starts = not before or before[-1] in ":?!"
        if before and before[-1] in "-\N{EN DASH}/" and position == self.last and len(bare) == 1:
            return word
        ends = position == self.last and not (len(bare) == 1 and word.endswith("."))
        if not (starts or ends) and (
            len(bare) == 1 or _ELISION.match(bare) or self.is_stop(bare, position, len(word))
        ):
            return word
        if "." in word[:-1].strip("."):
            return word
        return capitalize_first(word)

    def is_stop(self, bare: str, position: int, length: int) -> bool:
        """A stop word; one that a hyphen joins to the next word only is a prefix ("pro-")."""
        after = self.whole[position + length : position + length + 1]
        if bare in STOP_WORDS:
            return after != "-" or self.whole[position - 1] == "-"
        following = _WORD.match(self.whole, position + length + 1)
        return following is not None and f"{bare}-{following[0]}" in STOP_PHRASES
