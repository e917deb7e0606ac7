"""A record: one thing that can be cited, as CSL variables.

Source: CSL 1.0.2, Appendices III and IV, and csl-data.json.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from citekit.errors import RecordError
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.vocabulary import (
    ALIASES,
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    TEXT_VARIABLES,
    VARIABLES,
)

Value = str | int | float | Name | Date | Sequence[Name]

_BY_KEYWORD = {name.replace("-", "_"): name for name in VARIABLES}


@frozen(slots=True, init=False)
class Record:
    """One record: an id, a CSL item type and its variables.

    Variables are given as keywords with ``_`` for ``-``, or under their CSL
    names with ``**{"container-title": …}``::

        Record("164", "document", title="Soviets Discuss …",
               author=[Name("Shakhnazarov", "Georgy")],
               issued=Date(1988, 10, 6), archive_location="item 164")

    ``texts`` maps standard and number variables to text, ``names`` name
    variables to tuples of :class:`Name`, ``dates`` date variables to
    :class:`Date`. ``custom`` is CSL-JSON's object of that name; ``extra`` holds
    every key that CSL 1.0.2 doesn't know, untouched; :meth:`doubts` reports
    them. ``numbers`` names the keys whose value was a number rather than text
    (the rendered text is the same; a writer gives the number back).

    Raises :class:`~citekit.errors.RecordError` when a value's kind doesn't fit
    its variable (a text for a name variable, say).
    """

    id: str
    type: str
    texts: Mapping[str, str]
    names: Mapping[str, tuple[Name, ...]]
    dates: Mapping[str, Date]
    custom: Mapping[str, object] | None
    extra: Mapping[str, object]
    numbers: frozenset[str] = field(eq=False)

    def __init__(
        self,
        id: str | int | float,
        type: str,
        *,
        custom: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
        **variables: Value,
    ) -> None:
        texts: dict[str, str] = {}
        names: dict[str, tuple[Name, ...]] = {}
        dates: dict[str, Date] = {}
        unknown: dict[str, object] = dict(extra or {})
        numbers = set() if isinstance(id, str) else {"id"}
        for keyword, value in variables.items():
            variable = _BY_KEYWORD.get(keyword, keyword)
            where = f"record {id}, field {variable}"
            if variable in NAME_VARIABLES:
                names[variable] = _as_names(value, where)
            elif variable in DATE_VARIABLES:
                dates[variable] = _as_date(value, where)
            elif variable in TEXT_VARIABLES or variable in ALIASES:
                texts[variable] = _as_text(value, where)
                if not isinstance(value, str):
                    numbers.add(variable)
            else:
                unknown[variable] = value
        self.__attrs_init__(  # type: ignore[attr-defined]
            id=str(id),
            type=type,
            texts=texts,
            names=names,
            dates=dates,
            custom=custom,
            extra=unknown,
            numbers=frozenset(numbers),
        )

    def doubts(self) -> tuple[str, ...]:
        """What CSL 1.0.2 doesn't know about this record, one sentence each."""
        found = []
        if self.type not in ITEM_TYPES:
            found.append(
                f"type: {self.type!r} is not a CSL 1.0.2 type"
                f"{_near(self.type, ITEM_TYPES)}; styles treat it as no type at all"
            )
        for name in self.extra:
            if name != "categories":
                found.append(
                    f"{name}: not a CSL 1.0.2 variable{_near(name, VARIABLES)}; kept, never printed"
                )
        return tuple(found)


def _near(word: str, words: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, sorted(words), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _as_text(value: object, where: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise RecordError(
        f"expected text or a number, found {type(value).__name__}",
        where=where,
        hint="give the value as a string",
    )


def _as_names(value: object, where: str) -> tuple[Name, ...]:
    if isinstance(value, Name):
        return (value,)
    if isinstance(value, Sequence) and all(isinstance(name, Name) for name in value):
        return tuple(value)
    raise RecordError(
        f"expected a list of names, found {type(value).__name__}",
        where=where,
        hint='give Name("Family", "Given") or Name(literal="Body") values',
    )


def _as_date(value: object, where: str) -> Date:
    if isinstance(value, Date):
        return value
    raise RecordError(
        f"expected a date, found {type(value).__name__}",
        where=where,
        hint="give Date(1988, 10, 6), or Date(literal='…') for words",
    )
