"""A bibliography as a file of its own: a title, groups, rows with numbers and annotations."""

from __future__ import annotations

from attrs import frozen

from citekit.output.runs import Run, linked, runs
from citekit.output.settle import Event


@frozen(slots=True)
class Row:
    """An entry; ``label`` is put before it, ``annotation`` below it."""

    id: str
    events: tuple[Event, ...]
    label: str = ""
    annotation: str = ""

    def runs(self, links: bool = False) -> list[Run]:
        """The whole row as runs, with ``links`` addresses and DOIs as links."""
        found = runs(self.events)
        if self.label:
            found.insert(0, Run(f"{self.label} ", {}))
        if self.annotation:
            found.append(Run(f"\n{self.annotation}", {}))
        return linked(found) if links else found


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
