"""Style nodes + locale → a compiled style.

The source that :mod:`citekit.compile.emit` writes for each scope becomes code here.
Where records are formatted in a style that has been kept on disk, none of this is loaded.
"""

from __future__ import annotations

from functools import partial
from importlib.util import source_hash
from typing import Any, TypeVar

from attrs import evolve, fields

from citekit.compile import specs
from citekit.compile.compiled import CompiledScope, CompiledStyle, Sort, put_together
from citekit.compile.emit import Emitter, layout_wrap
from citekit.compile.sort_keys import macro_key, names_key, variable_key
from citekit.compile.survey import is_numbered, prints_date, renders_year_suffix
from citekit.records.vocabulary import NAME_VARIABLES
from citekit.render.elements import Language
from citekit.style import nodes
from citekit.style.locale import Locale
from citekit.style.settings import BibliographyOptions, CitationOptions, StyleOptions

T = TypeVar("T")


def compile_style(style: nodes.Style, locale: Locale) -> CompiledStyle:
    """Compile both scopes of a style for a locale."""
    scopes: list[nodes.Scope] = [style.citation]
    if style.bibliography is not None:
        scopes.append(style.bibliography)
    explicit = any(renders_year_suffix(scope) for scope in scopes)
    language = specs.language_of(style, locale)
    citation, *others = (
        _compile_scope(style, scope, locale, language, not explicit) for scope in scopes
    )
    return CompiledStyle(
        style=_options(style),
        locale=locale,
        language=language,
        citation=citation,
        bibliography=others[0] if others else None,
        author=_compile_scope(style, _author(style.citation), locale, language, False),
        tests_disambiguate=citation.source.count("c.disambiguates()"),
        tests_position="in c.position" in citation.source,
    )


def _options(style: nodes.Style) -> StyleOptions:
    """A style without its elements."""
    bibliography = style.bibliography
    return _only(
        StyleOptions,
        style,
        info=evolve(style.info, links=()),
        citation=_only(CitationOptions, style.citation),
        bibliography=None if bibliography is None else _only(BibliographyOptions, bibliography),
    )


def _only(kind: type[T], node: T, **others: Any) -> T:
    """What of a node its base class ``kind`` has, apart from what is given."""
    own = {each.name: getattr(node, each.name) for each in fields(kind)}  # type: ignore[arg-type]
    return kind(**own | others)


def _compile_scope(
    style: nodes.Style,
    scope: nodes.Scope,
    locale: Locale,
    language: Language,
    implicit_suffix: bool,
) -> CompiledScope:
    emitter = Emitter(style, scope, locale, language, implicit_suffix)
    source = emitter.module()
    filename = f"<citekit {source_hash(source.encode()).hex()[:12]}: {style.info.id}>"
    return put_together(
        compile(source, filename, "exec"),
        source,
        emitter.constants,
        layout_wrap(scope.layout),
        tuple(_sort(key, scope, style, locale, emitter) for key in scope.sort),
        is_numbered(scope),
    )


def _sort(
    key: nodes.Key, scope: nodes.Scope, style: nodes.Style, locale: Locale, emitter: Emitter
) -> Sort:
    """CSL 1.0.2, "Sorting Variables" and "Sorting Macros"."""
    if key.macro is not None:
        limits = (key.names_min, key.names_use_first, key.names_use_last)
        own_limits = None if limits == (None, None, None) else limits
        function = partial(macro_key, own_limits, prints_date(scope, key.macro))
        return function, emitter.macros[key.macro], key.descending
    variable = key.variable or ""
    if variable in NAME_VARIABLES:
        spec = specs.name_spec(scope.name, style, locale)
        return partial(names_key, variable, spec), "", key.descending
    return variable_key(variable), "", key.descending


def _author(citation: nodes.Citation) -> nodes.Scope:
    """A scope that prints who, or failing that what, a cite is of."""
    name = evolve(citation.name, form="short", and_=citation.name.and_ or "text")

    def names(variable: str, *substitute: nodes.Rendering) -> nodes.Names:
        et_al = nodes.EtAl()
        return nodes.Names(variables=(variable,), name=name, et_al=et_al, substitute=substitute)

    title = nodes.Text(variable="title", form="short")
    author = names("author", names("editor"), names("translator"), title)
    return evolve(citation, layout=nodes.Layout(children=(author,)), sort=(), macros={})
