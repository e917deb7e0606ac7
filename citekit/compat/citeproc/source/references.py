"""References, names and dates of citeproc-py, from records and to records."""

from __future__ import annotations

from typing import Any

from citekit.compat.citeproc.errors import DateError
from citekit.compat.citeproc.source.attributes import CustomDict
from citekit.readers import csl_json
from citekit.records.date import Date as RecordDate
from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES, VARIABLES
from citekit.writers.csl_json import to_object

__all__ = ["BibliographySource", "Date", "DateRange", "LiteralDate", "Name", "Reference"]

_VARIABLES = {name.replace("-", "_"): name for name in VARIABLES | ALIASES.keys()}
_PARTS = "family given dropping-particle non-dropping-particle suffix literal".split()
_FLAGS = "comma-suffix static-ordering parse-names".split()


class Name(CustomDict):
    """``Name(family="Doe", given="Jane")`` or ``Name(literal="UNESCO")``."""

    def __init__(self, **args: Any) -> None:
        named = {key.replace("_", "-"): value for key, value in args.items()}
        super().__init__(named, optional=[*_PARTS, *_FLAGS])

    def parts(self) -> tuple[str | None, ...]:
        """Given name, family name (or literal), dropping and non-dropping particle, suffix."""
        family, given, dropping, non_dropping, suffix, literal = (self.get(one) for one in _PARTS)
        return given, family or literal, dropping, non_dropping, suffix


class Date(CustomDict):
    """``Date(year=1988, month=10, day=6)``; ``season`` and ``circa`` if they are known."""

    def __init__(self, **args: Any) -> None:
        values: dict[str, Any] = {"circa": False, **args}
        for name in ("year", "month", "day"):
            if name in args:
                values[name] = _number(name, args[name])
        super().__init__(values, ["year"], ["month", "day", "season", "circa"])

    def is_nil(self) -> bool:
        """Whether it says nothing: year 0 and no month or day."""
        return not (self.get("year") or self.get("month") or self.get("day"))

    def as_parts(self) -> list[int]:
        """Year, month and day, as far as there are any."""
        parts = [self["year"], self.get("month"), self.get("day")]
        return parts[: parts.index(None)] if None in parts else parts

    def as_value(self) -> dict[str, object]:
        """The same in CSL-JSON."""
        also = {name: self[name] for name in ("season", "circa") if self.get(name)}
        return {"date-parts": [self.as_parts()], **also}


class DateRange(CustomDict):
    """``DateRange(begin=Date(year=1988), end=Date(year=1989))``; without ``end`` it is open."""

    def __init__(self, **args: Any) -> None:
        super().__init__({"circa": False, **args}, ["begin"], ["end", "circa"])

    def as_value(self) -> dict[str, object]:
        """The same in CSL-JSON."""
        ends = [self[name].as_parts() if name in self else [0] for name in ("begin", "end")]
        return {"date-parts": ends, **({"circa": self["circa"]} if self["circa"] else {})}


class LiteralDate(CustomDict):
    """A date in words: ``LiteralDate("last spring")``."""

    def __init__(self, text: str, **args: Any) -> None:
        super().__init__({"text": text, "circa": False, **args}, ["text"], ["circa"])

    def as_value(self) -> dict[str, object]:
        """The same in CSL-JSON."""
        return {"literal": self["text"], **({"circa": self["circa"]} if self["circa"] else {})}


class Reference(CustomDict):
    """What can be cited: ``Reference("doe", "book", title="…", author=[Name(…)], issued=Date(…))``.

    Variables have their names in CSL with ``_`` for ``-``; names stand in lists.
    """

    def __init__(self, key: str, type: str, **args: Any) -> None:
        super().__init__({"key": key, "type": type, **args}, ["key", "type"], _VARIABLES)
        self._record: Record | None = None

    @classmethod
    def of(cls, record: Record) -> Reference:
        """A record as a reference; what isn't changed in it isn't lost either."""
        reference = cls(record.id, record.type, **_values(record))
        reference._record = record
        return reference

    def as_record(self, key: str) -> Record:
        """The reference as a record, under the key that its source has it under.

        Raises :class:`~citekit.errors.RecordError` for a value that is of the wrong kind.
        """
        record = self._record
        read = {} if record is None else {"key": record.id, "type": record.type, **_values(record)}
        if record is not None and record.id == key and self == read:
            return record
        item = {} if record is None else to_object(record)
        for name in read.keys() - self.keys():
            del item[_VARIABLES[name]]
        for name, value in self.items():
            if name not in read or read[name] != value:
                item[_VARIABLES.get(name, name)] = _written(value)
        item.pop("key", None)
        item |= {"id": key, "type": self["type"]}
        return csl_json.from_object([item], lenient=record is not None)[0]

    def __repr__(self) -> str:
        return f"Reference({self.get('key')})"


class BibliographySource(dict[str, Reference]):
    """References by key; citation items know keys in lower case only."""

    def add(self, entry: Reference) -> None:
        """Add a reference under its key."""
        self[entry["key"]] = entry


def _number(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise DateError(f"{value!r} is not a number", where=f"Date, {name}") from error


def _values(record: Record) -> dict[str, Any]:
    names = {
        variable: [Name(**_known(name)) for name in written]
        for variable, written in to_object(record).items()
        if variable in record.names and isinstance(written, list)
    }
    dates = {variable: _date(date) for variable, date in record.dates.items()}
    values = {**record.texts, **names, **dates}
    return {variable.replace("-", "_"): value for variable, value in values.items()}


def _known(name: dict[str, Any]) -> dict[str, Any]:
    return {key: name[key] for key in (*_PARTS, *_FLAGS) if key in name}


def _date(date: RecordDate) -> Date | DateRange | LiteralDate:
    circa = bool(date.circa)
    if not date.start:
        return LiteralDate(date.literal or date.raw or date.edtf, circa=circa)
    begin, *end = (
        Date(**dict(zip(("year", "month", "day"), parts, strict=False)), circa=circa)
        for parts in (date.start, date.end) if parts
    )  # fmt: skip
    if end or date.open_ended:
        return DateRange(begin=begin, circa=circa, **({"end": end[0]} if end else {}))
    return Date(**begin, **({} if date.season is None else {"season": date.season}))


def _written(value: object) -> object:
    if isinstance(value, Date | DateRange | LiteralDate):
        return value.as_value()
    if isinstance(value, list):
        return [dict(one) if isinstance(one, Name) else one for one in value]
    return value
