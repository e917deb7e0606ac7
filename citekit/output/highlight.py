"""A person's name in bold, wherever a citation or entry prints it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from citekit.output.settle import Close, Event, Open
from citekit.records.name import Name
from citekit.records.record import Record
from citekit.render.tree import Wrap

_BOLD = Open(Wrap(kind="highlight"), (("font_weight", "bold"),))
_FAMILY = re.compile(r"(?:(?P<given>[^a-z\s].*?)\s+)?(?P<family>(?:[a-z]\S*\s+)*\S+)$")


def highlighted(events: Sequence[Event], name: str) -> list[Event]:
    """The events, with each name bold that may be this one.

    ``name`` is "Given Family", "Family, Given" or a family name alone. Given names may be
    initials in either of the two.
    """
    wanted = _parts(name)
    found: list[Event] = []
    starts: list[int] = []
    for event in events:
        found.append(event)
        if isinstance(event, Open):
            starts.append(len(found))
        elif isinstance(event, Close):
            start = starts.pop()
            inside = found[start:-1]
            if event.open.wrap.kind == "name" and _is(inside, wanted):
                found[start:-1] = [_BOLD, *inside, _BOLD.close]
    return found


def mentions(record: Record, name: str) -> bool:
    """Whether a record has a person of this name: "Smith, J." may be printed of many others."""
    family, given = _parts(name)
    return any(
        _words(person.literal or _with_particles(person))[-len(family) :] == family
        and _agree(_words(person.given), given)
        for people in record.names.values()
        for person in people
    )


def _with_particles(person: Name) -> str:
    return f"{person.dropping_particle} {person.non_dropping_particle} {person.family}"


def may_be(printed: Sequence[Event], person: Name) -> bool:
    """Whether a name as it is printed may be that of this person."""
    given = _words(person.given)
    families = (person.literal or person.family, f"{person.non_dropping_particle} {person.family}")
    return any(_is(printed, (_words(family), given)) for family in families)


def _parts(name: str) -> tuple[list[str], list[str]]:
    """The words of family and given name."""
    family, comma, given = name.partition(",")
    if not comma and (match := _FAMILY.fullmatch(name.strip())):
        family, given = match["family"], match["given"] or ""
    return _words(family), _words(given)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is(events: Sequence[Event], wanted: tuple[list[str], list[str]]) -> bool:
    family, given = wanted
    printed = _words("".join(event for event in events if isinstance(event, str)))
    size = len(family)
    places = range(len(printed) - size + 1) if size else range(0)
    return any(
        printed[at : at + size] == family and _agree([*printed[:at], *printed[at + size :]], given)
        for at in places
    ) or any(
        # "Fuente, M. de la"
        [*printed[-at:], *printed[: size - at]] == family
        and _agree(printed[size - at : -at], given)
        for at in range(1, size)
    )


def _agree(printed: Sequence[str], given: Sequence[str]) -> bool:
    """Whether given names are the same, as far as both have them, some as initials."""
    return all(
        one.startswith(other) or other.startswith(one)
        for one, other in zip(printed, given, strict=False)
    )
