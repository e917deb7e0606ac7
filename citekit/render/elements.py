"""What compiled code calls for each rendering element: text, number, date, label, conditions.

Source: CSL 1.0.2, "Rendering Elements". The functions take the context, the
value that was found and the element's spec, which was made when the style was
compiled; they return a piece of output. Whether an element "calls a variable"
(the group rule) is decided by the compiled code around them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from attrs import evolve, frozen

from citekit.patterns import pattern
from citekit.records.date import Date
from citekit.render import dates, numbers, pages
from citekit.render.context import Context
from citekit.render.dates import DateSpec, render_date, single_date
from citekit.render.richtext import rich
from citekit.render.textcase import rich_in_case, text_case
from citekit.render.tree import Node, Piece, Wrap, text_of
from citekit.style.locale import Gender, Locale
from citekit.style.settings import TextCase

NUMBER_KEY_WIDTH = 10


@frozen(slots=True, eq=False, kw_only=True)
class TextSpec:
    """One ``cs:text``, ``cs:number`` or ``cs:label`` in one locale, without its source."""

    wrap: Wrap
    text_case: TextCase | None = None
    strip_periods: bool = False


@frozen(slots=True, eq=False, kw_only=True)
class Language:
    """What the run-time needs of the locale and the style's global options."""

    locale: Locale
    conjunction: str
    """The word "and", which may stand between numbers."""
    page_range_format: str | None
    page_delimiter: str


def dress(context: Context, piece: Piece, spec: TextSpec) -> Piece:
    """The piece with periods stripped, case changed, and the element's wrap around it."""
    if spec.strip_periods:
        piece = strip_periods(piece)
    if spec.text_case:
        piece = text_case(piece, spec.text_case, context.english)
    return wrapped(context, piece, spec.wrap)


def wrapped(context: Context, piece: Piece, wrap: Wrap) -> Node:
    """The piece in an element's wrap; what is printed in a substitute is used up."""
    if context.substituting and wrap.variable:
        context.suppress([wrap.variable])
    if wrap.formatting is not None and isinstance(piece, str) and not piece.isascii():
        wrap = upright(wrap, piece)
    return Node(wrap, [piece])


def strip_periods(piece: Piece) -> Piece:
    """The piece without full stops ("Strip-periods").

    Affixes are out of its scope ("Affixes"), here also those inside a macro.
    """
    if isinstance(piece, str):
        return piece.replace(".", "")
    return Node(piece.wrap, [strip_periods(child) for child in piece.children])


_UPRIGHT = pattern(
    r"[\s\u0900-\u0dff\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    r"\uff00-\uffef\U00020000-\U0003ffff]+"
)
"""Text in scripts that have no italics: Chinese, Japanese, Korean, those of India."""


def upright(wrap: Wrap, text: str) -> Wrap:
    """The wrap, without italics if the text is all in scripts that have none."""
    formatting = wrap.formatting
    if formatting is None or formatting.font_style != "italic":
        return wrap
    if text[0] < "\u0900" and not text[0].isspace():  # the pattern is large
        return wrap
    if not _UPRIGHT.fullmatch(text):
        return wrap
    return evolve(wrap, formatting=evolve(formatting, font_style=None))


def text(context: Context, value: str, spec: TextSpec) -> Piece:
    """``cs:text`` with a standard variable."""
    if spec.text_case and not spec.strip_periods:
        return wrapped(context, rich_in_case(value, spec.text_case, context.english), spec.wrap)
    return dress(context, rich(value), spec)


def plain_text(context: Context, value: str, wrap: Wrap) -> Piece:
    """``cs:text`` with a standard variable and neither case nor formatting."""
    if context.substituting:
        context.suppress([wrap.variable])
    return Node(wrap, [rich(value)])


def number_text(context: Context, value: str, spec: TextSpec, language: Language) -> Piece:
    """``cs:text`` with a number variable: hyphens between numbers become en dashes."""
    if context.sorting:
        return Node(spec.wrap, [number_key(value)])
    if not value.isalnum():
        value = joined_numbers(value, language)
    return dress(context, rich(value), spec)


def joined_numbers(value: str, language: Language) -> str:
    """The numbers of a number variable, hyphens between them made en dashes."""
    delimiter = language.page_delimiter
    if (joined := pages.join_range(value, delimiter)) != value:
        return joined
    return numbers.format_numbers(value, numbers.as_is, language.conjunction, delimiter)


def page_text(context: Context, value: str, spec: TextSpec, language: Language) -> Piece:
    """``cs:text`` with ``page``: ranges, typed with a hyphen or en dash, in the style's format."""
    return locator_text(context, value.replace("\N{EN DASH}", "-"), spec, language)


def locator_text(context: Context, value: str, spec: TextSpec, language: Language) -> Piece:
    """``cs:text`` with ``locator``: ranges in the style's format, en dashes left as they are."""
    return dress(context, rich(pages_of(value, language)), spec)


def pages_of(value: str, language: Language) -> str:
    """The pages of ``page`` or ``locator``, ranges in the style's format."""
    if value.isalnum():
        return value
    delimiter = language.page_delimiter
    first, _, last = value.partition("-")
    if first.isdecimal() and last.isdecimal():
        return f"{first}{delimiter}{pages.last_page(first, last, language.page_range_format)}"
    if language.page_range_format is not None and "\\-" not in value:
        return pages.format_pages(value, language.page_range_format, delimiter)
    if numbers.is_numeric(value, language.conjunction):
        return joined_numbers(value, language)
    pieces = _SEGMENT.split(value)
    for index, piece in enumerate(pieces):
        if numbers.is_numeric(piece):
            pieces[index] = numbers.format_numbers(piece, numbers.as_is, "", delimiter)
        else:
            pieces[index] = pages.join_range(piece, delimiter)
    return "".join(pieces).replace("\\-", "-")


_SEGMENT = pattern(r"(\s*[,;&]\s*)")


def page_first(value: str) -> str:
    """The first page of a range."""
    return value.replace("\N{EN DASH}", "-").split("-")[0].split(",")[0].strip()


def year_suffix(context: Context, spec: TextSpec) -> Piece:
    """``cs:text`` with ``year-suffix``: from here on it isn't added to a date."""
    context.suffix_used = True
    return dress(context, context.year_suffix, spec)


# ---------------------------------------------------------------- numbers


def number(
    context: Context, value: str, spec: TextSpec, form: Callable[[str], str], language: Language
) -> Piece:
    """``cs:number``: each number of the value in the form asked for."""
    if context.sorting:
        return Node(spec.wrap, [number_key(value)])
    text = numbers.format_numbers(value, form, language.conjunction, language.page_delimiter)
    return dress(context, text, spec)


def ordinal(locale: Locale, variable: str, long: bool) -> Callable[[str], str]:
    """The function that makes a plain number ordinal, in the gender of the variable's term."""
    words = locale.long_ordinal if long else locale.ordinal
    return partial(_ordinal, words, locale.gender(variable))


def _ordinal(words: Callable[[int, Gender | None], str], gender: Gender | None, text: str) -> str:
    return words(int(text), gender) if text.isdecimal() else text


def number_key(value: str) -> str:
    """A number as a sort key: its first integer, padded; other text as it is."""
    digits = ""
    for letter in value:
        if letter.isdecimal():
            digits += letter
        elif digits:
            break
    return digits.rjust(NUMBER_KEY_WIDTH, "0") if digits else value


# ---------------------------------------------------------------- labels


@frozen(slots=True, eq=False, kw_only=True)
class NumberLabel:
    """``cs:label`` of a number variable: its two texts, dressed, and how to choose."""

    single: Piece
    multiple: Piece
    plural: str
    counts: bool
    """The variable counts things (``number-of-pages``): more than one is plural."""


def label(value: str, spec: NumberLabel, language: Language) -> Piece:
    """The singular or plural term for a value."""
    if spec.plural == "contextual":
        test = numbers.counts_several if spec.counts else numbers.is_plural
        plural = test(value, language.conjunction) or test(
            value.partition(", ")[0], language.conjunction
        )
    else:
        plural = spec.plural == "always"
    return spec.multiple if plural else spec.single


# ---------------------------------------------------------------- dates


def date(context: Context, value: Date, spec: DateSpec, implicit: bool) -> Piece | None:
    """``cs:date``; with ``implicit``, the year-suffix goes to the first year rendered."""
    if context.sorting:
        key = dates.sort_key(value, [part.name for part in spec.parts])
        return Node(spec.key_wrap, [key]) if key else None
    if context.substituting:
        context.suppress([spec.variable])
    if implicit and context.year_suffix and spec.has_year and not context.suffix_used:
        context.suffix_used = True
        return render_date(value, spec, context.year_suffix, context.english)
    if value.start and value.season is None and not value.end and len(value.date_parts) < 2:
        return single_date(value.start, spec, context.english)
    return render_date(value, spec, "", context.english)


# ---------------------------------------------------------------- conditions


def has_editor_translator(context: Context, makes_pair: bool) -> bool:
    """``variable="editor-translator"``: given, or the same people in both roles."""
    names = context.record.names
    return bool(
        names.get("editor-translator")
        or (makes_pair and names.get("editor") and names["editor"] == names.get("translator"))
    )


def is_uncertain(context: Context, variable: str) -> bool:
    """``is-uncertain-date``."""
    value = context.record.dates.get(variable)
    return value is not None and bool(value.circa)


def is_numeric(value: str | None, language: Language) -> bool:
    """``is-numeric``."""
    return bool(value) and numbers.is_numeric(str(value), language.conjunction)


def plain(piece: Piece | None) -> str:
    """The text of a piece, ``""`` for none."""
    return text_of(piece) if piece else ""
