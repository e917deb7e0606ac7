"""The check of the schema rejects what lxml's RELAX NG validator rejects, and nothing else."""

from __future__ import annotations

import copy

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from citekit.check.findings import Findings
from citekit.check.schema import _schema, check_schema
from citekit.style.xml import CS, load_xml
from tests.check import SCHEMA_LAW_STYLE

STYLE = load_xml(SCHEMA_LAW_STYLE)
ELEMENTS = sorted({str(element.tag) for element in STYLE.iter()} | {f"{CS}none", "text"})
ATTRIBUTES = sorted(
    {str(name) for element in STYLE.iter() for name in element.attrib} | {"collapse", "unknown"}
)
VALUES = sorted(
    {str(value) for element in STYLE.iter() for value in element.attrib.values()}
    | {"", "0", "-1", " true ", "1", "issued", "author title", "year-suffix", "de", "a b"}
)
VALIDATOR = etree.RelaxNG(_schema().getroottree())
places = st.integers(min_value=0, max_value=1000)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, int, int, str, str]:
    return (
        draw(st.sampled_from(["set", "unset", "remove", "rename", "copy", "move", "text"])),
        draw(places),
        draw(places),
        draw(st.sampled_from(ATTRIBUTES)),
        draw(st.sampled_from(VALUES)),
    )


def apply(root: etree._Element, change: tuple[str, int, int, str, str]) -> None:
    """Damage, or just alter, one place of a style."""
    kind, place, other, attribute, value = change
    elements = list(root.iter())
    element, target = elements[place % len(elements)], elements[other % len(elements)]
    parent = element.getparent()
    if kind == "set":
        element.set(attribute, value)
    elif kind == "unset" and element.attrib:
        del element.attrib[sorted(map(str, element.attrib))[other % len(element.attrib)]]
    elif kind == "text":
        element.text = value
    elif parent is None:
        return
    elif kind == "remove":
        parent.remove(element)
    elif kind == "rename":
        element.tag = ELEMENTS[other % len(ELEMENTS)]
    elif kind == "copy":
        target.append(copy.deepcopy(element))
    elif kind == "move" and element not in (target, *target.iterancestors()):
        target.insert(place % (len(target) + 1), element)


@settings(max_examples=150, deadline=None)
@given(st.lists(changes(), min_size=1, max_size=4))
@example([])
def test_the_same_verdict_as_lxml(damage: list[tuple[str, int, int, str, str]]) -> None:
    root = copy.deepcopy(STYLE)
    for change in damage:
        apply(root, change)
    findings = Findings(root)
    check_schema(root, "independent-style.style", findings)
    assert VALIDATOR.validate(root) == (not findings.sorted()), findings.sorted()
