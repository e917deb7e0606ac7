"""The output tree: what rendering makes, and what every later step reads.

A piece of output is a ``str`` or a :class:`Node`. A node is its children plus a
:class:`Wrap`, which says what the node is and how its output is dressed. Wraps
are made once, when a style is compiled; rendering only puts children into them,
so a node is cheap. Nothing changes a tree once it is built.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import final

from attrs import field, frozen

from citekit.records.vocabulary import NUMBER_VARIABLES
from citekit.style.settings import Display, Formatting


@final
class Open:
    """A node begins: the node's ``wrap``, and the formatting that really changes here.

    ``styles`` are pairs such as ``("font_style", "italic")``, outermost first.
    ``is_plain`` if there is neither formatting nor display, so that most formats needn't
    mark it.
    """

    __slots__ = ("close", "is_plain", "styles", "wrap")

    def __init__(self, wrap: Wrap, styles: tuple[tuple[str, str], ...] = ()) -> None:
        self.wrap = wrap
        self.styles = styles
        self.is_plain = not styles and wrap.display is None
        self.close = Close(self)


@final
class Close:
    """The node that was opened last ends; ``open`` is where it began."""

    __slots__ = ("is_plain", "open")

    def __init__(self, opening: Open) -> None:
        self.open = opening
        self.is_plain = opening.is_plain


@frozen(slots=True, eq=False, kw_only=True)
class Wrap:
    """What a node is and how it is dressed.

    ``kind`` is what later steps look for: ``text``, ``number``, ``names``, ``name-list``,
    ``name``, ``date``, ``year``, ``year-suffix``, ``term``, ``label``, ``quote``, ``markup``,
    ``nocase`` or ``""``; ``variable`` is the variable that is printed, if any.
    ``prefix`` and ``suffix`` stand outside ``formatting`` and ``quotes``;
    ``delimiter`` stands between the children.
    """

    kind: str = ""
    variable: str = ""
    prefix: str = ""
    suffix: str = ""
    delimiter: str = ""
    formatting: Formatting | None = None
    quotes: bool = False
    display: Display | None = None
    marks: str = ""
    """Of a quotation that was typed with typographic marks: these, opening and closing;
    "inner" for one that is to have the inner marks of the locale."""
    markup: bool = False
    """The formatting comes from markup in a field, so it flips inside its like."""
    is_plain: bool = field(init=False)
    """Nothing but its affixes and delimiter makes a difference to the text."""
    is_bare: bool = field(init=False)
    """Nothing but its delimiter makes a difference, so around a single node none does."""
    is_number: bool = field(init=False)
    """Its variable is a number variable."""
    opening: Open = field(init=False, repr=False)
    """What settling says where such a node begins that changes no formatting."""

    def __attrs_post_init__(self) -> None:
        special = (
            self.formatting is not None
            or self.quotes
            or self.display is not None
            or self.kind in ("term", "value", "cite-prefix")
            or self.variable == "citation-number"
        )
        object.__setattr__(self, "is_plain", not special)
        is_bare = not (special or self.kind or self.prefix or self.suffix)
        object.__setattr__(self, "is_bare", is_bare)
        object.__setattr__(self, "is_number", self.variable in NUMBER_VARIABLES)
        object.__setattr__(self, "opening", Open(self))


@final
class Node:
    """A dressed sequence of pieces."""

    __slots__ = ("children", "wrap")

    def __init__(self, wrap: Wrap, children: Sequence[Piece]) -> None:
        self.wrap = wrap
        self.children = children

    def __repr__(self) -> str:
        return f"Node({self.wrap.kind!r}, {self.children!r})"


Piece = str | Node

PLAIN = Wrap()
QUOTE = Wrap(kind="quote", quotes=True)
SECONDARY_QUOTE = Wrap(kind="quote", quotes=True, marks="inner")
NOCASE = Wrap(kind="nocase")
CITE_PREFIX = Wrap(kind="cite-prefix")
"""The prefix that an author gives to a cite."""


@lru_cache(maxsize=512)
def affix(text: str) -> Node:
    """Text that stands between pieces like an affix: its spaces and marks merge with theirs."""
    return Node(Wrap(prefix=text), ())


@lru_cache(maxsize=64)
def between_cites(delimiter: str) -> Node:
    """A delimiter between cites: a space with which the next cite starts stays beside its own."""
    return Node(Wrap(kind="between-cites", prefix=delimiter), ())


def leaves(node: Node, found: list[str]) -> None:
    """Append all text of a node in order, affixes and delimiters included, quotation marks not."""
    wrap = node.wrap
    if wrap.prefix:
        found.append(wrap.prefix)
    delimiter = ""
    for child in node.children:
        if delimiter:
            found.append(delimiter)
        delimiter = wrap.delimiter
        if type(child) is Node:
            leaves(child, found)
        else:
            found.append(child)
    if wrap.suffix:
        found.append(wrap.suffix)


def text_of(piece: Piece) -> str:
    """The bare text of a piece, without markup and with nothing merged."""
    if isinstance(piece, str):
        return piece
    found: list[str] = []
    leaves(piece, found)
    return "".join(found)


def changed_wrap(wrap: Wrap, change: Callable[[str], str]) -> Wrap:
    """The wrap with ``change`` applied to its affixes and delimiter."""
    if not (wrap.prefix or wrap.suffix or wrap.delimiter):
        return wrap
    return Wrap(
        kind=wrap.kind,
        variable=wrap.variable,
        prefix=change(wrap.prefix),
        suffix=change(wrap.suffix),
        delimiter=change(wrap.delimiter),
        formatting=wrap.formatting,
        quotes=wrap.quotes,
        display=wrap.display,
        marks=wrap.marks,
        markup=wrap.markup,
    )


def variables_in(piece: Piece) -> list[str]:
    """The variables printed in a piece."""
    found: list[str] = []
    _add_variables(piece, found)
    return found


def _add_variables(piece: Piece, found: list[str]) -> None:
    if not isinstance(piece, str):
        if piece.wrap.variable:
            found.append(piece.wrap.variable)
        for child in piece.children:
            if type(child) is Node and child.wrap.kind != "name":
                _add_variables(child, found)


def prints_variable(piece: Piece) -> bool:
    """Whether any of a piece comes from the record rather than from the style."""
    if isinstance(piece, str):
        return False
    if piece.wrap.variable or piece.wrap.kind == "names":
        return True
    return any(prints_variable(child) for child in piece.children)


def prints_text_variable(piece: Piece) -> bool:
    """Whether a ``cs:text`` prints a variable that the record has and not only the cite."""
    return any(
        node.wrap.variable not in ("", "citation-label", "locator", "year-suffix")
        for node in find_all(piece, "text")
    )


def find_all(piece: Piece, kind: str) -> list[Node]:
    """All nodes of a kind, outermost first, in order of their appearance."""
    found: list[Node] = []
    if not isinstance(piece, str):
        _add_found(piece, kind, found)
    return found


def _add_found(node: Node, kind: str, found: list[Node]) -> None:
    if node.wrap.kind == kind:
        found.append(node)
    for child in node.children:
        if type(child) is Node:
            _add_found(child, kind, found)


def find_first(piece: Piece, kind: str) -> Node | None:
    """The first node of a kind."""
    if isinstance(piece, str):
        return None
    if piece.wrap.kind == kind:
        return piece
    for child in piece.children:
        if type(child) is Node and (found := find_first(child, kind)) is not None:
            return found
    return None


def replace_node(piece: Piece, old: Node, new: Piece | None) -> Piece:
    """A copy of a piece with one node, found by identity, replaced.

    With ``None`` the node is removed, and so is whatever then holds nothing.
    """
    if piece is old:
        return "" if new is None else new
    if isinstance(piece, str) or not _contains(piece, old):
        return piece
    children = [replace_node(child, old, new) for child in piece.children]
    children = [child for child in children if child != ""]
    return Node(piece.wrap, children) if children else ""


def _contains(piece: Node, wanted: Node) -> bool:
    return any(
        child is wanted or (isinstance(child, Node) and _contains(child, wanted))
        for child in piece.children
    )
