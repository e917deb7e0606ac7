"""Title case: capitals on all words of an English title but the small ones.

Source: CSL 1.0.2, "Title Case Conversion", with its list of stop words. Only
words in lower case change. Stop words stay as they are, unless they open or
close the title, follow a colon, question or exclamation mark, or are a prefix
before a hyphen ("pro-environmental"). So do single letters ("x-ray", "v.") and
elided words ("d'Arc"), as styles expect. Parts of a word joined by hyphens,
dashes, slashes or full stops are words of their own.
"""

from __future__ import annotations

from functools import lru_cache

from citekit.patterns import pattern
from citekit.render.capitals import capitalize_first, keeps_case
from citekit.render.tree import Node, Piece

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

_WORD = pattern(r"[^\s\-.\N{EN DASH}\N{EM DASH}/]+")
_ELISION = pattern(r"\w[’']\w")
_PUNCTUATION = "\"'“”‘’«»()[]{},;:!?…"
_OPENING = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\"'“”‘’«»(["


_BEFORE_BEGINNINGS = frozenset(":?!")
_BEGINNINGS = frozenset(phrase.partition("-")[0] for phrase in STOP_PHRASES)


def title_case(piece: Piece) -> Piece:
    """The piece in title case; markup may cut through its words."""
    if isinstance(piece, str):
        return title_case_of_text(piece)
    return title_case_of_pieces(piece)


def title_case_of_pieces(piece: Piece) -> Piece:
    """What :func:`title_case` gives, word by word."""
    return _Titling(_plain(piece)).apply(piece)


def title_case_of_text(text: str) -> str:
    """A text without markup: most words, between spaces, look the same wherever they stand."""
    words = text.split(" ")
    titled = list(map(_titled, words))
    titled[-1] = _titled(words[-1], ends=True)
    titled[0] = _titled(words[0], begins=True, ends=len(words) == 1)
    if ": " in text or "? " in text or "! " in text:
        for place, word in enumerate(words[:-1], start=1):
            if word[-1:] in _BEFORE_BEGINNINGS:
                titled[place] = _titled(words[place], begins=True, ends=place == len(words) - 1)
    return " ".join(titled) if all(titled) else _Titling(text).titled(text)


@lru_cache(maxsize=4096)
def _titled(word: str, begins: bool = False, ends: bool = False) -> str:
    """What stands between spaces, among others, in title case; "" if it depends on these, or
    they on it.
    """
    if word.isalpha():  # nearly always, and then the rules are few
        if word in _BEGINNINGS and not ends:
            return ""
        small = not (begins or ends) and (len(word) == 1 or word in STOP_WORDS)
        return word if small or not word.islower() else capitalize_first(word)
    parts = _WORD.findall(word)
    if not parts or (not ends and parts[-1].strip(_PUNCTUATION) in _BEGINNINGS):
        return ""
    if word[-1] in _OPENING and word.rstrip(_OPENING)[-1:] in {"", *_BEFORE_BEGINNINGS}:
        return ""
    before, behind = "" if begins else "x ", "" if ends else " x"
    titling = _Titling(before + word + behind)
    titling.at = len(before)
    return titling.titled(word)


def _plain(piece: Piece) -> str:
    """The text of a piece without affixes, protected stretches included."""
    if isinstance(piece, str):
        return piece
    return "".join(_plain(child) for child in piece.children)


class _Titling:
    """Goes over the leaves of a piece, aware of where in the whole text each word is."""

    def __init__(self, whole: str) -> None:
        self.whole = whole
        self.at = 0
        words = list(_WORD.finditer(whole))
        self.last = words[-1].start() if words else -1

    def apply(self, piece: Piece) -> Piece:
        if isinstance(piece, str):
            return self.titled(piece)
        if keeps_case(piece):
            self.at += len(_plain(piece))
            return piece
        return Node(piece.wrap, [self.apply(child) for child in piece.children])

    def titled(self, text: str) -> str:
        """The text that comes next."""
        start = self.at
        self.at += len(text)
        return _WORD.sub(lambda match: self.word(match[0], start + match.start()), text)

    def word(self, word: str, position: int) -> str:
        """One word of the whole text, with a capital if it is due one."""
        bare = word.strip(_PUNCTUATION)
        if not bare.islower():
            return word
        before = self.whole[:position].rstrip(_OPENING)
        after = self.whole[position + len(word) :]
        prominent = not before or before[-1] in ":?!" or position == self.last
        if len(bare) == 1:
            joined = after[:1] == "." or self.whole[position - 1 : position] in ("-", "/")
            return capitalize_first(word) if prominent and not joined else word
        if not prominent and (_ELISION.match(bare) or self.is_stop(bare, position, after)):
            return word
        return capitalize_first(word)

    def is_stop(self, bare: str, position: int, after: str) -> bool:
        """Whether a word, or the phrase that it begins, is on the list of stop words."""
        if bare in STOP_WORDS:
            return after[:1] != "-" or self.whole[position - 1 : position] == "-"
        following = _WORD.match(after, 1)
        return following is not None and f"{bare}-{following[0]}" in STOP_PHRASES
