"""Which variables a record has, as the bits of one number.

Compiled code asks often, and most answers are "no": one look at a number tells
that a whole group or macro has nothing to print.
"""

from __future__ import annotations

from citekit.records.date import Date
from citekit.records.record import Record
from citekit.records.vocabulary import ALIASES, DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

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


def presence(record: Record) -> int:
    """The bits of the variables that aren't empty."""
    found = 0
    for variable, text in record.texts.items():
        if text:
            found |= BITS.get(variable, 0)
    for variable, names in record.names.items():
        if names:
            found |= BITS.get(variable, 0)
    for variable, date in record.dates.items():
        if _says_something(date):
            found |= BITS.get(variable, 0)
    return found


def _says_something(date: Date) -> bool:
    return bool(date.start or date.literal or date.raw) or date.season is not None
