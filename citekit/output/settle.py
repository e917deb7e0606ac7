"""Output tree → settled events: punctuation, quotation marks and nested formatting, once for all.

Every output format reads the events that this module makes: texts, and nodes
that open and close. What CSL leaves to processors, and all styles rely on, is
settled here:

* Where affixes, delimiters and texts meet, doubled punctuation becomes one
  (:mod:`.punctuation`), and of two spaces around a boundary of affixes one remains.
  Not so after text that is formatted by itself, see :meth:`_Settler.node`.
* A comma or full stop of an affix or delimiter that follows a closing quotation
  mark moves inside it if the locale says so (``punctuation-in-quote``).
* Quotation marks alternate between outer and inner ones (:mod:`.quotes`).
* Italics (and bold …) of a field's markup inside italics become upright (:mod:`.nesting`).
* In note styles, parentheses around a group that stands inside another such group
  become brackets.
* In notes, the first term of a citation starts with a capital, and so does one
  that follows a whole sentence in the cite's prefix.

Source: CSL 1.0.2, "Quotes", "Locale Options", "Affixes" and the note under "Citation".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from attrs import evolve

from citekit.output.nesting import markup_at_end, nested, outermost
from citekit.output.punctuation import (
    ALIKE,
    KEEP_LEFT,
    MEETING,
    NOT_AFTER_SHOUTS,
    PUNCTUATION,
    SHOUTS,
)
from citekit.output.quotes import Typography
from citekit.patterns import pattern
from citekit.render.capitals import capitalize_first
from citekit.render.groups import SUBSTITUTE
from citekit.render.tree import Close, Node, Open, Piece, Wrap, text_of
from citekit.style.settings import Formatting

__all__ = ["Close", "Event", "Open", "settle"]

Event = str | Open | Close

_NONE: frozenset[str] = frozenset()

_PREFIX, _PREFIX_OF_FORMATTED, _DELIMITER, _SUFFIX, _ENCLOSING_SUFFIX = range(5)
"""Where an affix stands; one of its own, between pieces, is like a suffix. An enclosing
suffix is that of a node around what stands before it, not of a quotation."""


def settle(
    piece: Piece, typography: Typography, *, capitalize: bool = False, note_style: bool = False
) -> list[Event]:
    """The events of a tree.

    ``capitalize`` asks for a capital on the first term. In a note style
    (``note_style``) parentheses inside parentheses become brackets.
    """
    settler = _Settler(typography, capitalize, note_style)
    settler.piece(piece)
    return settler.finish()


_SENTENCE = pattern(r"\S+\s.*[.!?][\"'”’»]*\s*$")


class _Settler:
    __slots__ = (
        "after_affix",
        "block_end",
        "brackets",
        "capitalize",
        "closed",
        "current",
        "delimited",
        "ended",
        "events",
        "inside",
        "last",
        "numeric",
        "parentheses",
        "quoted",
        "start",
        "suffixed",
        "typography",
        "waiting",
    )

    def __init__(self, typography: Typography, capitalize: bool, note_style: bool) -> None:
        self.brackets = note_style
        self.parentheses = 0
        self.typography = typography
        self.capitalize = capitalize
        self.waiting = capitalize
        """No term has been printed yet that could take the capital."""
        self.start = 0
        """Index of the event with which the sentence starts."""
        self.events: list[Any] = []
        self.last = -1
        """Index of the last text that isn't a closing quotation mark."""
        self.closed: list[tuple[int, bool]] = []
        """Of the quotations closed after it: where punctuation goes that moves inside, and
        whether the style has set it between quotation marks and not the author."""
        self.quoted = False
        """What ended last on this level is a quotation and not a node around one."""
        self.after_affix = False
        self.ended = ""
        """What ended last on this level: "" for nothing, "plain", "formatted", or "text",
        which is a formatted text with nothing in it but a string."""
        self.suffixed = False
        """What ended last had a suffix of its own."""
        self.delimited = False
        """A delimiter was printed last."""
        self.numeric = False
        """The last text is that of a number variable."""
        self.inside = ""
        """The opening mark of the innermost quotation."""
        self.block_end = -1
        """Index of the end of a block that was closed last, if nothing came after it."""
        self.current: dict[str, str] = {}

    def piece(self, piece: Piece) -> None:
        self.children([piece], "")

    def plain_node(self, node: Node) -> None:
        """What :meth:`node` does, for the many nodes that are nothing but kind and affixes."""
        wrap = node.wrap
        prefix, suffix, kind = wrap.prefix, wrap.suffix, wrap.kind
        enclosed = False
        if prefix:
            if self.brackets and not kind and prefix[-1] == "(" and suffix[:1] == ")":
                enclosed = True
                prefix, suffix = self.enclose(prefix, suffix)
            self.affix(prefix, _PREFIX)
            self.suffixed = self.delimited = False
            self.ended = ""
        elif self.ended == "plain":
            self.ended = ""
        children = node.children
        if kind:
            opening = wrap.opening
            self.events.append(opening)
            if len(children) == 1 and type(children[0]) is not Node:
                self.text(children[0])
            else:
                self.children(children, wrap.delimiter)
            self.events.append(opening.close)
            self.numeric = wrap.is_number
            if kind == "names":
                self.waiting = False
        else:
            self.children(children, wrap.delimiter)
        if enclosed:
            self.parentheses -= 1
        if wrap is not SUBSTITUTE:
            self.ended = "plain"
        self.quoted = False
        if suffix:
            self.affix(suffix, _ENCLOSING_SUFFIX)
            self.delimited = False
            self.suffixed = True
        else:
            self.suffixed = False

    def node(self, node: Node) -> None:
        """A node with its affixes.

        Its punctuation meets that of its neighbours as the reference has it: a prefix
        after a formatted node, or of one, doubles marks, and a suffix or delimiter
        after a formatted text leaves its exclamation or question mark alone. Where affixes
        meet, only equal marks merge after a number, after a delimiter, and of a suffix
        and the delimiter after it.
        """
        wrap = node.wrap
        prefix, suffix = wrap.prefix, wrap.suffix
        if not node.children:
            self.bare_affix(wrap)
            return
        if wrap.display and (prefix or suffix):  # both are inside the block
            outside, inside = _block_wraps(wrap)
            self.inner(Node(outside, [Node(inside, node.children)]))
            return
        enclosed = self.brackets and not wrap.kind and prefix[-1:] == "(" and suffix[:1] == ")"
        if enclosed:
            prefix, suffix = self.enclose(prefix, suffix)
        formatted = wrap.formatting is not None and not wrap.markup
        if prefix:
            self.affix(prefix, _PREFIX_OF_FORMATTED if formatted else _PREFIX)
            self.ended, self.suffixed, self.delimited = "", False, False
        if wrap.quotes:
            self.quotation(node)
        else:
            self.inner(node)
        if enclosed:
            self.parentheses -= 1
        if wrap is not SUBSTITUTE:
            self.ended = _ending(node) if formatted else "plain"
        self.quoted = wrap.quotes
        if suffix:
            self.affix(suffix, _SUFFIX if wrap.quotes else _ENCLOSING_SUFFIX)
            self.delimited = False
        self.suffixed = bool(suffix)

    def bare_affix(self, wrap: Wrap) -> None:
        """An affix of its own, between other pieces."""
        if not wrap.prefix:
            return
        self.affix(wrap.prefix, _SUFFIX)
        self.ended, self.suffixed = "", False
        if wrap.kind == "between-cites":
            self.after_affix = False

    def enclose(self, prefix: str, suffix: str) -> tuple[str, str]:
        """The affixes of a parenthesis that begins: brackets in another one."""
        if self.parentheses % 2:
            prefix, suffix = f"{prefix[:-1]}[", f"]{suffix[1:]}"
        self.parentheses += 1
        return prefix, suffix

    def pairs(self, place: int) -> frozenset[str]:
        """The pairs that merge where an affix follows what ended last."""
        if place == _DELIMITER and self.after_affix and self.suffixed:
            return ALIKE
        if place not in (_PREFIX, _PREFIX_OF_FORMATTED):
            if self.after_affix and self.numeric:
                return ALIKE
            return NOT_AFTER_SHOUTS if self.ended == "text" else MEETING
        if self.ended in ("formatted", "text"):
            return _NONE
        if self.after_affix:
            merges = self.suffixed or not (self.numeric or self.delimited)
            return MEETING if merges else ALIKE
        return _NONE if self.ended and place == _PREFIX_OF_FORMATTED else MEETING

    def quotation(self, node: Node) -> None:
        """A node between quotation marks; foreign ones are text like any other."""
        outside = self.inside
        wrap = node.wrap
        marks = self.typography.marks_for(wrap.marks, outside)
        opening, closing = marks or (wrap.marks[0], wrap.marks[1])
        # Where quotation marks are straight, there are no others that they could be told from.
        foreign = marks is None and self.typography.open_quote != '"'
        self.text(opening)
        self.inside = opening
        self.inner(node)
        if foreign:
            self.text(closing)
        else:
            formatted = wrap.formatting is not None and not wrap.markup
            self.closed.append((len(self.events) - formatted, wrap.kind != "quote"))
            self.events.append(closing)
            self.after_affix = False
        self.inside = outside

    def inner(self, node: Node) -> None:
        """A node without its affixes and quotation marks."""
        wrap = node.wrap
        before = self.current
        if self.ended == "plain":
            self.ended = ""
        tagged = wrap.formatting is not None or wrap.kind != "" or wrap.display is not None
        if tagged:
            opening = wrap.opening
            if wrap.formatting is not None:
                opening, self.current = self.formatted(node, wrap.formatting)
                if not wrap.markup:
                    self.after_affix = False  # the spaces in a formatted element are its own
            self.events.append(opening)
        self.content(node)
        if wrap.display:
            self.block_end = len(self.events)
        if tagged:
            self.events.append(opening.close)
        self.current = before
        if wrap.kind == "cite-prefix":
            self.after_prefix(text_of(node))

    def content(self, node: Node) -> None:
        """What is in a node; names and values begin a sentence, be they only dashes."""
        wrap = node.wrap
        if wrap.kind == "term" and self.waiting:
            self.first_term(node)
        elif wrap.kind == "value" and isinstance(node.children[0], str):
            self.text(node.children[0], _NONE)  # what a style says is no affix
            self.children(node.children[1:], "")
        elif wrap.variable == "citation-number":
            begins = self.waiting and self.nothing_said()
            self.children(node.children, "")
            self.start = len(self.events) if begins else self.start
        else:
            self.children(node.children, wrap.delimiter)
        if wrap.kind in ("names", "value"):
            self.waiting = False
        if wrap.kind:
            self.numeric = wrap.is_number

    def children(self, children: Sequence[Piece], delimiter: str) -> None:
        first = True
        for child in children:
            if delimiter and not first:
                self.affix(delimiter, _DELIMITER)
                self.ended, self.suffixed, self.delimited = "", False, True
            first = False
            if type(child) is not Node:
                self.text(child)
                self.ended = "plain"
            elif not child.children:
                self.bare_affix(child.wrap)
            elif child.wrap.is_plain:
                self.plain_node(child)
            else:
                self.node(child)

    def first_term(self, node: Node) -> None:
        """A term where a capital may be due: if nothing but punctuation stands before it."""
        self.waiting = self.nothing_said()
        first = node.children[0]
        if self.waiting and isinstance(first, str):
            self.waiting = False
            self.text(capitalize_first(first))
            self.children(node.children[1:], "")
        else:
            self.children(node.children, "")

    def nothing_said(self) -> bool:
        """Whether only punctuation has been printed since the sentence started."""
        texts = (event for event in self.events[self.start :] if isinstance(event, str))
        return not any(letter.isalnum() for text in texts for letter in text)

    def after_prefix(self, prefix: str) -> None:
        """What follows a whole sentence in a cite's prefix starts a sentence again."""
        if self.capitalize and _SENTENCE.match(prefix):
            self.waiting = True
            self.start = len(self.events)

    def formatted(self, node: Node, formatting: Formatting) -> tuple[Open, dict[str, str]]:
        """Where a formatted node begins, and the formatting that is in force in it."""
        wrap = node.wrap
        ends_in = markup_at_end(node) if wrap.kind == "text" else None
        if self.current or ends_in is not None:
            return nested(wrap, formatting, self.current, ends_in)
        return outermost(wrap, formatting)

    # ------------------------------------------------------------ text and punctuation

    def affix(self, text: str, place: int) -> None:
        """Text of an affix or delimiter; of a pair of marks, only one may survive."""
        if self.closed or self.block_end >= 0:
            text = self.after_end(text, place == _ENCLOSING_SUFFIX)
            if not text:
                return
        if text[0] == " " and (self.after_affix or self.last < 0) and self.after_space():
            text = text[1:]
            if not text:
                return
        if text[0] in PUNCTUATION and self.last >= 0 and self.events[self.last][-1:] in PUNCTUATION:
            text = self.merged(text, self.pairs(place))
            if not text:
                return
        self.last = len(self.events)
        self.events.append(text)
        self.after_affix = True
        self.block_end = -1
        if self.closed:
            self.closed = []

    def after_end(self, text: str, encloses: bool) -> str:
        """What remains of an affix where a quotation or block has ended."""
        if self.closed and self.meets_quotation(text[0], encloses):
            text = text[1:]
        if text and self.block_end >= 0 and text[0] in PUNCTUATION:
            text = self.into_block(text)
        return text

    def meets_quotation(self, mark: str, encloses: bool) -> bool:
        """Whether a mark after a closing quotation mark has gone into it or for good."""
        if not self.typography.punctuation_in_quote:
            nested = encloses or not self.quoted or len(self.closed) > 1
            return nested and str(self.events[self.last])[-1:] + mark in SHOUTS
        inside = mark in ".," or (mark in ":;" and encloses)
        places = [place for place, by_style in self.closed if by_style or mark in ".,"]
        if not inside or not places:
            return False
        self.into_quote(mark, places[0])
        return True

    def after_space(self) -> bool:
        """Whether a space of an affix would be doubled, or start the entry inside a block.

        The latter is put before the block.
        """
        if self.last >= 0:
            return str(self.events[self.last])[-1:].isspace()
        for place, event in enumerate(self.events):
            if isinstance(event, Open) and event.wrap.display:
                self.events.insert(place, " ")
                return True
        return False

    def finish(self) -> list[Event]:
        """The events; a space at the end of the last block is put after it."""
        last = self.events[self.last] if self.block_end >= 0 else ""
        if isinstance(last, str) and last.endswith(" "):
            self.events[self.last] = last.rstrip(" ")
            self.events.insert(self.block_end + 1, " ")
        return self.events

    def into_block(self, text: str) -> str:
        """Put punctuation that follows a block at the end of it; return the rest."""
        end = self.block_end
        before = next((e for e in reversed(self.events[:end]) if isinstance(e, str)), "")
        after_number = self.after_affix and self.numeric
        if before[-1:] + text[0] not in (ALIKE if after_number else KEEP_LEFT):
            self.events.insert(end, text[0])
            self.last = end
            self.block_end = end + 1
        return text[1:]

    def into_quote(self, mark: str, place: int) -> None:
        """Put punctuation before a closing quotation mark."""
        before: str = self.events[self.last]
        if before[-1:] + mark in KEEP_LEFT:
            return
        self.events.insert(place, mark)
        self.last = place
        self.closed = [(index + (index >= place), by_style) for index, by_style in self.closed]

    def text(self, text: str, pairs: frozenset[str] = MEETING) -> None:
        """Text as it is, its first mark merged with the one before it."""
        if not text:
            return
        if text[0] in PUNCTUATION and self.last >= 0 and self.events[self.last][-1:] in PUNCTUATION:
            text = self.merged(text, pairs)
            if not text:
                return
        self.last = len(self.events)
        self.events.append(text)
        self.after_affix = False
        self.block_end = -1
        if self.closed:
            self.closed = []

    def merged(self, text: str, pairs: frozenset[str]) -> str:
        """The text without its first mark, if the one before it is to survive."""
        before: str = self.events[self.last]
        pair = before[-1:] + text[0]
        if pair in pairs and (not self.closed or pair == ".."):
            if pair in KEEP_LEFT:
                return text[1:]
            self.events[self.last] = before[:-1]
        return text


@lru_cache(maxsize=256)
def _block_wraps(wrap: Wrap) -> tuple[Wrap, Wrap]:
    """The block around a node, and the node's own wrap, which is in the block."""
    return Wrap(display=wrap.display), evolve(wrap, display=None)


def _ending(node: Node) -> str:
    """What :attr:`_Settler.ended` is after a formatted node.

    As quotation marks do, an apostrophe makes more than one piece of a text in the reference.
    """
    one_text = all(isinstance(child, str) and "’" not in child for child in node.children)
    return "text" if one_text and node.wrap.kind in ("text", "value") else "formatted"
