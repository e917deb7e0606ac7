"""A record: one thing that can be cited, as CSL variables.

Source: CSL 1.0.2, Appendices III and IV, and csl-data.json.
"""

from __future__ import annotations

import math
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
Number = int | float

# Keys of CSL-JSON that are no variables; "type" is among extra when it is empty.
_KNOWN_KEYS = frozenset({"categories", "type"})
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
    them. ``numbers`` holds, under their keys, the values that were given as
    numbers rather than text (``texts`` has them as text; a writer gives the
    numbers back).

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
    numbers: Mapping[str, Number] = field(eq=False)

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
        numbers: dict[str, Number] = {}
        if not isinstance(id, str):
            numbers["id"] = id
        for keyword, value in variables.items():
            variable = _BY_KEYWORD.get(keyword, keyword)
            where = f"record {id}, field {variable}"
            if variable in NAME_VARIABLES:
                names[variable] = _as_names(value, where)
            elif variable in DATE_VARIABLES:
                dates[variable] = _as_date(value, where)
            elif variable in TEXT_VARIABLES or variable in ALIASES:
                texts[variable] = _as_text(value, where)
                if isinstance(value, int | float):
                    numbers[variable] = value
            else:
                unknown[variable] = value
        self.__attrs_init__(
            id=_as_text(id, "record"),
            type=type,
            texts=texts,
            names=names,
            dates=dates,
            custom=custom,
            extra=unknown,
            numbers=numbers,
        )

    @classmethod
    def from_parts(
        cls,
        id: str,
        type: str,
        *,
        texts: Mapping[str, str],
        names: Mapping[str, tuple[Name, ...]],
        dates: Mapping[str, Date],
        custom: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
        numbers: Mapping[str, Number] | None = None,
    ) -> Record:
        """A record from mappings that are known to be right; nothing is checked.

        For readers and conversions, which have sorted the variables by kind
        already. The mappings are taken over, not copied.
        """
        record = cls.__new__(cls)
        record.__attrs_init__(
            id=id,
            type=type,
            texts=texts,
            names=names,
            dates=dates,
            custom=custom,
            extra={} if extra is None else extra,
            numbers={} if numbers is None else numbers,
        )
        return record

    def doubts(self) -> tuple[str, ...]:
        """What CSL 1.0.2 doesn't know about this record, one sentence each."""
        found = []
        if self.type not in ITEM_TYPES:
            found.append(
                f"type: {self.type!r} is not a CSL 1.0.2 type"
                f"{_near(self.type, ITEM_TYPES)}; styles treat it as no type at all"
            )
        found += [_doubt_about_key(name) for name in self.extra if name not in _KNOWN_KEYS]
        for variable, names in self.names.items():
            for number, name in enumerate(names, 1):
                found += _doubts_about_keys(f"{variable} {number}", name.extra)
        for variable, date in self.dates.items():
            found += _doubts_about_keys(variable, date.extra)
            if date.edtf and not date.start:
                found.append(
                    f"{variable}: {date.edtf!r} is not a date that CSL can express"
                    " (EDTF, as in 1988-10-06 or 1988/1990~); printed as it is"
                )
        return tuple(found)


def _doubt_about_key(name: str) -> str:
    if name in VARIABLES:
        return f"{name}: its value is of the wrong kind; kept, never printed"
    return f"{name}: not a CSL 1.0.2 variable{_near(name, VARIABLES)}; kept, never printed"


def _doubts_about_keys(where: str, extra: Mapping[str, object]) -> list[str]:
    # A key with an empty value is only kept so that it can be written back.
    return [
        f"{where}: {key!r} is no part that CSL-JSON knows; kept, never printed"
        for key, value in extra.items()
        if value not in ("", [])
    ]


def _near(word: str, words: Iterable[str]) -> str:
    import difflib  # noqa: PLC0415 - only for what is misspelt

    close = difflib.get_close_matches(word, sorted(words), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def is_printable(number: Number) -> bool:
    """Whether a number can be text at all; Python won't print integers of 4300 digits."""
    if isinstance(number, int):
        return number.bit_length() <= 3000
    return math.isfinite(number)


def text_of_number(number: Number) -> str:
    """A number as it is printed: ``12`` for 12 and for 12.0, which JSON holds to be the same."""
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e21:
        return str(int(number))
    return str(number)


def _as_text(value: object, where: str) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise RecordError(
            f"expected text or a number, found {type(value).__name__}",
            where=where,
            hint="give the value as a string",
        )
    if not is_printable(value):
        raise RecordError(
            "expected text or a number of reasonable size",
            where=where,
            hint="give the value as a string",
        )
    return text_of_number(value)


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
