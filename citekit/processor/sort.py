"""Sorting: the order of entries and of the cites in a citation.

CSL 1.0.2, "Sorting". Keys are compared in sequence; items whose key is empty
come last, in ascending and descending sorts alike; what is equal keeps its order.
How texts compare is in :mod:`citekit.style.collation`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from citekit.compile.compiled import SortKey
from citekit.render.context import Context
from citekit.style.collation import Keys

Item = TypeVar("Item")
Criterion = tuple[Callable[[Item], str], bool]
"""What an item sorts by, and whether in descending order."""


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
    if len(items) < 2:
        return list(items)

    def by(key: SortKey) -> Callable[[Item], str]:
        return lambda item: key.function(_for_sorting(context_of(item)))

    criteria = [(by(key), key.descending) for key in keys]
    if group_of is not None:
        criteria.insert(1, (group_of, False))
    return _sorted(items, criteria, collate)


def _sorted(
    items: Sequence[Item], criteria: Sequence[Criterion[Item]], collate: Keys
) -> list[Item]:
    """The items in order; a later criterion is worked out for those only that are equal so far."""
    if len(items) < 2 or not criteria:
        return list(items)
    (text_of, descending), *rest = criteria
    texts = [text_of(item) for item in items]
    pairs = list(zip(collate(texts), items, strict=True))
    filled = [pair for text, pair in zip(texts, pairs, strict=True) if text.strip()]
    empty = [item for text, item in zip(texts, items, strict=True) if not text.strip()]
    filled.sort(key=itemgetter(0), reverse=descending)
    ordered: list[Item] = []
    for _, pairs_of_equals in groupby(filled, key=itemgetter(0)):
        equals = [item for _, item in pairs_of_equals]
        ordered += equals if len(equals) == 1 else _sorted(equals, rest, collate)
    return ordered + _sorted(empty, rest, collate)


def _for_sorting(context: Context) -> Context:
    """Keys are those of the style alone: what disambiguation adds doesn't count."""
    context.sorting = True
    context.expansion = None
    return context
