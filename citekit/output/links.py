"""Links: addresses and DOIs in formatted text, and what they lead to."""

from __future__ import annotations

import re
from urllib.parse import quote

_ADDRESS = re.compile(
    r"""(?P<url>https?://[^\s<>"“”«»]+)|(?<![\w/.])(?P<doi>10\.\d{4,9}/[^\s<>"“”«»]+)"""
)
_AFTER = ".,;:!?'’"
_SAFE = ";/?:@&=+$,!()#%-._~*"
_CLOSING = {")": "(", "]": "["}


def split(text: str) -> list[tuple[str, str]]:
    """The text in pieces, each with the address that it leads to, or ``""``.

    A DOI without a resolver leads to that of the DOI Foundation. Punctuation at the end of
    an address is that of the sentence.
    """
    pieces: list[tuple[str, str]] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        shown = _without_punctuation(match[0])
        target = shown if match["url"] else f"https://doi.org/{shown}"
        pieces += [(text[at : match.start()], ""), (shown, _encoded(target))]
        at = match.start() + len(shown)
    pieces.append((text[at:], ""))
    return [piece for piece in pieces if piece[0]]


def _without_punctuation(address: str) -> str:
    while address[-1] in _AFTER or _closes_nothing(address):
        address = address[:-1]
    return address


def _closes_nothing(address: str) -> bool:
    opening = _CLOSING.get(address[-1])
    return opening is not None and address.count(opening) < address.count(address[-1])


def _encoded(address: str) -> str:
    """The address in ASCII, without characters that a document format might take for its own."""
    return quote(address, safe=_SAFE, errors="replace")
