"""A document that is being written: edit it, and learn what the edit changes elsewhere.

A citation can change because of an edit far away: it becomes "ibid.", its year
gets a suffix, its number moves. A document keeps what it has formatted together
with the state it was formatted from. An edit works out the new state of everything
by the same steps as :meth:`~citekit.api.Style.process`, formats those citations
again whose state is another one, and reports them. So the outcome of any sequence
of edits is that of formatting the final document once.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, count
from typing import Any

from attrs import evolve, frozen

from citekit.api import Bibliography, Formatted, Style
from citekit.errors import RecordError
from citekit.processor.citation import render_citation
from citekit.processor.cites import Citation, Cite
from citekit.processor.document import Prepared, nothing_printed, prepare
from citekit.processor.position import Placed
from citekit.records.record import Record
from citekit.selection import Selection

_State = tuple[object, ...]


@frozen(slots=True)
class Changes:
    """What an edit changed.

    ``citations``: those that are new or were formatted anew, because something they
    depend on has changed (the text may have come out the same), by id and in the
    order of the document.
    ``removed``: ids of citations that are gone. ``bibliography`` tells whether the
    bibliography has to be printed again.
    """

    citations: dict[str, Formatted]
    removed: tuple[str, ...] = ()
    bibliography: bool = False

    def __bool__(self) -> bool:
        return bool(self.citations or self.removed or self.bibliography)


@frozen(slots=True)
class _Printed:
    """A citation that has been formatted, and from what."""

    state: _State
    formatted: Formatted


class Document:
    """A document in a style: records, and citations in order.

    ``style`` is a :class:`~citekit.api.Style` or what :meth:`Style.load` takes.
    Citations are named by their ids; one without gets "citation-1", "citation-2" …
    Every method that edits returns :class:`Changes`; if it raises, the document is
    as it was. Not to be edited by several threads at a time.

    ``uncited`` says which records are in the bibliography though no citation cites
    them: ``True`` for all, or their ids.

    Raises what :meth:`Style.load` raises, and :class:`~citekit.errors.RecordError`
    for a cite of a record that isn't there.
    """

    def __init__(
        self,
        style: Style | str | os.PathLike[str],
        records: Iterable[Record] = (),
        locale: str | None = None,
        *,
        citations: Iterable[Citation | Cite | str] = (),
        uncited: bool | Collection[str] = False,
    ) -> None:
        self._style = style if isinstance(style, Style) else Style.load(style, locale)
        self._records = {record.id: self._style.prepare(record) for record in records}
        self._uncited = _uncited(uncited)
        self._citations: tuple[Citation, ...] = ()
        self._printed: dict[str, _Printed] = {}
        self._entries: _State = ()
        self._again: dict[str, int] = {}
        self._prepared = self._prepare()
        self.arrange(citations)

    # ------------------------------------------------------------------ reading

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations in order, as they were given but for their ids."""
        return self._citations

    @property
    def note_numbers(self) -> dict[str, int]:
        """The numbers of the notes by the ids of their citations; 0 for one in the text."""
        return {one.id: one.note_number or 0 for one in self._prepared.citations}

    @property
    def records(self) -> tuple[Record, ...]:
        """The records of the document, cited or not."""
        return tuple(self._records.values())

    @property
    def style(self) -> Style:
        """The style it is formatted in."""
        return self._style

    @property
    def uncited(self) -> bool | tuple[str, ...]:
        """Which records are in the bibliography though nothing cites them (see the class)."""
        return self._uncited

    @property
    def formatted(self) -> dict[str, Formatted]:
        """The formatted citations by id, in order."""
        return {name: printed.formatted for name, printed in self._printed.items()}

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the style doesn't print: records in the bibliography, then citations."""
        _, warnings = self._style.render_entries(self._prepared.registry)
        blank = [one for one in self._citations if not self._printed[one.id].formatted.events]
        return (*warnings, *map(nothing_printed, blank))

    def bibliography(self, selection: Selection | None = None) -> Bibliography:
        """The bibliography, or a part of it; its numbers are those of the whole."""
        selected = selection or Selection()
        chapters = _chapters(self._citations)
        bibliography, _ = self._style.render_entries(
            self._prepared.registry,
            lambda record: selected.holds(record, chapters.get(record.id)),
        )
        return bibliography

    # ------------------------------------------------------------------ editing

    def add(self, *citations: Citation | Cite | str) -> Changes:
        """Put citations at the end."""
        return self.arrange([*self._citations, *citations])

    def insert(self, place: int, citation: Citation | Cite | str) -> Changes:
        """Put a citation before the one at ``place``, which counts as in a list."""
        listed: list[Citation | Cite | str] = list(self._citations)
        listed.insert(place, citation)
        return self.arrange(listed)

    def replace(self, name: str, citation: Citation | Cite | str) -> Changes:
        """Put another citation in the place of the one with id ``name``; it gets that id."""
        place = self._place(name)
        listed = list(self._citations)
        listed[place] = evolve(_citation(citation), id=name)
        return self.arrange(listed)

    def move(self, name: str, place: int) -> Changes:
        """Take the citation with id ``name`` out and insert it at ``place`` of the others."""
        listed = list(self._citations)
        listed.insert(place, listed.pop(self._place(name)))
        return self.arrange(listed)

    def delete(self, *names: str) -> Changes:
        """Remove the citations with these ids."""
        places = {self._place(name) for name in names}
        kept = [one for index, one in enumerate(self._citations) if index not in places]
        return self.arrange(kept)

    def arrange(self, citations: Iterable[Citation | Cite | str]) -> Changes:
        """Make these all the citations of the document, in this order.

        Those with the id of a citation that is there take its place.
        """
        return self._edit(_citations=_named(citations))

    def update(self, *records: Record) -> Changes:
        """Add records, or put them in the place of those with the same ids."""
        new = {record.id: self._style.prepare(record) for record in records}
        return self._edit(_records=self._records | new)

    def forget(self, *ids: str) -> Changes:
        """Remove the records with these ids; one that is cited must not be among them."""
        for name in ids:
            if name not in self._records:
                raise RecordError("there is no such record in the document", where=f"record {name}")
        kept = {name: one for name, one in self._records.items() if name not in ids}
        return self._edit(_records=kept)

    def include(self, uncited: bool | Collection[str]) -> Changes:
        """Have these uncited records in the bibliography, and no others (see the class)."""
        return self._edit(_uncited=_uncited(uncited))

    def restyle(self, style: Style | str | os.PathLike[str], locale: str | None = None) -> Changes:
        """Go over to another style."""
        return self._edit(_style=style if isinstance(style, Style) else Style.load(style, locale))

    # ------------------------------------------------------------------ the work

    def _place(self, name: str) -> int:
        for place, citation in enumerate(self._citations):
            if citation.id == name:
                return place
        known = ", ".join(one.id for one in self._citations[:5])
        raise RecordError(
            "there is no such citation in the document",
            where=f"citation {name}",
            hint=f"the ids of its citations are {known} …" if known else "it has no citations",
        )

    def _prepare(self) -> Prepared:
        records = self._records.values()
        return prepare(self._style.compiled, records, self._citations, self._uncited)

    def _edit(self, **attributes: Any) -> Changes:
        """Set attributes and format what they change; leave all as it was if that fails."""
        before = vars(self).copy()  # nothing of it is changed in place
        try:
            vars(self).update(attributes)
            self._prepared = self._prepare()
            return self._print()
        except BaseException:  # an interrupt, too
            vars(self).update(before)
            raise

    def _print(self) -> Changes:
        """Format the citations whose state has changed."""
        prepared, before = self._prepared, self._printed
        again, self._again = self._again, self._cited_again()
        moved = {name for name, note in self._again.items() if again.get(name, note) != note}
        self._printed = {}
        changed = {}
        for citation, row in zip(prepared.citations, prepared.rows, strict=True):
            state = self._state(citation, row)
            known = before.get(citation.id)
            if (
                known is None
                or known.state != state
                or any(placed.cite.id in moved for placed in row)
            ):
                rendered = render_citation(prepared.registry, citation, row)
                known = _Printed(state, self._style.format_citation(rendered))
                changed[citation.id] = known.formatted
            self._printed[citation.id] = known
        entries, self._entries = self._entries, self._entry_states()
        removed = tuple(name for name in before if name not in self._printed)
        return Changes(changed, removed, entries != self._entries)

    def _cited_again(self) -> dict[str, int]:
        """The records that are cited more than once, and the notes that do so first."""
        rows = chain.from_iterable(self._prepared.rows)
        repeated = (placed for placed in rows if "subsequent" in placed.position)
        return {placed.cite.id: placed.first_note for placed in repeated}

    def _state(self, citation: Citation, row: Sequence[Placed]) -> _State:
        """All that the output of a citation depends on.

        How a record is told from others counts anew when it is cited again.
        """
        style = self._style
        scope = style.compiled.citation
        items = [self._prepared.registry.items[placed.cite.id] for placed in row]
        states = [
            (item.state(scope), item.is_disambiguated and item.record.id in self._again)
            for item in items
        ]
        asked = citation.mode, citation.infix, citation.unsorted
        return style, asked, tuple(row), states

    def _entry_states(self) -> _State:
        """All that the bibliography depends on."""
        registry = self._prepared.registry
        scope = self._style.compiled.bibliography
        return self._style, *(registry.items[name].state(scope) for name in registry.order)


def _uncited(asked: bool | Collection[str]) -> bool | tuple[str, ...]:
    return asked if isinstance(asked, bool) else tuple(asked)


def _citation(asked: Citation | Cite | str) -> Citation:
    return asked if isinstance(asked, Citation) else Citation(asked)


def _named(asked: Iterable[Citation | Cite | str]) -> tuple[Citation, ...]:
    """The citations, each with an id of its own."""
    citations = [_citation(one) for one in asked]
    taken = Counter(one.id for one in citations if one.id)
    for name, times in taken.items():
        if times > 1:
            raise RecordError(
                "two citations have the same id",
                where=f"citation {name}",
                hint="ids name citations: give each another one, or none",
            )
    free = (name for name in map("citation-{}".format, count(1)) if name not in taken)
    return tuple(one if one.id else evolve(one, id=next(free)) for one in citations)


def _chapters(citations: Iterable[Citation]) -> dict[str, frozenset[str]]:
    """The chapters in which each record is cited, by record id."""
    found: dict[str, set[str]] = defaultdict(set)
    for citation in citations:
        for cite in citation.cites:
            found[cite.id].add(citation.chapter)
    return {name: frozenset(chapters) for name, chapters in found.items()}
