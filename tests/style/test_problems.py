"""Each kind of problem: a snippet, the line and the words that must be reported."""

from __future__ import annotations

import pytest

from citekit.errors import StyleError
from citekit.style import parse_style
from tests.style.styles import INFO, LAYOUT, NAMESPACE, style_xml, warnings

HEAD = f'<style xmlns="{NAMESPACE}" version="1.0" class="note">{INFO}'

ERRORS = [
    (f"{HEAD}\n</style>", 1, "no <citation>"),
    (f"{HEAD}\n<citation/></style>", 2, "<citation> has no <layout>"),
    (f"{HEAD}<citation>{LAYOUT}</citation>\n<bibliography/></style>", 2, "<bibliography> has no"),
    (style_xml("<text/>"), 4, "<text> says nothing to render"),
    (style_xml("<number/>"), 4, "<number> has no variable"),
    (style_xml("<date form='text'/>"), 4, "<date> has no variable"),
    (style_xml("<label/>"), 4, "<label> has no variable"),
    (style_xml("<names/>"), 4, "<names> has no variable"),
    (style_xml('<names variable=" "/>'), 4, "<names> has no variable"),
    (style_xml('<text macro="m"/>'), 4, 'the macro "m" is called but nowhere defined'),
    (
        style_xml('<text macro="autor"/>', before='<macro name="author"><text value="x"/></macro>'),
        4,
        'did you mean "author"?',
    ),
    (
        style_xml('<text macro="a"/>', before='<macro name="a"><text macro="a"/></macro>'),
        2,
        'circle: "a" → "a"',
    ),
    (
        style_xml(
            '<text macro="x"/>',
            before='<macro name="x"><text macro="a"/></macro>\n'
            '<macro name="a"><group><text macro="b"/></group></macro>'
            '<macro name="b"><choose><else><text macro="a"/></else></choose></macro>',
        ),
        3,
        'circle: "a" → "b" → "a"',
    ),
    (
        f"{HEAD}<citation><sort>\n<key/></sort>{LAYOUT}</citation></style>",
        2,
        "<key> says nothing to sort by",
    ),
    (
        f'{HEAD}<citation><sort>\n<key macro="m"/></sort>{LAYOUT}</citation></style>',
        2,
        'the macro "m"',
    ),
    (style_xml("<group>" * 70 + "</group>" * 70), 4, "nested more than 64 deep"),
    (style_xml("<group>" * 1000 + "</group>" * 1000), 4, "nested more than 64 deep"),
]


@pytest.mark.parametrize(("xml", "line", "words"), ERRORS)
def test_error(xml: str, line: int, words: str) -> None:
    with pytest.raises(StyleError) as caught:
        parse_style(xml, where="s.csl")
    found = [problem for problem in caught.value.problems if problem.severity == "error"]
    assert [problem.line for problem in found] == [line]
    assert words in str(found[0])
    assert str(caught.value).startswith("s.csl: line ")


MACRO = '<macro name="m"><text value="{}"/></macro>'

WARNINGS = [
    (style_xml(attributes=""), 1, "no class"),
    (style_xml(attributes='class="endnote"'), 1, 'class="endnote"'),
    (style_xml(info=""), 1, "no <info>"),
    (style_xml(info="<info><id/><updated/></info>"), 1, "no <title>"),
    (style_xml().replace('version="1.0"', 'version="1.1"'), 1, 'version "1.1"'),
    (style_xml().replace('version="1.0"', ""), 1, "no CSL version"),
    (style_xml(before="<intext/>"), 2, "<intext> has no meaning in <style>"),
    (style_xml(before=MACRO.format(1) + "\n" + MACRO.format(2)), 3, 'another macro "m"'),
    (style_xml(before="<macro><text value='x'/></macro>"), 2, "<macro> has no name"),
    (style_xml('<text macro="m"/>', before='<macro name="m"/>'), 2, "renders nothing"),
    (style_xml(before='<macro name="unused"><text/></macro>'), 2, "says nothing to render"),
    (style_xml(before='<macro name="u"><text macro="gone"/></macro>'), 2, '"gone" is called'),
    (style_xml(citation='collapse="years"'), 3, 'did you mean "year"?'),
    (style_xml(citation='et-al-min="three"'), 3, 'et-al-min="three"'),
    (style_xml(citation='disambiguate-add-names="yes"'), 3, "known are false, true"),
    (style_xml(citation='hanging-indent="true"'), 3, 'attribute "hanging-indent"'),
    (style_xml('<text variable="titel"/>'), 4, 'variable="titel" on <text> is not known'),
    (style_xml('<text variable="issued"/>'), 4, "not of the kind that belongs there"),
    (style_xml('<text term="page-range"/>'), 4, 'the term "page-range" is not known'),
    (style_xml('<text variable="title" value="x"/>'), 4, "only variable is rendered"),
    (style_xml('<text variable="title" text-case="titel"/>'), 4, 'did you mean "title"?'),
    (style_xml('<text variable="title" font-style="bold"/>'), 4, 'font-style="bold"'),
    (style_xml('<number variable="volume" form="romn"/>'), 4, 'did you mean "roman"?'),
    (style_xml('<date variable="issued"/>'), 4, "neither a form nor a <date-part>"),
    (
        style_xml('<date variable="issued" form="text"><date-part name="hour"/></date>'),
        4,
        'name="hour"',
    ),
    (
        style_xml('<date variable="issued"><date-part name="year" form="ordinal"/></date>'),
        4,
        'form="ordinal" on <date-part>',
    ),
    (style_xml("<institution/>"), 4, "<institution> has no meaning in <layout>"),
    (style_xml('<x:text xmlns:x="urn:x" value="1"/>'), 4, "has no meaning in <layout>"),
    (style_xml('<names variable="autor"/>'), 4, 'variable="autor" on <names>'),
    (style_xml('<names variable="author"><name/><name/></names>'), 4, "a second <name>"),
    (style_xml('<names variable="author"><institution/></names>'), 4, "<institution>"),
    (
        style_xml('<names variable="author"><name><name-part/></name></names>'),
        4,
        "<name-part> needs",
    ),
    (style_xml('<choose><if type="bok"><text value="x"/></if></choose>'), 4, 'type="bok"'),
    (style_xml('<choose><if context="note"/></choose>'), 4, "tests nothing that CSL 1.0.2 knows"),
    (style_xml("<choose/>"), 4, "<choose> has no usable <if>"),
    (
        style_xml('<choose><else><text value="x"/></else><else-if type="book"/></choose>'),
        4,
        "follows <else>",
    ),
    (style_xml(before="<locale><date/></locale>"), 2, "<date> in <locale> needs"),
    (style_xml(before="<locale><terms><term>x</term></terms></locale>"), 2, "no term with a name"),
    (style_xml(after='<citation class="x"/>'), 5, "a second <citation>"),
    (
        style_xml().replace("<layout>", '<layout locale="de"/>\n<layout>'),
        4,
        "more than one <layout>",
    ),
]


@pytest.mark.parametrize(("xml", "line", "words"), WARNINGS)
def test_warning(xml: str, line: int, words: str) -> None:
    assert [
        problem
        for problem in warnings(xml)
        if problem.line == line and words in str(problem) and problem.severity == "warning"
    ]


def test_a_sound_style_has_no_problems() -> None:
    assert warnings(style_xml('<text term="and" xml:lang="de"/>')) == ()


def test_all_problems_are_raised_together() -> None:
    xml = style_xml('<text macro="a"/>\n<text/>\n<number variable="volum"/>')
    with pytest.raises(StyleError) as caught:
        parse_style(xml, where="my.csl")
    assert [(p.line, p.severity) for p in caught.value.problems] == [
        (4, "error"),
        (5, "error"),
        (6, "warning"),
    ]
    assert str(caught.value).startswith("my.csl: 2 problems:\n  line 4: ")


def test_a_long_list_of_problems_is_cut() -> None:
    with pytest.raises(StyleError, match="… and 80 more") as caught:
        parse_style(style_xml("<text/>\n" * 100))
    assert len(caught.value.problems) == 100


def test_a_problem_in_both_scopes_counts_once() -> None:
    xml = style_xml(
        '<text macro="m"/>',
        before='<macro name="m"><names variable="autor"/></macro>',
        after='<bibliography><layout><text macro="m"/></layout></bibliography>',
    )
    assert len(warnings(xml)) == 1


def test_dependent_style_names_its_parent() -> None:
    link = '<link rel="independent-parent" href="http://example.org/parent"/>'
    with pytest.raises(StyleError, match=r"dependent style.*http://example\.org/parent"):
        parse_style(f'<style xmlns="{NAMESPACE}" version="1.0"><info>{link}</info></style>')


def chain(length: int) -> str:
    return (
        "".join(f'<macro name="m{n}"><text macro="m{n + 1}"/></macro>' for n in range(length))
        + f'<macro name="m{length}"><text value="x"/></macro>'
    )


def test_long_chain_of_macros_is_refused() -> None:
    assert parse_style(style_xml('<text macro="m0"/>', before=chain(40)))
    with pytest.raises(StyleError, match="nesting is too deep"):
        parse_style(style_xml('<text macro="m0"/>', before=chain(5000)))


def test_macros_that_multiply_are_refused() -> None:
    bomb = "".join(
        f'<macro name="m{n}">' + f'<text macro="m{n + 1}"/>' * 10 + "</macro>" for n in range(12)
    )
    with pytest.raises(StyleError, match="multiply"):
        parse_style(
            style_xml(
                '<text macro="m0"/>', before=bomb + '<macro name="m12"><text value="x"/></macro>'
            )
        )


def test_alternatives_do_not_multiply() -> None:
    branches = '<else-if type="book"><text macro="m{0}"/></else-if>' * 9
    macros = "".join(
        f'<macro name="m{n}"><choose><if type="map"/>{branches.format(n + 1)}</choose></macro>'
        for n in range(12)
    )
    assert parse_style(
        style_xml(
            '<text macro="m0"/>', before=macros + '<macro name="m12"><text value="x"/></macro>'
        )
    )
