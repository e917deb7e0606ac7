"""Collation: what texts sort by, as the readers of a language expect it.

Letters, digits and spaces count; case, accents and punctuation don't ("Sorting is
case-insensitive", CSL 1.0.2, "Sorting"), and numbers compare by value. Texts in Latin
letters get plain keys, which are fast and need no large table. As soon as one text of a
sort has other letters, all texts of this sort get keys of the Unicode Collation Algorithm
(package pyuca), in which Latin letters have the same order. Where a language has its own
order (:mod:`citekit.style.alphabets`) both obey it. PyICU knows more of them, but is
used only by those who ask for it: what is installed must not change what is printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, Literal

from citekit.errors import LocaleError
from citekit.patterns import pattern
from citekit.style.alphabets import LETTERS, alphabet_of, own_script

Collation = Literal["built-in", "icu"]
"""What decides the order of letters: citekit itself or PyICU."""
Keys = Callable[[Sequence[str]], Sequence[Any]]
"""The sort keys of all texts of a sort, which compare with each other only."""

_NUMBER = pattern(r"\d+")
_DIGIT = pattern(r"\d")
"""Much faster to search for."""
_IGNORED = pattern(r"[^\w\s\x01\x02\ue000-\uf8ff]|_")
_IGNORED_ASCII = bytes(
    code
    for code in range(0x80)
    if code not in (1, 2) and not (chr(code).isalnum() or chr(code).isspace())
)
_SEPARATOR = pattern(r"([\x01\x02])")
_PLAIN = pattern(r"[\x00-\x7f\ue000-\uf8ff]*")
"""ASCII, and the private letters of :func:`alphabet_of`."""

_STROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe"})
"""Letters without a decomposition that the Unicode Collation Algorithm sorts like others."""


@cache
def collation(kind: Collation, lang: str) -> Keys:
    """The collation of a language: a function from texts to sort keys.

    The separators in sort keys of names come before everything else.

    Raises :class:`~citekit.errors.LocaleError` for ``"icu"`` when PyICU isn't
    installed, and for an unknown ``kind``.
    """
    if kind == "icu":
        return _icu(lang)
    if kind != "built-in":
        raise LocaleError(
            f"there is no collation {kind!r}", hint='it is "built-in" (the default) or "icu"'
        )
    return _BuiltIn(lang).keys


def _by_value(match: re.Match[str]) -> str:
    """Digits so that they sort by value: how many they are comes before them."""
    digits = match[0].lstrip("0")
    return f"{min(len(digits), 99):02}{digits}"


# ---------------------------------------------------------------- built-in


class _BuiltIn:
    """The collation that needs nothing but citekit's dependencies."""

    def __init__(self, lang: str) -> None:
        alphabet = alphabet_of(lang)
        self._fold = _Fold(alphabet)
        # Letters like the Czech ch aren't single characters, those of ASCII aren't folded.
        special = [
            letter
            for letter, place in alphabet.items()
            if place != letter and (len(letter) > 1 or letter.isascii())
        ]
        longest_first = sorted(special, key=len, reverse=True)
        self._special = re.compile("|".join(longest_first)) if special else None
        self._alphabet = alphabet
        self._dotless = "ı" in alphabet
        self._script = own_script(lang)

    def keys(self, texts: Sequence[str]) -> Sequence[Any]:
        """Plain keys if they will do for all texts, else those of the Unicode algorithm."""
        plain = [self._plain(text) for text in texts]
        if all(key.isascii() or _PLAIN.fullmatch(key) for key in plain):
            return plain
        span = [_weights(letter)[0] for letter in self._script]
        return [_weights(key, span) for key in plain]

    def _plain(self, text: str) -> str:
        """Letters, digits and spaces; of Latin letters without case and accents."""
        if self._dotless:
            text = unicodedata.normalize("NFC", text).replace("I", "ı")
        folded = text.casefold()
        if _DIGIT.search(folded):
            folded = _NUMBER.sub(_by_value, folded)
        is_ascii = folded.isascii()
        if not is_ascii:
            folded = unicodedata.normalize("NFC", folded)
        if self._special is not None:
            folded = self._special.sub(lambda match: self._alphabet[match[0]], folded)
        if is_ascii and folded.isascii():  # without private letters of the alphabet
            return folded.encode("ascii").translate(None, _IGNORED_ASCII).decode("ascii").strip()
        return (_IGNORED.sub("", folded) if is_ascii else folded.translate(self._fold)).strip()


class _Fold(dict[int, str]):
    """What each character counts as; worked out when it is first met."""

    def __init__(self, alphabet: Mapping[str, str]) -> None:
        super().__init__()
        self._alphabet = alphabet

    def __missing__(self, code: int) -> str:
        found = self[code] = self._folded(chr(code))
        return found

    def _folded(self, letter: str) -> str:
        parts = unicodedata.normalize("NFD", letter)
        base, marks = parts[0], parts[1:]
        # Of several marks one may make a letter of the alphabet, as in Vietnamese ậ.
        marked = [unicodedata.normalize("NFC", base + mark) for mark in marks]
        for variant in (letter, *marked, base):
            if variant in self._alphabet:
                return self._alphabet[variant]
        if letter <= "\x7f":
            return _IGNORED.sub("", letter)
        if "\u0300" <= letter <= "\u036f" or unicodedata.category(letter)[0] in "PSC":
            return letter if _PLAIN.fullmatch(letter) else ""
        if letter.isdecimal():
            return str(unicodedata.decimal(letter))
        similar = unicodedata.normalize("NFKD", letter).casefold()
        plain = "".join(part for part in similar if unicodedata.category(part)[0] in "LNZ")
        plain = "".join(LETTERS.get(part, part) for part in plain.translate(_STROKED))
        return plain if plain and _PLAIN.fullmatch(plain) else letter


_LAST_DIGIT = 0x1C46
"""The weight of 9, after which come the letters (Default Unicode Collation Element Table)."""
_BEHIND = 0x10000
"""Beyond all weights."""


@cache
def _unicode_key() -> Callable[[str], tuple[int, ...]]:
    """The keys of the default table; loading it takes a third of a second."""
    from pyuca.collator import Collator_9_0_0  # noqa: PLC0415

    key: Callable[[str], tuple[int, ...]] = Collator_9_0_0().sort_key
    return key


def _weights(text: str, span: Sequence[int] = ()) -> list[int]:
    """The weights of a text that tell letters apart; those of case and accents are dropped.

    Letters in the span of weights come before all others.
    """
    if text.isascii():
        weights = list(chain.from_iterable(map(_ASCII.__getitem__, text)))
    else:
        weights = [w for part in _SEPARATOR.split(text) for w in _part_weights(part)]
    if not span:
        return weights
    first, last = span
    return [w if w <= _LAST_DIGIT or first <= w <= last else w + _BEHIND for w in weights]


def _part_weights(part: str) -> Sequence[int]:
    if _SEPARATOR.match(part):
        return (ord(part),)  # lower than the weight of any letter, or space
    levels = _unicode_key()(part)
    return levels[: levels.index(0)]


class _AsciiWeights(dict[str, Sequence[int]]):
    """The weights of the characters of ASCII, none of which makes a letter with another one."""

    def __missing__(self, character: str) -> Sequence[int]:
        found = self[character] = _part_weights(character)
        return found


_ASCII = _AsciiWeights()


# ---------------------------------------------------------------- PyICU


def _icu(lang: str) -> Keys:
    try:
        import icu  # noqa: PLC0415
    except ImportError as error:
        raise LocaleError(
            'collation "icu" needs the package PyICU, which is not installed',
            hint="pip install 'citekit-csl[icu]', or leave the collation out: "
            "the built-in one needs nothing more",
        ) from error
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag(lang))
    collator.setStrength(icu.Collator.PRIMARY)
    counted = _Counted()

    def key(text: str) -> bytes:
        counting = _NUMBER.sub(_by_value, text).translate(counted).strip()
        parts = _SEPARATOR.split(counting)
        # Keys end with a zero byte; no other byte in them is as low as a separator.
        return b"".join(
            part.encode() if _SEPARATOR.match(part) else collator.getSortKey(part).rstrip(b"\0")
            for part in parts
        )

    return lambda texts: [key(text) for text in texts]


class _Counted(dict[int, str]):
    """Characters as they are but for punctuation and symbols."""

    def __missing__(self, code: int) -> str:
        found = self[code] = "" if unicodedata.category(chr(code))[0] in "PS" else chr(code)
        return found
