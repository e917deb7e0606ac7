"""Namesakes: which given names tell apart the people whom the cites of a document name.

CSL 1.0.2, "Disambiguation", ``givenname-disambiguation-rule``: for the rules other than
"by-cite", which look at people, not at cites.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from citekit.records.name import Name
from citekit.render.context import NameList
from citekit.render.name_parts import NameSpec, render_name
from citekit.render.tree import text_of


class Person:
    """A person whom a cite names: where, and whether the name is shown."""

    __slots__ = ("index", "is_shown", "key", "name", "position")

    def __init__(
        self, index: int, position: int, name: Name, spec: NameSpec, is_shown: bool
    ) -> None:
        self.index = index
        self.position = position
        self.name = name
        self.is_shown = is_shown
        self.key = _identity(name), spec


def _identity(name: Name) -> str:
    """Whom a name means, whatever the spacing of the initials."""
    parts = (name.family, name.given, name.suffix, name.dropping_particle)
    return "\0".join((*parts, name.non_dropping_particle)).replace(". ", ".")


def persons_in(lists: Sequence[NameList], primary: bool) -> Iterator[Person]:
    """The people in the name lists of a cite, the first of all only if ``primary``."""
    for index, found in enumerate(lists[:1] if primary else lists):
        for position, name in enumerate(found.names[:1] if primary else found.names):
            if not name.literal:
                yield Person(index, position, name, found.spec, position < found.shown)


def separating_levels(
    persons: Iterable[Person], hidden: bool, top: int
) -> dict[tuple[str, NameSpec], int]:
    """The levels of given names, up to ``top``, that tell people apart who look alike.

    By :attr:`Person.key`; of people whose names aren't shown only with ``hidden``.
    """
    looks: dict[tuple[str, NameSpec], dict[str, Name]] = defaultdict(dict)
    for person in persons:
        if person.is_shown or hidden:
            who, spec = person.key
            looks[_look(person.name, spec, 0), spec].setdefault(who, person.name)
    levels: dict[tuple[str, NameSpec], int] = {}
    for (_, spec), alike in looks.items():
        if len(alike) > 1:
            found = _separating(list(alike.values()), spec, top)
            levels |= {(who, spec): one for who, one in zip(alike, found, strict=True) if one}
    return levels


def first_level(spec: NameSpec) -> int:
    """Names get initials first, if the style has any."""
    return 1 if spec.initialize_with is not None and spec.initialize else 2


def _look(name: Name, spec: NameSpec, level: int) -> str:
    return text_of(render_name(name, spec, False, level))


def _separating(people: Sequence[Name], spec: NameSpec, top: int) -> list[int]:
    """For each name the lowest level of given name at which it looks like the fewest others."""
    levels, fewest = [0] * len(people), [len(people)] * len(people)
    for level in range(first_level(spec), top + 1):
        looks = [_look(name, spec, level) for name in people]
        counts = Counter(looks)
        for index, look in enumerate(looks):
            if counts[look] < fewest[index]:
                fewest[index] = counts[look]
                levels[index] = level
    return levels
