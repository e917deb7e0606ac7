"""The macros of a style: built where called, copied per scope, checked for circles.

A macro that renders no names is the same in both scopes and built once.

Source: CSL 1.0.2, sections "Macro" and "Inheritable Name Options".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from attrs import frozen
from lxml import etree

from citekit.style import nodes
from citekit.style.attributes import Attributes, Problems
from citekit.style.elements import Elements
from citekit.style.options import NameOptions
from citekit.style.xml import CS, line_of

MAX_CALLS = 50
"""How deep macros may call each other. The official styles go to a quarter of it."""

MAX_RENDERED = 100_000
"""How many elements one cite may have with every macro call written out.

Official styles have up to 2,000."""

Calls = tuple[tuple[str, etree._Element], ...]


@frozen(eq=False)
class _Built:
    node: nodes.Macro
    calls: Calls
    has_names: bool
    size: int


class Macros:
    """All ``cs:macro`` elements of a style."""

    def __init__(
        self, root: etree._Element, problems: Problems, own_terms: Collection[str]
    ) -> None:
        self.problems = problems
        self.own_terms = own_terms
        self._sources = self._find(root)
        self._built: dict[str, _Built] = {}
        """Those built last, in either scope."""
        self._missing: set[str] = set()

    def _find(self, root: etree._Element) -> dict[str, etree._Element]:
        sources: dict[str, etree._Element] = {}
        for element in root.iterchildren(f"{CS}macro"):
            attributes = Attributes(element, self.problems)
            name = attributes.word("name")
            attributes.done()
            if not name:
                self.problems.warn(element, "<macro> has no name; nothing can call it")
            elif name in sources:
                self.problems.warn(
                    element, f'there is another macro "{name}" above; this one is ignored'
                )
            else:
                sources[name] = element
        return sources

    def elements(self, options: NameOptions) -> Elements:
        """Return a builder for one scope."""
        return Elements(self.problems, options, self.own_terms)

    def reached(self, scope: Elements) -> dict[str, nodes.Macro]:
        """Return by name all macros that the scope calls, directly or not."""
        macros: dict[str, _Built] = {}
        entry: Calls = tuple(scope.calls)
        waiting = list(entry)
        while waiting:
            name, caller = waiting.pop()
            if name in macros:
                continue
            if name not in self._sources:
                self._report_missing(name, caller)
                continue
            macros[name] = self._build(name, scope)
            waiting += macros[name].calls
        self._check_graph(entry, macros)
        return {name: built.node for name, built in sorted(macros.items())}

    def _build(self, name: str, scope: Elements) -> _Built:
        known = self._built.get(name)
        if known is not None and not known.has_names:
            return known
        element = self._sources[name]
        scope.calls, scope.has_names = [], False
        children = scope.children(element)
        if not children:
            self.problems.warn(element, f'the macro "{name}" renders nothing')
        built = _Built(
            nodes.Macro(line=line_of(element), name=name, children=children),
            tuple(scope.calls),
            scope.has_names,
            sum(1 for _ in element.iter()),
        )
        self._built[name] = built
        return built

    def _report_missing(self, name: str, caller: etree._Element) -> None:
        near = get_close_matches(name, self._sources, n=1)
        self.problems.error(
            caller,
            f'the macro "{name}" is called but nowhere defined',
            f'did you mean "{near[0]}"?' if near else "define it or remove the call",
        )

    def check_unused(self) -> None:
        """Warn of what is wrong in macros that no scope calls; it does no harm there."""
        aside = Problems()
        builder = Elements(aside, NameOptions(), self.own_terms)
        for name, element in self._sources.items():
            if name not in self._built:
                builder.children(element)
        for name, caller in builder.calls:
            if name not in self._sources:
                aside.error(caller, f'the macro "{name}" is called but nowhere defined')
        self.problems.downgrade(aside)

    # ------------------------------------------------------------ circles and depth

    def _check_graph(self, entry: Calls, macros: dict[str, _Built]) -> None:
        """Report circles, calls too deep and macros that multiply beyond measure.

        Walks the calls without recursion: a hostile style may chain thousands.
        """
        depth: dict[str, int] = {}
        size: dict[str, int] = {}
        for start, caller in entry:
            path = [start] if start in macros and start not in depth else []
            while path:
                name = path[-1]
                ahead = _unfinished(macros, name, depth)
                if ahead is None:
                    called = [n for n, _ in macros[name].calls if n in depth]
                    depth[name] = 1 + max((depth[n] for n in called), default=0)
                    size[name] = macros[name].size + sum(size[n] for n in called)
                    path.pop()
                elif ahead in path:
                    self._report_circle([*path[path.index(ahead) :], ahead])
                    return
                else:
                    path.append(ahead)
            if start in depth:
                self._check_depth(start, caller, depth[start])
        if sum(size.get(name, 0) for name, _ in entry) > MAX_RENDERED:
            self._check_size(entry, {name: macros[name].node for name in depth})

    def _report_circle(self, circle: list[str]) -> None:
        self.problems.error(
            self._sources[circle[0]],
            "macros call each other in a circle: " + " → ".join(f'"{name}"' for name in circle),
            "remove one of the calls",
        )

    def _check_depth(self, name: str, caller: etree._Element, depth: int) -> None:
        if depth > MAX_CALLS:
            self.problems.error(
                caller,
                f'nesting is too deep: macros called from "{name}" call each other {depth} deep, '
                f"more than {MAX_CALLS}",
                "join some of them",
            )

    def _check_size(self, entry: Calls, macros: dict[str, nodes.Macro]) -> None:
        """Look closely, as the quick count took all branches; ``macros`` has the called first."""
        size: dict[str, int] = {}
        for name, macro in macros.items():
            size[name] = _rendered(macro.children, size)
        for name, caller in entry:
            if size.get(name, 0) > MAX_RENDERED:
                self.problems.error(
                    caller,
                    f'the macro "{name}" would render more than {MAX_RENDERED:,} elements for one '
                    "cite, as the macros that it calls multiply",
                    "call each macro less often",
                )


def _rendered(children: Iterable[nodes.Rendering], macros: Mapping[str, int]) -> int:
    """Return how many elements these render at most; ``macros`` says it of each macro."""
    total = 0
    for child in children:
        total += 1
        match child:
            case nodes.Text(macro=str(name)):
                total += macros.get(name, 0)
            case nodes.Group(children=inner) | nodes.Names(substitute=inner):
                total += _rendered(inner, macros)
            case nodes.Choose(branches=branches):
                total += max(_rendered(branch.children, macros) for branch in branches)
    return total


def _unfinished(macros: dict[str, _Built], name: str, depth: dict[str, int]) -> str | None:
    """Return a macro that ``name`` calls and that hasn't been measured."""
    return next((n for n, _ in macros[name].calls if n in macros and n not in depth), None)
