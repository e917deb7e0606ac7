"""Whether conditions can hold together: a small solver over variables with few values.

A condition becomes clauses. A clause holds if one of its literals does; a literal
says that a variable's value is one of a set. Everything a style can test is such a
variable: the type of the record, the position of the cite, each CSL variable …
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Values = frozenset[str]
Clause = Mapping[str, Values]
"""By variable: the values that make the clause hold."""

_MOST_STEPS = 2000
"""After so many steps the question is given up: what can't be excluded counts as possible."""


def can_hold(clauses: Iterable[Clause], domains: Mapping[str, Values]) -> bool:
    """Whether some choice of a value for each variable makes all clauses hold.

    ``domains`` are the values that each variable can have at all.
    """
    return _Search(domains).solve(list(clauses), {})


class _Search:
    def __init__(self, domains: Mapping[str, Values]) -> None:
        self.domains = domains
        self.steps = 0

    def solve(self, clauses: Sequence[Clause], known: dict[str, Values]) -> bool:
        """``known`` are the values still possible of variables that are restricted."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            return True
        known = dict(known)
        settled = False
        while not settled:
            settled, remaining = True, []
            for clause in clauses:
                literals = self._open(clause, known)
                if literals is None:
                    continue
                if not literals:
                    return False
                if len(literals) == 1:
                    [(name, values)] = literals.items()
                    known[name] = values
                    settled = False
                else:
                    remaining.append(clause)
            clauses = remaining
        if not clauses:
            return True
        literals = self._open(clauses[0], known) or {}
        return any(self.solve(clauses[1:], {**known, name: v}) for name, v in literals.items())

    def _open(self, clause: Clause, known: Mapping[str, Values]) -> dict[str, Values] | None:
        """Return the literals that may hold, with the values left; ``None`` if it holds anyway."""
        literals = {}
        for name, values in clause.items():
            possible = known.get(name, self.domains[name])
            left = possible & values
            if left == possible:
                return None
            if left:
                literals[name] = left
        return literals
