"""Entries of a bibliography → the sections of a file: grouped, numbered, annotated, a name bold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from attrs import evolve

from citekit.errors import WriterError
from citekit.output.highlight import highlighted, mentions
from citekit.output.listing import Row, Section
from citekit.output.semantic import marked
from citekit.output.settle import Event, Open
from citekit.records.record import Record

GroupBy = Literal["type", "year", "author", "keyword"]


def arrange(
    rows: Sequence[Row],
    records: Mapping[str, Record],
    *,
    group_by: GroupBy | None = None,
    highlight: str = "",
    annotate: bool = False,
    numbered: bool = False,
    semantic: bool = False,
) -> tuple[Section, ...]:
    """The sections; rows keep their order inside of each.

    With ``annotate`` the ``annote`` of a record (else its ``note``) stands below its entry.
    ``numbered`` counts through all sections, unless the style prints numbers itself. With
    ``semantic`` spans name fields and people in HTML (:mod:`citekit.output.semantic`).

    Raises :class:`~citekit.errors.WriterError` for a ``group_by`` that isn't known.
    """
    dressed = [_dressed(row, records.get(row.id), highlight, annotate) for row in rows]
    if semantic:
        dressed = [_marked(row, records.get(row.id)) for row in dressed]
    sections = _grouped(dressed, records, group_by) if group_by else [Section("", tuple(dressed))]
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


def _grouped(
    rows: Sequence[Row], records: Mapping[str, Record], group_by: GroupBy
) -> list[Section]:
    """A section for each group, in order of the headings, the newest year first.

    Rows that are in no group come last.
    """
    if group_by not in get_args(GroupBy):
        raise WriterError(
            f"entries can't be grouped by {group_by!r}",
            hint=f"take one of {', '.join(get_args(GroupBy))}",
        )
    groups: dict[str, list[Row]] = {}
    for row in rows:
        record = records.get(row.id)
        for heading in (_HEADINGS[group_by](record) if record else []) or [""]:
            groups.setdefault(heading, []).append(row)
    if group_by == "year":
        order = sorted(groups, key=lambda heading: -int(heading or -100_000))
    else:
        order = sorted(groups, key=lambda heading: (not heading, heading.casefold()))
    return [Section(each or _NONE[group_by], tuple(groups[each])) for each in order]


def _type(record: Record) -> list[str]:
    return [record.type.replace("-", " ").replace("_", " ").capitalize()]


def _year(record: Record) -> list[str]:
    issued = record.dates.get("issued")
    return [str(issued.start[0])] if issued and issued.start else []


def _author(record: Record) -> list[str]:
    names = record.names.get("author") or record.names.get("editor")
    if not names:
        return []
    first = names[0]
    family = first.literal or f"{first.non_dropping_particle} {first.family}".strip()
    return [", ".join(filter(None, (family, first.given)))]


def _keywords(record: Record) -> list[str]:
    words = (word.strip() for word in re.split("[,;]", record.texts.get("keyword", "")))
    return list(dict.fromkeys(word for word in words if word))


_HEADINGS: dict[str, Callable[[Record], list[str]]] = {
    "type": _type,
    "year": _year,
    "author": _author,
    "keyword": _keywords,
}
_NONE = {
    "type": "Without type",
    "year": "Undated",
    "author": "Without author",
    "keyword": "Without keyword",
}
