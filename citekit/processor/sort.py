"""Sorting: the order of entries and of the cites in a citation.

CSL 1.0.2, "Sorting". Keys are compared in sequence; items whose key is empty
come last, in ascending and descending sorts alike. Case, accents and
punctuation don't count, as dictionaries have it; what is equal keeps its order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

from citekit.compile.compiled import SortKey
from citekit.render.context import Context

Item = TypeVar("Item")

_FOLDED = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_IGNORED = re.compile(r"[^\w\s\x01\x02]|_")


def collation_key(text: str) -> str:
    """What a text sorts by: letters, digits and spaces, without case and accents."""
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_FOLDED)
    return _IGNORED.sub("", folded).strip()


def sort_items(
    items: Sequence[Item], keys: Sequence[SortKey], context_of: Callable[[Item], Context]
) -> list[Item]:
    """The items in the order of the keys; ``context_of`` makes a context to render keys in."""
    ordered = list(items)
    for key in reversed(keys):
        texts = []
        for item in ordered:
            context = context_of(item)
            context.sorting = True
            texts.append(collation_key(key.function(context)))
        pairs = list(zip(texts, ordered, strict=True))
        filled = [pair for pair in pairs if pair[0]]
        filled.sort(key=lambda pair: pair[0], reverse=key.descending)
        ordered = [item for _, item in filled] + [item for text, item in pairs if not text]
    return ordered
