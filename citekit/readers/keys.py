"""Citation keys for records that have none: family name and year, then letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from citekit.records.date import Date
from citekit.records.name import Name

__all__ = ["Keys"]


class Keys:
    """The keys of one file, each given once.

    The same file gives the same keys each time it is read.
    """

    def __init__(self) -> None:
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
        """A key from the first name and the year, ``shakhnazarov1988``, without either the title.

        The second record of one name and year gets ``b``, the next ``c``.
        """
        first = next((given[0] for given in names.values() if given), Name())
        year = next((str(date.start[0]) for date in dates.values() if date.start), "")
        stem = _ascii(first.family or first.literal) or _ascii(" ".join(title.split()[:3]))
        wanted = f"{stem[:40]}{year}" or "item"
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


def _ascii(text: str) -> str:
    """The letters and digits of a text without accents, in lower case."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", bare.lower())
