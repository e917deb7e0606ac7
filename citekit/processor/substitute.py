"""Subsequent-author-substitute: names that repeat those of the entry before.

CSL 1.0.2, "Reference Grouping". Only the first ``cs:names`` that an entry renders
counts, with what stands in for it through ``cs:substitute``; its affixes stay. A term
or value that stands in ("Anon.") isn't replaced: it is no name, nor anything of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile, zip_longest

from citekit.records.name import identity
from citekit.render.context import NameList, Repetition, Shown
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


class _Shown:
    """The names that an entry prints; what they look like is found out if it matters."""

    __slots__ = ("names", "nodes", "people")

    def __init__(self, names: Node, lists: Sequence[NameList]) -> None:
        self.names = names
        self.nodes = find_all(names, "name")
        printed = [name for found in lists for name in found.names[: found.shown]]
        self.people = printed[: len(self.nodes)]

    def begins_like(self, other: _Shown) -> bool:
        """Whether the first name may be that of the other; few entries get beyond this."""
        if not (self.people and other.people):
            return not (self.people or other.people)
        return identity(self.people[0]) == identity(other.people[0])

    def persons(self) -> list[Person]:
        """The names one by one."""
        whose = map(identity, self.people)
        return [(text_of(node), person) for node, person in zip_longest(self.nodes, whose)]

    def whole(self) -> object:
        """What has to be the same for all of them to be; ``None`` is the same as nothing."""
        if self.nodes:
            return self.persons()
        return text_of(self.names.children[0]) if variables_in(self.names) else None


class AuthorSubstitution:
    """Replaces repeated names in entries that are given in order."""

    __slots__ = ("before", "flat_before", "rule", "skipped", "text")

    def __init__(self, options: BibliographyOptions) -> None:
        self.text = options.subsequent_author_substitute
        self.rule = options.subsequent_author_substitute_rule
        self.before: _Shown | None = None
        self.flat_before: Shown | None = None
        self.skipped: Callable[[], tuple[list[Piece], Sequence[NameList]]] | None = None
        """Renders the entry before as a tree, if it hasn't been."""

    def repetition(self) -> Repetition | None:
        """What tells flat output of the next entry about the one before."""
        if self.text is None:
            return None
        complete_all = self.rule == "complete-all"
        return Repetition(self.flat_before, self.text if complete_all else None)

    def copy(self) -> AuthorSubstitution:
        """One that will do to an entry what this one would do now."""
        twin = AuthorSubstitution.__new__(AuthorSubstitution)
        twin.text, twin.rule, twin.before = self.text, self.rule, self.before
        twin.flat_before, twin.skipped = self.flat_before, self.skipped
        return twin

    def passed(
        self, shown: Shown | None, render: Callable[[], tuple[list[Piece], Sequence[NameList]]]
    ) -> None:
        """The next entry has been put out flat."""
        self.flat_before = shown
        self.skipped = render

    def apply(self, pieces: list[Piece], lists: Sequence[NameList]) -> list[Piece]:
        """The next entry, which prints these name lists, with repeated names replaced.

        Names are alike that are those of the same people, not those that look the same:
        "Wood, A." may be Ann or Alan.
        """
        if self.text is None:
            return pieces
        if self.skipped is not None:
            self.before = _shown(*self.skipped())[1]
            self.skipped = None
        top, shown = _shown(pieces, lists)
        self.flat_before = None if shown is None else (list(map(identity, shown.people)), [])
        before, self.before = self.before, shown
        if shown is None or before is None or not shown.begins_like(before):
            return pieces
        changed = self.replaced(shown, before)
        if changed is None:
            return pieces
        replaced = (
            replace_node(piece, shown.names, changed if text_of(changed) else None)
            if piece is top
            else piece
            for piece in pieces
        )
        return [piece for piece in replaced if piece != ""]

    def replaced(self, shown: _Shown, before: _Shown) -> Piece | None:
        """The names with the substitute in them; ``None`` if they stay."""
        text, names = self.text or "", shown.names
        whole = shown.whole()
        complete = whole is not None and whole == before.whole()
        if self.rule == "complete-all":
            return Node(names.wrap, [text]) if complete else None
        people = shown.persons()
        if self.rule == "complete-each":
            same = len(people) if complete else 0
        else:
            pairs = zip(people, before.persons(), strict=False)
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            if self.rule == "partial-first":
                same = min(same, 1)
        if not same:
            return Node(names.wrap, [text]) if complete and not people else None
        return _with_names(names, iter([text] * same))


def _shown(pieces: list[Piece], lists: Sequence[NameList]) -> tuple[Piece, _Shown | None]:
    """What names an entry shows first, and the piece in which it does."""
    for top in pieces:
        if (names := find_first(top, "names")) is not None:
            return top, _Shown(names, lists)
    return "", None


def _with_names(node: Node, texts: Iterator[str]) -> Node:
    """The node with its first names replaced by the texts, as far as these go."""
    if node.wrap.kind == "name":
        text = next(texts, None)
        return node if text is None else Node(node.wrap, [text])
    children = [
        child if isinstance(child, str) else _with_names(child, texts) for child in node.children
    ]
    return Node(node.wrap, children)
