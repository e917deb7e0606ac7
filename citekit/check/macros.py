"""Macros: who calls whom; those that are missing, unused, doubled or call themselves.

Source: CSL 1.0.2, section "Macro".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches

from attrs import frozen
from lxml import etree

from citekit.check.findings import Findings
from citekit.style.xml import CS, line_of

CITATION = "citation"
CITATION_SORT = "citation sort"
BIBLIOGRAPHY = "bibliography"
BIBLIOGRAPHY_SORT = "bibliography sort"

_ENTRIES = {
    CITATION: f"{CS}citation/{CS}layout",
    CITATION_SORT: f"{CS}citation/{CS}sort",
    BIBLIOGRAPHY: f"{CS}bibliography/{CS}layout",
    BIBLIOGRAPHY_SORT: f"{CS}bibliography/{CS}sort",
}

_COMPARED = 1000
"""Names are compared with so many others at most, which takes a while."""

_SHOWN = 10
"""A circle's message names so many macros."""

Calls = Sequence[tuple[str, etree._Element]]


@frozen(eq=False)
class CallGraph:
    """The macros of a style, what each calls, and from where it is reached."""

    macros: Mapping[str, etree._Element]
    """By name; the first where there are several."""
    doubles: Calls
    """Further macros of a name."""
    entries: Mapping[str, Sequence[etree._Element]]
    """By kind of entry: the layouts and sorts."""
    calls: Mapping[str, Calls]
    """By macro: names called, and the calling elements."""
    reached_from: Mapping[str, frozenset[str]]
    """By macro: the kinds of entry that call it, directly or not; empty if it is unused."""


def call_graph(root: etree._Element) -> CallGraph:
    """Return who calls whom in a style."""
    macros: dict[str, etree._Element] = {}
    doubles = []
    for element in root.iterchildren(f"{CS}macro"):
        name = element.get("name", "").strip()
        if name in macros:
            doubles.append((name, element))
        elif name:
            macros[name] = element
    entries = {kind: root.findall(path) for kind, path in _ENTRIES.items()}
    calls = {name: _calls(element) for name, element in macros.items()}
    reached: dict[str, set[str]] = {name: set() for name in macros}
    for kind, elements in entries.items():
        for name in _reach([call for element in elements for call in _calls(element)], calls):
            reached[name].add(kind)
    return CallGraph(
        macros=macros,
        doubles=doubles,
        entries=entries,
        calls=calls,
        reached_from={name: frozenset(kinds) for name, kinds in reached.items()},
    )


def _calls(element: etree._Element) -> list[tuple[str, etree._Element]]:
    return [
        (name.strip(), each)
        for each in element.iter(f"{CS}text", f"{CS}key")
        if (name := each.get("macro")) is not None
    ]


def _reach(start: Calls, calls: Mapping[str, Calls]) -> set[str]:
    reached: set[str] = set()
    waiting = [name for name, _ in start]
    while waiting:
        name = waiting.pop()
        if name in calls and name not in reached:
            reached.add(name)
            waiting += [called for called, _ in calls[name]]
    return reached


def check_macros(graph: CallGraph, findings: Findings) -> None:
    """Add what is wrong with the calls of macros.

    What no citation or bibliography reaches does no harm and is a warning.
    """
    for name, element in graph.doubles:
        findings.error(
            element,
            f'there is another macro "{name}" in line {line_of(graph.macros[name])}',
            "rename or remove one of them; programs differ in which one they use",
        )
    _check_missing(graph, findings)
    for circle in _circles(graph):
        tell = findings.error if graph.reached_from[circle[0]] else findings.warn
        names = [f'"{name}"' for name in [*circle, circle[0]]]
        shown = " → ".join(names if len(names) <= _SHOWN else [*names[:_SHOWN], "…", names[-1]])
        what = "macros call each other in a circle" if circle[1:] else "a macro calls itself"
        tell(graph.macros[circle[0]], f"{what}: {shown}", "remove one of the calls")
    _check_unused(graph, findings)


def _check_missing(graph: CallGraph, findings: Findings) -> None:
    used = [call for elements in graph.entries.values() for e in elements for call in _calls(e)]
    for name, calls in graph.calls.items():
        used += calls if graph.reached_from[name] else []
    for name, caller in used:
        if name not in graph.macros:
            findings.error(caller, *_missing(name, graph.macros))
    for caller_name, calls in graph.calls.items():
        for name, caller in calls:
            if name not in graph.macros and not graph.reached_from[caller_name]:
                findings.warn(caller, *_missing(name, graph.macros))


def _missing(name: str, macros: Collection[str]) -> tuple[str, str]:
    near = get_close_matches(name, macros, n=1) if len(macros) <= _COMPARED else []
    hint = f'did you mean "{near[0]}"?' if near else "define it or remove the call"
    return f'the macro "{name}" is called but nowhere defined', hint


def _check_unused(graph: CallGraph, findings: Findings) -> None:
    callers: dict[str, dict[str, None]] = {}
    for caller, calls in graph.calls.items():
        for name, _ in calls:
            if name != caller:
                callers.setdefault(name, {})[caller] = None
    for name, element in graph.macros.items():
        if graph.reached_from[name]:
            continue
        if name in callers:
            shown = ", ".join(f'"{caller}"' for caller in callers[name])
            what = f'the macro "{name}" is called only by macros that are unused: {shown}'
        else:
            what = f'the macro "{name}" is never called'
        findings.warn(element, what, "call it or remove it")


def _circles(graph: CallGraph) -> Iterator[list[str]]:
    """Yield a circle of each group of macros that lead to each other, a shortest one."""
    told: set[str] = set()
    circular = _on_circles(graph.calls)
    for name in graph.macros:
        if name in circular and name not in told and (circle := _way_back(name, circular)):
            told |= _reach(circular[name], circular)
            yield circle


def _on_circles(calls: Mapping[str, Calls]) -> Mapping[str, Calls]:
    """Leave out macros that can't be on a circle: those at the ends of all chains of calls."""
    called = {name: [other for other, _ in each if other in calls] for name, each in calls.items()}
    callers: dict[str, list[str]] = {name: [] for name in calls}
    for name, others in called.items():
        for other in others:
            callers[other].append(name)
    left = _peel(callers, called) & _peel(called, callers)
    return {name: [call for call in calls[name] if call[0] in left] for name in left}


def _peel(ahead: Mapping[str, list[str]], behind: Mapping[str, list[str]]) -> set[str]:
    """Return what is left when those with nothing behind them go, again and again."""
    counts = {name: len(others) for name, others in behind.items()}
    waiting = [name for name, count in counts.items() if not count]
    gone = set(waiting)
    while waiting:
        for other in ahead[waiting.pop()]:
            counts[other] -= 1
            if not counts[other]:
                gone.add(other)
                waiting.append(other)
    return counts.keys() - gone


def _way_back(start: str, calls: Mapping[str, Calls]) -> list[str]:
    """Return the shortest circle of calls from a macro to itself, empty if there is none."""
    before: dict[str, str] = {}
    waiting = [start]
    while waiting:
        following = []
        for name in waiting:
            for called, _ in calls[name]:
                if called == start:
                    return _path(before, start, name)
                if called in calls and called not in before:
                    before[called] = name
                    following.append(called)
        waiting = following
    return []


def _path(before: Mapping[str, str], start: str, end: str) -> list[str]:
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return path[::-1]
