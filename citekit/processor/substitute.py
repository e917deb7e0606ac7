"""Subsequent-author-substitute: names that repeat those of the entry before.

CSL 1.0.2, "Reference Grouping". Only the first ``cs:names`` that an entry renders
counts, with what stands in for it through ``cs:substitute``; its affixes stay. A term
or value that stands in ("Anon.") isn't replaced: it is no name, nor anything of the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from citekit.records.name import identity
from citekit.render.context import NameList
from citekit.render.tree import (
    Node,
    Piece,
    find_all,
    find_first,
    replace_node,
    text_of,
    variables_in,
)
from citekit.style.settings import BibliographyOptions

Person = tuple[str, tuple[str, ...] | None]
"""A name as it is printed, and whose it is."""


class AuthorSubstitution:
    """Replaces repeated names in entries that are given in order."""

    def __init__(self, options: BibliographyOptions) -> None:
        self.text = options.subsequent_author_substitute
        self.rule = options.subsequent_author_substitute_rule
        self.before: list[Person] = []
        self.before_whole: object = None

    def apply(self, pieces: list[Piece], lists: Sequence[NameList]) -> list[Piece]:
        """The next entry, which prints these name lists, with repeated names replaced.

        Names are alike that are those of the same people, not those that look the same:
        "Wood, A." may be Ann or Alan.
        """
        if self.text is None:
            return pieces
        top: Piece = ""
        names = None
        for top in pieces:
            if (names := find_first(top, "names")) is not None:
                break
        if names is None:
            self.before, self.before_whole = [], None
            return pieces
        each = find_all(names, "name")
        printed = [name for found in lists for name in found.names[: found.shown]]
        whose = (identity(name) for name in printed[: len(each)])
        people = [(text_of(node), person) for node, person in zip_longest(each, whose)]
        whole: object = tuple(people)
        if not each:
            whole = text_of(names.children[0]) if variables_in(names) else None
        changed = self.replaced(names, people, whole)
        self.before, self.before_whole = people, whole
        if changed is None:
            return pieces
        replaced = (
            replace_node(piece, names, changed if text_of(changed) else None)
            if piece is top
            else piece
            for piece in pieces
        )
        return [piece for piece in replaced if piece != ""]

    def replaced(self, names: Node, people: Sequence[Person], whole: object) -> Piece | None:
        """The names with the substitute in them; ``None`` if they stay."""
        text = self.text or ""
        complete = whole is not None and whole == self.before_whole
        if self.rule == "complete-all":
            return Node(names.wrap, [text]) if complete else None
        if self.rule == "complete-each":
            same = len(people) if complete else 0
        else:
            same = 0
            while same < min(len(people), len(self.before)) and people[same] == self.before[same]:
                same += 1
            if self.rule == "partial-first":
                same = min(same, 1)
        if not same:
            return Node(names.wrap, [text]) if complete and not people else None
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
