"""One citation: its cites sorted, rendered, joined; names apart from the rest if asked for.

Source: CSL 1.0.2, "Citation", "Layout", "Sorting".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from citekit.compile.compiled import author_layout
from citekit.processor.cites import Citation
from citekit.processor.collapse import RenderedCite, join_cites, with_affixes
from citekit.processor.position import Placed
from citekit.processor.registry import Registry
from citekit.processor.sort import sort_items
from citekit.render.groups import joined
from citekit.render.tree import PLAIN, Node, Piece, Wrap, affix, find_all


@frozen(slots=True)
class RenderedCitation:
    """A citation's output tree; ``is_blank`` if no cite printed anything."""

    tree: Piece
    is_blank: bool


def render_citation(
    registry: Registry, citation: Citation, row: Sequence[Placed]
) -> RenderedCitation:
    """Render a citation from its placed cites, in its mode (see :class:`Citation`)."""
    scope = registry.style.citation
    if scope.sort and len(row) > 1:
        row = sort_items(row, scope.sort, registry.cite_context)
    alone = next((placed for placed in row if placed.cite.author_only), row[0] if row else None)
    if alone is not None and (alone.cite.author_only or citation.mode == "author-only"):
        return _rendered([_prefixed(alone, _author(registry, alone))])
    suppressed = citation.mode in ("suppress-author", "composite")
    cites = list(_render_cites(registry, row, suppressed))
    pieces: list[Piece] = []
    if cites:
        wrap = scope.wrap
        affixed = Node(Wrap(prefix=wrap.prefix, suffix=wrap.suffix), join_cites(registry, cites))
        pieces.append(Node(Wrap(formatting=wrap.formatting), [affixed]))
    if citation.mode == "composite" and row:
        names = _author(registry, row[0])
        if names and pieces:
            pieces.insert(0, affix(_spaced(citation.infix)))
        pieces.insert(0, names)
    return _rendered(pieces)


def _rendered(pieces: Sequence[Piece]) -> RenderedCitation:
    printed = [piece for piece in pieces if piece]
    return RenderedCitation(Node(PLAIN, printed) if printed else "", not printed)


def _render_cites(
    registry: Registry, row: Sequence[Placed], suppress_first: bool
) -> Iterator[RenderedCite]:
    """The cites that print something, without names where these are suppressed."""
    for index, placed in enumerate(row):
        pieces = registry.style.citation.layout(registry.cite_context(placed))
        suppressed = placed.cite.suppress_author or (suppress_first and not index)
        cite = RenderedCite(placed, joined(pieces) if pieces else "", suppressed)
        if cite.output():
            yield cite


def _author(registry: Registry, placed: Placed) -> Piece:
    """The names that a cite prints; in a style that prints none, those it could print."""
    pieces = registry.style.citation.layout(registry.cite_context(placed))
    for names in (node for piece in pieces for node in find_all(piece, "names")):
        return names
    pieces = author_layout(registry.style)(registry.cite_context(placed))
    return joined(pieces) if pieces else ""


def _prefixed(placed: Placed, names: Piece) -> Piece:
    return with_affixes(RenderedCite(placed, names)) if names else ""


def _spaced(infix: str) -> str:
    """An infix between spaces; none before a mark, such as that of a genitive."""
    infix = infix.strip()
    if not infix:
        return " "
    return f"{infix} " if infix[0] in ",;:'’" else f" {infix} "
