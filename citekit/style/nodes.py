"""A parsed style: one immutable class for each CSL element.

Everything is resolved here that can be known from the style alone: defaults
are filled in, inheritable name options have reached the ``cs:names`` they
apply to, and each scope (citation, bibliography) has its own copy of the macros
it calls, because inherited options may differ between the two. Only the locale
is still open.

Source: CSL 1.0.2, sections of the same names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from citekit.style.settings import (
    BibliographyOptions,
    CitationOptions,
    DatePartName,
    DatePartsLevel,
    Display,
    Formatting,
    Info,
    Link,
    Match,
    NameForm,
    Precedes,
    StyleOptions,
    TermForm,
    TextCase,
)

__all__ = [
    "Bibliography",
    "BibliographyOptions",
    "Branch",
    "Choose",
    "Citation",
    "CitationOptions",
    "Condition",
    "Date",
    "DatePart",
    "DatePartName",
    "DatePartsLevel",
    "Display",
    "Element",
    "EtAl",
    "Formatting",
    "Group",
    "Info",
    "Key",
    "Label",
    "Layout",
    "Link",
    "LocaleData",
    "Macro",
    "Match",
    "Name",
    "NameForm",
    "NamePart",
    "Names",
    "Number",
    "Precedes",
    "Rendering",
    "Scope",
    "Style",
    "StyleOptions",
    "Term",
    "TermForm",
    "Text",
    "TextCase",
]

# ---------------------------------------------------------------- rendering elements


@frozen(slots=True, kw_only=True)
class Element:
    """What all rendering elements share. ``formatting`` is ``None`` when nothing is set."""

    line: int = field(default=0, eq=False)
    prefix: str = ""
    suffix: str = ""
    formatting: Formatting | None = None


@frozen(slots=True, kw_only=True)
class Text(Element):
    """``cs:text``: exactly one of variable, macro, term and value is not ``None``."""

    variable: str | None = None
    macro: str | None = None
    term: str | None = None
    value: str | None = None
    form: str = "long"
    plural: bool = False
    quotes: bool = False
    strip_periods: bool = False
    text_case: TextCase | None = None
    display: Display | None = None


@frozen(slots=True, kw_only=True)
class DatePart(Element):
    """``cs:date-part``. ``form`` is ``None`` when not set (the default depends on the part)."""

    name: DatePartName
    form: str | None = None
    range_delimiter: str | None = None
    strip_periods: bool | None = None
    text_case: TextCase | None = None


@frozen(slots=True, kw_only=True)
class Date(Element):
    """``cs:date``; ``form`` is ``None`` for a non-localized date."""

    variable: str
    form: Literal["numeric", "text"] | None = None
    date_parts: DatePartsLevel = "year-month-day"
    delimiter: str = ""
    parts: tuple[DatePart, ...] = ()
    text_case: TextCase | None = None
    display: Display | None = None


@frozen(slots=True, kw_only=True)
class Number(Element):
    """``cs:number``."""

    variable: str
    form: Literal["numeric", "ordinal", "long-ordinal", "roman"] = "numeric"
    text_case: TextCase | None = None
    display: Display | None = None


@frozen(slots=True, kw_only=True)
class Label(Element):
    """``cs:label``; ``variable`` is ``None`` inside ``cs:names``."""

    variable: str | None = None
    form: TermForm = "long"
    plural: Literal["contextual", "always", "never"] = "contextual"
    strip_periods: bool = False
    text_case: TextCase | None = None


@frozen(slots=True, kw_only=True)
class NamePart(Element):
    """``cs:name-part``."""

    name: Literal["given", "family"]
    text_case: TextCase | None = None


@frozen(slots=True, kw_only=True)
class Name(Element):
    """``cs:name`` with every inheritable option resolved.

    ``et_al_min`` and ``et_al_use_first`` are 0 when et-al abbreviation is off;
    the ``subsequent`` ones repeat them when a style sets none of their own.
    """

    and_: Literal["text", "symbol"] | None = None
    delimiter: str = ", "
    delimiter_precedes_et_al: Precedes = "contextual"
    delimiter_precedes_last: Precedes = "contextual"
    et_al_min: int = 0
    et_al_use_first: int = 0
    et_al_subsequent_min: int = 0
    et_al_subsequent_use_first: int = 0
    et_al_use_last: bool = False
    form: NameForm = "long"
    initialize: bool = True
    initialize_with: str | None = None
    name_as_sort_order: Literal["first", "all"] | None = None
    sort_separator: str = ", "
    given: NamePart | None = None
    family: NamePart | None = None


@frozen(slots=True, kw_only=True)
class EtAl(Element):
    """``cs:et-al``; ``line`` is 0 where the style has none."""

    term: str = "et-al"


@frozen(slots=True, kw_only=True)
class Names(Element):
    """``cs:names``. ``label_first`` tells that ``cs:label`` precedes ``cs:name``.

    In the shorthand form inside ``cs:substitute`` (``<names variable="editor"/>``)
    ``name``, ``et_al`` and ``label`` are those of the enclosing ``cs:names``.
    """

    variables: tuple[str, ...]
    delimiter: str = ""
    name: Name
    et_al: EtAl
    label: Label | None = None
    label_first: bool = False
    substitute: tuple[Rendering, ...] = ()
    display: Display | None = None


@frozen(slots=True, kw_only=True)
class Group(Element):
    """``cs:group``."""

    delimiter: str = ""
    children: tuple[Rendering, ...] = ()
    display: Display | None = None


@frozen(slots=True, kw_only=True)
class Condition:
    """The tests of one ``cs:if`` or ``cs:else-if``, each a tuple of values, ``()`` if absent."""

    match: Match = "all"
    disambiguate: bool = False
    is_numeric: tuple[str, ...] = ()
    is_uncertain_date: tuple[str, ...] = ()
    locator: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    variable: tuple[str, ...] = ()


@frozen(slots=True, kw_only=True)
class Branch:
    """``cs:if``, ``cs:else-if`` or, with ``condition`` ``None``, ``cs:else``."""

    line: int = field(default=0, eq=False)
    condition: Condition | None
    children: tuple[Rendering, ...] = ()


@frozen(slots=True, kw_only=True)
class Choose:
    """``cs:choose``."""

    line: int = field(default=0, eq=False)
    branches: tuple[Branch, ...]


Rendering = Text | Date | Number | Names | Label | Group | Choose


# ---------------------------------------------------------------- scopes


@frozen(slots=True, kw_only=True)
class Macro:
    """``cs:macro``."""

    line: int = field(default=0, eq=False)
    name: str
    children: tuple[Rendering, ...]


@frozen(slots=True, kw_only=True)
class Key:
    """``cs:key``: exactly one of variable and macro is not ``None``.

    ``names_min``, ``names_use_first`` and ``names_use_last`` are ``None`` when
    the key doesn't override the et-al options of the names it sorts by.
    """

    line: int = field(default=0, eq=False)
    variable: str | None = None
    macro: str | None = None
    descending: bool = False
    names_min: int | None = None
    names_use_first: int | None = None
    names_use_last: bool | None = None


@frozen(slots=True, kw_only=True)
class Layout(Element):
    """``cs:layout``."""

    delimiter: str = ""
    children: tuple[Rendering, ...] = ()


@frozen(slots=True, kw_only=True)
class Scope:
    """What ``cs:citation`` and ``cs:bibliography`` share.

    ``macros`` holds those that this scope calls, directly or not, by name, with
    this scope's inherited name options. ``name`` are those options as they
    apply to a name variable used as a sort key; ``names_delimiter`` goes with it.
    """

    line: int = field(default=0, eq=False)
    layout: Layout
    sort: tuple[Key, ...] = ()
    macros: Mapping[str, Macro]
    name: Name
    names_delimiter: str = ""


@frozen(slots=True, kw_only=True)
class Citation(Scope, CitationOptions):
    """``cs:citation`` and its options."""


@frozen(slots=True, kw_only=True)
class Bibliography(Scope, BibliographyOptions):
    """``cs:bibliography`` and its options."""


# ---------------------------------------------------------------- locales


@frozen(slots=True, kw_only=True)
class Term:
    """One ``cs:term``: ``single`` and ``multiple`` are equal where it has only one text."""

    name: str
    form: TermForm = "long"
    single: str = ""
    multiple: str = ""
    gender: Literal["masculine", "feminine"] | None = None
    gender_form: Literal["masculine", "feminine"] | None = None
    match: Literal["last-digit", "last-two-digits", "whole-number"] | None = None


@frozen(slots=True, kw_only=True)
class LocaleData:
    """One ``cs:locale``, of a style or a locale file. Options are ``None`` when not set."""

    lang: str | None = None
    terms: tuple[Term, ...] = ()
    dates: Mapping[str, Date] = field(factory=dict)
    """Localized date formats by form; their ``variable`` is ``""``."""
    punctuation_in_quote: bool | None = None
    limit_day_ordinals_to_day_1: bool | None = None


# ---------------------------------------------------------------- the style


@frozen(slots=True, kw_only=True)
class Style(StyleOptions):
    """``cs:style`` of an independent style."""

    locales: tuple[LocaleData, ...] = ()
    citation: Citation
    bibliography: Bibliography | None = None
