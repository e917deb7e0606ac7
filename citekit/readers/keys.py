"""Citation keys for records that have none: made by a pattern, then letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from string import Formatter

from attrs import frozen

from citekit.errors import ReaderError
from citekit.records.date import Date
from citekit.records.name import Name

__all__ = ["PATTERN", "Keys"]

PATTERN = "{author}{year}"
_FIELDS = ("author", "authors", "year", "title", "words")
_ARTICLES = frozenset(
    "a an the der die das ein eine le la les un une des el los las il lo gli uno una de het".split()
)
_MOST_NAMES = 3
_LONGEST = 40
_MOST_LOOKED_AT = 1000
"""Names of a record, and characters of a text, that may be part of a key."""
_MARKS = re.compile(r"[\u0300-\u036f]+|<[^<>]*>")
"""Accents that NFKD has set apart, and markup."""


class Keys:
    """The keys of one file, each given once.

    The same file gives the same keys each time it is read. ``pattern`` is a text with fields
    in braces: ``author`` is the family name of the first person (without one, the first
    words of the title), ``authors`` those of three, ``year`` the year, ``title`` the first
    word of the title but for an article, ``words`` the first three. ``{Author}`` begins with a
    capital; ``{author:4}`` is its first four letters. Raises
    :class:`~citekit.errors.ReaderError` for another field.
    """

    def __init__(self, pattern: str = PATTERN) -> None:
        self._parts = _parse(pattern)
        self._given: set[str] = set()
        self._next: dict[str, int] = {}

    def keep(self, wanted: str) -> str:
        """A key that stands in the file; a second record of that key becomes ``key-2``."""
        return self._free(wanted, lambda number: f"{wanted}-{number + 1}")

    def make(
        self,
        names: Mapping[str, tuple[Name, ...]],
        dates: Mapping[str, Date],
        title: str,
    ) -> str:
        """A key by the pattern: ``shakhnazarov1988``.

        The second record that it says the same of gets ``b``, the next ``c``.
        """
        people = next((given for given in names.values() if given), ())
        families = [_words(name.family or name.literal) for name in people[:_MOST_LOOKED_AT]]
        words = _words(title)
        telling = [word for word in words if word not in _ARTICLES] or words
        several = [word for family in families[:_MOST_NAMES] for word in family]
        said = {
            "author": next(filter(None, families), words[:3]),
            "authors": [*(several or words[:3]), *["etal"][: len(families) > _MOST_NAMES]],
            "year": [next((str(date.start[0]) for date in dates.values() if date.start), "")],
            "title": telling[:1],
            "words": telling[:3],
        }
        wanted = "".join(part if isinstance(part, str) else part.fill(said) for part in self._parts)
        wanted = wanted or "item"
        return self._free(wanted, lambda number: f"{wanted}{_letters(number)}")

    def _free(self, wanted: str, other: Callable[[int], str]) -> str:
        key, number = wanted, self._next.get(wanted, 1)
        while key in self._given:
            key = other(number)
            number += 1
        self._given.add(key)
        self._next[wanted] = number
        return key


def _letters(number: int) -> str:
    """1 → b, 25 → z, 26 → aa: spreadsheet columns, but for the first, which needs no letter."""
    letters = ""
    while number >= 0:
        letters = chr(ord("a") + number % 26) + letters
        number = number // 26 - 1
    return letters


@frozen(slots=True)
class _Field:
    """A field of a pattern: which, whether its words have capitals, and how long it may be."""

    name: str
    capital: bool
    longest: int

    def fill(self, said: Mapping[str, list[str]]) -> str:
        words = (word.capitalize() if self.capital else word for word in said[self.name])
        return "".join(words)[: self.longest]


def _parse(pattern: str) -> list[str | _Field]:
    parts: list[str | _Field] = []
    try:
        for text, name, longest, conversion in Formatter().parse(pattern):
            parts.append(text)
            if name is None:
                continue
            if name.lower() not in _FIELDS or conversion or not (longest or "1").isdecimal():
                raise ValueError(f"{{{name}}} is no field of it")
            parts.append(_Field(name.lower(), name[:1].isupper(), int(longest or _LONGEST)))
    except ValueError as error:
        raise ReaderError(
            f"{pattern!r} is no pattern of keys: {error}",
            hint=f"write fields in braces, of {', '.join(_FIELDS)}: {PATTERN}",
        ) from error
    return parts


def _words(text: str) -> list[str]:
    """The words of a text in letters and digits without accents, in lower case."""
    bare = _MARKS.sub(
        "", unicodedata.normalize("NFKD", re.sub("['’ʼ]", "", text[:_MOST_LOOKED_AT]))
    )
    plain = bare.encode("ascii", "replace").decode().lower()
    return re.findall("[a-z0-9]+", plain)
