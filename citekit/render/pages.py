"""Page ranges: expanded or abbreviated as a style asks.

Source: CSL 1.0.2, "Page Ranges" and Appendix V. Only ranges whose two ends have
the same letters before the digits ("n11564-n1568") can be reformatted; what else
a page field holds stays as it is, but a hyphen between two numbers always
becomes the range delimiter, which is an en dash unless the locale says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from citekit.patterns import pattern

_RANGE = pattern(r"^(.*?)(\d+)([a-z]?)\s*-\s*(.*?)(\d+)([a-z]?)$")
_DASH = pattern(r"\s*-\s*")
_PLAIN_NUMBER = r"(?:\d+|[ivxlcdm]+|[IVXLCDM]+|[IVXLCDM][ivxlcdm]+)"
_PLAIN_PREFIX = pattern(rf"(?:{_PLAIN_NUMBER}-)+")
_PLAIN_RANGE = pattern(rf"((?:{_PLAIN_NUMBER}[-:])*{_PLAIN_NUMBER})\s*-\s*({_PLAIN_NUMBER})")


def format_pages(text: str, style_format: str, delimiter: str) -> str:
    """A ``page`` or ``locator`` text with its ranges in ``style_format``."""
    pieces = re.split(r"(\s*[,&;]\s*)", text)
    pieces[::2] = [_format_range(piece, style_format, delimiter) for piece in pieces[::2]]
    pieces[1::2] = [f"{mark.strip()} ".rjust(3 if "&" in mark else 2) for mark in pieces[1::2]]
    return "".join(pieces)


def join_range(text: str, delimiter: str) -> str:
    """The text with ``delimiter`` for the (last) hyphen between plain or Roman numbers."""
    match = _PLAIN_RANGE.fullmatch(text)
    return f"{match[1]}{delimiter}{match[2]}" if match else text


def _format_range(text: str, style_format: str, delimiter: str) -> str:
    """One range; what is no range of plain or equally prefixed numbers stays as it is."""
    match = _RANGE.match(text)
    if match is None or not _same_kind(match[1], match[4]):
        tight = _DASH.sub("-", text)
        return tight if ":" in text else join_range(tight, delimiter)
    before, first, letter, prefix, last, last_letter = match.groups()
    full = last_page(first, last, style_format)
    again = prefix if style_format == "expanded" else ""
    return f"{before}{first}{letter}{delimiter}{again}{full}{last_letter}"


def last_page(first: str, last: str, style_format: str | None) -> str:
    """The second number of a range in the style's format; without one, as it is."""
    if style_format is None:
        return last
    full = expand(first, last)
    if len(full) == len(first) and int(full) >= int(first):
        return FORMATS[style_format](first, full)
    return full


def _same_kind(before: str, after: str) -> bool:
    """Whether what stands before two numbers lets them be a range: "S12-S18", "I-12-18"."""
    if before == after:
        return not before or before.isalnum()
    return not after and _PLAIN_PREFIX.fullmatch(before) is not None


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
