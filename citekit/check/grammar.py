"""RELAX NG patterns and their derivatives: which attributes and children may still come.

lxml validates, too, but says badly what is wrong, lets one fault hide others, and
takes seconds for some styles. This small interpreter of a schema knows at each point
of a file what is allowed there, so that every fault can be told by itself; the tests
compare its verdict with lxml's. A derivative of a pattern is what remains to be
matched after one attribute, child or text.

It takes a child's content and what follows the child as independent, which they
are in CSL's schema.

Source: RELAX NG Specification (OASIS, 2001); Clark, "An algorithm for RELAX NG
validation" (2002).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import frozen
from lxml import etree

_RNG = "{http://relaxng.org/ns/structure/1.0}"

_DATATYPES = {
    "NMTOKEN": re.compile(r"[\w.:·-]+"),
    "anyURI": re.compile(r".*", re.DOTALL),  # as XML Schema 1.1 has it
    "boolean": re.compile(r"true|false|1|0"),
    "dateTime": re.compile(
        r"-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
        r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?"
    ),
    "integer": re.compile(r"[+-]?[0-9]+"),
    "language": re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"),
    "nonNegativeInteger": re.compile(r"\+?[0-9]+|-0+"),
    "string": re.compile(r".*", re.DOTALL),
}


@frozen(eq=False, slots=True)
class Pattern:
    """One pattern; equal patterns of one grammar are identical.

    ``kind`` is the RELAX NG element's name. ``name`` holds what names it: of an
    attribute or element its name, of a value the value, of data the type.
    """

    kind: str
    nullable: bool
    name: str = ""
    left: Pattern | None = None
    right: Pattern | None = None
    source: etree._Element | None = None
    """Of an element or data: where the schema defines it."""


class Grammar:
    """A schema's patterns, built from its XML syntax. Made anew for each file: it caches much."""

    def __init__(self, root: etree._Element) -> None:
        self._sources = {e.get("name", ""): e for e in root.iter(f"{_RNG}define")}
        self._patterns: dict[tuple[object, ...], Pattern] = {}
        self._defined: dict[str, Pattern] = {}
        self._contents: dict[Pattern, Pattern] = {}
        self._derived: dict[tuple[Pattern, str, str | None], Pattern] = {}
        self.not_allowed = self._pattern("notAllowed", False)
        self.empty = self._pattern("empty", True)
        self.text = self._pattern("text", True)
        self.elements: dict[str, list[Pattern]] = {}
        """All element patterns by name."""
        for name in self._sources:
            self.definition(name)

    # ------------------------------------------------------------ building

    def definition(self, name: str) -> Pattern:
        """Return what ``name`` is defined as."""
        if name not in self._defined:
            self._defined[name] = self._group(self._sources[name])
        return self._defined[name]

    def content(self, element: Pattern) -> Pattern:
        """Return the content of an element pattern: attributes, text and children."""
        if element not in self._contents:
            assert element.source is not None
            self._contents[element] = self._group(element.source)
        return self._contents[element]

    def _pattern(
        self,
        kind: str,
        nullable: bool,
        name: str = "",
        left: Pattern | None = None,
        right: Pattern | None = None,
        source: etree._Element | None = None,
    ) -> Pattern:
        key = (kind, name, left, right, source)
        if key not in self._patterns:
            self._patterns[key] = Pattern(kind, nullable, name, left, right, source)
        return self._patterns[key]

    def _group(self, parent: etree._Element) -> Pattern:
        return self._joined(parent, self.group, self.empty)

    def _joined(
        self,
        parent: etree._Element,
        join: Callable[[Pattern, Pattern], Pattern],
        start: Pattern,
    ) -> Pattern:
        whole = start
        for child in parent:
            if str(child.tag).startswith(_RNG) and child.tag not in (f"{_RNG}name", _PARAM):
                whole = join(whole, self._build(child))
        return whole

    def _build(self, source: etree._Element) -> Pattern:
        kind = str(source.tag).removeprefix(_RNG)
        match kind:
            case "ref":
                return self.definition(source.get("name", ""))
            case "choice":
                return self._joined(source, self.choice, self.not_allowed)
            case "interleave":
                return self._joined(source, self.interleave, self.empty)
            case "optional":
                return self._again(self._group(source))
            case "oneOrMore":
                return self.one_or_more(self._group(source))
            case "zeroOrMore":
                return self._again(self.one_or_more(self._group(source)))
            case "text" | "notAllowed":
                return self.text if kind == "text" else self.not_allowed
            case "value" | "data" | "list" | "attribute" | "element":
                return self._named(kind, source)
        return self._group(source)

    def _named(self, kind: str, source: etree._Element) -> Pattern:
        match kind:
            case "value":
                return self._pattern(kind, False, " ".join((source.text or "").split()))
            case "data":
                return self._pattern(kind, False, source.get("type", ""), source=source)
            case "list":
                return self._pattern(kind, False, left=self._group(source))
            case "attribute":
                content = self._group(source)
                inner = self.text if content is self.empty else content
                return self._pattern(kind, False, _name(source), inner)
        return self._element(source)

    def _element(self, source: etree._Element) -> Pattern:
        pattern = self._pattern("element", False, _name(source), source=source)
        known = self.elements.setdefault(pattern.name, [])
        if pattern not in known:
            known.append(pattern)
        return pattern

    def choice(self, left: Pattern, right: Pattern) -> Pattern:
        """Return ``left | right``."""
        if left is right or right is self.not_allowed:
            return left
        if left is self.not_allowed:
            return right
        return self._pattern("choice", left.nullable or right.nullable, "", left, right)

    def group(self, left: Pattern, right: Pattern) -> Pattern:
        """Return ``left, right``."""
        return self._both("group", left, right)

    def interleave(self, left: Pattern, right: Pattern) -> Pattern:
        """Return ``left & right``."""
        return self._both("interleave", left, right)

    def _both(self, kind: str, left: Pattern, right: Pattern) -> Pattern:
        if self.not_allowed in (left, right):
            return self.not_allowed
        if left is self.empty:
            return right
        if right is self.empty:
            return left
        return self._pattern(kind, left.nullable and right.nullable, "", left, right)

    def one_or_more(self, inner: Pattern) -> Pattern:
        """Return ``inner+``."""
        if inner in (self.empty, self.not_allowed):
            return inner
        return self._pattern("oneOrMore", inner.nullable, left=inner)

    def _again(self, pattern: Pattern) -> Pattern:
        """Return ``pattern?``: what remains of ``pattern+`` once it was there."""
        return self.choice(pattern, self.empty)

    # ------------------------------------------------------------ derivatives

    def after_attribute(self, pattern: Pattern, name: str, value: str | None) -> Pattern:
        """Return what remains after an attribute; ``None`` stands for a value that fits."""
        key = (pattern, name, value)
        if key not in self._derived:
            self._derived[key] = self._after_attribute(pattern, name, value)
        return self._derived[key]

    def _after_attribute(self, pattern: Pattern, name: str, value: str | None) -> Pattern:
        if pattern.kind == "attribute":
            fits = pattern.name == name and (value is None or self.fits(pattern, value))
            return self.empty if fits else self.not_allowed
        if pattern.left is None or pattern.kind == "list":
            return self.not_allowed
        left = self.after_attribute(pattern.left, name, value)
        if pattern.kind == "oneOrMore":
            return self.group(left, self._again(pattern))
        assert pattern.right is not None
        right = self.after_attribute(pattern.right, name, value)
        if pattern.kind == "choice":
            return self.choice(left, right)
        return self.choice(
            self._both(pattern.kind, left, pattern.right),
            self._both(pattern.kind, pattern.left, right),
        )

    def without_attributes(self, pattern: Pattern, *, lenient: bool = False) -> Pattern:
        """Return what remains for text and children; lenient where attributes are missing."""
        if pattern.kind == "attribute":
            return self.empty if lenient else self.not_allowed
        if pattern.left is None or pattern.kind == "list":
            return pattern
        left = self.without_attributes(pattern.left, lenient=lenient)
        if pattern.right is None:
            return self.one_or_more(left)
        right = self.without_attributes(pattern.right, lenient=lenient)
        if pattern.kind == "choice":
            return self.choice(left, right)
        return self._both(pattern.kind, left, right)

    def after_child(self, pattern: Pattern, name: str) -> tuple[Pattern, Pattern]:
        """Return a child's own content, and what remains after it; both "notAllowed" if none."""
        content = rest = self.not_allowed
        for one_content, one_rest in self._after_child(pattern, name):
            content, rest = self.choice(content, one_content), self.choice(rest, one_rest)
        return content, rest

    def _after_child(self, pattern: Pattern, name: str) -> Iterator[tuple[Pattern, Pattern]]:
        if pattern.kind == "element" and pattern.name == name:
            yield self.content(pattern), self.empty
        left, right = pattern.left, pattern.right
        if left is None or pattern.kind in ("attribute", "list"):
            return
        for content, rest in self._after_child(left, name):
            if pattern.kind == "oneOrMore":
                yield content, self.group(rest, self._again(pattern))
            elif pattern.kind == "choice" or right is None:
                yield content, rest
            else:
                yield content, self._both(pattern.kind, rest, right)
        if right is None or (pattern.kind == "group" and not left.nullable):
            return
        for content, rest in self._after_child(right, name):
            yield content, self.interleave(left, rest) if pattern.kind == "interleave" else rest

    def after_text(self, pattern: Pattern, text: str) -> Pattern:
        """Return what remains after text."""
        match pattern.kind:
            case "text":
                return pattern
            case "value":
                return self.empty if " ".join(text.split()) == pattern.name else self.not_allowed
            case "data":
                return self.empty if _is_data(pattern, text) else self.not_allowed
            case "list":
                return self.empty if self._is_list(pattern, text) else self.not_allowed
        if pattern.left is None or pattern.kind == "attribute":
            return self.not_allowed
        left = self.after_text(pattern.left, text)
        if pattern.right is None:
            return self.group(left, self._again(pattern))
        right = self.after_text(pattern.right, text)
        if pattern.kind == "choice":
            return self.choice(left, right)
        first = self._both(pattern.kind, left, pattern.right)
        if pattern.kind == "group" and not pattern.left.nullable:
            return first
        return self.choice(first, self._both(pattern.kind, pattern.left, right))

    def _is_list(self, pattern: Pattern, text: str) -> bool:
        assert pattern.left is not None
        rest = pattern.left
        for word in text.split():
            rest = self.after_text(rest, word)
        return rest.nullable

    def fits(self, attribute: Pattern, value: str) -> bool:
        """Whether an attribute may have this value."""
        assert attribute.left is not None
        return self.after_text(attribute.left, value).nullable


def inner(pattern: Pattern, *kinds: str) -> Iterator[Pattern]:
    """Yield the patterns of these kinds in a pattern, not those in its elements."""
    if pattern.kind in kinds:
        yield pattern
    for part in (pattern.left, pattern.right):
        if part is not None:
            yield from inner(part, *kinds)


def needed(pattern: Pattern, kind: str) -> list[frozenset[str]]:
    """Return the ways to complete a pattern: the names of attributes or elements each needs."""
    if pattern.kind == kind:
        return [frozenset([pattern.name])]
    if pattern.nullable or pattern.left is None or pattern.kind in ("attribute", "list"):
        return [frozenset()]
    if pattern.right is None:
        return needed(pattern.left, kind)
    left, right = needed(pattern.left, kind), needed(pattern.right, kind)
    if pattern.kind == "choice":
        ways = left + right
    else:
        ways = [one | other for one in left for other in right]
    return list(dict.fromkeys(ways))


_PARAM = f"{_RNG}param"


def _name(source: etree._Element) -> str:
    """Return the name of an attribute or element as lxml writes it."""
    name = source.find(f"{_RNG}name")
    if name is None:
        return source.get("name", "")
    namespace, local = name.get("ns", ""), (name.text or "").strip()
    return f"{{{namespace}}}{local}" if namespace else local


def _is_data(pattern: Pattern, text: str) -> bool:
    known = _DATATYPES.get(pattern.name)
    value = text if pattern.name == "string" else " ".join(text.split())
    if known is not None and known.fullmatch(value) is None:
        return False
    assert pattern.source is not None
    for param in pattern.source.iterchildren(_PARAM):
        limit = param.text or ""
        if param.get("name") == "pattern" and re.fullmatch(limit, value, re.ASCII) is None:
            return False
        if param.get("name") == "minExclusive" and int(value) <= int(limit):
            return False
    return True
