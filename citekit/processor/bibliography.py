"""The bibliography: entries in order, repeated authors replaced, first field aligned.

Source: CSL 1.0.2, "Bibliography", "Whitespace", "Reference Grouping".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from attrs import define

from citekit.compile.compiled import CompiledScope
from citekit.flat.layouts import flat_entries
from citekit.processor.registry import Item, Registry
from citekit.processor.substitute import AuthorSubstitution
from citekit.records.record import Record
from citekit.render.context import Context, NameList
from citekit.render.tree import Node, Piece, Wrap
from citekit.style.settings import BibliographyOptions

_MARGIN = Wrap(display="left-margin")
_INLINE = Wrap(display="right-inline")


@define(slots=True)
class Entry:
    """One bibliography entry: the id of its record and its output, as a tree or flat.

    ``is_blank`` if the style prints nothing for the record; then the tree is empty. In a
    numbered bibliography it is the number alone, because numbers in the text lead to it.
    """

    id: str
    render: Callable[[], Piece]
    """Makes the output tree."""
    flat: str | None = None
    """The entry in flat output, if it can be."""
    is_blank: bool = False


def render_bibliography(
    registry: Registry, selected: Callable[[Record], bool] = lambda _: True
) -> Iterator[Entry]:
    """The entries of the selected records, blank ones among them, one at a time."""
    scope = registry.style.bibliography
    node = registry.style.style.bibliography
    if scope is None or node is None:
        return
    rendering = _Rendering(registry, scope, node)
    for record_id in registry.order:
        item = registry.items[record_id]
        if selected(item.record):
            yield rendering.flat(item) or rendering.tree(item)


class _Rendering:
    """One bibliography in the making."""

    def __init__(
        self, registry: Registry, scope: CompiledScope, options: BibliographyOptions
    ) -> None:
        self.registry = registry
        self.scope = scope
        self.flat_entry = flat_entries(registry.style)
        self.substitution = AuthorSubstitution(options)
        self.layout = _layout(scope.wrap, options.second_field_align is not None)
        # Names that tell cites apart are added to entries, too, where given names are: so
        # the reference has it.
        self.adds_given_names = registry.style.style.citation.disambiguate_add_givenname

    def context(self, item: Item) -> Context:
        context = self.registry.entry_context(item)
        if not self.adds_given_names:
            context.expansion = None
        return context

    def flat(self, item: Item) -> Entry | None:
        """The entry in flat output, if it can be."""
        context = self.context(item)
        repetition = context.repetition = self.substitution.repetition()
        text = self.flat_entry(context)
        if text is None:
            return None
        if repetition is None:
            return Entry(item.record.id, partial(self.again, item, self.substitution), text)
        now = self.substitution.copy()
        self.substitution.passed(repetition.first, partial(self.pieces, item))
        return Entry(item.record.id, partial(self.again, item, now), text)

    def pieces(self, item: Item) -> tuple[list[Piece], list[NameList]]:
        context = self.context(item)
        return self.scope.layout(context), context.name_lists

    def again(self, item: Item, before: AuthorSubstitution) -> Piece:
        """The tree of an entry that has been put out flat."""
        return self.next(item, before.copy())

    def next(self, item: Item, substitution: AuthorSubstitution) -> Piece:
        """The tree of an entry, after which it is the one before."""
        pieces, lists = self.pieces(item)
        return self.layout.entry(substitution.apply(pieces, lists)) if pieces else ""

    def tree(self, item: Item) -> Entry:
        tree = self.next(item, self.substitution)
        if tree:
            return Entry(item.record.id, lambda: tree)
        number = f"{item.number}. " if self.scope.is_numbered else ""
        return Entry(item.record.id, lambda: number, is_blank=True)


def no_entry(record_id: str) -> str:
    """The warning about an entry that is blank."""
    return f"record {record_id}: the style prints no bibliography entry for it"


@lru_cache(maxsize=64)
def _layout(wrap: Wrap, align: bool) -> _Layout:
    return _Layout(wrap, align)


class _Layout:
    """The layout's affixes and formatting, and the margin for the first field if asked for."""

    def __init__(self, wrap: Wrap, align: bool) -> None:
        self.align = align
        self.outside = Wrap(formatting=wrap.formatting)
        self.affixes = Wrap(prefix=wrap.prefix, suffix=wrap.suffix)
        self.before = Wrap(prefix=wrap.prefix)
        self.after = Wrap(suffix=wrap.suffix)

    def entry(self, pieces: list[Piece]) -> Piece:
        """The pieces of an entry in the layout.

        With nothing beside the margin, there is nothing that the layout's suffix could end.
        """
        if self.align:
            blocks = [Node(_MARGIN, [Node(self.before, pieces[:1])])]
            if len(pieces) > 1:
                blocks = [Node(self.after, [*blocks, Node(_INLINE, pieces[1:])])]
            return Node(self.outside, blocks)
        affixed = Node(self.affixes, pieces)
        return affixed if self.outside.formatting is None else Node(self.outside, [affixed])
