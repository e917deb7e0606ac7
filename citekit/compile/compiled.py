"""A style in one locale, compiled: functions that render a context.

The source that :mod:`citekit.compile.emit` writes is executed once; its globals
are the run-time functions and the style's constants. A compiled style is
immutable and may be shared between threads.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from attrs import evolve, frozen

from citekit.compile import specs
from citekit.compile.cache import code_of, key_of
from citekit.compile.emit import Emitter, layout_wrap
from citekit.compile.survey import is_numbered, prints_date, renders_year_suffix
from citekit.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES
from citekit.render import elements, groups, names
from citekit.render.citation_label import citation_label
from citekit.render.context import Context
from citekit.render.dates import sort_key
from citekit.render.elements import Language, number_key
from citekit.render.name_parts import name_key
from citekit.render.names import SORT_NAME
from citekit.render.richtext import rich
from citekit.render.tree import Node, Piece, Wrap, find_all, prints_variable, text_of
from citekit.style import nodes
from citekit.style.locale import Locale

Layout = Callable[[Context], list[Piece]]
KeyFunction = Callable[[Context], str]
Collation = Literal["built-in", "icu"]
"""What decides the order of letters; see :mod:`citekit.processor.collation`."""

_RUNTIME: dict[str, object] = {
    "Node": Node,
    "citation_label": citation_label,
    "date": elements.date,
    "dressed_macro": groups.dressed_macro,
    "group": groups.group,
    "has_editor_translator": elements.has_editor_translator,
    "is_numeric": elements.is_numeric,
    "is_uncertain": elements.is_uncertain,
    "label": elements.label,
    "macro_piece": groups.macro_piece,
    "names_or_substitute": groups.names_or_substitute,
    "number": elements.number,
    "number_text": elements.number_text,
    "page_first": elements.page_first,
    "plain_text": elements.plain_text,
    "page_text": elements.page_text,
    "locator_text": elements.locator_text,
    "render_names": names.render_names,
    "text": elements.text,
    "year_suffix": elements.year_suffix,
}


@frozen(slots=True, eq=False)
class SortKey:
    """One ``cs:key``: the function that makes the key, and its direction."""

    function: KeyFunction
    descending: bool


@frozen(slots=True, eq=False)
class CompiledScope:
    """``cs:citation`` or ``cs:bibliography``, ready to run; ``source`` is the generated code."""

    layout: Layout
    wrap: Wrap
    sort: tuple[SortKey, ...]
    source: str
    is_numbered: bool
    """Whether it prints citation-numbers or sorts by them."""


@frozen(slots=True, eq=False)
class CompiledStyle:
    """A style in one locale, ready to run."""

    style: nodes.Style
    locale: Locale
    language: Language
    citation: CompiledScope
    bibliography: CompiledScope | None
    tests_disambiguate: int
    """How many ``disambiguate`` conditions the citation has."""
    tests_position: bool
    """Whether the citation looks at the positions of cites."""
    collation: Collation = "built-in"


def compile_style(
    style: nodes.Style, locale: Locale, collation: Collation = "built-in"
) -> CompiledStyle:
    """Compile both scopes of a style for a locale."""
    scopes: list[nodes.Scope] = [style.citation]
    if style.bibliography is not None:
        scopes.append(style.bibliography)
    explicit = any(renders_year_suffix(scope) for scope in scopes)
    compiled = [_compile_scope(style, scope, locale, not explicit) for scope in scopes]
    return CompiledStyle(
        style=style,
        locale=locale,
        language=specs.language_of(style, locale),
        citation=compiled[0],
        bibliography=compiled[1] if len(compiled) > 1 else None,
        tests_disambiguate=compiled[0].source.count("c.disambiguates()"),
        tests_position="in c.position" in compiled[0].source,
        collation=collation,
    )


def _compile_scope(
    style: nodes.Style, scope: nodes.Scope, locale: Locale, implicit_suffix: bool
) -> CompiledScope:
    emitter = Emitter(style, scope, locale, implicit_suffix)
    source = emitter.module()
    namespace = {**_RUNTIME, **emitter.constants}
    filename = f"<citekit {key_of(source)[:12]}: {style.info.id}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    exec(code_of(source, filename), namespace)
    keys = tuple(_sort_key(key, scope, style, locale, emitter, namespace) for key in scope.sort)
    layout: Layout = namespace["layout"]  # type: ignore[assignment]
    return CompiledScope(layout, layout_wrap(scope.layout), keys, source, is_numbered(scope))


@lru_cache(maxsize=64)
def author_layout(style: CompiledStyle) -> Layout:
    """Prints a record's author, or who or what stands in, for a style whose cites name nobody."""
    source = style.style.citation
    name = evolve(source.name, form="short", and_=source.name.and_ or "text")

    def names(variable: str, *substitute: nodes.Rendering) -> nodes.Names:
        et_al = nodes.EtAl()
        return nodes.Names(variables=(variable,), name=name, et_al=et_al, substitute=substitute)

    title = nodes.Text(variable="title", form="short")
    author = names("author", names("editor"), names("translator"), title)
    scope = evolve(source, layout=nodes.Layout(children=(author,)), sort=())
    return _compile_scope(style.style, scope, style.locale, False).layout


# ---------------------------------------------------------------- sort keys


def _sort_key(
    key: nodes.Key,
    scope: nodes.Scope,
    style: nodes.Style,
    locale: Locale,
    emitter: Emitter,
    namespace: dict[str, object],
) -> SortKey:
    """CSL 1.0.2, "Sorting Variables" and "Sorting Macros"."""
    if key.macro is not None:
        macro: Callable[[Context], Piece | None] = namespace[emitter.macros[key.macro]]  # type: ignore[assignment]
        limits = (key.names_min, key.names_use_first, key.names_use_last)

        dated = prints_date(scope, key.macro)

        def of_macro(context: Context) -> str:
            context.names_limits = limits
            output = macro(context)
            return _dates_alone(output) if dated and output else elements.plain(output)

        return SortKey(of_macro, key.descending)
    variable = key.variable or ""
    if variable in NAME_VARIABLES:
        name = specs.name_spec(scope.name, style, locale)

        def of_names(context: Context) -> str:
            return SORT_NAME.join(name_key(one, name) for one in context.names.get(variable, ()))

        return SortKey(of_names, key.descending)
    return SortKey(_variable_key(variable), key.descending)


def _dates_alone(output: Piece) -> str:
    """What a macro that may print dates sorts by: these and nothing beside them.

    The specification has the whole text of a macro; processors, and so styles, leave out
    what stands beside a date. A term such as "no date" sorts like no date at all: last.
    """
    dates = find_all(output, "date")
    if dates:
        return "".join(text_of(child) for date in dates for child in date.children)
    return elements.plain(output) if prints_variable(output) else ""


def _variable_key(variable: str) -> KeyFunction:
    if variable in DATE_VARIABLES:

        def of_date(context: Context) -> str:
            date = context.dates.get(variable)
            return sort_key(date) if date is not None else ""

        return of_date
    if variable == "citation-label":
        return citation_label
    if variable == "citation-number":
        return lambda context: number_key(str(context.citation_number))
    if variable in NUMBER_VARIABLES:
        return lambda context: number_key(context.texts.get(variable, ""))
    return lambda context: text_of(rich(context.texts.get(variable, "")))
