"""Variables that people keep in the note, because their program has no field for them.

Two ways are in use: ``variable: value`` on lines of their own at the start of
the note (one line of other text may come before), and ``{:variable: value}``
anywhere in it. Names are written ``Family || Given``, one a line; dates in any
form that :mod:`citekit.readers.raw_dates` reads. Only CSL's own variables, in
CSL's spelling, and ``type`` are taken, and taken out of the note; dates and the
type replace what the record has, all others only add what it lacks.

Source: the practice of Zotero and citeproc-js; not part of CSL 1.0.2.
"""

from __future__ import annotations

from attrs import Factory, define

from citekit.patterns import pattern
from citekit.readers.raw_dates import parse_raw
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.records.vocabulary import (
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    TEXT_VARIABLES,
)

__all__ = ["take_note_variables"]

_LINE = pattern(r"\s*+([A-Za-z][A-Za-z_-]*+):(.*)\Z")
_BRACED = pattern(r"\{:([A-Za-z][A-Za-z_-]*+):([^{}]*+)\}")
_GAP = pattern(r"(?<![ \t])[ \t]*+\0[ \t]*+")
# What a processor gives, and the note itself, can't come from the note.
_TEXTS = TEXT_VARIABLES - {
    "citation-number",
    "first-reference-note-number",
    "locator",
    "note",
    "page-first",
}


def take_note_variables(record: Record) -> Record:
    """The record with the variables of its note; the same object if there are none."""
    note = record.texts.get("note", "")
    if ":" not in note:
        return record
    found = _Found(record)
    rest = _take_lines(_take_braced(note, found), found)
    if not found.any:
        return record
    texts = {key: text for key, text in record.texts.items() if key != "note"} | found.texts
    if rest:
        texts["note"] = rest
    names = {variable: tuple(people) for variable, people in found.names.items()}
    return Record.from_parts(
        record.id,
        found.type or record.type,
        texts=texts,
        names={**record.names, **names},
        dates={**record.dates, **found.dates},
        custom=record.custom,
        extra=record.extra,
        numbers=record.numbers,
    )


@define(slots=True)
class _Found:
    """What the note has given so far."""

    record: Record
    type: str = ""
    texts: dict[str, str] = Factory(dict)
    names: dict[str, list[Name]] = Factory(dict)
    dates: dict[str, Date] = Factory(dict)
    any: bool = False

    def take(self, variable: str, value: str) -> bool:
        """Take a variable if it is CSL's, says something and is wanted."""
        if not value:
            return False
        taken = self._take(variable, value)
        self.any |= taken
        return taken

    def _take(self, variable: str, value: str) -> bool:
        if variable in _TEXTS:
            if self.record.texts.get(variable) or variable in self.texts:
                return False
            self.texts[variable] = value
            return True
        if variable in NAME_VARIABLES:
            if self.record.names.get(variable):
                return False
            self.names.setdefault(variable, []).append(_name(value))
            return True
        if variable in DATE_VARIABLES:
            if variable in self.dates:
                return False
            self.dates[variable] = parse_raw(Date(raw=value))
            return True
        if variable == "type" and value in ITEM_TYPES and not self.type:
            self.type = value
            return True
        return False


def _name(value: str) -> Name:
    family, bars, given = (part.strip() for part in value.partition("||"))
    if not bars or not (family and given):
        return Name(literal=family or given or value)
    return Name(family, given)


def _take_braced(note: str, found: _Found) -> str:
    if "{:" not in note:
        return note
    gap = "\0"
    text = _BRACED.sub(
        lambda m: gap if found.take(m[1], m[2].strip()) else m[0], note.replace(gap, "")
    )
    # One space where a group stood between words, none at the edges of a line.
    lines = (_GAP.sub(" ", line).strip() if gap in line else line for line in text.split("\n"))
    return "\n".join(lines).strip()


def _take_lines(note: str, found: _Found) -> str:
    """Take leading lines; other ``key: value`` lines among them stay but don't end them."""
    kept: list[str] = []
    lines = note.splitlines()
    for number, line in enumerate(lines):
        match = _LINE.match(line)
        if match and found.take(match[1], match[2].strip()):
            continue
        if not match and line.strip() and number > 0:
            kept += lines[number:]
            break
        kept.append(line)
    return "\n".join(kept).strip() if found.any else note
