"""Page ranges: expanded or abbreviated as a style asks.

Source: CSL 1.0.2, "Page Ranges" and Appendix V. Only ranges whose two ends have
the same letters before the digits ("n11564-n1568") can be reformatted; what else
a page field holds stays as it is, but a hyphen between two numbers always
becomes the range delimiter, which is an en dash unless the locale says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_RANGE = re.compile(r"([^\W\d_]*)(\d+)\s*[-\N{EN DASH}]\s*([^\W\d_]*)(\d+)(?![\w/])")
_END = re.compile(r"(?<=[^\W_])\s*[-\N{EN DASH}]\s*(?=[^\W_])")


def format_pages(text: str, style_format: str | None, delimiter: str) -> str:
    """A ``page`` or ``locator`` text with its ranges in ``style_format`` (``None``: as given)."""
    if "-" not in text and "\N{EN DASH}" not in text:
        return text
    if style_format is None:
        return text if "\\-" in text else _END.sub(delimiter, text)
    shorten = FORMATS[style_format]

    def one(match: re.Match[str]) -> str:
        before, first, prefix, last = match.groups()
        if prefix and prefix != before:
            return f"{before}{first}{delimiter}{prefix}{last}"
        full = expand(first, last)
        if len(full) != len(first) or int(full) < int(first):
            shown = full
        else:
            shown = shorten(first, full)
        again = prefix if shown == full and before and len(shown) == len(first) else ""
        return f"{before}{first}{delimiter}{again}{shown}"

    return _RANGE.sub(one, text)


def expand(first: str, last: str) -> str:
    """The second number with the digits that it shares with the first put back."""
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last


def _changed(first: str, last: str, at_least: int) -> str:
    """The last digits of the second number, from the first that differs, at least so many."""
    same = 0
    while same < len(last) - at_least and first[same] == last[same]:
        same += 1
    return last[same:]


def _expanded(first: str, last: str) -> str:
    return last


def _minimal(first: str, last: str) -> str:
    return _changed(first, last, 1)


def _minimal_two(first: str, last: str) -> str:
    return _changed(first, last, 2)


def _chicago_16(first: str, last: str) -> str:
    """Changed part only after x01–x09, all digits after x00, else at least two digits."""
    number = int(first)
    if number < 100 or number % 100 == 0:
        return last
    return _changed(first, last, 1 if number % 100 < 10 else 2)


def _chicago_15(first: str, last: str) -> str:
    """As the 16th edition, but four-digit numbers of which three change are given in full."""
    shown = _chicago_16(first, last)
    return last if len(first) == 4 and len(shown) >= 3 else shown


FORMATS: dict[str, Callable[[str, str], str]] = {
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago_16,
    "expanded": _expanded,
    "minimal": _minimal,
    "minimal-two": _minimal_two,
}
