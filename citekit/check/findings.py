"""What the checks collect: problems, and the elements that they are about."""

from __future__ import annotations

from lxml import etree

from citekit.style.attributes import Problems
from citekit.style.problems import Problem
from citekit.style.xml import line_of


class Findings(Problems):
    """Problems of one file and the elements that they are about.

    The checks run from the exact to the general; :meth:`fill` adds what a later
    one finds on elements with which nothing was wrong so far, so that no fault is
    told twice.
    """

    def __init__(self, root: etree._Element) -> None:
        super().__init__()
        # lxml makes new objects for the same elements unless something holds them.
        self._elements = list(root.iter())
        self._by_element: dict[etree._Element, list[Problem]] = {}

    def error(self, element: etree._Element, what: str, hint: str = "") -> None:
        self._add(element, Problem(line_of(element), what, hint, "error"))

    def warn(self, element: etree._Element, what: str, hint: str = "") -> None:
        self._add(element, Problem(line_of(element), what, hint, "warning"))

    def _add(self, element: etree._Element, problem: Problem) -> None:
        self._found[problem] = None
        self._by_element.setdefault(element, []).append(problem)

    def fill(self, later: Findings) -> None:
        """Take over what ``later`` has on elements that have no problem here."""
        for element, problems in later._by_element.items():
            if element not in self._by_element:
                for problem in problems:
                    self._add(element, problem)

    def sorted(self) -> tuple[Problem, ...]:
        """By line, errors first."""
        return tuple(sorted(self._found, key=lambda problem: (problem.line, problem.severity)))
