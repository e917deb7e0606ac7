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
    items: Sequence[Item],
    keys: Sequence[SortKey],
    context_of: Callable[[Item], Context],
    group_of: Callable[[Item], str] | None = None,
) -> list[Item]:
    """The items in the order of the keys; ``context_of`` makes a context to render keys in.

    Items that are to stand in groups are sorted by these after the first key.
    """

    def by(key: SortKey) -> Callable[[Item], str]:
        return lambda item: key.function(_for_sorting(context_of(item)))

    criteria = [(by(key), key.descending) for key in keys]
    if group_of is not None:
        criteria.insert(1, (group_of, False))
    ordered = list(items)
    for text_of, descending in reversed(criteria):
        pairs = [(collation_key(text_of(item)), item) for item in ordered]
        filled = [pair for pair in pairs if pair[0]]
        filled.sort(key=lambda pair: pair[0], reverse=descending)
        ordered = [item for _, item in filled] + [item for text, item in pairs if not text]
    return ordered


def _for_sorting(context: Context) -> Context:
    """Keys are those of the style alone: what disambiguation adds doesn't count."""
    context.sorting = True
    context.expansion = None
    return context
