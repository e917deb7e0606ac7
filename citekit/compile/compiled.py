"""A style in one locale, compiled: functions that render a context.

:mod:`citekit.compile.compiler` makes the parts of a scope, which can be kept on disk;
here they are put together: the code is run once, and its globals are the run-time
functions and the style's constants. A compiled style is immutable and may be shared
between threads.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Mapping
from functools import partial
from types import CodeType
from typing import Any

from attrs import frozen

from citekit.render import elements, groups, names
from citekit.render.citation_label import citation_label
from citekit.render.context import Context
from citekit.render.elements import Language
from citekit.render.tree import Piece, Wrap
from citekit.style.collation import Collation
from citekit.style.locale import Locale
from citekit.style.settings import StyleOptions

Layout = Callable[[Context], list[Piece]]
KeyFunction = Callable[[Context], str]

_RUNTIME: dict[str, object] = {
    "citation_label": citation_label,
    "date": elements.date,
    "dressed_macro": groups.dressed_macro,
    "has_editor_translator": elements.has_editor_translator,
    "is_numeric": elements.is_numeric,
    "is_uncertain": elements.is_uncertain,
    "label": elements.label,
    "macro_piece": groups.macro_piece,
    "number": elements.number,
    "number_text": elements.number_text,
    "page_first": elements.page_first,
    "plain_text": elements.plain_text,
    "page_text": elements.page_text,
    "locator_text": elements.locator_text,
    "render_names": names.render_names,
    "substitute": groups.substitute,
    "text": elements.text,
    "year_suffix": elements.year_suffix,
}


@frozen(slots=True, eq=False)
class SortKey:
    """One ``cs:key``: the function that makes the key, and its direction."""

    function: KeyFunction
    descending: bool


Sort = tuple[Callable[..., str], str, bool]
"""A ``cs:key``: its function, the macro that this takes first, if any, and whether descending."""
Parts = tuple[CodeType, str, dict[str, object], Wrap, tuple[Sort, ...], bool]
"""What :func:`put_together` takes."""


@frozen(slots=True, eq=False)
class CompiledScope:
    """``cs:citation`` or ``cs:bibliography``, ready to run; ``source`` is the generated code."""

    layout: Layout
    wrap: Wrap
    sort: tuple[SortKey, ...]
    source: str
    is_numbered: bool
    """Whether it prints citation-numbers or sorts by them."""
    parts: Parts

    def over(self, runtime: Mapping[str, object], constant: Callable[[object], object]) -> Any:
        """The layout over other functions, with the style's constants made over for them."""
        code, _, constants, *_ = self.parts
        found = {**_RUNTIME, **runtime}
        found |= {name: constant(value) for name, value in constants.items()}
        exec(code, found)
        return found["layout"]

    def __reduce__(self) -> tuple[object, ...]:
        """Functions with globals of their own can't be pickled, but what they are made from."""
        return put_together, self.parts


def put_together(
    code: CodeType,
    source: str,
    constants: dict[str, object],
    wrap: Wrap,
    sort: tuple[Sort, ...],
    is_numbered: bool,
) -> CompiledScope:
    """A scope of its code, the globals of this that are the style's own, and the rest."""
    linecache.cache[code.co_filename] = (lambda: source,)
    found = {**_RUNTIME, **constants}
    exec(code, found)
    keys = (
        SortKey(partial(function, found[macro]) if macro else function, descending)
        for function, macro, descending in sort
    )
    layout: Layout = found["layout"]  # type: ignore[assignment]
    parts = (code, source, constants, wrap, sort, is_numbered)
    return CompiledScope(layout, wrap, tuple(keys), source, is_numbered, parts)


@frozen(slots=True, eq=False)
class CompiledStyle:
    """A style in one locale, ready to run."""

    style: StyleOptions
    locale: Locale
    language: Language
    citation: CompiledScope
    bibliography: CompiledScope | None
    author: CompiledScope
    """Prints a record's author, or who or what stands in, where cites name nobody."""
    tests_disambiguate: int
    """How many ``disambiguate`` conditions the citation has."""
    tests_position: bool
    """Whether the citation looks at the positions of cites."""
    collation: Collation = "built-in"
