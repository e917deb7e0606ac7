"""One citation: its cites sorted, rendered, joined.

Source: CSL 1.0.2, "Citation", "Layout", "Sorting".
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from citekit.processor.collapse import join_cites
from citekit.processor.position import Placed
from citekit.processor.registry import Registry
from citekit.processor.sort import sort_items
from citekit.render.groups import joined
from citekit.render.richtext import rich
from citekit.render.tree import PLAIN, Node, Piece, Wrap, find_all, replace_node


@frozen(slots=True)
class RenderedCitation:
    """A citation's output tree; ``is_blank`` if no cite printed anything."""

    tree: Piece
    is_blank: bool


class RenderedCite:
    """A cite with its output, before cites are joined."""

    __slots__ = ("piece", "placed")

    def __init__(self, placed: Placed, piece: Piece) -> None:
        self.placed = placed
        self.piece = piece


def render_citation(registry: Registry, row: Sequence[Placed]) -> RenderedCitation:
    """Render a citation from its placed cites."""
    scope = registry.style.citation
    if scope.sort and len(row) > 1:
        row = sort_items(row, scope.sort, registry.cite_context)
    cites = []
    for placed in row:
        piece = render_cite(registry, placed)
        if piece:
            cites.append(RenderedCite(placed, piece))
    if not cites:
        return RenderedCitation("", True)
    pieces = join_cites(registry, cites)
    wrap = scope.wrap
    inner: list[Piece] = [piece for piece in (wrap.prefix, *pieces, wrap.suffix) if piece]
    affixed = Node(
        Wrap(prefix=wrap.prefix, suffix=wrap.suffix), pieces
    )
    del inner
    return RenderedCitation(Node(Wrap(formatting=wrap.formatting), [affixed]), False)


def render_cite(registry: Registry, placed: Placed) -> Piece:
    """The output of one cite without its own prefix and suffix; ``""`` if there is none."""
    cite = placed.cite
    pieces = registry.style.citation.layout(registry.cite_context(placed))
    if not pieces:
        return ""
    piece = joined(pieces)
    if cite.author_only or cite.suppress_author:
        names = next(find_all(piece, "names"), None)
        if cite.author_only:
            return names if names is not None else piece
        if names is not None:
            piece = replace_node(piece, names, None)
    return piece


_WORD_AFTER = frozenset(" ,.;:!?)]}’”'\"")


def with_affixes(cite: RenderedCite) -> Piece:
    """The cite between its own prefix and suffix, a space put where words would touch."""
    asked = cite.placed.cite
    prefix, suffix = asked.prefix, asked.suffix
    if not (prefix or suffix):
        return cite.piece
    pieces: list[Piece] = []
    if prefix:
        pieces.append(rich(prefix if prefix[-1].isspace() else _ends_open(prefix)))
    pieces.append(cite.piece)
    if suffix:
        pieces.append(rich(suffix if suffix[0] in _WORD_AFTER else f" {suffix}"))
    return Node(PLAIN, pieces)


def _ends_open(prefix: str) -> str:
    return prefix if prefix[-1] in "([{“‘\"'" else f"{prefix} "
