"""Conditions that never hold, and branches that others leave nothing to.

Source: CSL 1.0.2, section "Choose".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen
from lxml import etree

from citekit.check.findings import Findings
from citekit.check.logic import Clause, Values, can_hold
from citekit.check.macros import BIBLIOGRAPHY, BIBLIOGRAPHY_SORT, CITATION, CallGraph
from citekit.records import vocabulary
from citekit.style.attributes import label
from citekit.style.xml import CS, line_of

_NONE = "none"
_CONTENT = frozenset(["nothing", "text", "number"])
_TRUTH = frozenset(["true", "false"])

_IBID = frozenset(["ibid", "ibid near", "ibid-with-locator", "ibid-with-locator near"])
_SUBSEQUENT = _IBID | {"subsequent", "subsequent near"}
_POSITIONS: Mapping[str, Values] = {
    "first": frozenset(["first"]),
    "subsequent": _SUBSEQUENT,
    "ibid": _IBID,
    "ibid-with-locator": frozenset(["ibid-with-locator", "ibid-with-locator near"]),
    "near-note": frozenset(value for value in _SUBSEQUENT if value.endswith("near")),
}
"""What each position tests true for; a value holds all that is true at once."""

_ANY: Mapping[str, Values] = {
    "type": vocabulary.ITEM_TYPES | {"other"},
    "locator": vocabulary.LOCATOR_LABELS | {_NONE},
    "position": _SUBSEQUENT | {"first", _NONE},
}

_MOST_BRANCHES = 100
"""A branch is compared with so many before it; no official style has more than 30."""

_TESTS = (
    "disambiguate",
    "is-numeric",
    "is-uncertain-date",
    "locator",
    "position",
    "type",
    "variable",
)


def check_conditions(graph: CallGraph, findings: Findings) -> None:
    """Add every branch of a ``cs:choose`` that can't be reached, as a warning.

    Whatever macros call a macro, its conditions are looked at by themselves: only
    the elements around a condition in the same macro or layout count.
    """
    for kind, elements in graph.entries.items():
        for element in elements:
            _Check(findings, _domains(frozenset([kind]))).inside(element, [])
    for name, element in graph.macros.items():
        _Check(findings, _domains(graph.reached_from[name])).inside(element, [])


class _Domains(dict[str, Values]):
    """The values that each thing a style tests can have."""

    def __missing__(self, name: str) -> Values:
        return _CONTENT if name.startswith("variable ") else _TRUTH


def _domains(reached_from: frozenset[str]) -> _Domains:
    domains = _Domains(_ANY)
    if reached_from == {CITATION}:
        domains["position"] -= {_NONE}
    elif reached_from and reached_from <= {BIBLIOGRAPHY, BIBLIOGRAPHY_SORT}:
        domains["position"] = frozenset([_NONE])
        domains["locator"] = frozenset([_NONE])
        domains["variable locator"] = frozenset(["nothing"])
    return domains


@frozen
class _Branch:
    element: etree._Element
    holds: Sequence[Clause]
    fails: Sequence[Clause]
    by_test: Mapping[str, Sequence[Clause]] = field(factory=dict)
    """What each of its tests alone demands."""
    wants_all_types: bool = False
    """It tests several types, all of which are to hold to the letter of the specification."""


class _Check:
    """The conditions of one macro, layout or sort."""

    def __init__(self, findings: Findings, domains: _Domains) -> None:
        self.findings = findings
        self.domains = domains

    def inside(self, parent: etree._Element, known: Sequence[Clause]) -> None:
        """Look at all conditions within; ``known`` is what holds there."""
        for child in parent:
            if child.tag == f"{CS}choose":
                self._choose(child, known)
            else:
                self.inside(child, known)

    def _choose(self, choose: etree._Element, known: Sequence[Clause]) -> None:
        earlier: list[_Branch] = []
        for child in choose:
            if child.tag not in (f"{CS}if", f"{CS}else-if", f"{CS}else"):
                continue
            branch = _branch(child)
            if branch.wants_all_types:
                self.findings.warn(child, *_TYPES)
            near = earlier[-_MOST_BRANCHES:]
            left = [*known, *(clause for before in near for clause in before.fails)]
            if can_hold([*left, *branch.holds], self.domains):
                self.inside(child, [*left, *branch.holds])
            else:
                self.findings.warn(child, *self._why(branch, earlier, known))
            earlier.append(branch)

    def _why(
        self, branch: _Branch, earlier: Sequence[_Branch], known: Sequence[Clause]
    ) -> tuple[str, str]:
        if not can_hold(branch.holds, self.domains):
            return self._never(branch)
        what = f"{label(branch.element)} is never reached"
        for before in earlier[-_MOST_BRANCHES:]:
            if not can_hold([*before.fails, *branch.holds], self.domains):
                where = f"{label(before.element)} in line {line_of(before.element)}"
                hint = (
                    "remove it" if branch.element.tag == f"{CS}else" else "remove it or move it up"
                )
                return f"{what}: {where} takes all that it could", hint
        if not can_hold([*known, *branch.holds], self.domains):
            return f"{what}: it contradicts {self._around(branch)}", "remove it"
        return f"{what}: the branches above take all that it could", "remove it"

    def _around(self, branch: _Branch) -> str:
        for outer in branch.element.iterancestors(f"{CS}if", f"{CS}else-if"):
            if not can_hold([*_branch(outer).holds, *branch.holds], self.domains):
                return f"{label(outer)} in line {line_of(outer)}, which it stands in"
        return "the conditions that it stands in"

    def _never(self, branch: _Branch) -> tuple[str, str]:
        what = f"the condition of {label(branch.element)} is never true"
        impossible = [
            test for test, alone in branch.by_test.items() if not can_hold(alone, self.domains)
        ]
        if not impossible:
            return f"{what}: its tests contradict each other", _MATCH
        test = impossible[0]
        if can_hold(branch.by_test[test], _Domains(_ANY)):
            missing = "positions" if test == "position" else "locators"
            reason = f"only cites have {missing}, and this is used in the bibliography only"
            return f"{what}: {reason}", "remove the branch"
        return f"{what}: {_REASONS[test]}", "remove the test" if test == "is-numeric" else _MATCH


_TYPES = (
    'a record has one type only; any of these will do, though match is "all"',
    'write match="any"; tests that must hold besides go into a <choose> inside',
)
_MATCH = 'match="any" holds if one of them does; match="all", the default, needs all'
_REASONS = {
    "locator": "a cite has one kind of locator only",
    "position": "these positions exclude each other",
    "is-numeric": "dates and names are never numeric",
}


def _branch(element: etree._Element) -> _Branch:
    if element.tag == f"{CS}else":
        return _Branch(element, [], [])
    match = element.get("match", "all").strip()
    tests = {name: str(element.get(name)).split() for name in _TESTS if name in element.attrib}
    literals = {test: [_literal(test, word) for word in words] for test, words in tests.items()}
    several_types = match == "all" and len(literals.get("type", ())) > 1
    if several_types:
        literals["type"] = [_any_type(literals["type"])]
    every = [literal for each in literals.values() for literal in each]
    if not every or match not in ("all", "any", "none"):
        return _opaque(element)
    by_test = {test: _holds(match, each) for test, each in literals.items()}
    return _Branch(element, _holds(match, every), _fails(match, every), by_test, several_types)


def _opaque(element: etree._Element) -> _Branch:
    """A branch whose condition the schema refuses: nothing is known of it."""
    name = f"line {line_of(element)} {id(element)}"
    return _Branch(element, [{name: frozenset(["true"])}], [{name: frozenset(["false"])}])


Literal = tuple[str, Values, Values]
"""Of one tested word: the variable, its values that test true, and the others."""


def _any_type(types: Sequence[Literal]) -> Literal:
    """Several types as one test, which holds for each of them, as it does for processors."""
    unknown = next((one for one in types if one[0] != "type"), None)
    if unknown is not None:
        return unknown
    tested = frozenset().union(*(values for _, values, _ in types))
    return "type", tested, _ANY["type"] - tested


def _literal(test: str, word: str) -> Literal:
    domain, values = _TRUTH, frozenset(["true"])
    name = f"{test} {word}"
    if test == "type" and word in vocabulary.ITEM_TYPES:
        name, domain, values = "type", _ANY["type"], frozenset([word])
    elif test == "locator" and word in vocabulary.LOCATOR_LABELS:
        name, domain, values = "locator", _ANY["locator"], frozenset([word])
    elif test == "position" and word in _POSITIONS:
        name, domain, values = "position", _ANY["position"], _POSITIONS[word]
    elif test in ("variable", "is-numeric") and word in vocabulary.VARIABLES:
        numeric = frozenset(["number"] if word in vocabulary.TEXT_VARIABLES else [])
        values = numeric if test == "is-numeric" else _CONTENT - {"nothing"}
        name, domain = f"variable {word}", _CONTENT
    return name, values, domain - values


def _holds(match: str, literals: Sequence[Literal]) -> list[Clause]:
    if match == "any":
        return [_one_of((name, true) for name, true, _ in literals)]
    return [{name: false if match == "none" else true} for name, true, false in literals]


def _fails(match: str, literals: Sequence[Literal]) -> list[Clause]:
    if match == "any":
        return [{name: false} for name, _, false in literals]
    return [_one_of((name, true if match == "none" else false) for name, true, false in literals)]


def _one_of(parts: Iterable[tuple[str, Values]]) -> Clause:
    clause: dict[str, Values] = {}
    for name, values in parts:
        clause[name] = clause.get(name, frozenset()) | values
    return clause
