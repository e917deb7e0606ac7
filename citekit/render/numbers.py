"""Numbers: what is numeric, what is plural, and the forms that numbers take.

Source: CSL 1.0.2, "Number", ``is-numeric`` under "Choose", ``plural`` under
"Label". Content is numeric when it is numbers only, each possibly with letters
before or after it ("D2", "2b", "2nd"), joined by hyphens, commas, semicolons,
ampersands or the word "and". Lower-case Roman numerals count as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_ROMAN = r"(?=[ivxlcdm])m*(?:c[md]|d?c*)(?:x[cl]|l?x*)(?:i[xv]|v?i*)(?!\w)"
_NUMBER = rf"(?:(?=[^\W_]*\d)[^\W_]+(?:/\d+)?|{_ROMAN})"
_SEPARATOR = r"(?:\s*(?:--?|\N{EN DASH})\s*|\s*,\s*|\s*;\s*|\s*&\s*)"

RANGE = "\N{EN DASH}"


@lru_cache(maxsize=32)
def _patterns(conjunction: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for a whole numeric text and for a separator, in a language."""
    words = rf"(?:and|{re.escape(conjunction.strip()) or 'and'})"
    separator = rf"(?:\s*,?\s+{words}\s+|{_SEPARATOR})"
    whole = re.compile(rf"\s*{_NUMBER}(?:{separator}{_NUMBER})*\s*")
    return whole, re.compile(f"({separator})")


def is_numeric(text: str, conjunction: str = "and") -> bool:
    """Whether the text is numbers only."""
    return bool(text) and (
        text.isdecimal() or _patterns(conjunction)[0].fullmatch(text) is not None
    )


def is_plural(text: str, conjunction: str = "and") -> bool:
    """Whether the text names more than one number ("3-5", "2 & 4", "xii, 3")."""
    if text.isalnum():
        return False
    whole, separator = _patterns(conjunction)
    return whole.fullmatch(text) is not None and separator.search(text.strip()) is not None


def counts_several(text: str, conjunction: str = "and") -> bool:
    """Whether a number *of* things ("number-of-pages") is more than one, or names several."""
    stripped = text.strip()
    if stripped.isdecimal():
        return int(stripped) > 1
    return is_plural(text, conjunction)


def format_numbers(
    text: str, one: Callable[[str], str], conjunction: str = "and", dash: str = RANGE
) -> str:
    r"""Numeric text with every number put through ``one`` and its separators made regular.

    Hyphens become ``dash`` without spaces, while en dashes are what the author wants;
    commas and semicolons get one space after them, ampersands one on either side.
    Text that isn't numeric comes back as it is, except that ``\-`` stands for a hyphen that stays.
    """
    if text.isdecimal():
        return one(text)
    whole, separator = _patterns(conjunction)
    if not whole.fullmatch(text):
        return text.replace("\\-", "-")
    pieces = separator.split(text.strip())
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            pieces[index] = one(piece)
        elif piece.strip() == "-":
            alike = _prefix(pieces[index - 1]) == _prefix(pieces[index + 1])
            pieces[index] = dash if alike else piece.strip()
        elif piece.strip() not in (RANGE, "--"):
            pieces[index] = _separator(piece)
    return "".join(pieces)


def _prefix(number: str) -> str:
    """The letters before the digits: without the same ones, two numbers are no range."""
    return number.rstrip("0123456789") if number[-1:].isdecimal() else ""


def _separator(text: str) -> str:
    mark = text.strip()
    return f"{mark} " if mark[0] in ",;" else f" {mark} "


def as_is(number: str) -> str:
    """A number in the form in which it stands."""
    return number


_ROMAN_DIGITS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: str) -> str:
    """A plain number from 1 to 5999 as a lower-case Roman numeral; any other text as it is."""
    if not number.isdecimal() or not 0 < int(number) < 6000:
        return number
    rest, digits = int(number), []
    for value, letters in _ROMAN_DIGITS:
        count, rest = divmod(rest, value)
        digits.append(letters * count)
    return "".join(digits)
