"""Sorting: the order of entries and of the cites in a citation.

CSL 1.0.2, "Sorting". Keys are compared in sequence; items whose key is empty
come last, in ascending and descending sorts alike; what is equal keeps its order.
How texts compare is in :mod:`citekit.processor.collation`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TypeVar

from citekit.compile.compiled import SortKey
from citekit.processor.collation import Keys
from citekit.render.context import Context

Item = TypeVar("Item")


def sort_items(
    items: Sequence[Item],
    keys: Sequence[SortKey],
    collate: Keys,
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
        texts = [text_of(item) for item in ordered]
        pairs = list(zip(collate(texts), ordered, strict=True))
        filled = [pair for text, pair in zip(texts, pairs, strict=True) if text.strip()]
        empty = [item for text, item in zip(texts, ordered, strict=True) if not text.strip()]
        filled.sort(key=itemgetter(0), reverse=descending)
        ordered = [item for _, item in filled] + empty
    return ordered


def _for_sorting(context: Context) -> Context:
    """Keys are those of the style alone: what disambiguation adds doesn't count."""
    context.sorting = True
    context.expansion = None
    return context
