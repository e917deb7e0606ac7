"""A style's XML → its nodes: macros copied per scope, name options resolved.

Source: CSL 1.0.2, sections "Styles - Structure", "Options" and "Sorting".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from citekit.errors import StyleError
from citekit.records.vocabulary import VARIABLES
from citekit.style import nodes
from citekit.style.attributes import Attributes, Problems, label, values
from citekit.style.elements import Elements, common
from citekit.style.info import parse_info
from citekit.style.locales import parse_locale
from citekit.style.macros import Macros
from citekit.style.options import NameOptions
from citekit.style.problems import Problem
from citekit.style.xml import CS, CSL_NAMESPACE, line_of, load_xml

_PAGE_RANGES = values("chicago chicago-15 chicago-16 expanded minimal minimal-two")
_DEMOTE = values("never sort-only display-and-sort")
_GIVENNAME_RULES = values(
    "all-names all-names-with-initials primary-name primary-name-with-initials by-cite"
)
_COLLAPSE = values("citation-number year year-suffix year-suffix-ranged")
_SUBSTITUTE_RULES = values("complete-all complete-each partial-each partial-first")
_STYLE_CHILDREN = values("info locale macro citation bibliography")
_LISTED = 20
"""How many problems an error's message shows."""


def parse_style(data: str | bytes, *, where: str = "") -> nodes.Style:
    """Return the style in ``data``, the content of an independent ``.csl`` file.

    ``where`` names it in errors. Raises :class:`~citekit.errors.StyleError`
    with all problems found if one of them makes rendering meaningless (no
    citation, a missing macro, macros that call each other in a circle …). A
    style that only has flaws is taken as a lenient processor would take it;
    :func:`parse_style_with_warnings` tells them.

    Source: CSL 1.0.2, section "Styles - Structure".
    """
    return parse_style_with_warnings(data, where=where)[0]


def parse_style_with_warnings(
    data: str | bytes, *, where: str = ""
) -> tuple[nodes.Style, tuple[Problem, ...]]:
    """Return the style in ``data`` and what is wrong with it but could be passed over.

    Arguments and errors are those of :func:`parse_style`.
    """
    root = load_xml(data, where=where)
    _check_root(root, where)
    problems = Problems()
    style = parse_into(root, problems)
    found = problems.sorted()
    if style is None or any(problem.severity == "error" for problem in found):
        raise style_error(found, where)
    return style, found


def parse_into(root: etree._Element, problems: Problems) -> nodes.Style | None:
    """Return the style with this root element, ``None`` without a layout to render.

    Whatever is wrong with it is added to ``problems``; nothing is raised.
    """
    return _Parser(root, problems).style()


def style_error(problems: Sequence[Problem], where: str) -> StyleError:
    """Return one error that lists all ``problems`` of severity "error" and holds all."""
    errors = [problem for problem in problems if problem.severity == "error"]
    if len(errors) == 1:
        return StyleError(str(errors[0]), where=where, problems=problems)
    lines = [f"\n  {problem}" for problem in errors[:_LISTED]]
    more = f"\n  … and {len(errors) - _LISTED} more" if len(errors) > _LISTED else ""
    what = f"{len(errors)} problems:" + "".join(lines) + more
    return StyleError(what, where=where, problems=problems)


def _check_root(root: etree._Element, where: str) -> None:
    tag = str(root.tag)
    if tag == f"{CS}style":
        return
    if tag == f"{CS}locale":
        what = "this is a CSL locale file, not a style"
        hint = "give a style; citekit finds locale files by their language"
    elif tag.rpartition("}")[2] == "html":
        what = "this looks like a web page (HTML), not a style"
        hint = "download the style itself: the .csl file, or “raw” on GitHub"
    elif tag == "style":
        what = "its <style> is not in the namespace of CSL"
        hint = f'write <style xmlns="{CSL_NAMESPACE}" …>'
    else:
        what = f"this is XML but not a CSL style: its outermost element is <{tag}>"
        hint = f'a style begins with <style xmlns="{CSL_NAMESPACE}" …>'
    problem = Problem(line_of(root), what, hint)
    raise StyleError(str(problem), where=where, problems=[problem])


class _Parser:
    """One style being parsed."""

    def __init__(self, root: etree._Element, problems: Problems) -> None:
        self.root = root
        self.problems = problems
        self.locales = tuple(parse_locale(e, problems) for e in root.iterchildren(f"{CS}locale"))
        own_terms = {term.name for locale in self.locales for term in locale.terms}
        self.macros = Macros(root, problems, own_terms)

    def style(self) -> nodes.Style | None:
        """Return the style, or ``None`` if it lacks what a style can't do without."""
        attributes = Attributes(self.root, self.problems)
        globals_ = self._global_options(attributes)
        options = NameOptions().inherit(attributes)
        attributes.done()
        info = parse_info(self.root, self.problems)
        self._check_children()
        citation = self._citation(options, info)
        bibliography = self._bibliography(options)
        self.macros.check_unused()
        if citation is None:
            return None
        return nodes.Style(
            info=info,
            locales=self.locales,
            citation=citation,
            bibliography=bibliography,
            **globals_,
        )

    def _global_options(self, attributes: Attributes) -> dict[str, Any]:
        version = attributes.word("version")
        if version != "1.0":
            self.problems.warn(
                self.root,
                "the style names no CSL version"
                if version is None
                else f'the style is for version "{version}" of CSL',
                'it is read as CSL 1.0.2, that is version="1.0"',
            )
        if "class" not in attributes:
            self.problems.warn(
                self.root, "the style has no class", 'class="in-text" is taken; or is it "note"?'
            )
        found = {
            "class_": attributes.choice("class", ("in-text", "note"), "in-text"),
            "default_locale": attributes.word("default-locale") or None,
            "initialize_with_hyphen": attributes.flag("initialize-with-hyphen", None),
            "page_range_format": attributes.choice("page-range-format", _PAGE_RANGES, None),
            "demote_non_dropping_particle": attributes.choice(
                "demote-non-dropping-particle", _DEMOTE, None
            ),
        }
        return _set(found)

    def _check_children(self) -> None:
        for child in self.root:
            if str(child.tag).removeprefix(CS) not in _STYLE_CHILDREN:
                self.problems.warn(
                    child, f"{label(child)} has no meaning in <style>; it is ignored"
                )

    def _only(self, name: str) -> etree._Element | None:
        found = self.root.findall(f"{CS}{name}")
        for extra in found[1:]:
            self.problems.warn(extra, f"the style has a second {label(extra)}; it is ignored")
        return found[0] if found else None

    # ------------------------------------------------------------ scopes

    def _citation(self, options: NameOptions, info: nodes.Info) -> nodes.Citation | None:
        element = self._only("citation")
        if element is None:
            self.problems.error(self.root, *_no_citation(info))
            return None
        attributes = Attributes(element, self.problems)
        found = {
            "disambiguate_add_givenname": attributes.flag("disambiguate-add-givenname", None),
            "givenname_disambiguation_rule": attributes.choice(
                "givenname-disambiguation-rule", _GIVENNAME_RULES, None
            ),
            "disambiguate_add_names": attributes.flag("disambiguate-add-names", None),
            "disambiguate_add_year_suffix": attributes.flag("disambiguate-add-year-suffix", None),
            "collapse": attributes.choice("collapse", _COLLAPSE, None),
            "cite_group_delimiter": attributes.text("cite-group-delimiter", None),
            "year_suffix_delimiter": attributes.text("year-suffix-delimiter", None),
            "after_collapse_delimiter": attributes.text("after-collapse-delimiter", None),
            "near_note_distance": attributes.number("near-note-distance", None),
        }
        scope = self._scope(attributes, options)
        return scope and nodes.Citation(**_set(found), **scope)

    def _bibliography(self, options: NameOptions) -> nodes.Bibliography | None:
        element = self._only("bibliography")
        if element is None:
            return None
        attributes = Attributes(element, self.problems)
        found = {
            "hanging_indent": attributes.flag("hanging-indent", None),
            "second_field_align": attributes.choice(
                "second-field-align", ("flush", "margin"), None
            ),
            "line_spacing": attributes.number("line-spacing", None),
            "entry_spacing": attributes.number("entry-spacing", None),
            "subsequent_author_substitute": attributes.text("subsequent-author-substitute", None),
            "subsequent_author_substitute_rule": attributes.choice(
                "subsequent-author-substitute-rule", _SUBSTITUTE_RULES, None
            ),
        }
        scope = self._scope(attributes, options)
        return scope and nodes.Bibliography(**_set(found), **scope)

    def _scope(self, attributes: Attributes, inherited: NameOptions) -> Any:
        """Return the fields that both scopes share, ``None`` without a layout."""
        element = attributes.element
        options = inherited.inherit(attributes)
        attributes.done()
        layout = self._find_layout(element)
        if layout is None:
            self.problems.error(
                element,
                f"{label(element)} has no <layout>",
                "add one with what it should render",
            )
            return None
        elements = self.macros.elements(options)
        sort = self._sort(element.find(f"{CS}sort"), elements)
        built = self._layout(layout, elements)
        return {
            "line": line_of(element),
            "layout": built,
            "sort": sort,
            "macros": self.macros.reached(elements),
            "name": options.name(),
            "names_delimiter": options.names_delimiter or "",
        }

    def _find_layout(self, scope: etree._Element) -> etree._Element | None:
        """Return the one ``cs:layout``; of those of CSL-M the one for all languages."""
        layouts = []
        for child in scope:
            if child.tag == f"{CS}layout":
                layouts.append(child)
            elif child.tag != f"{CS}sort":
                self.problems.warn(
                    child, f"{label(child)} has no meaning in {label(scope)}; it is ignored"
                )
        if not layouts:
            return None
        chosen = next((layout for layout in layouts if "locale" not in layout.attrib), layouts[-1])
        for layout in layouts:
            if layout is not chosen:
                self.problems.warn(
                    layout, f"{label(scope)} has more than one <layout>; this one is ignored"
                )
        return chosen

    def _layout(self, element: etree._Element, elements: Elements) -> nodes.Layout:
        attributes = Attributes(element, self.problems)
        node = nodes.Layout(
            delimiter=attributes.text("delimiter", ""),
            children=elements.children(element),
            **common(attributes),
        )
        attributes.done()
        return node

    def _sort(self, element: etree._Element | None, elements: Elements) -> tuple[nodes.Key, ...]:
        if element is None:
            return ()
        keys = []
        for child in element:
            if child.tag != f"{CS}key":
                elements.ignore(child)
            elif (key := self._key(child, elements)) is not None:
                keys.append(key)
        return tuple(keys)

    def _key(self, element: etree._Element, elements: Elements) -> nodes.Key | None:
        attributes = Attributes(element, self.problems)
        macro, variable = attributes.word("macro"), attributes.word("variable")
        if not macro and not variable:
            self.problems.error(
                element, "<key> says nothing to sort by", 'add variable="…" or macro="…"'
            )
            return None
        if macro and variable:
            self.problems.warn(element, "<key> has macro and variable; only macro is used")
            variable = None
        if macro:
            elements.calls.append((macro, element))
        elif variable not in VARIABLES:
            self.problems.warn(element, f'variable="{variable}" on <key> is unknown in CSL 1.0.2')
        order = attributes.choice("sort", ("ascending", "descending"), "ascending")
        node = nodes.Key(
            line=line_of(element),
            variable=variable or None,
            macro=macro or None,
            descending=order == "descending",
            names_min=attributes.number("names-min", None),
            names_use_first=attributes.number("names-use-first", None),
            names_use_last=attributes.flag("names-use-last", None),
        )
        attributes.done()
        return node


def _no_citation(info: nodes.Info) -> tuple[str, str]:
    if info.parent:
        return (
            "this is a dependent style: it has no formatting of its own but stands for "
            f"{info.parent}",
            "use that one; find_style does so of itself",
        )
    return "the style has no <citation>", "add one with a <layout>"


def _set(found: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what isn't set, so that the nodes' own defaults hold."""
    return {name: value for name, value in found.items() if value is not None}
