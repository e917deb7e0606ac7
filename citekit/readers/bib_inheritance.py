"""Fields that entries of a .bib inherit from others, by ``crossref`` and ``xdata``.

Source: the biblatex manual, "Cross-referencing Entries" and "Data Inheritance Mapping".
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import Factory, define, field

from citekit.readers.bib_entries import Entry

__all__ = ["PARTS", "Inheritance"]

_PART = (
    "inbook incollection inproceedings conference bookinbook suppbook suppcollection inreference"
)
PARTS = frozenset(_PART.split())
"""Types of what is part of a book."""
_OWN = frozenset("crossref xdata ids shorttitle entrysubtype label options".split())
_TITLES = ("title", "subtitle", "titleaddon")
Missed = tuple[str, str, str]
"""What isn't inherited: the field, the key that it names, and the reason."""
_DEEPEST = 30
_MOST = 8_000_000
_MOST_TIMES = 20
"""Characters that may be inherited in all: a long parent of many children makes a small file
large. Each entry may have that many times its own, too."""


@define(slots=True)
class Inheritance:
    """The entries that others inherit from, by key; what each of them has is found out once.

    Keys are those of BibTeX: of two that differ in their capitals only, either will do.
    """

    parents: Mapping[str, Entry]
    _lower: Mapping[str, str] = field(init=False)
    _found: dict[str, tuple[dict[str, str], list[Missed]]] = Factory(dict)
    _open: set[str] = Factory(set)
    _left: int = _MOST

    @_lower.default
    def _keys_in_lower_case(self) -> dict[str, str]:
        return {key.lower(): key for key in reversed([*self.parents])}

    def fields(self, entry: Entry) -> tuple[dict[str, str], list[Missed]]:
        """The fields of an entry with those it inherits, and what it can't inherit."""
        if "crossref" not in entry.fields and "xdata" not in entry.fields:
            return dict(entry.fields), []
        fields, missed = self._all_of(entry)
        return dict(fields), missed

    def _all_of(self, entry: Entry) -> tuple[dict[str, str], list[Missed]]:
        if entry.key not in self._found:
            self._open.add(entry.key)
            found = self._inherited(entry)
            self._open.discard(entry.key)
            if entry.key not in self.parents:
                return found
            self._found[entry.key] = found
        return self._found[entry.key]

    def _inherited(self, entry: Entry) -> tuple[dict[str, str], list[Missed]]:
        fields = dict(entry.fields)
        missed: list[Missed] = []
        self._left += _MOST_TIMES * sum(map(len, fields.values()))
        for kind in ("xdata", "crossref"):
            for key in filter(None, map(str.strip, fields.get(kind, "").split(","))):
                found = key if key in self.parents else self._lower.get(key.lower(), "")
                if reason := self._reason(found):
                    missed.append((kind, key, reason))
                    continue
                given = self._all_of(self.parents[found])[0]
                self._left -= sum(map(len, given.values()))
                if kind == "crossref":
                    given = _as_child(given, entry.type)
                for name, value in given.items():
                    fields.setdefault(name, value)
        return fields, missed

    def _reason(self, key: str) -> str:
        """Why nothing is inherited from the entry of that key; nothing if all is well."""
        if key not in self.parents:
            return "there is no entry of this key"
        if key in self._open:
            return "an entry can't inherit from itself"
        if self._left < 0:
            return "entries inherit far more text than the file has"
        deep = len(self._open) >= _DEEPEST and key not in self._found
        return f"entries inherit from each other more than {_DEEPEST} deep" if deep else ""


def _as_child(fields: dict[str, str], type: str) -> dict[str, str]:
    """A parent's fields as its child has them: the title of a book is the booktitle of a part."""
    given = {name: value for name, value in fields.items() if name not in _OWN}
    if type in PARTS:
        for name in _TITLES:
            if name in given:
                given.setdefault(f"book{name}", given.pop(name))
        if type not in ("inproceedings", "conference") and "author" in given:
            given.setdefault("bookauthor", given["author"])
    for name in _TITLES:
        if name in given and type in ("article", "suppperiodical"):
            given.setdefault(f"journal{name}", given.pop(name))
    return given
