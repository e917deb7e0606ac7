"""The state of one rendering: which record, cited how, and what has been used up.

A context belongs to one rendering of one cite or entry and is thrown away with
it, so rendering the same record under another state is just another context.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.render.name_parts import NameSpec
from citekit.render.tree import Piece

POSITIONS = {
    "first": frozenset({"first"}),
    "subsequent": frozenset({"subsequent"}),
    "ibid": frozenset({"subsequent", "ibid"}),
    "ibid-with-locator": frozenset({"subsequent", "ibid", "ibid-with-locator"}),
}
"""What each position tests true for (CSL 1.0.2, "Choose", ``position``)."""

NO_POSITION: frozenset[str] = frozenset()


class Expansion:
    """How much of each name list a cite shows beyond its style, to be unambiguous.

    ``shown[i]`` is the number of names shown of the i-th name list (``None``: as
    the style says), ``given[i][j]`` the level of the given name of its j-th name:
    0 as the style says, 1 with initials, 2 in full.
    """

    __slots__ = ("given", "shown")

    def __init__(self, shown: Sequence[int | None], given: Sequence[Sequence[int]]) -> None:
        self.shown = shown
        self.given = given

    def shown_in(self, index: int) -> int | None:
        """Names to show in the name list of that index."""
        return self.shown[index] if index < len(self.shown) else None

    def level(self, index: int, name: int) -> int:
        """Level of given name of one name in one list."""
        if index < len(self.given) and name < len(self.given[index]):
            return self.given[index][name]
        return 0


class NameList:
    """What a rendering found in one name variable: its names and how many it showed."""

    __slots__ = ("names", "shown", "spec")

    def __init__(self, names: Sequence[Name], shown: int, spec: NameSpec) -> None:
        self.names = names
        self.shown = shown
        self.spec = spec


Shown = tuple[list[tuple[str, ...]], list[str]]
"""Whose names an entry shows first, and how it prints them; nothing of that if it isn't known."""


class Repetition:
    """The names that the entry before shows first, and those of this one, in flat output.

    ``substitute`` is printed for all of them if they are the same; ``None`` where that
    is not for flat output to do.
    """

    __slots__ = ("before", "first", "printed", "substitute")

    def __init__(self, before: Shown | None, substitute: str | None) -> None:
        self.before = before
        self.substitute = substitute
        self.first: Shown | None = None
        self.printed: list[str] = []


class Context:
    """One rendering of one record. Attributes are read by compiled code and the run-time."""

    __slots__ = (
        "citation_number",
        "conditions",
        "dates",
        "disambiguate",
        "english",
        "expansion",
        "first_note",
        "has",
        "key",
        "label",
        "locator",
        "locator_printed",
        "name_lists",
        "names",
        "names_limits",
        "position",
        "record",
        "repetition",
        "sorting",
        "substituted",
        "substituting",
        "suffix_used",
        "texts",
        "type",
        "year_suffix",
    )

    def __init__(
        self,
        record: Record,
        has: int,
        english: bool,
        number: int,
        expansion: Expansion | None,
        disambiguate: int,
        year_suffix: Piece,
    ) -> None:
        self.record = record
        self.has = has
        """Which variables the record has, see :mod:`citekit.render.presence`."""
        self.type = record.type
        self.texts: Mapping[str, str] = record.texts
        self.names: Mapping[str, tuple[Name, ...]] = record.names
        self.dates: Mapping[str, Date] = record.dates
        self.english = english
        self.locator = ""
        self.locator_printed = False
        self.label = "page"
        self.position = NO_POSITION
        self.citation_number = number
        self.first_note = 0
        self.disambiguate = disambiguate
        self.conditions = 0
        self.year_suffix = year_suffix
        self.suffix_used = False
        self.expansion = expansion
        self.name_lists: list[NameList] = []
        self.sorting = False
        self.substituting = False
        """Inside ``cs:substitute``: what is printed is used up at once."""
        self.substituted: list[str] = []
        """The name variables that flat output has printed there."""
        self.repetition: Repetition | None = None
        self.names_limits: tuple[int | None, int | None, bool | None] | None = None

    def label_texts(self) -> Mapping[str, str]:
        """Texts for labels, which a substitute may print after the number that it used up."""
        return self.record.texts if self.substituting else self.texts

    def unprinted_locator(self) -> str:
        """The locator, which a cite prints once, as processors have it and styles expect."""
        return "" if self.locator_printed else self.locator

    def disambiguates(self) -> bool:
        """The ``disambiguate`` condition: true for as many of them as are needed."""
        self.conditions += 1
        return self.conditions <= self.disambiguate

    def suppress(self, variables: Sequence[str]) -> None:
        """Make variables look empty from here on: they have been used as substitutes."""
        for variable in variables:
            if variable in self.names:
                self.names = dict(self.names)
                del self.names[variable]
            elif variable in self.dates:
                self.dates = dict(self.dates)
                del self.dates[variable]
            elif variable in self.texts or f"{variable}-short" in self.texts:
                self.texts = {
                    k: v for k, v in self.texts.items() if k not in (variable, f"{variable}-short")
                }
