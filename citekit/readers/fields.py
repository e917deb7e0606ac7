"""An object of JSON or YAML that is being read: fields are taken by path, the rest is lost.

A path is made of keys, ``parent.title``; where there is a list, its first element is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import Factory, define, field

from citekit.readers.items import Item, Loss
from citekit.readers.keys import Keys
from citekit.readers.tagged import to_doi
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record, is_printable, text_of_number

__all__ = ["Fields", "as_list", "as_text"]

_DEEPEST = 8
Path = tuple[str | int, ...]


@define(slots=True)
class Fields:
    """An object, what of it has been taken, and the variables that were made of it."""

    source: Mapping[str, Any]
    texts: dict[str, str] = Factory(dict)
    names: dict[str, tuple[Name, ...]] = Factory(dict)
    dates: dict[str, Date] = Factory(dict)
    _taken: set[Path] = field(factory=set)

    def take(self, path: str) -> Any:
        """The value at a path, which is done with then; None if there is none."""
        value, steps = self._find(path)
        if value is not None:
            self._taken.add(steps)
        return value

    def text(self, *paths: str) -> str:
        """The text or number at the first of the paths that has one; of a list, the first."""
        for path in paths:
            value, steps = self._find(path)
            if isinstance(value, list):
                value, steps = (value[0] if value else None), (*steps, 0)
            if text := as_text(value):
                self._taken.add(steps)
                return text
        return ""

    def put_texts(self, table: Mapping[str, Iterable[str]]) -> None:
        """Fill variables that have no text yet from the paths that a table names for them."""
        for variable, paths in table.items():
            if variable not in self.texts and (text := self.text(*paths)):
                self.texts[variable] = to_doi(text) if variable == "DOI" else text

    def put_names(self, variable: str, path: str, person: Callable[[Any], Name | None]) -> None:
        """Fill a name variable from the list, or the one value, at a path."""
        names = tuple(name for one in as_list(self.take(path)) if (name := person(one)))
        if names and variable not in self.names:
            self.names[variable] = names

    def item(self, key: str, type: str, keys: Keys, ignored: Iterable[str] = ()) -> Item:
        """The record, and all that nobody took as losses, but for the ignored keys."""
        title = self.texts.get("title", "")
        key = keys.keep(key) if key else keys.make(self.names, self.dates, title)
        lost = [
            Loss(key, ".".join(map(str, path)), value, "CSL has no variable for it")
            for path, value in self._left(self.source, (), frozenset(ignored))
        ]
        record = Record.from_parts(key, type, texts=self.texts, names=self.names, dates=self.dates)
        return Item(record, tuple(lost))

    def _find(self, path: str) -> tuple[Any, Path]:
        value: Any = self.source
        steps: Path = ()
        for step in path.split("."):
            if isinstance(value, list):
                value, steps = (value[0] if value else None), (*steps, 0)
            if not isinstance(value, Mapping) or step not in value:
                return None, ()
            value, steps = value[step], (*steps, step)
        return value, steps

    def _left(self, value: Any, path: Path, ignored: frozenset[str]) -> Iterator[tuple[Path, str]]:
        if path in self._taken or value in (None, "", [], {}) or (path and path[0] in ignored):
            return
        if isinstance(value, Mapping) and len(path) < _DEEPEST:
            for key, inner in value.items():
                yield from self._left(inner, (*path, str(key)), ignored)
        elif isinstance(value, list) and len(path) < _DEEPEST:
            for number, inner in enumerate(value):
                yield from self._left(inner, (*path, number), ignored)
        else:
            yield path, _shown(value)


def as_list(value: Any) -> list[Any]:
    """A list as it is, nothing as an empty one, anything else as a list of one."""
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]


def as_text(value: Any) -> str:
    """A text as it is, a number as it is printed, anything else as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and is_printable(value):
        return text_of_number(value)
    return ""


def _shown(value: Any) -> str:
    try:
        return str(value)[:200]
    except (RecursionError, ValueError):
        return "…"
