"""Rendering elements: from XML to nodes, within one scope.

Source: CSL 1.0.2, section "Rendering Elements".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar, get_args

from attrs import evolve
from lxml import etree

from citekit.records import vocabulary
from citekit.style import nodes
from citekit.style.attributes import FORMATTING, Attributes, Problems, label, values
from citekit.style.options import NameOptions
from citekit.style.terms import TERM_FORMS, TERMS
from citekit.style.xml import CS, line_of

T = TypeVar("T")

_DISPLAY = frozenset(get_args(nodes.Display))
_TEXT_CASE = frozenset(get_args(nodes.TextCase))
_DATE_PARTS = frozenset(get_args(nodes.DatePartsLevel))
_DATE_PART_NAMES = frozenset(get_args(nodes.DatePartName))
_DATE_FORMS = values("numeric text")
_DATE_PART_FORMS: dict[str, frozenset[str]] = {
    "day": values("numeric numeric-leading-zeros ordinal"),
    "month": values("long short numeric numeric-leading-zeros"),
    "year": values("long short"),
}
_MATCH = frozenset(get_args(nodes.Match))
_NUMBER_FORMS = values("numeric ordinal long-ordinal roman")
_PLURAL = values("contextual always never")
_CHOICES = values("choose if else-if else")
_SOURCES = ("variable", "macro", "term", "value")
_CONDITIONS: dict[str, tuple[str, Collection[str]]] = {
    "is-numeric": ("is_numeric", vocabulary.VARIABLES),
    "is-uncertain-date": ("is_uncertain_date", vocabulary.DATE_VARIABLES),
    "locator": ("locator", vocabulary.LOCATOR_LABELS),
    "position": ("position", values("first subsequent ibid ibid-with-locator near-note")),
    "type": ("type", vocabulary.ITEM_TYPES),
    "variable": ("variable", vocabulary.VARIABLES),
}


class Elements:
    """Builds nodes for one scope, whose name options reach every ``cs:names`` in it.

    After building something, ``calls`` holds the macros that it calls, with
    the calling element, and ``has_names`` tells whether it renders names, so
    that its nodes depend on the scope's options.
    """

    def __init__(
        self, problems: Problems, options: NameOptions, own_terms: Collection[str] = ()
    ) -> None:
        self.problems = problems
        self.options = options
        self.own_terms = own_terms
        self.calls: list[tuple[str, etree._Element]] = []
        self.has_names = False
        self._builders: Mapping[str, Callable[[etree._Element], nodes.Rendering | None]] = {
            f"{CS}text": self.text,
            f"{CS}date": self.date,
            f"{CS}number": self.number,
            f"{CS}names": self.names,
            f"{CS}label": self.label,
            f"{CS}group": self.group,
            f"{CS}choose": self.choose,
        }
        self._enclosing: nodes.Names | None = None
        """Inside ``cs:substitute``: what a shorthand ``cs:names`` repeats."""

    def children(self, parent: etree._Element) -> tuple[nodes.Rendering, ...]:
        """Return the rendering elements in ``parent``, others left out with a warning."""
        built = []
        for child in parent:
            builder = self._builders.get(child.tag)
            if builder is None:
                self.ignore(child)
            elif (node := builder(child)) is not None:
                built.append(node)
        return tuple(built)

    def ignore(self, element: etree._Element) -> None:
        """Warn of an element that CSL 1.0.2 doesn't know at its place."""
        parent = element.getparent()
        place = "" if parent is None else f" in {label(parent)}"
        self.problems.warn(element, f"{label(element)} has no meaning{place}; it is ignored")

    def text(self, element: etree._Element) -> nodes.Text | None:
        """``cs:text``."""
        attributes = Attributes(element, self.problems)
        source = self._source(attributes)
        if source is None:
            return None
        kind, value = source
        forms: Collection[Any] = TERM_FORMS if kind == "term" else ("long", "short")
        if kind == "variable":
            self._check(element, "variable", value, vocabulary.TEXT_VARIABLES)
        elif kind == "macro":
            self.calls.append((value, element))
        elif kind == "term":
            self._check_term(element, value)
        if kind in ("macro", "value"):
            attributes.drop("form")
        if kind != "term":
            attributes.drop("plural")
        node = nodes.Text(
            **{kind: value},  # type: ignore[arg-type]
            form=attributes.choice("form", forms, "long"),
            plural=attributes.flag("plural", False),
            quotes=attributes.flag("quotes", False),
            strip_periods=attributes.flag("strip-periods", False),
            text_case=attributes.choice("text-case", _TEXT_CASE, None),
            display=_display(attributes),
            **common(attributes),
        )
        return _finish(attributes, node)

    def _source(self, attributes: Attributes) -> tuple[str, str] | None:
        """Return which of variable, macro, term and value a ``cs:text`` has, and its value."""
        element = attributes.element
        found = [name for name in _SOURCES if name in attributes]
        if not found:
            self.problems.error(
                element,
                "<text> says nothing to render",
                "give it one of the attributes variable, macro, term and value",
            )
            return None
        if len(found) > 1:
            self.problems.warn(
                element, f"<text> has {' and '.join(found)}; only {found[0]} is rendered"
            )
            attributes.drop(*found[1:])
        value = attributes.text(found[0], "")
        return found[0], value if found[0] == "value" else value.strip()

    def date(self, element: etree._Element) -> nodes.Date | None:
        """``cs:date`` that renders a variable."""
        attributes = Attributes(element, self.problems)
        variable = self._variable(attributes, vocabulary.DATE_VARIABLES)
        if variable is None:
            return None
        form = attributes.choice("form", _DATE_FORMS, None)
        if form is None and not len(element):
            self.problems.warn(
                element,
                "<date> has neither a form nor a <date-part>; it renders nothing",
                'add form="text" or the parts that it should show',
            )
        return build_date(attributes, variable, form)

    def number(self, element: etree._Element) -> nodes.Number | None:
        """``cs:number``."""
        attributes = Attributes(element, self.problems)
        variable = self._variable(attributes, vocabulary.NUMBER_VARIABLES)
        if variable is None:
            return None
        node = nodes.Number(
            variable=variable,
            form=attributes.choice("form", _NUMBER_FORMS, "numeric"),
            text_case=attributes.choice("text-case", _TEXT_CASE, None),
            display=_display(attributes),
            **common(attributes),
        )
        return _finish(attributes, node)

    def label(self, element: etree._Element) -> nodes.Label | None:
        """``cs:label`` outside ``cs:names``."""
        attributes = Attributes(element, self.problems)
        variable = self._variable(attributes, vocabulary.NUMBER_VARIABLES)
        return None if variable is None else _label(attributes, variable)

    def group(self, element: etree._Element) -> nodes.Group:
        """``cs:group``."""
        attributes = Attributes(element, self.problems)
        node = nodes.Group(
            delimiter=attributes.text("delimiter", ""),
            children=self.children(element),
            display=_display(attributes),
            **common(attributes),
        )
        return _finish(attributes, node)

    # ------------------------------------------------------------ choose

    def choose(self, element: etree._Element) -> nodes.Choose | None:
        """``cs:choose``; ``None`` when no branch of it can ever be rendered."""
        Attributes(element, self.problems).done()
        branches: list[nodes.Branch] = []
        for child in element:
            if branches and branches[-1].condition is None:
                self.problems.warn(child, f"{label(child)} follows <else>; it is never rendered")
            elif child.tag in (f"{CS}if", f"{CS}else-if"):
                branches += self._branch(child)
            elif child.tag == f"{CS}else":
                Attributes(child, self.problems).done()
                branches.append(self._built_branch(child, None))
            else:
                self.ignore(child)
        if not branches:
            self.problems.warn(element, "<choose> has no usable <if>; it renders nothing")
            return None
        return nodes.Choose(line=line_of(element), branches=tuple(branches))

    def _branch(self, element: etree._Element) -> Iterable[nodes.Branch]:
        attributes = Attributes(element, self.problems)
        disambiguate = attributes.choice("disambiguate", ("true",), None) is not None
        tests: dict[str, Any] = {}
        for name, (field, known) in _CONDITIONS.items():
            if name in attributes and (tested := attributes.words(name)):
                tests[field] = tested
                for word in tested:
                    self._check(element, name, word, known)
        match: Any = attributes.choice("match", _MATCH, "all")
        attributes.done()
        if not tests and not disambiguate:
            self.problems.warn(
                element, f"{label(element)} tests nothing that CSL 1.0.2 knows; it is never true"
            )
            return ()
        condition = nodes.Condition(match=match, disambiguate=disambiguate, **tests)
        return (self._built_branch(element, condition),)

    def _built_branch(
        self, element: etree._Element, condition: nodes.Condition | None
    ) -> nodes.Branch:
        return nodes.Branch(
            line=line_of(element), condition=condition, children=self.children(element)
        )

    # ------------------------------------------------------------ names

    def names(self, element: etree._Element) -> nodes.Names | None:
        """``cs:names``, with its options resolved."""
        self.has_names = True
        attributes = Attributes(element, self.problems)
        variables = attributes.words("variable")
        if not variables:
            self._no_variable(element)
            return None
        for variable in variables:
            self._check(element, "variable", variable, vocabulary.NAME_VARIABLES)
        enclosing = self._enclosing if not len(element) else None
        node = (
            _shorthand(attributes, variables, enclosing)
            if enclosing
            else self._full_names(attributes, variables)
        )
        return _finish(attributes, node)

    def _full_names(self, attributes: Attributes, variables: tuple[str, ...]) -> nodes.Names:
        element = attributes.element
        parts = self._names_parts(element)
        name, names_label = parts.get("name"), parts.get("label")
        found: dict[str, Any] = {
            "variables": variables,
            "delimiter": attributes.text("delimiter", self.options.names_delimiter or ""),
            "name": self.options.name() if name is None else self._name(name),
            "et_al": self._et_al(parts.get("et-al")),
            "label": self._names_label(names_label),
            "label_first": name is not None
            and names_label is not None
            and element.index(names_label) < element.index(name),
            "display": _display(attributes),
            **common(attributes),
        }
        if (substitute := parts.get("substitute")) is None:
            return nodes.Names(**found)
        outer, self._enclosing = self._enclosing, nodes.Names(**found)
        found["substitute"] = self.children(substitute)
        self._enclosing = outer
        return nodes.Names(**found)

    def _names_parts(self, element: etree._Element) -> dict[str, etree._Element]:
        """Return the children of ``cs:names`` by their local name, the first of each kind."""
        parts: dict[str, etree._Element] = {}
        for child in element:
            name = str(child.tag).removeprefix(CS)
            if name not in ("name", "et-al", "label", "substitute"):
                self.ignore(child)
            elif name in parts:
                self.problems.warn(child, f"<names> has a second {label(child)}; it is ignored")
            else:
                parts[name] = child
        return parts

    def _names_label(self, element: etree._Element | None) -> nodes.Label | None:
        if element is None:
            return None
        attributes = Attributes(element, self.problems)
        attributes.drop("variable")
        return _label(attributes, None)

    def _et_al(self, element: etree._Element | None) -> nodes.EtAl:
        if element is None:
            return nodes.EtAl()
        attributes = Attributes(element, self.problems)
        node = nodes.EtAl(term=attributes.word("term") or "et-al", **common(attributes))
        self._check_term(element, node.term)
        return _finish(attributes, node)

    def _name(self, element: etree._Element) -> nodes.Name:
        attributes = Attributes(element, self.problems)
        parts: dict[str, nodes.NamePart] = {}
        for child in element:
            part = self._name_part(child)
            if part is not None:
                parts[part.name] = part
        node = self.options.name(attributes, **parts, **common(attributes))
        return _finish(attributes, node)

    def _name_part(self, element: etree._Element) -> nodes.NamePart | None:
        if element.tag != f"{CS}name-part":
            self.ignore(element)
            return None
        attributes = Attributes(element, self.problems)
        name = attributes.choice("name", ("given", "family"), None)
        if name is None:
            self.problems.warn(
                element, '<name-part> needs name="given" or name="family"; it is ignored'
            )
            return None
        node = nodes.NamePart(
            name=name,  # type: ignore[arg-type]
            text_case=attributes.choice("text-case", _TEXT_CASE, None),
            **common(attributes),
        )
        return _finish(attributes, node)

    # ------------------------------------------------------------ checks

    def _variable(self, attributes: Attributes, known: Collection[str]) -> str | None:
        variable = attributes.word("variable")
        if not variable:
            self._no_variable(attributes.element)
            return None
        self._check(attributes.element, "variable", variable, known)
        return variable

    def _no_variable(self, element: etree._Element) -> None:
        self.problems.error(
            element, f"{label(element)} has no variable to render", 'add variable="…"'
        )

    def _check(
        self, element: etree._Element, attribute: str, word: str, known: Collection[str]
    ) -> None:
        if word not in known:
            fits = word in vocabulary.VARIABLES
            self.problems.warn(
                element,
                f'{attribute}="{word}" on {label(element)} is not '
                + ("of the kind that belongs there" if fits else "known in CSL 1.0.2"),
            )

    def _check_term(self, element: etree._Element, term: str) -> None:
        if term not in TERMS and term not in self.own_terms:
            self.problems.warn(
                element,
                f'the term "{term}" is not known in CSL 1.0.2; it renders nothing',
                "define it in a <locale> of the style",
            )


def build_date(attributes: Attributes, variable: str, form: Any) -> nodes.Date:
    """Build a ``cs:date``: of a style or, with no variable, of a locale."""
    parts = [_date_part(child, attributes.problems) for child in attributes.element]
    node = nodes.Date(
        variable=variable,
        form=form,
        date_parts=attributes.choice("date-parts", _DATE_PARTS, "year-month-day"),
        delimiter=attributes.text("delimiter", ""),
        parts=tuple(part for part in parts if part is not None),
        text_case=attributes.choice("text-case", _TEXT_CASE, None),
        display=_display(attributes),
        **common(attributes),
    )
    return _finish(attributes, node)


def _date_part(element: etree._Element, problems: Problems) -> nodes.DatePart | None:
    attributes = Attributes(element, problems)
    name: Any = attributes.choice("name", _DATE_PART_NAMES, None)
    if name is None or element.tag != f"{CS}date-part":
        problems.warn(
            element,
            f"{label(element)} in <date> is ignored",
            'only <date-part> with name="year", "month" or "day" has a meaning there',
        )
        return None
    node = nodes.DatePart(
        name=name,
        form=attributes.choice("form", _DATE_PART_FORMS[name], None),
        range_delimiter=attributes.text("range-delimiter", None),
        strip_periods=attributes.flag("strip-periods", None),
        text_case=attributes.choice("text-case", _TEXT_CASE, None),
        **common(attributes),
    )
    return _finish(attributes, node)


def _label(attributes: Attributes, variable: str | None) -> nodes.Label:
    node = nodes.Label(
        variable=variable,
        form=attributes.choice("form", TERM_FORMS, "long"),
        plural=attributes.choice("plural", _PLURAL, "contextual"),
        strip_periods=attributes.flag("strip-periods", False),
        text_case=attributes.choice("text-case", _TEXT_CASE, None),
        **common(attributes),
    )
    return _finish(attributes, node)


def common(attributes: Attributes) -> dict[str, Any]:
    """Return the fields that all rendering elements share."""
    return {
        "line": line_of(attributes.element),
        "prefix": attributes.text("prefix", ""),
        "suffix": attributes.text("suffix", ""),
        "formatting": attributes.formatting(),
    }


def _finish(attributes: Attributes, node: T) -> T:
    attributes.done()
    return node


def _display(attributes: Attributes) -> Any:
    """``display`` (section "Display"), which makes blocks of what stands directly in a layout.

    Inside groups and macros processors, and so styles, know no blocks.
    """
    display = attributes.choice("display", _DISPLAY, None)
    return display if is_in_layout(attributes.element) else None


def is_in_layout(element: etree._Element) -> bool:
    """Whether nothing but conditions is between an element and its layout."""
    ancestors = (str(a.tag).removeprefix(CS) for a in element.iterancestors())
    return next((name for name in ancestors if name not in _CHOICES), "layout") == "layout"


def _shorthand(
    attributes: Attributes, variables: tuple[str, ...], whole: nodes.Names
) -> nodes.Names:
    """The enclosing ``cs:names`` with other variables (section "Substitute").

    The specification lets it inherit ``cs:name`` and ``cs:et-al`` only. Processors, and
    so styles, take the label and all attributes of the enclosing ``cs:names`` for
    granted, too, and leave those of the shorthand itself unread.
    """
    attributes.drop("delimiter", "display", "prefix", "suffix", *FORMATTING)
    return evolve(whole, variables=variables, line=line_of(attributes.element))
