"""The bibliography: entries in order, repeated authors replaced, first field aligned.

Source: CSL 1.0.2, "Bibliography", "Whitespace", "Reference Grouping".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from attrs import frozen

from citekit.processor.registry import Registry
from citekit.processor.substitute import AuthorSubstitution
from citekit.records.record import Record
from citekit.render.tree import Node, Piece, Wrap

_MARGIN = Wrap(display="left-margin")
_INLINE = Wrap(display="right-inline")


@frozen(slots=True)
class Entry:
    """One bibliography entry: the id of its record and its output tree.

    ``is_blank`` if the style prints nothing for the record; then the tree is empty. In a
    numbered bibliography it is the number alone, because numbers in the text lead to it.
    """

    id: str
    tree: Piece
    is_blank: bool = False


def render_bibliography(
    registry: Registry, selected: Callable[[Record], bool] = lambda _: True
) -> Iterator[Entry]:
    """The entries of the selected records, blank ones among them, one at a time."""
    scope = registry.style.bibliography
    node = registry.style.style.bibliography
    if scope is None or node is None:
        return
    substitution = AuthorSubstitution(node)
    layout = _layout(scope.wrap, node.second_field_align is not None)
    # Names that tell cites apart are added to entries, too, where given names are: so the
    # reference has it.
    adds_given_names = registry.style.style.citation.disambiguate_add_givenname
    for record_id in registry.order:
        item = registry.items[record_id]
        if not selected(item.record):
            continue
        context = registry.entry_context(item)
        if not adds_given_names:
            context.expansion = None
        pieces = scope.layout(context)
        if pieces:
            pieces = substitution.apply(pieces, context.name_lists)
            yield Entry(record_id, layout.entry(pieces))
        else:
            number = f"{item.number}. " if scope.is_numbered else ""
            yield Entry(record_id, number, is_blank=True)


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
