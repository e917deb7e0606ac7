"""Macros and substitutes: what they return, and how the group rule sees it.

CSL 1.0.2, "Group": a group is suppressed if it calls variables and all of them
are empty; a macro that is not empty counts as a variable that is not empty. As
in the test suite, a macro obeys the rule of groups itself. ``None`` stands for
"variables called, all empty", ``""`` for "nothing to print, nothing called".

"Substitute": the first child that prints something stands for the names, and
the variables in it are empty for the rest of the cite. The affixes and
formatting of the ``cs:names`` don't apply to a substitute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from citekit.render.context import Context
from citekit.render.elements import TextSpec, dress
from citekit.render.tree import PLAIN, Node, Piece, Wrap, variables_in

Block = Callable[[Context], tuple[list[Piece], int]]

SUBSTITUTE = Wrap(kind="names")


def joined(pieces: Sequence[Piece]) -> Piece:
    """Pieces as one piece."""
    return pieces[0] if len(pieces) == 1 else Node(PLAIN, pieces)


def group(wrap: Wrap, pieces: list[Piece]) -> Node:
    """A group that prints something; a bare one around a single plain node is that node.

    What is formatted or has a suffix doesn't meet what is outside of the group.
    """
    if len(pieces) == 1 and wrap.is_bare:
        only = pieces[0]
        if type(only) is Node:
            inner = only.wrap
            if inner.is_plain and not inner.suffix and inner is not SUBSTITUTE:
                return only
    return Node(wrap, pieces)


def macro_piece(pieces: list[Piece]) -> Piece:
    """The output of a macro that prints something."""
    if len(pieces) == 1:
        only = pieces[0]
        if not isinstance(only, str) and only.wrap.formatting is None:
            return only
    return Node(PLAIN, pieces)  # a formatted node in a macro doesn't meet what is outside


def dressed_macro(context: Context, output: Piece | None, spec: TextSpec) -> Piece | None:
    """A macro's output with the attributes of the ``cs:text`` that calls it."""
    if not output or context.sorting:
        return output
    return dress(context, output, spec)


def substitute(
    context: Context, substitutes: Sequence[tuple[int, Block]]
) -> tuple[Piece | None, int]:
    """The first substitute of a ``cs:names`` that prints something, and the status.

    With each substitute come the bits of the variables without which it prints nothing,
    0 if it may do so without any.
    """
    for bits, block in substitutes:
        if bits and not context.has & bits:
            continue
        outer = context.substituting
        context.substituting = True
        pieces, status = block(context)
        context.substituting = outer
        if pieces and status != 1:
            piece = joined(pieces)
            context.suppress(variables_in(piece))
            return Node(SUBSTITUTE, [piece]), 2 if status == 2 else 1
    return None, 1
