"""Attributes that can have no effect, because what they modify is nowhere switched on.

Source: CSL 1.0.2, sections "Name", "Citation-specific Options",
"Bibliography-specific Options" and "Sorting".
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from citekit.check.findings import Findings
from citekit.check.macros import BIBLIOGRAPHY_SORT, CITATION_SORT, CallGraph
from citekit.records.vocabulary import NAME_VARIABLES
from citekit.style.attributes import label
from citekit.style.elements import is_in_layout
from citekit.style.xml import CS

_SCOPES = (f"{CS}citation", f"{CS}bibliography")

_NAME_NEEDS = (
    ("et-al-min", ("et-al-use-first",)),
    ("et-al-use-first", ("et-al-min",)),
    ("et-al-subsequent-min", ("et-al-subsequent-use-first", "et-al-use-first")),
    ("et-al-subsequent-use-first", ("et-al-subsequent-min", "et-al-min")),
    ("et-al-use-last", ("et-al-min", "et-al-subsequent-min")),
    ("delimiter-precedes-et-al", ("et-al-min", "et-al-subsequent-min")),
    ("initialize", ("initialize-with",)),
    ("sort-separator", ("name-as-sort-order",)),
)
"""Name options, each with those of which it needs one."""


def check_effects(root: etree._Element, graph: CallGraph, findings: Findings) -> None:
    """Add attributes that certainly change nothing, as warnings."""
    for element in root.iter(f"{CS}style", *_SCOPES, f"{CS}name"):
        _check_name_options(element, root, graph, findings)
    citation, bibliography = (root.find(tag) for tag in _SCOPES)
    if citation is not None:
        _check_citation(citation, root, findings)
    if bibliography is not None:
        _check_bibliography(bibliography, findings)
    for key in root.iter(f"{CS}key"):
        _check_key(key, findings)
    for element in root.iterfind(".//*[@display]"):
        if not is_in_layout(element):
            why = "blocks are made of what stands directly in <layout>"
            _tell(findings, element, "display", why, "move it there, or remove it")
    for substitute in root.iter(f"{CS}substitute"):
        for names in substitute.iterfind(f"{CS}names"):
            _check_shorthand(names, findings)


def _check_shorthand(names: etree._Element, findings: Findings) -> None:
    if not len(names):
        for name in sorted(set(map(str, names.attrib)) - {"variable"}):
            why = "without children it repeats the <names> around it, attributes included"
            _tell(findings, names, name, why, "remove it, or add a <name/>")


def _tell(findings: Findings, element: etree._Element, name: str, why: str, hint: str) -> None:
    what = f'{name}="{element.get(name)}" on {label(element)} has no effect: {why}'
    findings.warn(element, what, hint)


def _check_name_options(
    element: etree._Element, root: etree._Element, graph: CallGraph, findings: Findings
) -> None:
    """Options are inherited, and each level may add what those around it lack."""
    levels = list(_levels(element, root))
    for name, partners in _NAME_NEEDS:
        if name not in element.attrib or _is_settled_in_sorting(name, element, root, graph):
            continue
        if not any(partner in level.attrib for level in levels for partner in partners):
            why = f"there is no {' or '.join(partners)} with it"
            _tell(findings, element, name, why, f"add {partners[0]} or remove {name}")


def _is_settled_in_sorting(
    name: str, element: etree._Element, root: etree._Element, graph: CallGraph
) -> bool:
    """Whether sort keys may bring what an option needs.

    They set names in sort order, and may abbreviate them.
    """
    keys = list(root.iter(f"{CS}key"))
    if "et-al" in name:
        return any("names-min" in key.attrib or "names-use-first" in key.attrib for key in keys)
    if name != "sort-separator":
        return False
    macro = next(element.iterancestors(f"{CS}macro"), None)
    if macro is None:
        return element.tag != f"{CS}name" and bool(keys)
    reached = graph.reached_from.get(macro.get("name", "").strip(), frozenset())
    return not reached.isdisjoint((CITATION_SORT, BIBLIOGRAPHY_SORT))


def _levels(element: etree._Element, root: etree._Element) -> Iterator[etree._Element]:
    """Yield all elements whose name options can meet those of this one in some names."""
    yield element
    yield root
    if element.tag == f"{CS}name":
        yield from root.iterchildren(*_SCOPES)
        return
    yield from root.iter(f"{CS}name")
    if element is root:
        yield from root.iterchildren(*_SCOPES)


def _check_citation(citation: etree._Element, root: etree._Element, findings: Findings) -> None:
    collapse = citation.get("collapse", "").strip()
    needs = (
        ("givenname-disambiguation-rule", "disambiguate-add-givenname", _is_true(citation)),
        ("year-suffix-delimiter", 'collapse="year-suffix"', collapse.startswith("year-suffix")),
        ("near-note-distance", 'position="near-note"', _tests_near_note(root)),
    )
    for name, partner, present in needs:
        if name in citation.attrib and not present:
            why = f"there is no {partner} in the style"
            _tell(findings, citation, name, why, f"add {partner} or remove {name}")


def _is_true(citation: etree._Element) -> bool:
    return citation.get("disambiguate-add-givenname", "").strip() in ("true", "1")


def _tests_near_note(root: etree._Element) -> bool:
    tests = root.iter(f"{CS}if", f"{CS}else-if")
    return any("near-note" in element.get("position", "").split() for element in tests)


def _check_bibliography(bibliography: etree._Element, findings: Findings) -> None:
    name, partner = "subsequent-author-substitute-rule", "subsequent-author-substitute"
    if name in bibliography.attrib and partner not in bibliography.attrib:
        why = f"there is no {partner} with it"
        _tell(findings, bibliography, name, why, f"add {partner} or remove {name}")
    for name in ("et-al-subsequent-min", "et-al-subsequent-use-first"):
        if name in bibliography.attrib:
            why = "it is for cites of records cited before"
            _tell(findings, bibliography, name, why, "remove it")


def _check_key(key: etree._Element, findings: Findings) -> None:
    variable = key.get("variable", "").strip()
    if "macro" in key.attrib or variable in NAME_VARIABLES:
        return
    for name in ("names-min", "names-use-first", "names-use-last"):
        if name in key.attrib:
            _tell(findings, key, name, f'"{variable}" is no name variable', "remove it")
