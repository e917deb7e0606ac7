"""The records of a document, in order, with what the processor has assigned to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from citekit.compile.compiled import CompiledScope, CompiledStyle
from citekit.processor.position import Placed
from citekit.processor.sort import sort_items
from citekit.records.record import Record
from citekit.render.context import NO_POSITION, Context, Expansion
from citekit.render.dates import YEAR_SUFFIX
from citekit.render.presence import BITS, presence
from citekit.render.tree import Node
from citekit.style.collation import Keys, collation


class Item:
    """One record and its number, year-suffix and disambiguation."""

    __slots__ = ("disambiguate", "english", "expansion", "has", "number", "record", "year_suffix")

    def __init__(self, record: Record, number: int, english: bool) -> None:
        self.record = record
        self.number = number
        self.english = english
        self.has = presence(record)
        self.expansion: Expansion | None = None
        self.disambiguate = 0
        self.year_suffix = ""

    def state(self, scope: CompiledScope | None) -> tuple[object, ...]:
        """All of it that output in a scope depends on, to compare."""
        expansion = self.expansion
        shown = (tuple(expansion.shown), tuple(map(tuple, expansion.given))) if expansion else None
        number = self.number if scope is not None and scope.is_numbered else 0
        return self.record, number, self.year_suffix, self.disambiguate, shown

    @property
    def is_disambiguated(self) -> bool:
        """Whether anything had to be done to tell it from others."""
        return bool(self.expansion or self.disambiguate or self.year_suffix)


class Registry:
    """All records of a document; ``order`` holds their ids in bibliography order."""

    def __init__(self, style: CompiledStyle, records: Sequence[Record]) -> None:
        self.style = style
        self.collate: Keys = collation(style.collation, style.locale.lang)
        english = _english_by_default(style)
        self.items = {
            record.id: Item(record, number, _is_english(record, english))
            for number, record in enumerate(records, start=1)
        }
        scope = style.bibliography
        items = list(self.items.values())
        if scope is not None and scope.sort:
            items = sort_items(items, scope.sort, self.collate, self.entry_context)
            for number, item in enumerate(items, start=1):
                item.number = number
        self.order = [item.record.id for item in items]

    def entry_context(self, item: Item) -> Context:
        """A context in which to render the bibliography entry of an item."""
        return Context(
            item.record,
            item.has,
            item.english,
            item.number,
            item.expansion,
            item.disambiguate,
            Node(YEAR_SUFFIX, [item.year_suffix]) if item.year_suffix else "",
        )

    def cite_context(self, placed: Placed) -> Context:
        """A context in which to render a cite."""
        cite = placed.cite
        context = self.entry_context(self.items[cite.id])
        context.position = placed.position or NO_POSITION
        context.first_note = placed.first_note
        if locator := cite.locator.strip():
            context.locator = locator
            context.label = cite.label
            context.has |= BITS["locator"]
        return context


def _english_by_default(style: CompiledStyle) -> Callable[[str], bool]:
    """CSL 1.0.2, "Non-English Items": whether a record of that language counts as English."""
    default = style.style.default_locale
    if default is None or default.lower().startswith("en"):
        return lambda language: not language or language.lower().startswith("en")
    return lambda language: language.lower().startswith("en")


def _is_english(record: Record, test: Callable[[str], bool]) -> bool:
    """Whether the record's titles are put in title case; as in the reference, not with a
    ``jurisdiction``, whose texts are quoted as they stand.
    """
    texts = record.texts
    return not texts.get("jurisdiction") and test(texts.get("language", "").strip())
