"""The schema: every element, attribute and value that CSL doesn't allow where it stands.

The file is walked through with :mod:`.grammar`; after a fault the walk goes on as if
it weren't there, so that each is told once and by itself.

Source: the RELAX NG schema of CSL 1.0.2, as it comes with citeproc-py.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from citekit.check import advice
from citekit.check.findings import Findings
from citekit.check.grammar import Grammar, Pattern, inner, needed
from citekit.errors import StyleError


def check_schema(root: etree._Element, definition: str, findings: Findings) -> bool:
    """Add what the schema finds wrong in a file, each fault once and by itself.

    Returns whether the file was looked at to its end, which one of a thousand faults isn't.

    ``definition`` is the schema's name for this kind of file. Raises
    :class:`~citekit.errors.StyleError` when the schema isn't installed.
    """
    walk = _Walk(Grammar(_schema()), findings)
    try:
        walk.element(root, walk.grammar.content(walk.grammar.definition(definition)))
    except _TooManyError:
        findings.error(root, f"{_MOST} faults are listed; there are more", "fix these first")
        return False
    return True


_MOST = 1000
"""A file with so many faults is no style; explaining each takes a while."""


class _TooManyError(Exception):
    """Ends the walk."""


@cache
def _schema() -> etree._Element:
    spec = find_spec("citeproc")
    for place in (spec and spec.submodule_search_locations) or ():
        path = Path(place, "data", "schema", "schemas", "styles", "csl.rng")
        if path.is_file():
            return etree.parse(str(path)).getroot()
    raise StyleError(
        "the schema of CSL is missing",
        hint="it comes with the package citeproc-py: pip install citeproc-py",
    )


class _Walk:
    """One file compared with the schema, element by element."""

    def __init__(self, grammar: Grammar, findings: Findings) -> None:
        self.grammar = grammar
        self.findings = findings
        self._told = 0

    def element(self, element: etree._Element, content: Pattern) -> None:
        """Tell every fault in an element whose content should match ``content``."""
        rest = self._attributes(element, content)
        if len(element):
            self._children(element, rest)
        else:
            self._leaf(element, rest)

    def _error(self, element: etree._Element, what: str, hint: str) -> None:
        if self._told == _MOST:
            raise _TooManyError
        self._told += 1
        self.findings.error(element, what, hint)

    def _attributes(self, element: etree._Element, content: Pattern) -> Pattern:
        rest = content
        passed: list[str] = []
        for key, text in element.attrib.items():
            name, value = str(key), str(text)
            after = self.grammar.after_attribute(rest, name, value)
            if after is self.grammar.not_allowed:
                after = self._wrong_attribute(element, content, rest, name, passed)
            if after is not self.grammar.not_allowed:
                rest = after
                passed.append(name)
        plain = self.grammar.without_attributes(rest)
        if plain is not self.grammar.not_allowed:
            return plain
        if len(passed) < len(element.attrib):  # the one missing may be one misspelt
            return self.grammar.without_attributes(rest, lenient=True)
        ways = [way for way in needed(rest, "attribute") if way]
        self._error(element, *advice.missing_attribute(element, ways))
        return self.grammar.without_attributes(rest, lenient=True)

    def _wrong_attribute(
        self,
        element: etree._Element,
        content: Pattern,
        rest: Pattern,
        name: str,
        passed: list[str],
    ) -> Pattern:
        """Tell what is wrong with an attribute; return what remains if it were right."""
        after = self.grammar.after_attribute(rest, name, None)
        known = {pattern.name for pattern in inner(content, "attribute")}
        if after is not self.grammar.not_allowed:
            allowed = [p for p in inner(rest, "attribute") if p.name == name]
            said = advice.wrong_value(element, name, allowed)
        elif name in known:
            rivals = [other for other in passed if not self._agree(content, other, name)]
            said = advice.conflict(element, name, rivals)
        else:
            said = advice.unknown_attribute(element, name, known, self._owners(name))
        self._error(element, *said)
        return after

    def _agree(self, content: Pattern, one: str, other: str) -> bool:
        after = self.grammar.after_attribute(content, one, None)
        return self.grammar.after_attribute(after, other, None) is not self.grammar.not_allowed

    def _owners(self, attribute: str) -> list[str]:
        """Return the elements that may have this attribute."""
        return [
            tag
            for tag, patterns in self.grammar.elements.items()
            if any(
                found.name == attribute
                for pattern in patterns
                for found in inner(self.grammar.content(pattern), "attribute")
            )
        ]

    def _children(self, element: etree._Element, content: Pattern) -> None:
        rest, in_order = content, True
        for child in element:
            inside, after = self.grammar.after_child(rest, str(child.tag))
            if after is self.grammar.not_allowed:
                in_order &= self._wrong_child(child, content)
            else:
                rest = after
                self.element(child, inside)
        texts = (element.text, *(child.tail for child in element))
        text = " ".join(" ".join(each or "" for each in texts).split())
        after = self.grammar.after_text(rest, text) if text else rest
        if after is self.grammar.not_allowed:
            self._error(element, *advice.stray_text(element, text))
        else:
            rest = after
        ways = [] if rest.nullable else [way for way in needed(rest, "element") if way]
        if in_order and ways:
            self._error(element, *advice.missing_child(element, ways))

    def _wrong_child(self, child: etree._Element, content: Pattern) -> bool:
        """Tell what is wrong with a child; return whether it keeps the order at least."""
        tag = str(child.tag)
        known = {pattern.name for pattern in inner(content, "element")}
        is_double = child.tag in {each.tag for each in child.itersiblings(preceding=True)}
        if tag in known:
            said = advice.double(child) if is_double else advice.misplaced(child)
        elif tag in self.grammar.elements:
            said = advice.wrong_parent(child, self._parents(tag))
        else:
            said = advice.unknown_element(child, known)
        self._error(child, *said)
        inside = self.grammar.not_allowed
        for pattern in self.grammar.elements.get(tag, ()):
            inside = self.grammar.choice(inside, self.grammar.content(pattern))
        if inside is not self.grammar.not_allowed:
            self.element(child, inside)
        return is_double or tag not in known

    def _parents(self, tag: str) -> list[str]:
        """Return the elements that this one may stand in."""
        return [
            parent
            for parent, patterns in self.grammar.elements.items()
            if any(
                found.name == tag
                for pattern in patterns
                for found in inner(self.grammar.content(pattern), "element")
            )
        ]

    def _leaf(self, element: etree._Element, rest: Pattern) -> None:
        text = element.text or ""
        if rest.nullable and not text.strip():
            return
        if self.grammar.after_text(rest, text).nullable:
            return
        ways = [way for way in needed(rest, "element") if way]
        if ways and not text.strip():
            self._error(element, *advice.missing_child(element, ways))
        elif data := list(inner(rest, "data", "value")):
            self._error(element, *advice.wrong_text(element, text, data))
        else:
            self._error(element, *advice.stray_text(element, " ".join(text.split())))
