"""Text of a field → pieces: the markup that CSL-JSON allows, quotation marks, apostrophes.

Fields may hold ``<i>``, ``<b>``, ``<sup>``, ``<sub>``, ``<sc>``, ``<span
style="font-variant: small-caps;">`` and ``<span class="nocase">``; everything
else that looks like markup is text. Quotation marks, straight or typographic,
become quotes of the tree, so that the locale decides how they look and nested
ones alternate; of two kinds of straight ones in a text, the second is the inner
one. Straight apostrophes become typographic. The space that French puts before
a colon, semicolon, exclamation or question mark and inside guillemets is narrow.

CSL leaves this to the data format: see csl-data.json's "Rich text" practice.
"""

from __future__ import annotations

import re
from functools import lru_cache

from citekit.patterns import pattern
from citekit.render.tree import NOCASE, PLAIN, QUOTE, SECONDARY_QUOTE, Node, Piece, Wrap
from citekit.style.settings import Formatting

_ITALIC = Wrap(kind="markup", formatting=Formatting(font_style="italic"), markup=True)
_BOLD = Wrap(kind="markup", formatting=Formatting(font_weight="bold"), markup=True)
_SUP = Wrap(kind="markup", formatting=Formatting(vertical_align="sup"), markup=True)
_SUB = Wrap(kind="markup", formatting=Formatting(vertical_align="sub"), markup=True)
_CAPS = Wrap(kind="markup", formatting=Formatting(font_variant="small-caps"), markup=True)
_NODECOR = Wrap(
    kind="markup",
    formatting=Formatting(
        font_style="normal",
        font_variant="normal",
        font_weight="normal",
        text_decoration="none",
        vertical_align="baseline",
    ),
)
_TAGS = {"i": _ITALIC, "b": _BOLD, "sup": _SUP, "sub": _SUB, "sc": _CAPS}

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

_SPECIAL = pattern(r"""[<"'“”‘’„‚«»]|[ \N{NO-BREAK SPACE}](?=[:;!?»])""")
_PERHAPS_SPECIAL = pattern("[<\"'“”‘’„‚:;!?»«]")
"""Much faster to search for."""
_TOKEN = pattern(
    r"""(?P<open><(?P<tag>i|b|sup|sub|sc)>)
    |(?P<smallcaps><span\s+style="font-variant:\s*small-caps;?">)
    |(?P<nocase><span\s+class="nocase">)
    |(?P<nodecor><span\s+class="nodecor">)
    |(?P<close></(?P<closed>i|b|sup|sub|sc|span)>)
    |(?P<quote>["'“”‘’„‚«»])
    |(?P<space>(?<=«)[ \N{NO-BREAK SPACE}]|[ \N{NO-BREAK SPACE}](?=[:;!?»]))""",
    re.VERBOSE,
)
_CLOSERS = {'"': '"', "'": "'", "“": "”", "‘": "’", "„": "“”", "‚": "‘’", "«": "»"}
_ENDS_SINGLE = {_CLOSERS[mark]: pattern(rf"\S[{_CLOSERS[mark]}](?!\w)") for mark in "'‘"}
_QUOTES = {
    (opener, closer): Wrap(kind="quote", quotes=True, marks=opener + closer)
    for opener, closers in _CLOSERS.items()
    for closer in closers
    if opener not in "\"'"
}
_DEEPEST = 50
"""Elements and quotations in one another."""
_NARROW = "\N{NARROW NO-BREAK SPACE}"


def rich(text: str) -> Piece:
    """The pieces of a field's text; the text itself when there is nothing special in it."""
    if text.isalnum():
        return text
    if text.isascii():
        if not (
            "'" in text
            or '"' in text
            or "<" in text
            or " :" in text
            or " ?" in text
            or " ;" in text
            or " !" in text
        ):
            return text
    elif not _PERHAPS_SPECIAL.search(text):
        return text
    return _parsed(text)


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Piece:
    return _Parser(text).parse() if _SPECIAL.search(text) else text


class _Frame:
    """An element or quotation that is still open while a text is read."""

    __slots__ = ("children", "closer", "opener", "wrap")

    def __init__(self, wrap: Wrap, opener: str, closer: str) -> None:
        self.wrap = wrap
        self.opener = opener
        self.closer = closer
        self.children: list[Piece] = []

    def add(self, piece: Piece) -> None:
        """Append, joining text to text."""
        if self.children and isinstance(piece, str) and isinstance(self.children[-1], str):
            self.children[-1] += piece
        elif piece != "":
            self.children.append(piece)


class _Parser:
    """One pass over the tokens of a text with a stack of what is open.

    What turns out never to be closed is put back as the text that it was.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack = [_Frame(PLAIN, "", "")]
        self.primary = ""

    def parse(self) -> Piece:
        text, done = self.text, 0
        for match in _TOKEN.finditer(text):
            self.stack[-1].add(text[done : match.start()])
            done = match.end()
            if tag := match["tag"]:
                self.open(_TAGS[tag], match[0], tag)
            elif match["smallcaps"]:
                self.open(_CAPS, match[0], "span")
            elif match["nocase"]:
                self.open(NOCASE, match[0], "span")
            elif match["nodecor"]:
                self.open(_NODECOR, match[0], "span")
            elif match["space"]:
                self.stack[-1].add(_NARROW)
            elif closed := match["closed"]:
                self.close(closed, match[0])
            else:
                self.quote(match)
        self.stack[-1].add(text[done:])
        while len(self.stack) > 1:
            self.give_up()
        children = self.stack[0].children
        return children[0] if len(children) == 1 else Node(PLAIN, children)

    def open(self, wrap: Wrap, opener: str, closer: str) -> None:
        """An opening tag or mark; a text where nobody means to nest any more."""
        if len(self.stack) > _DEEPEST:
            self.stack[-1].add(opener)
        else:
            self.stack.append(_Frame(wrap, opener, closer))

    def close(self, name: str, text: str) -> None:
        """A closing tag: close the innermost element of that name, or keep it as text."""
        if not any(frame.closer == name for frame in self.stack[1:]):
            self.stack[-1].add(text)
            return
        while self.stack[-1].closer != name:
            self.give_up()
        self.finish()

    def finish(self) -> None:
        frame = self.stack.pop()
        self.stack[-1].add(Node(frame.wrap, frame.children))

    def give_up(self) -> None:
        """The innermost frame is never closed: what opened it is text after all."""
        frame = self.stack.pop()
        if frame.opener == self.primary:
            self.primary = ""
        opener = APOSTROPHE if frame.opener in ("'", "‘") else frame.opener
        self.stack[-1].add(opener)
        for child in frame.children:
            self.stack[-1].add(child)

    def quote(self, match: re.Match[str]) -> None:
        """A quotation mark: an apostrophe, an opening or a closing one, or just text."""
        mark, text = match[0], self.text
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < len(text) else " "
        if mark in "'’" and before.isalnum() and after.isalnum():
            self.stack[-1].add(APOSTROPHE)
        elif self.can_close(mark, before, after):
            while mark not in self.stack[-1].closer or self.stack[-1].wrap is not QUOTE:
                self.give_up()
            frame = self.stack[-1]
            if mark not in "\"'":
                frame.wrap = _QUOTES[frame.opener, mark]
            elif mark != self.primary:
                frame.wrap = SECONDARY_QUOTE
            self.finish()
        elif mark in _CLOSERS and self.can_open(mark, match.end(), before, after):
            self.open(QUOTE, mark, _CLOSERS[mark])
            if mark in "\"'":
                self.primary = self.primary or mark
        else:
            self.stack[-1].add(APOSTROPHE if mark in "'’" else mark)

    def can_close(self, mark: str, before: str, after: str) -> bool:
        """Whether an open quotation of that kind is ended by this mark here."""
        for frame in reversed(self.stack[1:]):
            if frame.wrap is not QUOTE:
                return False
            if mark in frame.closer:
                straight = mark in "\"'"
                return not straight or not (before.isspace() or after.isalnum())
        return False

    def can_open(self, mark: str, end: int, before: str, after: str) -> bool:
        """Whether the mark stands where a quotation begins and is closed further on."""
        if before.isalnum() or after.isspace():
            return False
        closers = _CLOSERS[mark]
        if mark not in "'‘":
            return any(self.text.find(closer, end) >= 0 for closer in closers)
        return _ENDS_SINGLE[closers].search(self.text, end) is not None
