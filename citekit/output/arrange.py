"""Entries of a bibliography → the sections of a file: grouped, numbered, annotated, a name bold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from citekit.output.groups import GroupBy, grouped
from citekit.output.highlight import highlighted, mentions
from citekit.output.listing import Row, Section
from citekit.output.semantic import marked
from citekit.output.settle import Event, Open
from citekit.records.record import Record


def arrange(
    rows: Sequence[Row],
    records: Mapping[str, Record],
    *,
    lang: str = "en-US",
    group_by: GroupBy | None = None,
    highlight: str = "",
    annotate: bool = False,
    numbered: bool = False,
    semantic: bool = False,
) -> tuple[Section, ...]:
    """The sections; rows keep their order inside of each. Headings are in the language ``lang``.

    With ``annotate`` the ``annote`` of a record (else its ``note``) stands below its entry.
    ``numbered`` counts through all sections, unless the style prints numbers itself. With
    ``semantic`` spans name fields and people in HTML (:mod:`citekit.output.semantic`).

    Raises :class:`~citekit.errors.WriterError` for a ``group_by`` that isn't known.
    """
    dressed = [_dressed(row, records.get(row.id), highlight, annotate) for row in rows]
    if semantic:
        dressed = [_marked(row, records.get(row.id)) for row in dressed]
    sections = [Section("", tuple(dressed))]
    if group_by:
        sections = grouped(dressed, records, group_by, lang)
    if not numbered or any(map(_has_number, rows)):
        return tuple(sections)
    numbers: dict[str, str] = {}
    for section in sections:
        for row in section.rows:
            numbers.setdefault(row.id, f"{len(numbers) + 1}.")
    return tuple(
        Section(each.heading, tuple(_labelled(row, numbers[row.id]) for row in each.rows))
        for each in sections
    )


def _dressed(row: Row, record: Record | None, highlight: str, annotate: bool) -> Row:
    events: Sequence[Event] = row.events
    if highlight and (record is None or mentions(record, highlight)):
        events = highlighted(events, highlight)
    annotation = ""
    if annotate and record:
        annotation = record.texts.get("annote") or record.texts.get("note") or ""
    return Row(row.id, tuple(events), annotation=annotation.strip())


def _marked(row: Row, record: Record | None) -> Row:
    return evolve(row, events=tuple(marked(row.events, [record] if record else [])))


def _labelled(row: Row, label: str) -> Row:
    return evolve(row, label=label)


def _has_number(row: Row) -> bool:
    return any(
        isinstance(event, Open) and event.wrap.variable == "citation-number" for event in row.events
    )
