"""Initials of given names, and what is abbreviated already.

Source: CSL 1.0.2, "Name" (``initialize``, ``initialize-with``), "Hyphenation of Initialized
Names".
"""

from __future__ import annotations

import re
from functools import lru_cache

from citekit.patterns import pattern

_MODIFIER = pattern("[\u02b0-\u02ff]")
_CHUNK = pattern(r"(<\w[^>]*>)?([^\s.\-‐<]+\.?)(</\w+>)?|([\-‐])")


@lru_cache(maxsize=4096)
def initials(given: str, initialize_with: str, hyphen: bool) -> str:
    """Initials of the words of a given name, each followed by ``initialize_with``.

    Words in lower case are no names ("Jean de", "Sa'id ibn") and stay as they are,
    and so do abbreviations ("Ph."); after a hyphen they are left out ("Guo-ping").
    """
    words = given.split(" ")
    if all(map(_is_regular, words)):
        result = initialize_with.join([word[0] for word in words]) + initialize_with
        return re.sub(" +", " ", result).strip() if "  " in result else result.strip()
    return initials_of_chunks(given, initialize_with, hyphen)


def initials_of_chunks(given: str, initialize_with: str, hyphen: bool) -> str:
    """What :func:`initials` gives, of names of any form."""
    result = ""
    hyphenated = False
    for opening, chunk, closing, dash in _CHUNK.findall(given):
        if dash:
            hyphenated = True
            continue
        word = chunk.rstrip(".")
        if (word[:1].islower() or _MODIFIER.match(word)) and not chunk.endswith("."):
            if not hyphenated:
                result = f"{result.rstrip()} {word} "
            hyphenated = False
            continue
        if hyphenated and hyphen and result:
            result = result.rstrip() + "-"
        initial = (word if chunk.endswith(".") else _initial(word)) + initialize_with
        if closing:
            initial = initial.rstrip() + closing + initial[len(initial.rstrip()) :]
        result += opening + initial
        hyphenated = False
    return re.sub(r" +", " ", result).strip()


@lru_cache(maxsize=4096)
def _is_regular(word: str) -> bool:
    """Whether a word is a name with a capital, or a letter with a full stop: "Maria", "E."."""
    letters = word.removesuffix(".")
    if not letters.isalpha() or not letters[0].isupper() or letters[0] > "\u02af":
        return False
    if len(word) > len(letters):
        return len(letters) == 1
    return not (word[:2].isupper() and word[2:3].islower())


def _initial(word: str) -> str:
    """The first letter with its combining marks; "TSerendorjiin" has a letter of two."""
    end = 1
    while end < len(word) and "\u0300" <= word[end] <= "\u036f":
        end += 1
    if word[:2].isupper() and word[2:3].islower():
        return word[0] + word[1].lower()
    return word[:end].upper()


@lru_cache(maxsize=4096)
def keep_words(given: str, initialize_with: str) -> str:
    """With ``initialize="false"``: only what is abbreviated already gets the mark."""
    result = ""
    abbreviated = False
    for opening, chunk, closing, dash in _CHUNK.findall(given):
        bare = chunk.rstrip(".")
        if chunk != bare or (len(bare) == 1 and bare.isupper()):
            result += f"{opening}{bare}{closing}{initialize_with}"
            abbreviated = True
        elif dash and abbreviated:
            continue
        elif dash or result.endswith(("-", "‐")):
            result = result.rstrip() + (dash or f"{chunk} ")
        else:
            result = f"{result.rstrip()} {opening}{chunk}{closing} "
            abbreviated = False
    return re.sub(r" +", " ", result).strip()
