"""One citation: its cites sorted, rendered, joined.

Source: CSL 1.0.2, "Citation", "Layout", "Sorting".
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from citekit.processor.collapse import RenderedCite, join_cites
from citekit.processor.position import Placed
from citekit.processor.registry import Registry
from citekit.processor.sort import sort_items
from citekit.render.groups import joined
from citekit.render.tree import Node, Piece, Wrap, find_all, replace_node


@frozen(slots=True)
class RenderedCitation:
    """A citation's output tree; ``is_blank`` if no cite printed anything."""

    tree: Piece
    is_blank: bool


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
    affixed = Node(Wrap(prefix=wrap.prefix, suffix=wrap.suffix), pieces)
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
