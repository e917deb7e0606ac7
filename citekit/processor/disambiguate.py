"""Disambiguation: cites that would look the same are told apart.

CSL 1.0.2, "Disambiguation". A cite is ambiguous when it looks like that of
another record. The methods are tried in this order, each only as far as it is
needed and only if the style asks for it:

1. *Expand names*: initials, then full given names. Under the rule "by-cite" the
   names of ambiguous cites are expanded one after the other, as far as that
   separates cites; under the other rules every name shown in the document that
   looks like another person's is expanded, in all cites.
2. *Show more names* than et-al abbreviation would, one by one, expanding each.
3. *Render with* ``disambiguate`` *testing true*. Names that only this condition
   prints are compared in full if the style shows more names to disambiguate.
   As in the reference, two cites (not three) that print the numbers of the notes in
   which they were first cited are told apart by these.
4. *Add a year-suffix*, in the order of the bibliography.

An expansion that separates no cites is taken back. Only sets of ambiguous
records are rendered again, so the cost grows with their number alone.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from citekit.flat.layouts import bare_cites
from citekit.processor.namesakes import first_level, persons_in, separating_levels
from citekit.processor.registry import Item, Registry
from citekit.render.context import POSITIONS, Context, Expansion, NameList
from citekit.render.tree import text_of

_AS_CITED = POSITIONS["subsequent"] | {"near-note"}
"""Cites are compared as they look when cited again: that is where they are shortest."""


class _InFull(Expansion):
    """All names of all lists."""

    def shown_in(self, index: int) -> int:
        return sys.maxsize


_IN_FULL = _InFull([], [])


def disambiguate(registry: Registry, first_notes: Mapping[str, int]) -> None:
    """Set expansion, disambiguate and year-suffix of the registry's items.

    ``first_notes`` are the numbers of the notes in which records are first cited.
    """
    options = registry.style.style.citation
    items = list(registry.items.values())
    if not (
        options.disambiguate_add_givenname
        or options.disambiguate_add_names
        or options.disambiguate_add_year_suffix
        or registry.style.tests_disambiguate
    ):
        return
    rule = options.givenname_disambiguation_rule
    by_name = options.disambiguate_add_givenname and rule != "by-cite"
    if len(items) < 2 and not (by_name and rule.startswith("all-names")):
        return  # nothing that it could look like
    worker = _Disambiguation(registry, first_notes)
    if by_name:
        worker.expand_all_names(items, rule)
    for ambiguous in worker.sets(items):
        worker.resolve(ambiguous)


class _State:
    """An item under disambiguation: what its name lists are and how far they are expanded."""

    __slots__ = ("given", "item", "kept_given", "kept_shown", "lists", "shown", "text")

    def __init__(self, item: Item, text: str, lists: Sequence[NameList]) -> None:
        self.item = item
        self.text = text
        self.lists = list(lists)
        self.shown = [found.shown for found in lists]
        self.given = [[0] * len(found.names) for found in lists]
        if item.expansion is not None:
            self.given = [list(row) for row in item.expansion.given]
        self.keep()

    def keep(self) -> None:
        """What is shown now has told cites apart, or is where we started."""
        self.kept_shown = list(self.shown)
        self.kept_given = [list(row) for row in self.given]

    def take_back(self) -> bool:
        """Undo what has come to nothing; tell whether there was anything."""
        if self.shown == self.kept_shown and self.given == self.kept_given:
            return False
        self.shown = list(self.kept_shown)
        self.given = [list(row) for row in self.kept_given]
        return True


class _Disambiguation:
    def __init__(self, registry: Registry, first_notes: Mapping[str, int]) -> None:
        self.registry = registry
        self.first_notes = first_notes
        self.layout = registry.style.citation.layout
        self.bare = bare_cites(registry.style)
        self.options = registry.style.style.citation
        self.unexpanded: dict[Item, tuple[str, list[NameList]]] = {}
        """What has been rendered already of items whose names need no more."""
        self.by_cite = (
            self.options.disambiguate_add_givenname
            and self.options.givenname_disambiguation_rule == "by-cite"
        )

    @cached_property
    def places(self) -> dict[str, int]:
        """The places of the records in the bibliography."""
        return {record_id: place for place, record_id in enumerate(self.registry.order)}

    # ------------------------------------------------------------ rendering

    def render(
        self, item: Item, expansion: Expansion | None = None, first_note: int = 0
    ) -> tuple[str, list[NameList]]:
        """The text of a plain cite of an item, and its name lists.

        Access dates tell no records apart, and neither does the spacing of initials.
        """
        context = self.context(item, expansion, first_note)
        text = self.bare(context)
        if text is None:
            context = self.context(item, expansion, first_note)
            text = "\0".join(text_of(piece) for piece in self.layout(context))
        return text.replace(". ", "."), context.name_lists

    def context(self, item: Item, expansion: Expansion | None, first_note: int) -> Context:
        """A context to render a plain cite in."""
        context = self.registry.entry_context(item)
        context.year_suffix = ""
        context.expansion = expansion or item.expansion
        context.position = _AS_CITED
        context.first_note = first_note
        if "accessed" in context.dates:
            context.suppress(["accessed"])
        return context

    def refresh(self, state: _State) -> None:
        """Render a state again after its expansion has changed."""
        state.item.expansion = Expansion(state.shown, state.given)
        state.text, _ = self.render(state.item)

    def sets(self, items: Iterable[Item]) -> Iterator[list[_State]]:
        """The sets of items whose cites look the same."""
        groups: dict[str, list[tuple[Item, list[NameList]]]] = defaultdict(list)
        for item in items:
            text, lists = self.unexpanded.get(item) or self.render(item)
            groups[text].append((item, lists))
        for text, alike in groups.items():
            if len(alike) > 1:
                yield [_State(item, text, lists) for item, lists in alike]

    # ------------------------------------------------------------ one ambiguous set

    def resolve(self, states: list[_State]) -> None:
        """Methods 1 to 4 on one set."""
        clear = self.expand(states)
        for group in clear:
            if len(group) > 1:
                self.finish(group)

    def expand(self, states: list[_State]) -> list[list[_State]]:
        """Methods 1 and 2; the groups in which cites still look the same, or are alone."""
        groups = [states]
        for state in states:
            state.keep()
        for step in self.steps(states):
            groups = [part for group in groups for part in self.try_step(group, step)]
            if all(len(group) == 1 for group in groups):
                break
        for group in groups:
            for state in group:
                if state.take_back():
                    self.refresh(state)
        return groups

    def steps(self, states: Sequence[_State]) -> Iterator[tuple[int, int, int]]:
        """What to try in turn: list, name, level; a level of 0 shows the name."""
        for index in range(max((len(state.lists) for state in states), default=0)):
            if self.by_cite:
                shown = max(state.shown[index] for state in _having(states, index))
                levels = _levels_of(states, index)
                for name in range(shown):
                    yield from ((index, name, level) for level in levels)
        if not self.options.disambiguate_add_names:
            return
        for index in range(max((len(state.lists) for state in states), default=0)):
            first = min(state.shown[index] for state in _having(states, index))
            total = max(len(state.lists[index].names) for state in _having(states, index))
            levels = _levels_of(states, index)
            for name in range(first, total):
                yield index, name, 0
                if self.by_cite:
                    yield from ((index, name, level) for level in levels)

    def try_step(self, states: list[_State], step: tuple[int, int, int]) -> list[list[_State]]:
        """Apply a step to a set; keep it, with what led to it, if it separates cites."""
        if len(states) < 2:
            return [states]
        index, name, level = step
        if level and _is_same_name(states, index, name):
            for state in states:
                state.item.expansion = Expansion(state.shown, state.given)
            return [states]
        changed = [state for state in states if self.apply(state, index, name, level)]
        if not changed:
            return [states]
        for state in changed:
            self.refresh(state)
        parts: dict[str, list[_State]] = defaultdict(list)
        for state in states:
            parts[state.text].append(state)
        if len(parts) > 1:
            for state in states:
                state.keep()
        elif level:
            for state in changed:
                state.given[index][name] = state.kept_given[index][name]
                self.refresh(state)
        return list(parts.values())

    def apply(self, state: _State, index: int, name: int, level: int) -> bool:
        """Change one state by a step, if it concerns it."""
        if index >= len(state.lists) or name >= len(state.lists[index].names):
            return False
        if level:
            if name >= state.shown[index]:
                return False
            state.given[index][name] = level
            return True
        if name < state.shown[index]:
            return False
        state.shown[index] = name + 1
        return True

    # ------------------------------------------------------------ methods 3 and 4

    def finish(self, states: list[_State]) -> None:
        """Methods 3 and 4 on cites that names could not tell apart."""
        groups = [states]
        if self.registry.style.tests_disambiguate and not self.differ_by_note(states):
            groups = self.try_condition(states)
        if not self.options.disambiguate_add_year_suffix:
            return
        for group in groups:
            if len(group) > 1:
                group.sort(key=lambda state: self.places[state.item.record.id])
                for number, state in enumerate(group):
                    state.item.year_suffix = letters(number)

    def differ_by_note(self, states: Sequence[_State]) -> bool:
        """Whether these are two cites that print different numbers of their first notes."""
        if len(states) != 2:
            return False
        notes = [self.first_notes.get(state.item.record.id, 0) for state in states]
        texts = {
            self.render(state.item, first_note=note)[0]
            for state, note in zip(states, notes, strict=True)
        }
        return len(texts) == 2

    def try_condition(self, states: list[_State]) -> list[list[_State]]:
        """Let one ``disambiguate`` condition after the other test true, while it helps."""
        groups = [states]
        level = 0
        while level < self.registry.style.tests_disambiguate:
            level += 1
            groups = [part for group in groups for part in self.at_level(group, level)]
        return groups

    def at_level(self, states: list[_State], level: int) -> list[list[_State]]:
        """The parts of a set with so many conditions true; unchanged if it is one part."""
        if len(states) < 2:
            return [states]
        before = [state.item.disambiguate for state in states]
        expansion = _IN_FULL if self.options.disambiguate_add_names else None
        parts: dict[str, list[_State]] = defaultdict(list)
        for state in states:
            state.item.disambiguate = level
            parts[self.render(state.item, expansion)[0]].append(state)
        if len(parts) == 1:
            for state, value in zip(states, before, strict=True):
                state.item.disambiguate = value
        return list(parts.values())

    # ------------------------------------------------------------ rules other than by-cite

    def expand_all_names(self, items: Sequence[Item], rule: str) -> None:
        """Expand every name that looks like another person's, in all cites."""
        primary = rule.startswith("primary-name")
        top = 1 if rule.endswith("with-initials") else 2
        self.unexpanded = {item: self.render(item) for item in items}
        persons = {
            item: list(persons_in(lists, primary)) for item, (_, lists) in self.unexpanded.items()
        }
        hidden = self.options.disambiguate_add_names
        levels = separating_levels(chain.from_iterable(persons.values()), hidden, top)
        if not levels:
            return
        for item, found in persons.items():
            if any(person.key in levels for person in found):
                lists = self.unexpanded.pop(item)[1]
                given = [[0] * len(one.names) for one in lists]
                for person in found:
                    given[person.index][person.position] = levels.get(person.key, 0)
                item.expansion = Expansion([None] * len(lists), given)


def _having(states: Sequence[_State], index: int) -> list[_State]:
    return [state for state in states if index < len(state.lists)]


def _levels_of(states: Sequence[_State], index: int) -> range:
    """The levels to try for a name list of ambiguous cites."""
    specs = {state.lists[index].spec for state in _having(states, index)}
    return range(min(map(first_level, specs)), 3)


def _is_same_name(states: Sequence[_State], index: int, name: int) -> bool:
    """Whether all cites print the same person there, whose given name can't tell them apart."""
    shown = [
        (state.lists[index].names[name], state.lists[index].spec)
        for state in states
        if index < len(state.lists) and name < state.shown[index]
    ]
    return len(shown) == len(states) and all(one == shown[0] for one in shown)


def letters(number: int) -> str:
    """0 → "a", 25 → "z", 26 → "aa" (CSL 1.0.2, ``disambiguate-add-year-suffix``)."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
