"""What a scope sorts by: the functions behind ``cs:key``.

Source: CSL 1.0.2, "Sorting Variables" and "Sorting Macros". Those that :func:`variable_key`
gives are functions of a context; :func:`macro_key` is one once it knows its macro.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from citekit.records.vocabulary import DATE_VARIABLES, NUMBER_VARIABLES
from citekit.render import elements
from citekit.render.citation_label import citation_label
from citekit.render.context import Context
from citekit.render.dates import sort_key
from citekit.render.elements import number_key
from citekit.render.name_parts import NameSpec, name_key
from citekit.render.names import SORT_NAME
from citekit.render.richtext import rich
from citekit.render.tree import Piece, find_all, prints_variable, text_of

Limits = tuple[int | None, int | None, bool | None]
"""What a key sets for the names it sorts by: ``names-min``, ``-use-first`` and ``-use-last``."""


def macro_key(
    limits: Limits | None, dated: bool, macro: Callable[[Context], Piece | None], context: Context
) -> str:
    """What a macro prints; only its dates if it may print any (``dated``)."""
    context.names_limits = limits
    output = macro(context)
    return _dates_alone(output) if dated and output else elements.plain(output)


def _dates_alone(output: Piece) -> str:
    """What a macro that may print dates sorts by: these and nothing beside them.

    The specification has the whole text of a macro; processors, and so styles, leave out
    what stands beside a date. A term such as "no date" sorts like no date at all: last.
    """
    dates = find_all(output, "date")
    if dates:
        return "".join(text_of(child) for date in dates for child in date.children)
    return elements.plain(output) if prints_variable(output) else ""


def names_key(variable: str, spec: NameSpec, context: Context) -> str:
    """All names of a name variable."""
    return SORT_NAME.join(name_key(one, spec) for one in context.names.get(variable, ()))


def variable_key(variable: str) -> Callable[[Context], str]:
    """The key of a variable other than of names."""
    if variable in DATE_VARIABLES:
        return partial(_date_key, variable)
    if variable == "citation-label":
        return citation_label
    if variable == "citation-number":
        return _citation_number_key
    return partial(_number_key if variable in NUMBER_VARIABLES else _text_key, variable)


def _date_key(variable: str, context: Context) -> str:
    date = context.dates.get(variable)
    return sort_key(date) if date is not None else ""


def _citation_number_key(context: Context) -> str:
    return number_key(str(context.citation_number))


def _number_key(variable: str, context: Context) -> str:
    return number_key(context.texts.get(variable, ""))


def _text_key(variable: str, context: Context) -> str:
    return text_of(rich(context.texts.get(variable, "")))
