"""One citation: its cites sorted, rendered, joined; names apart from the rest if asked for.

Source: CSL 1.0.2, "Citation", "Layout", "Sorting".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from attrs import evolve, frozen

from citekit.flat.layouts import flat_citations
from citekit.processor.cites import Citation
from citekit.processor.collapse import RenderedCite, groups_cites, join_cites, with_affixes
from citekit.processor.position import Placed
from citekit.processor.registry import Registry
from citekit.processor.sort import sort_items
from citekit.render.groups import joined
from citekit.render.tree import PLAIN, Node, Piece, Wrap, affix, between_cites


@frozen(slots=True)
class RenderedCitation:
    """A citation's output tree; ``is_blank`` if no cite printed anything."""

    tree: Piece
    is_blank: bool


def render_citation(
    registry: Registry, citation: Citation, row: Sequence[Placed], more: Sequence[str] = ()
) -> RenderedCitation:
    """Render a citation from its placed cites, in its mode (see :class:`Citation`).

    ``more`` are texts that stand after the cites as if they were some.
    """
    cites = _rendered_cites(registry, row, citation.unsorted)
    first = next((cite for cite in cites if cite.cite.author_only), cites[0] if cites else None)
    if first is None:
        return _rendered([_laid_out(registry, [], more)] if more else [])
    if first.cite.author_only or citation.mode == "author-only":
        return _rendered([with_affixes(RenderedCite(first.placed, _author(registry, first)))])
    first.suppressed |= citation.mode in ("suppress-author", "composite")
    shown = [cite for cite in cites if cite.output()]
    pieces: list[Piece] = []
    if shown or more:
        pieces.append(_laid_out(registry, shown, more))
    if citation.mode == "composite":
        names = _author(registry, first)
        if names and pieces:
            pieces.insert(0, affix(_spaced(citation.infix)))
        pieces.insert(0, names)
    return _rendered(pieces)


def flat_citation(registry: Registry, citation: Citation, row: Sequence[Placed]) -> str | None:
    """A citation in flat output, if it can be: one of a single cite alone, as most are."""
    if len(row) != 1 or citation.mode:
        return None
    cite = row[0].cite
    if cite.prefix or cite.suffix or cite.suppress_author or cite.author_only:
        return None
    return flat_citations(registry.style)(registry.cite_context(row[0]))


def _laid_out(registry: Registry, shown: Sequence[RenderedCite], more: Sequence[str]) -> Node:
    """Cites, and texts after them, within what the layout puts around and between them."""
    wrap = registry.style.citation.wrap
    affixes, outside = _layout_wraps(wrap)
    pieces = join_cites(registry, shown) if shown else []
    for text in more:
        if pieces and wrap.delimiter:
            pieces.append(between_cites(wrap.delimiter))
        pieces.append(text)
    return Node(outside, [Node(affixes, pieces)])


@lru_cache(maxsize=64)
def _layout_wraps(wrap: Wrap) -> tuple[Wrap, Wrap]:
    """Those of the layout's affixes, and of its formatting around them."""
    return Wrap(prefix=wrap.prefix, suffix=wrap.suffix), Wrap(formatting=wrap.formatting)


def _rendered(pieces: Sequence[Piece]) -> RenderedCitation:
    printed = [piece for piece in pieces if piece]
    return RenderedCitation(Node(PLAIN, printed) if printed else "", not printed)


def in_order(registry: Registry, citation: Citation, row: Sequence[Placed]) -> Citation:
    """The citation with its cites as its style sorts them."""
    if len(row) < 2 or citation.unsorted:
        return citation
    cites = _rendered_cites(registry, row, unsorted=False)
    return evolve(citation, cites=[cite.cite for cite in cites])


def _rendered_cites(
    registry: Registry, row: Sequence[Placed], unsorted: bool
) -> list[RenderedCite]:
    """All cites, even those that print nothing, in order."""
    scope = registry.style.citation
    cites = []
    for placed in row:
        pieces = scope.layout(registry.cite_context(placed))
        piece = joined(pieces) if pieces else ""
        cites.append(RenderedCite(placed, piece, placed.cite.suppress_author))
    if unsorted or not scope.sort or len(cites) < 2:
        return cites
    # As the reference has it, groups are in the order of their names in a document only,
    # not where the cites bring their positions along.
    in_document = all(placed.cite.position is None for placed in row)
    grouped = in_document and groups_cites(registry)
    ordered = sort_items(
        cites,
        scope.sort,
        registry.collate,
        lambda cite: registry.cite_context(cite.placed),
        _names_together if grouped else None,
    )
    return _nameless_together(ordered) if grouped else ordered


def _nameless_together(cites: list[RenderedCite]) -> list[RenderedCite]:
    """Cites without names of people or bodies follow the first of them, as if theirs were alike."""
    nameless = [cite for cite in cites if not cite.has_names]
    if len(nameless) < 2:
        return cites
    place = cites.index(nameless[0])
    named = [cite for cite in cites[place:] if cite.has_names]
    return [*cites[:place], *nameless, *named]


def _names_together(cite: RenderedCite) -> str:
    """The names of a cite without spaces; an ampersand comes before all letters."""
    return cite.names_text.replace(" ", "").replace("&", "0") if cite.has_names else ""


def _author(registry: Registry, cite: RenderedCite) -> Piece:
    """The names that a cite prints; in a style that prints none, those it could print."""
    if cite.names is not None:
        return cite.names
    pieces = registry.style.author.layout(registry.cite_context(cite.placed))
    return joined(pieces) if pieces else ""


def _spaced(infix: str) -> str:
    """An infix between spaces; none before a mark, such as that of a genitive."""
    infix = infix.strip()
    if not infix:
        return " "
    return f"{infix} " if infix[0] in ",;:'’" else f" {infix} "
