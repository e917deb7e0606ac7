"""What compiled code calls to make flat output: the twins of :mod:`citekit.render`'s functions.

They take what those take, but for constants of the style, which :class:`Constants` has
turned into flat ones, and return strings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from attrs import evolve

from citekit.flat.marks import ODD, Dress, NotFlatError, affix, check, parsed, plain
from citekit.flat.names import FlatNames, shown_first
from citekit.output.quotes import Typography
from citekit.records.date import Date, Parts
from citekit.render import elements, numbers
from citekit.render.context import Context
from citekit.render.dates import DateSpec, single_date
from citekit.render.elements import Language, NumberLabel, TextSpec
from citekit.render.names import NamesSpec
from citekit.render.textcase import rich_in_case, text_case
from citekit.render.tree import Node, Piece, Wrap
from citekit.style.settings import TextCase

Block = Callable[[Context], tuple[list[str], int]]


class FlatText:
    """A ``cs:text``, ``cs:number`` or macro call: its dress, and what is done to its text."""

    __slots__ = ("case", "dress", "strip_periods")

    def __init__(self, dress: Dress, case: TextCase | None, strip_periods: bool) -> None:
        self.dress = dress
        self.case = case
        self.strip_periods = strip_periods


class FlatDate:
    """A ``cs:date``; dates of nothing but year, month and day recur."""

    __slots__ = ("flatten", "single", "spec")

    def __init__(self, spec: DateSpec, flatten: Callable[[Piece], str]) -> None:
        self.spec = spec
        self.flatten = flatten
        self.single = lru_cache(maxsize=4096)(self._single)

    def _single(self, parts: Parts, english: bool) -> str | None:
        node = single_date(parts, self.spec, english)
        return None if node is None else self.flatten(node)


class Constants:
    """Makes the constants of a style flat."""

    def __init__(self, typography: Typography | None, in_notes: bool) -> None:
        self.dress = lru_cache(maxsize=4096)(
            lambda wrap: Dress(wrap, self.flatten, typography, in_notes)
        )

    def flat(self, value: object) -> object:
        """One constant."""
        if isinstance(value, Wrap):
            return self.dress(value)
        if isinstance(value, Node):
            return self.constant(value)
        if isinstance(value, partial) and isinstance(value.args[0], Wrap):
            return self.dress(value.args[0]).join()
        if isinstance(value, TextSpec):
            return FlatText(self.dress(value.wrap), value.text_case, value.strip_periods)
        if isinstance(value, NumberLabel):
            return self.number_label(value)
        if isinstance(value, DateSpec):
            return FlatDate(value, self.flatten)
        if isinstance(value, NamesSpec):
            return FlatNames(value, self.dress, self.flatten, self.constant)
        if isinstance(value, Mapping):
            return {key: self.flat(each) for key, each in value.items()}
        return value

    def number_label(self, label: NumberLabel) -> NumberLabel:
        """A label of a number."""
        single, multiple = self.constant(label.single), self.constant(label.multiple)
        return evolve(label, single=single, multiple=multiple)

    def constant(self, piece: Piece) -> str:
        """A term or value of the style; what can't be flat is found out when it is printed."""
        try:
            return self.flatten(piece)
        except NotFlatError:
            return ODD

    def flatten(self, piece: Piece) -> str:
        """Any piece of a tree."""
        if type(piece) is not Node:
            check(piece)
            return plain(piece) if piece else ""
        if not piece.children:
            return affix(piece.wrap.prefix) if not piece.wrap.kind else ODD
        dress = self.dress(piece.wrap)
        return dress.around(dress.delimiter.join(map(self.flatten, piece.children)))


def _use_up(context: Context, dress: Dress) -> None:
    """What a substitute prints is printed nowhere else."""
    if dress.variable:
        context.suppress([dress.variable])


def _dressed(context: Context, piece: Piece, spec: FlatText) -> str:
    """What a field holds, with its element's periods, case and dress."""
    if context.substituting:
        _use_up(context, spec.dress)
    if spec.strip_periods:
        piece = elements.strip_periods(piece)
    if spec.case:
        piece = text_case(piece, spec.case, context.english)
    return spec.dress.dressed(piece)


def text(context: Context, value: str, spec: FlatText) -> str:
    """``cs:text`` with a standard variable."""
    if spec.strip_periods:
        return _dressed(context, parsed(value), spec)
    if context.substituting:
        _use_up(context, spec.dress)
    if not spec.case:
        return spec.dress.value(value)
    check(value)
    return spec.dress.dressed(rich_in_case(value, spec.case, context.english))


def plain_text(context: Context, value: str, dress: Dress) -> str:
    """``cs:text`` with a standard variable and neither case nor formatting."""
    if context.substituting:
        _use_up(context, dress)
    return dress.value(value)


def number_text(context: Context, value: str, spec: FlatText, language: Language) -> str:
    """``cs:text`` with a number variable."""
    if not value.isalnum():
        value = elements.joined_numbers(value, language)
    return text(context, value, spec)


def page_text(context: Context, value: str, spec: FlatText, language: Language) -> str:
    """``cs:text`` with ``page``."""
    return locator_text(context, value.replace("\N{EN DASH}", "-"), spec, language)


def locator_text(context: Context, value: str, spec: FlatText, language: Language) -> str:
    """``cs:text`` with ``locator``."""
    return text(context, elements.pages_of(value, language), spec)


def number(
    context: Context, value: str, spec: FlatText, form: Callable[[str], str], language: Language
) -> str:
    """``cs:number``."""
    text = numbers.format_numbers(value, form, language.conjunction, language.page_delimiter)
    check(text)
    return _dressed(context, text, spec)


def year_suffix(context: Context, spec: FlatText) -> str:
    """``cs:text`` with ``year-suffix``."""
    context.suffix_used = True
    return _dressed(context, context.year_suffix, spec)


def date(context: Context, value: Date, spec: FlatDate, implicit: bool) -> str | None:
    """``cs:date``."""
    suffixed = implicit and context.year_suffix and spec.spec.has_year and not context.suffix_used
    single = value.start and value.season is None and len(value.date_parts) == 1
    if suffixed or context.substituting or not single:
        node = elements.date(context, value, spec.spec, implicit)
        return None if node is None else spec.flatten(node)
    return spec.single(value.start, context.english)


def macro_piece(pieces: Sequence[str]) -> str:
    """The output of a macro that prints something."""
    if text := "".join(pieces):
        return text
    raise NotFlatError  # nothing, but something that is there


def dressed_macro(context: Context, output: str | None, spec: FlatText) -> str | None:
    """A macro's output with the attributes of the ``cs:text`` that calls it."""
    if not output:
        return output
    if spec.strip_periods and "." in output:
        raise NotFlatError  # affixes keep theirs
    if context.substituting:
        _use_up(context, spec.dress)
    return spec.dress.around(output)


def substitute(
    context: Context, substitutes: Sequence[tuple[int, Block]]
) -> tuple[str | None, int]:
    """The first substitute of a ``cs:names`` that prints something, and the status."""
    for bits, block in substitutes:
        if bits and not context.has & bits:
            continue
        if context.substituting:
            raise NotFlatError
        context.substituting = True
        printed = len(context.substituted)
        pieces, status = block(context)
        context.substituting = False
        if pieces and status != 1:
            context.suppress(context.substituted[printed:])
            text = "".join(pieces)
            if context.repetition is not None:
                text = shown_first(context, text)
            return text, 2 if status == 2 else 1
    return None, 1
