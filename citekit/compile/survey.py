"""What a scope of a style uses anywhere, which decides how some of it is compiled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from citekit.style import nodes


def renders_year_suffix(scope: nodes.Scope) -> bool:
    """Whether a scope prints the year-suffix itself (then no date gets it implicitly)."""
    return any(
        isinstance(node, nodes.Text) and node.variable == "year-suffix" for node in _all(scope)
    )


def is_numbered(scope: nodes.Scope) -> bool:
    """Whether a scope prints citation-numbers or sorts by them."""
    return any(key.variable == "citation-number" for key in scope.sort) or any(
        isinstance(node, nodes.Text | nodes.Number) and node.variable == "citation-number"
        for node in _all(scope)
    )


def selects_pair(scope: nodes.Scope) -> bool:
    """Whether a ``cs:names`` selects editor and translator, and so joins identical ones.

    CSL 1.0.2 has two ways to print people who are both: this one ("Names"), and
    the variable ``editor-translator`` (Appendix IV). A style that goes the first
    way doesn't expect the second to print them again.
    """
    pair = {"editor", "translator"}
    return any(
        isinstance(node, nodes.Names) and pair <= set(node.variables) for node in _all(scope)
    )


def prints_date(scope: nodes.Scope, macro: str) -> bool:
    """Whether a macro has a ``cs:date`` in it or in the macros it calls."""
    todo, seen = [macro], set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for node in _walk(scope.macros[name].children):
            if isinstance(node, nodes.Date):
                return True
            if isinstance(node, nodes.Text) and node.macro is not None:
                todo.append(node.macro)
    return False


def macro_calls(scope: nodes.Scope) -> Counter[str]:
    """How often each macro is called, by sort keys too."""
    calls = Counter(key.macro for key in scope.sort if key.macro is not None)
    calls.update(
        node.macro
        for node in _all(scope)
        if isinstance(node, nodes.Text) and node.macro is not None
    )
    return calls


def _all(scope: nodes.Scope) -> Iterator[nodes.Rendering]:
    yield from _walk(scope.layout.children)
    for macro in scope.macros.values():
        yield from _walk(macro.children)


def _walk(children: Sequence[nodes.Rendering]) -> Iterator[nodes.Rendering]:
    for node in children:
        yield node
        if isinstance(node, nodes.Group):
            yield from _walk(node.children)
        elif isinstance(node, nodes.Names):
            yield from _walk(node.substitute)
        elif isinstance(node, nodes.Choose):
            for branch in node.branches:
                yield from _walk(branch.children)
