"""The layouts of a style in flat output: entries, citations of one cite, and bare cites."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from citekit.compile.compiled import CompiledScope, CompiledStyle
from citekit.flat import elements
from citekit.flat.marks import COLUMN, UNQUOTED, NotFlatError
from citekit.flat.names import render_names
from citekit.flat.settle import bare, check_columns, settled
from citekit.output.punctuation import PUNCTUATION
from citekit.output.quotes import Typography
from citekit.render.context import Context
from citekit.render.tree import Wrap

RUNTIME: dict[str, object] = {
    "date": elements.date,
    "dressed_macro": elements.dressed_macro,
    "macro_piece": elements.macro_piece,
    "number": elements.number,
    "number_text": elements.number_text,
    "plain_text": elements.plain_text,
    "page_text": elements.page_text,
    "locator_text": elements.locator_text,
    "render_names": render_names,
    "substitute": elements.substitute,
    "text": elements.text,
    "year_suffix": elements.year_suffix,
}

_PATIENCE = 50
"""Outputs that are tried in vain before it counts that most of a style's can't be flat."""

Flat = Callable[[Context], str | None]
"""What renders a record in flat output, settled and marked; ``None`` where only a tree does."""


@lru_cache(maxsize=64)
def flat_entries(style: CompiledStyle) -> Flat:
    """What renders the entries of a style."""
    scope, options = style.bibliography, style.style.bibliography
    if scope is None or options is None:
        return lambda _: None
    aligned, wrap = options.second_field_align is not None, scope.wrap
    if aligned and (wrap.formatting is not None or wrap.suffix not in ("", *PUNCTUATION)):
        return lambda _: None  # what goes around blocks
    return _Layout(style, scope, aligned, capitalize=True).output


@lru_cache(maxsize=64)
def flat_citations(style: CompiledStyle) -> Flat:
    """What renders the citations of a style that consist of one cite."""
    in_notes = style.style.class_ == "note"
    return _Layout(style, style.citation, aligned=False, capitalize=in_notes).output


class _Layout:
    """The layout of a scope in flat output."""

    def __init__(
        self, style: CompiledStyle, scope: CompiledScope, aligned: bool, capitalize: bool
    ) -> None:
        typography = Typography.of(style.locale)
        constants = elements.Constants(typography, style.style.class_ == "note")
        self.layout = scope.over(RUNTIME, constants.flat)
        self.aligned = aligned
        self.capitalize = capitalize
        self.tried = self.in_vain = 0
        self.typography = typography
        wrap = scope.wrap
        self.affixes = constants.dress(Wrap(prefix=wrap.prefix, suffix=wrap.suffix))
        self.outside = constants.dress(Wrap(formatting=wrap.formatting))

    def output(self, context: Context) -> str | None:
        """What is printed of a record."""
        if self.in_vain > _PATIENCE and self.in_vain > self.tried / 2:
            return None
        self.tried += 1
        try:
            pieces = self.layout(context)
            if not pieces:
                return None
            if self.aligned:
                return self.in_columns(pieces)
            text = self.outside.around(self.affixes.around("".join(pieces)))
            return settled(text, self.typography, self.capitalize)
        except NotFlatError:
            self.in_vain += 1
            return None

    def in_columns(self, pieces: list[str]) -> str:
        """An entry whose first field is set in the margin."""
        if len(pieces) < 2 or UNQUOTED in pieces[0]:
            raise NotFlatError
        text = self.affixes.around(f"{pieces[0]}{COLUMN}{''.join(pieces[1:])}")
        check_columns(text)
        return settled(text, self.typography, self.capitalize)


@lru_cache(maxsize=64)
def bare_cites(style: CompiledStyle) -> Flat:
    """What gives the bare text of a cite, as :func:`citekit.render.tree.text_of` does, its pieces
    kept apart by NUL; ``None`` where only a tree gives it.
    """
    constants = elements.Constants(None, in_notes=False)
    layout = style.citation.over(RUNTIME, constants.flat)

    def cite(context: Context) -> str | None:
        try:
            return bare("\0".join(layout(context)))
        except NotFlatError:
            return None

    return cite
