"""A bibliography as a file of its own: a title, groups, rows with numbers and annotations."""

from __future__ import annotations

from attrs import evolve, frozen

from citekit.output.runs import Run, linked, runs
from citekit.output.settle import Event
from citekit.output.text import label, margin

_HANGING = 36
"""Half an inch, in points."""
_CHARACTER = 7
"""As wide as a digit in 12 points, or a little wider."""
_WIDEST = 20
"""Characters of a field in the margin; longer ones reach into the entry."""


@frozen(slots=True)
class Row:
    """An entry; ``label`` is put before it, ``annotation`` below it."""

    id: str
    events: tuple[Event, ...]
    label: str = ""
    annotation: str = ""

    def runs(self, links: bool = False, after_label: str = " ") -> list[Run]:
        """The whole row as runs, with ``links`` addresses and DOIs as links.

        ``after_label`` stands behind what is put, or set by the style, in the margin.
        """
        found = runs(self.events, after_label)
        if self.label:
            found.insert(0, Run(f"{self.label}{after_label}", {}))
        if self.annotation:
            found.append(Run(f"\n{self.annotation}", {}))
        return linked(found) if links else found

    def fields(self) -> tuple[str, Row]:
        """What is put, or set by the style, in the margin, and the row without it."""
        field = margin(self.events)
        events = (*self.events[: field.start], *self.events[field.stop :])
        labels = " ".join(filter(None, (self.label, label(self.events))))
        return labels, evolve(self, events=events, label="")


@frozen(slots=True)
class Section:
    """Rows under a heading, which is ``""`` if they are not grouped."""

    heading: str
    rows: tuple[Row, ...]


@frozen(slots=True, kw_only=True)
class Listing:
    """What a file is made of: its sections, title and language, and how it is to be set.

    ``ids`` asks for an id on each entry and for roles that screen readers announce, in HTML.
    The layout is that of :class:`citekit.Bibliography`.
    """

    sections: tuple[Section, ...]
    title: str = ""
    lang: str = "en-US"
    links: bool = True
    ids: bool = True
    hanging_indent: bool = False
    second_field_align: str | None = None
    line_spacing: int = 1
    entry_spacing: int = 1

    @property
    def after_label(self) -> str:
        """What leads from the first field to the rest: a tab, where the style aligns this."""
        return "\t" if self.second_field_align else " "

    @property
    def indent(self) -> int:
        """How far lines of an entry but its first are indented, in points; 0 if they aren't."""
        if not self.second_field_align:
            return _HANGING if self.hanging_indent else 0
        rows = (row for section in self.sections for row in section.rows)
        widest = max((len(f"{row.label}{label(row.events)}") for row in rows), default=0)
        return _CHARACTER * (min(widest, _WIDEST) + 1)
