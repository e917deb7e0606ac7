"""Reading one element's attributes: typed, with defaults, and nothing overlooked.

A value that CSL doesn't know becomes the default and a warning, for that is
how a style goes on working when it was written for another processor.

Source: CSL 1.0.2, sections "Whitespace Handling" and "Formatting".
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any, TypeVar

from lxml import etree

from citekit.style.nodes import Formatting
from citekit.style.problems import Problem
from citekit.style.xml import CS, line_of

T = TypeVar("T")
D = TypeVar("D")


def values(text: str) -> frozenset[Any]:
    """Return the words of ``text``: the values that an attribute may have."""
    return frozenset(text.split())


FORMATTING = {
    "font-style": ("font_style", values("normal italic oblique")),
    "font-variant": ("font_variant", values("normal small-caps")),
    "font-weight": ("font_weight", values("normal bold light")),
    "text-decoration": ("text_decoration", values("none underline")),
    "vertical-align": ("vertical_align", values("baseline sup sub")),
}
_TRUTH = {"true": True, "false": False}


def label(element: etree._Element) -> str:
    """Return an element's tag as a style shows it: ``<text>``."""
    return f"<{str(element.tag).removeprefix(CS)}>"


class Problems:
    """Collects what is wrong; the same finding from both scopes counts once."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def error(self, element: etree._Element, what: str, hint: str = "") -> None:
        self._found[Problem(line_of(element), what, hint, "error")] = None

    def warn(self, element: etree._Element, what: str, hint: str = "") -> None:
        self._found[Problem(line_of(element), what, hint, "warning")] = None

    def downgrade(self, other: Problems) -> None:
        """Take over the findings of ``other``, all as warnings."""
        for problem in other._found:
            self._found[Problem(problem.line, problem.what, problem.hint, "warning")] = None

    def sorted(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._found, key=lambda problem: problem.line))


class Attributes:
    """The attributes of one element; each is taken once, :meth:`done` warns of the rest."""

    __slots__ = ("_left", "element", "problems")

    def __init__(self, element: etree._Element, problems: Problems) -> None:
        self.element = element
        self.problems = problems
        self._left: dict[str, str] = dict(element.attrib)  # type: ignore[arg-type]

    def __contains__(self, name: str) -> bool:
        return name in self._left

    def text(self, name: str, default: D) -> str | D:
        """Return the value exactly as it stands."""
        return self._left.pop(name, default)

    def word(self, name: str) -> str | None:
        """Return a name (of a variable, macro …) without the space around it."""
        value = self._left.pop(name, None)
        return None if value is None else value.strip()

    def words(self, name: str) -> tuple[str, ...]:
        value = self._left.pop(name, None)
        return tuple(value.split()) if value else ()

    def choice(self, name: str, allowed: Collection[T], default: D) -> T | D:
        value: Any = self._left.pop(name, None)
        if value is None:
            return default
        if value in allowed or (value := value.strip()) in allowed:
            return value  # type: ignore[no-any-return]
        self._unknown_value(name, value, [str(word) for word in allowed])
        return default

    def flag(self, name: str, default: D) -> bool | D:
        value = self._left.pop(name, None)
        if value is None:
            return default
        if (truth := _TRUTH.get(value.strip())) is None:
            self._unknown_value(name, value, list(_TRUTH))
            return default
        return truth

    def number(self, name: str, default: D) -> int | D:
        value = self._left.pop(name, None)
        if value is None:
            return default
        digits = value.strip()
        if digits.isascii() and digits.isdigit() and len(digits) < 7:
            return int(digits)
        self.problems.warn(
            self.element,
            f'{name}="{value}" on {label(self.element)} is not a whole number; it is ignored',
        )
        return default

    def formatting(self) -> Formatting | None:
        if self._left.keys().isdisjoint(FORMATTING):
            return None
        found = {
            field: self.choice(name, allowed, None)
            for name, (field, allowed) in FORMATTING.items()
            if name in self._left
        }
        return Formatting(**found) if any(found.values()) else None

    def drop(self, *names: str) -> None:
        """Ignore these: known, but of no effect here."""
        for name in names:
            self._left.pop(name, None)

    def done(self) -> None:
        """Warn of every attribute that nobody asked for; those of other namespaces may stay."""
        for name in self._left:
            if not name.startswith("{"):
                self.problems.warn(
                    self.element,
                    f'{label(self.element)} has an attribute "{name}" that CSL 1.0.2 '
                    "doesn't know there; it is ignored",
                )

    def _unknown_value(self, name: str, value: str, allowed: list[str]) -> None:
        near = get_close_matches(value, allowed, n=1)
        self.problems.warn(
            self.element,
            f'{name}="{value}" on {label(self.element)} is unknown; the default is used',
            f'did you mean "{near[0]}"?' if near else "known are " + ", ".join(sorted(allowed)),
        )
