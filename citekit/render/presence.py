"""Which variables a record has, as the bits of one number.

Compiled code asks often, and most answers are "no": one look at a number tells
that a whole group or macro has nothing to print.
"""

from __future__ import annotations

from collections.abc import Mapping

from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES, DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES
from citekit.render.dates import is_empty

_FREQUENT = """
    title author issued container-title volume issue page publisher publisher-place DOI URL
    accessed editor translator edition genre title-short container-title-short ISBN archive
    archive_location archive-place collection-title collection-number medium number event-title
    note status version
    """.split()
_RECORDED = TEXT_VARIABLES | DATE_VARIABLES | NAME_VARIABLES | frozenset(ALIASES)

BITS = {
    variable: 1 << place
    for place, variable in enumerate([*_FREQUENT, *sorted(_RECORDED.difference(_FREQUENT))])
}
"""The bit of each variable; the frequent ones are low, as small numbers are fast."""

DATE_BITS = {
    variable: 1 << place for place, variable in enumerate(sorted(DATE_VARIABLES), len(BITS))
}
"""The bits of dates that conditions hold to be there; a season of 0 is printed all the same."""


def presence(record: Record) -> int:
    """The bits of the variables that aren't empty."""
    found = _of(record.texts) | _of(record.names)
    for variable, date in record.dates.items():
        if not is_empty(date):
            found |= BITS.get(variable, 0) | DATE_BITS.get(variable, 0)
        elif date.season is not None:
            found |= BITS.get(variable, 0)
    return found


def _of(fields: Mapping[str, object]) -> int:
    if all(fields.values()):  # nearly always
        return sum(map(_bit, fields))
    return sum(_bit(variable) for variable, value in fields.items() if value)


class _Bits(dict[str, int]):
    """Other variables have no bit."""

    def __missing__(self, variable: str) -> int:
        return 0


_bit = _Bits(BITS).__getitem__
