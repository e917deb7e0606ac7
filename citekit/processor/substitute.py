"""Subsequent-author-substitute: names that repeat those of the entry before.

CSL 1.0.2, "Reference Grouping". Only the first ``cs:names`` that an entry renders
counts, with what stands in for it through ``cs:substitute``; its affixes stay. A term
or value that stands in ("Anon.") isn't replaced: it is no name, nor anything of the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citekit.render.tree import (
    Node,
    Piece,
    find_all,
    find_first,
    replace_node,
    text_of,
    variables_in,
)
from citekit.style.nodes import Bibliography


class AuthorSubstitution:
    """Replaces repeated names in entries that are given in order."""

    def __init__(self, options: Bibliography) -> None:
        self.text = options.subsequent_author_substitute
        self.rule = options.subsequent_author_substitute_rule
        self.before: list[str] | None = None
        self.before_text = ""

    def apply(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces of the next entry with repeated names replaced."""
        if self.text is None:
            return pieces
        top: Piece = ""
        names = None
        for top in pieces:
            if (names := find_first(top, "names")) is not None:
                break
        if names is None:
            self.before, self.before_text = None, ""
            return pieces
        each = find_all(names, "name")
        texts = [text_of(name) for name in each]
        whole = "\0".join(texts)
        if not each and variables_in(names):
            whole = text_of(names.children[0])
        changed = self.replaced(names, each, whole, texts)
        self.before, self.before_text = texts, whole
        if changed is None:
            return pieces
        replaced = (
            replace_node(piece, names, changed if text_of(changed) else None)
            if piece is top
            else piece
            for piece in pieces
        )
        return [piece for piece in replaced if piece != ""]

    def replaced(
        self,
        names: Node,
        each: Sequence[Node],
        whole: str,
        texts: Sequence[str],
    ) -> Piece | None:
        """The names with the substitute in them; ``None`` if they stay."""
        if self.before is None:
            return None
        text = self.text or ""
        complete = bool(whole) and whole == self.before_text
        if self.rule == "complete-all":
            return Node(names.wrap, [text]) if complete else None
        if self.rule == "complete-each":
            same = len(each) if complete else 0
        else:
            same = 0
            while same < min(len(texts), len(self.before)) and texts[same] == self.before[same]:
                same += 1
            if self.rule == "partial-first":
                same = min(same, 1)
        if not same:
            return Node(names.wrap, [text]) if complete and not each else None
        return _with_names(names, iter([text] * same))


def _with_names(node: Node, texts: Iterator[str]) -> Node:
    """The node with its first names replaced by the texts, as far as these go."""
    if node.wrap.kind == "name":
        text = next(texts, None)
        return node if text is None else Node(node.wrap, [text])
    children = [
        child if isinstance(child, str) else _with_names(child, texts) for child in node.children
    ]
    return Node(node.wrap, children)
