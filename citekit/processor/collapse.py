"""Cite grouping and collapsing (placeholder of order: delimiters only)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from citekit.processor.registry import Registry
from citekit.render.tree import Piece

if TYPE_CHECKING:
    from citekit.processor.citation import RenderedCite


def join_cites(registry: Registry, cites: Sequence[RenderedCite]) -> list[Piece]:
    from citekit.processor.citation import with_affixes
    from citekit.render.tree import Node, Wrap

    return [Node(Wrap(delimiter=registry.style.citation.wrap.delimiter), [with_affixes(c) for c in cites])]
