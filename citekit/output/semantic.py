"""Settled events → events with spans, in HTML, that name the field of a text and the person.

``<span class="csl-title">`` for a variable, and in ``<span class="csl-author">`` a
``<span class="csl-name" data-name="Jane Smith">`` for each name, with the whole name of the
person where the record tells who that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from citekit.output.highlight import may_be
from citekit.output.settle import Close, Event, Open
from citekit.records.name import Name
from citekit.records.record import Record

_PARTS = ("name", "year", "year-suffix")
"""Kinds of nodes that have a span though they are no variables."""
_BEGUN_ADDRESS = re.compile(r"https?://\S*$")


def marked(events: Iterable[Event], records: Sequence[Record] = ()) -> list[Event]:
    """The events, with a span for each field and name; ``records`` are those that are cited.

    The resolver's address that stands before a DOI goes into the span of the DOI.
    """
    found: list[Event] = []
    starts: list[int] = []
    people: list[Name] = []
    place = -1
    for event in events:
        if isinstance(event, Open):
            wrap = event.wrap
            address = _taken_address(found) if wrap.variable else ""
            starts.append(len(found))
            found += [event, address] if address else [event]
            if wrap.kind == "name-list":
                people, place = _people(records, wrap.variable), -1
            place += wrap.kind == "name"
        elif isinstance(event, Close):
            start = starts.pop()
            person = None
            if event.open.wrap.kind == "name":
                person = _who(found[start + 1 :], people, place if len(records) == 1 else -1)
            found[start] = opening = _with_span(event.open, person)
            found.append(opening.close)
        else:
            found.append(event)
    return found


def _with_span(opening: Open, person: Name | None) -> Open:
    wrap = opening.wrap
    name = wrap.variable or (wrap.kind if wrap.kind in _PARTS else "")
    if not name:
        return opening
    attributes = f'class="csl-{escape(name)}"'
    if person:
        attributes += f' data-name="{escape(_whole(person))}"'
    return Open(wrap, (("span", attributes), *opening.styles))


def _taken_address(found: list[Event]) -> str:
    """The beginning of an address that the events end in; it is taken away from them."""
    last = found[-1] if found else ""
    match = _BEGUN_ADDRESS.search(last) if isinstance(last, str) else None
    if match is None:
        return ""
    found[-1] = match.string[: match.start()]
    return match[0]


def _people(records: Sequence[Record], role: str) -> list[Name]:
    """All people of a role; editors who are the translators, too, may have none of their own."""
    people = [name for record in records for name in record.names.get(role, ())]
    return _people(records, "editor") if role == "editor-translator" and not people else people


def _who(printed: Sequence[Event], people: Sequence[Name], place: int) -> Name | None:
    """The person of a printed name; of several that it may be, the one at that place if any."""
    possible = list(dict.fromkeys(each for each in people if may_be(printed, each)))
    if len(possible) == 1:
        return possible[0]
    at_place = people[place] if 0 <= place < len(people) else None
    return at_place if at_place in possible else None


def _whole(name: Name) -> str:
    """A name in full, in the order in which it is spoken."""
    parts = (
        name.given,
        name.dropping_particle,
        name.non_dropping_particle,
        name.family,
        name.suffix,
    )
    return name.literal or " ".join(filter(None, parts))
