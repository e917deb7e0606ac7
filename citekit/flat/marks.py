"""The marks in flat output, and how texts, affixes and nodes are written with them.

Marks are control characters, which no text that becomes flat has of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from citekit.output.html import tags
from citekit.output.nesting import outermost
from citekit.output.punctuation import PUNCTUATION
from citekit.output.quotes import Typography
from citekit.patterns import pattern
from citekit.render.elements import upright
from citekit.render.richtext import rich
from citekit.render.tree import Piece, Wrap

AFFIX = "\x01"
"""Before an affix or delimiter that begins with punctuation or a space,"""
PREFIX = "\x02"
"""and before a prefix that begins with punctuation."""
BEGINS, ENDS, TAGGED = "\x03", "\x04", "\x16"
"""Before the tags with which a formatting begins and ends, if it needs any; after them."""
AMPERSAND, LESS, GREATER = "\x05", "\x06", "\x07"
QUOTED, UNQUOTED, AFTER_QUOTE = "\x10", "\x0e", "\x08"
"""Before an opening quotation mark; before and after a closing one."""
SPACED = "\x0f"
"""Behind a text whose last space no other one merges with."""
TERM = "\x11"
"""Before a term, which may need a capital where an entry begins."""
NUMBERED = "\x12"
"""Behind the citation number; an entry begins after it."""
TEXT = "\x14"
"""Before a text that begins with punctuation."""
PARENTHESIS = "\x13"
"""After a parenthesis that is a bracket inside of another one."""
COLUMN = "\x17"
"""Between the first field, in the margin, and the rest."""
ODD = "\x15"
"""In what can't be flat."""

_ESCAPES = str.maketrans({"&": AMPERSAND, "<": LESS, ">": GREATER})
_CONTROL = pattern("[\x00-\x1f\x7f]")
_MAY_MERGE = pattern(" [ :;!?]")


class NotFlatError(Exception):
    """An entry has to be rendered as a tree; never leaves citekit."""


def check(text: str) -> None:
    """Raise :class:`NotFlatError` if a text has characters that are marks here."""
    if not text.isprintable() and _CONTROL.search(text):
        raise NotFlatError


def parsed(text: str) -> Piece:
    """The pieces of a field's text."""
    check(text)
    return rich(text)


def plain(text: str) -> str:
    """A text without markup, its punctuation no concern of what stands before it."""
    if not text or "  " in text:
        raise NotFlatError
    if "&" in text or "<" in text or ">" in text:
        text = text.translate(_ESCAPES)
    if text[0] in PUNCTUATION:
        text = TEXT + text
    return text + SPACED if text[-1].isspace() else text


@lru_cache(maxsize=1024)
def affix(text: str, mark: str = AFFIX) -> str:
    """An affix or delimiter; ``mark`` is for one that begins with punctuation."""
    if not text:
        return ""
    if _CONTROL.search(text) or "  " in text:
        return ODD
    escaped = text.translate(_ESCAPES)
    if text[0] in PUNCTUATION:
        return mark + escaped
    return AFFIX + escaped if text[0] == " " else escaped


def _is_ordinary(text: str) -> bool:
    """Whether there is nothing in a text of a field to look at more closely, as in most."""
    return (
        text.isascii()
        and text.isprintable()
        and text[0] not in PUNCTUATION
        and text[-1] != " "
        and not ("'" in text or '"' in text or "<" in text or "&" in text or ">" in text)
        and not _MAY_MERGE.search(text)
    )


class Dress:
    """What a wrap puts around a flat text, and between texts.

    Without ``typography`` that is bare text: neither quotation marks nor formatting.
    """

    __slots__ = ("after", "before", "delimiter", "flatten", "variable", "wrap")

    def __init__(
        self,
        wrap: Wrap,
        flatten: Callable[[Piece], str],
        typography: Typography | None,
        in_notes: bool,
    ) -> None:
        self.wrap = wrap
        self.variable = wrap.variable
        self.flatten = flatten
        self.delimiter = affix(wrap.delimiter)
        self.before, self.after = affix(wrap.prefix, PREFIX), affix(wrap.suffix)
        if typography is not None:
            self.decorate(wrap, typography, in_notes)

    def decorate(self, wrap: Wrap, typography: Typography, in_notes: bool) -> None:
        """Put in what is more than affixes, from the outside to the inside."""
        if wrap.display:
            self.before = ODD
        if in_notes and not wrap.kind and wrap.prefix[-1:] == "(" and wrap.suffix[:1] == ")":
            self.before += PARENTHESIS
        if wrap.quotes:
            opening, closing = typography.marks_for(wrap.marks) or (ODD, ODD)
            self.before += QUOTED + plain(opening)
            self.after = f"{UNQUOTED}{closing}{AFTER_QUOTE}{self.after}"
        if wrap.formatting is not None:
            begins, ends = tags(outermost(wrap, wrap.formatting)[0])
            self.before += f"{BEGINS}{begins}{TAGGED}"
            self.after = f"{ENDS}{ends}{TAGGED}{self.after}"
        if wrap.kind == "term":
            self.before += TERM
        if wrap.variable == "citation-number":
            self.after = NUMBERED + self.after

    def around(self, text: str) -> str:
        """The text in the wrap."""
        return f"{self.before}{text}{self.after}"

    def join(self) -> Callable[[Iterable[str]], str]:
        """What makes a group in the wrap of its pieces."""
        join, before, after = self.delimiter.join, self.before, self.after
        if not (before or after):
            return join
        return lambda pieces: f"{before}{join(pieces)}{after}"

    def value(self, text: str) -> str:
        """A text of a field in the wrap."""
        if (text.isalnum() and text.isascii()) or _is_ordinary(text):
            return f"{self.before}{text}{self.after}"
        return self.dressed(parsed(text))

    def dressed(self, piece: Piece) -> str:
        """What a field holds in the wrap; some scripts have no italics."""
        if type(piece) is not str:
            return f"{self.before}{self.flatten(piece)}{self.after}"
        if not piece.isascii() and upright(self.wrap, piece) is not self.wrap:
            raise NotFlatError
        return f"{self.before}{plain(piece)}{self.after}"
