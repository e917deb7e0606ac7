"""Style nodes + locale → the specs that the run-time reads.

Each function turns one node into an immutable value in which nothing is left to
look up: terms are texts, localized dates are lists of parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from attrs import evolve

from citekit.records.vocabulary import LOCATOR_LABELS
from citekit.render import numbers
from citekit.render.dates import DateSpec, PartSpec
from citekit.render.elements import Language, NumberLabel, TextSpec, ordinal
from citekit.render.groups import group
from citekit.render.name_parts import NameSpec
from citekit.render.name_parts import PartSpec as NamePartSpec
from citekit.render.names import LabelSpec, NamesSpec
from citekit.render.richtext import rich
from citekit.render.textcase import text_case
from citekit.render.tree import Node, Piece, Wrap, affix
from citekit.style import nodes
from citekit.style.locale import Locale

LOCATOR_TERMS = LOCATOR_LABELS
"""Each locator label is the name of its term."""

_DATE_PARTS = {"year": {"year"}, "year-month": {"year", "month"}}
_UNSPACED_END = re.compile(r"[\u2e80-\u9fff\uac00-\ud7ff]$")


_wrap = lru_cache(maxsize=1024)(Wrap)
"""Equal wraps are one: there are thousands in a style, and each takes a while to load."""


def language_of(style: nodes.Style, locale: Locale) -> Language:
    """Locale and global options as the run-time needs them."""
    return Language(
        locale=locale,
        conjunction=locale.term("and") or "and",
        page_range_format=style.page_range_format,
        page_delimiter=locale.term("page-range-delimiter") or numbers.RANGE,
    )


def wrap_of(
    node: nodes.Text | nodes.Number | nodes.Date | nodes.Group | nodes.Label | nodes.Names,
    kind: str = "",
    variable: str = "",
    delimiter: str = "",
) -> Wrap:
    """The wrap with a node's affixes and formatting."""
    return _wrap(
        kind=kind,
        variable=variable,
        prefix=node.prefix,
        suffix=node.suffix,
        delimiter=delimiter,
        formatting=node.formatting,
        quotes=getattr(node, "quotes", False),
        display=getattr(node, "display", None),
    )


@lru_cache(maxsize=1024)
def group_in(wrap: Wrap) -> Callable[[list[Piece]], Node]:
    """What makes a group of its pieces."""
    return partial(group if wrap.is_bare else Node, wrap)


@lru_cache(maxsize=256)
def text_spec(node: nodes.Text, kind: str, variable: str = "") -> TextSpec:
    """``cs:text``."""
    return TextSpec(
        wrap=wrap_of(node, kind, variable),
        text_case=node.text_case,
        strip_periods=node.strip_periods,
    )


def macro_spec(node: nodes.Text) -> TextSpec:
    """``cs:text`` with a macro: it takes all attributes but the case, which the reference
    leaves to what the macro prints, and so styles are written for that.
    """
    return evolve(text_spec(node, ""), text_case=None)


def is_plain(node: nodes.Text) -> bool:
    """Whether a ``cs:text`` leaves the output of the macro that it calls exactly as it is."""
    return not (
        node.prefix
        or node.suffix
        or node.formatting
        or node.quotes
        or node.display
        or node.strip_periods
    )


def is_unchanged(node: nodes.Text) -> bool:
    """Whether a ``cs:text`` puts nothing but affixes and quotation marks to a text."""
    return not (node.formatting or node.strip_periods or node.text_case)


def constant(text: str, kind: str, node: nodes.Text | nodes.Label, english: bool) -> Node | None:
    """A term or value with its element's case, periods and wrap; ``None`` if it is empty."""
    if not text:
        return None
    piece = rich(text.replace(".", "") if node.strip_periods else text)
    if node.text_case:
        piece = text_case(piece, node.text_case, english)
    return Node(wrap_of(node, kind), [piece])


def term_text(name: str, form: str, plural: bool, locale: Locale) -> str:
    """A term's text; ``""`` when it is nowhere defined or blank."""
    text = locale.term(name, form, plural)
    return text if text and not text.isspace() else ""


@lru_cache(maxsize=256)
def number_spec(node: nodes.Number) -> TextSpec:
    """``cs:number`` apart from its form."""
    return TextSpec(wrap=wrap_of(node, "number", node.variable), text_case=node.text_case)


def number_form(node: nodes.Number, locale: Locale) -> Callable[[str], str]:
    """The function that a ``cs:number`` puts each number through."""
    if node.form == "roman":
        return numbers.roman
    if node.form == "numeric":
        return numbers.as_is
    return ordinal(locale, node.variable, long=node.form == "long-ordinal")


@lru_cache(maxsize=256)
def label_spec(node: nodes.Label, term: str, locale: Locale, english: bool) -> NumberLabel:
    """``cs:label`` of a number variable."""
    single, multiple = label_texts(node, term, locale, english)
    return NumberLabel(
        single=single,
        multiple=multiple,
        plural=node.plural,
        counts=term in ("number-of-pages", "number-of-volumes"),
    )


@lru_cache(maxsize=32)
def locator_labels(node: nodes.Label, locale: Locale, english: bool) -> Mapping[str, NumberLabel]:
    """``cs:label`` of the locator, by its term."""
    return {term: label_spec(node, term, locale, english) for term in sorted(LOCATOR_TERMS)}


def label_texts(node: nodes.Label, term: str, locale: Locale, english: bool) -> tuple[Piece, Piece]:
    """Singular and plural of a label's term, dressed; ``""`` where there is none."""
    found = []
    for plural in (False, True):
        text = term_text(term, node.form, plural, locale)
        found.append(constant(text, "label", node, english) or "")
    return found[0], found[1]


# ---------------------------------------------------------------- dates


@lru_cache(maxsize=256)
def date_spec(node: nodes.Date, locale: Locale) -> DateSpec:
    """``cs:date``, localized or not."""
    parts, delimiter = node.parts, node.delimiter
    localized = locale.date(node.form) if node.form else None
    if localized is not None:
        parts, delimiter = _localized(node, localized), localized.delimiter
    text_case_ = node.text_case or (localized.text_case if localized else None)
    formatting = node.formatting or (localized.formatting if localized else None)
    wrap = _wrap(
        kind="date",
        variable=node.variable,
        prefix=node.prefix,
        suffix=node.suffix,
        formatting=formatting,
        display=node.display,
    )
    return DateSpec(
        variable=node.variable,
        wrap=wrap,
        key_wrap=_wrap(kind="date", variable=node.variable),
        delimiter=delimiter,
        parts=tuple(_part_spec(part, locale) for part in parts),
        text_case=text_case_,
        locale=locale,
        ad=term_text("ad", "long", False, locale),
        bc=term_text("bc", "long", False, locale),
    )


def _localized(node: nodes.Date, localized: nodes.Date) -> tuple[nodes.DatePart, ...]:
    """The locale's parts that the style asks for, with the style's attributes over theirs."""
    wanted = _DATE_PARTS.get(node.date_parts)
    own = {part.name: part for part in node.parts}
    chosen = []
    for part in localized.parts:
        if wanted is not None and part.name not in wanted:
            continue
        chosen.append(_override(part, own[part.name]) if part.name in own else part)
    return tuple(chosen)


def _override(part: nodes.DatePart, own: nodes.DatePart) -> nodes.DatePart:
    return nodes.DatePart(
        name=part.name,
        form=own.form or part.form,
        prefix=part.prefix,
        suffix=part.suffix,
        formatting=own.formatting or part.formatting,
        text_case=own.text_case or part.text_case,
        strip_periods=part.strip_periods if own.strip_periods is None else own.strip_periods,
        range_delimiter=part.range_delimiter
        if own.range_delimiter is None
        else own.range_delimiter,
    )


def _part_spec(part: nodes.DatePart, locale: Locale) -> PartSpec:
    form = part.form or ("numeric" if part.name == "day" else "long")
    names = {}
    if part.name == "month" and form in ("long", "short"):
        names = {
            month: term_text(f"month-{month:02d}", form, False, locale) for month in range(1, 13)
        }
    if part.name == "month":
        season_form = "short" if form == "short" else "long"
        for season in range(1, 5):
            names[20 + season] = term_text(f"season-{season:02d}", season_form, False, locale)
    return PartSpec(
        name=part.name,
        form=form,
        prefix=part.prefix,
        suffix=part.suffix,
        wrap=_wrap(kind=part.name, formatting=part.formatting),
        text_case=part.text_case,
        strip_periods=bool(part.strip_periods),
        range_delimiter=numbers.RANGE if part.range_delimiter is None else part.range_delimiter,
        names=names,
    )


# ---------------------------------------------------------------- names


_UNBROKEN_PARTICLES = ("cs", "fr", "ru")
"""Languages that don't end a line with a particle or preposition."""
_NO_BREAK = "\N{NO-BREAK SPACE}"


def name_spec(name: nodes.Name, style: nodes.Style, locale: Locale) -> NameSpec:
    """``cs:name``."""
    return NameSpec(
        form=name.form,
        and_=_and(name, locale),
        delimiter=name.delimiter,
        space=affix(" ") if name.given or name.family else " ",
        particle_space=_NO_BREAK if locale.lang[:2] in _UNBROKEN_PARTICLES else " ",
        delimiter_precedes_et_al=name.delimiter_precedes_et_al,
        delimiter_precedes_last=name.delimiter_precedes_last,
        et_al_min=name.et_al_min,
        et_al_use_first=name.et_al_use_first,
        et_al_subsequent_min=name.et_al_subsequent_min,
        et_al_subsequent_use_first=name.et_al_subsequent_use_first,
        et_al_use_last=name.et_al_use_last,
        initialize=name.initialize,
        initialize_with=name.initialize_with,
        hyphen=style.initialize_with_hyphen,
        sort_order=name.name_as_sort_order,
        sort_separator=re.sub("  +", " ", name.sort_separator),
        demote_display=style.demote_non_dropping_particle == "display-and-sort",
        demote_sort=style.demote_non_dropping_particle != "never",
        count_articles=style.count_articles,
        given=_name_part(name.given),
        family=_name_part(name.family),
        wrap=_wrap(kind="name", prefix=name.prefix, suffix=name.suffix, formatting=name.formatting),
        list_wrap=_wrap(),
        abridged_wrap=_wrap(formatting=name.formatting) if name.formatting else None,
    )


def _and(name: nodes.Name, locale: Locale) -> str:
    if name.and_ is None:
        return ""
    word = "&" if name.and_ == "symbol" else term_text("and", "long", False, locale)
    spaced = word != word.strip()
    return word if spaced or _UNSPACED_END.search(word) else f" {word} "


def _name_part(part: nodes.NamePart | None) -> NamePartSpec | None:
    if part is None:
        return None
    return NamePartSpec(
        wrap=_wrap(formatting=part.formatting),
        outer=_wrap(prefix=part.prefix, suffix=part.suffix),
        text_case=part.text_case,
    )


def names_spec(
    node: nodes.Names, style: nodes.Style, locale: Locale, english: bool, makes_pair: bool
) -> NamesSpec:
    """``cs:names`` without its substitutes."""
    et_al = term_text(node.et_al.term, "long", False, locale)
    et_al_wrap = _wrap(
        kind="et-al",
        prefix=node.et_al.prefix,
        suffix=node.et_al.suffix,
        formatting=node.et_al.formatting,
    )
    variables = [*node.variables, "editor-translator"]
    labels = {}
    if node.label is not None:
        for variable in variables:
            labels[variable] = _names_label(node.label, variable, locale, english)
    return NamesSpec(
        variables=node.variables,
        wrap=wrap_of(node, "names", delimiter=node.delimiter),
        name=name_spec(node.name, style, locale),
        et_al=Node(et_al_wrap, [et_al]) if et_al else "",
        et_al_joined=_UNSPACED_END.search(et_al[:1]) is not None,
        labels=labels,
        label_first=node.label_first,
        makes_pair=makes_pair,
        list_wraps={variable: _wrap(kind="name-list", variable=variable) for variable in variables},
    )


@lru_cache(maxsize=256)
def _names_label(label: nodes.Label, variable: str, locale: Locale, english: bool) -> LabelSpec:
    term = variable
    if variable == "editor-translator" and locale.term("editortranslator") is not None:
        term = "editortranslator"
    single, multiple = label_texts(label, term, locale, english)
    return LabelSpec(single=single, multiple=multiple, plural=label.plural)
