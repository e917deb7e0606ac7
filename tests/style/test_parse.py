"""What parsing resolves: name options, substitutes, macros per scope, defaults."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from citekit.style import nodes, parse_style, parse_style_with_warnings
from citekit.style.library import official_directory
from tests.style.styles import NAMESPACE, style, style_xml

# ---------------------------------------------------------------- name options

NAMES = '<names variable="author"/>'


def first_names(found: nodes.Style) -> nodes.Names:
    (names,) = found.citation.layout.children
    assert isinstance(names, nodes.Names)
    return names


LEVELS: list[tuple[str, str, str, dict[str, Any]]] = [
    # style, citation, cs:name → fields of nodes.Name
    ("", "", "", {"and_": None, "delimiter": ", ", "form": "long", "et_al_min": 0}),
    ('and="text"', "", "", {"and_": "text"}),
    ('and="text"', 'and="symbol"', "", {"and_": "symbol"}),
    ('and="text"', 'and="symbol"', 'and="text"', {"and_": "text"}),
    ('name-form="short"', "", "", {"form": "short"}),
    ('name-form="short"', "", 'form="count"', {"form": "count"}),
    ('name-delimiter=" / "', "", "", {"delimiter": " / "}),
    ('name-delimiter=" / "', 'name-delimiter=""', "", {"delimiter": ""}),
    ('name-delimiter=" / "', "", 'delimiter="; "', {"delimiter": "; "}),
    ('initialize-with=". "', "", 'initialize="false"', {"initialize_with": ". "}),
    ('initialize="false"', 'initialize="true"', "", {"initialize": True}),
    ('sort-separator=" "', "", 'name-as-sort-order="all"', {"sort_separator": " "}),
    ("", 'delimiter-precedes-last="never"', "", {"delimiter_precedes_last": "never"}),
    ('et-al-use-last="true"', "", "", {"et_al_use_last": True}),
    (
        'et-al-min="5"',
        'et-al-use-first="2 "',
        "",
        {"et_al_min": 5, "et_al_use_first": 2, "et_al_subsequent_min": 5},
    ),
    ("", 'et-al-min="5"', "", {"et_al_min": 0, "et_al_use_first": 0}),
    ("", 'et-al-use-first="5"', "", {"et_al_min": 0, "et_al_use_first": 0}),
    ("", 'et-al-min="3" et-al-use-first="0"', "", {"et_al_min": 3, "et_al_use_first": 0}),
    (
        'et-al-min="5" et-al-use-first="3"',
        "",
        'et-al-subsequent-use-first="1"',
        {"et_al_use_first": 3, "et_al_subsequent_min": 5, "et_al_subsequent_use_first": 1},
    ),
    (
        "",
        'et-al-subsequent-min="4" et-al-subsequent-use-first="1"',
        "",
        {"et_al_min": 0, "et_al_subsequent_min": 4, "et_al_subsequent_use_first": 1},
    ),
]


@pytest.mark.parametrize(("on_style", "on_citation", "on_name", "fields"), LEVELS)
def test_the_lowest_level_wins(
    on_style: str, on_citation: str, on_name: str, fields: dict[str, Any]
) -> None:
    layout = f'<names variable="author"><name {on_name}/></names>'
    found = style(layout, attributes=f'class="note" {on_style}', citation=on_citation)
    name = first_names(found).name
    assert {field: getattr(name, field) for field in fields} == fields


def test_names_without_a_name_have_the_inherited_options() -> None:
    found = style(NAMES, attributes='class="note" and="text"', citation='names-delimiter=" | "')
    assert first_names(found).name == found.citation.name == nodes.Name(and_="text")
    assert first_names(found).delimiter == found.citation.names_delimiter == " | "


@pytest.mark.parametrize(("own", "delimiter"), [("", " | "), ('delimiter=""', "")])
def test_names_delimiter(own: str, delimiter: str) -> None:
    found = style(f'<names variable="author" {own}/>', citation='names-delimiter=" | "')
    assert first_names(found).delimiter == delimiter


def test_macros_are_copied_per_scope() -> None:
    found = style(
        '<text macro="outer"/>',
        citation='and="text"',
        before='<macro name="outer"><text macro="who"/><text macro="what"/></macro>'
        f'<macro name="who">{NAMES}</macro><macro name="what"><text variable="title"/></macro>'
        '<macro name="unused"><text variable="title"/></macro><macro name="key"><text '
        'variable="title"/></macro>',
        after='<bibliography and="symbol"><sort><key macro="key"/></sort>'
        '<layout><text macro="who"/></layout></bibliography>',
    )
    assert found.bibliography
    assert set(found.citation.macros) == {"outer", "who", "what"}
    assert set(found.bibliography.macros) == {"who", "key"}
    in_citation, in_bibliography = (
        scope.macros["who"].children[0] for scope in (found.citation, found.bibliography)
    )
    assert isinstance(in_citation, nodes.Names)
    assert isinstance(in_bibliography, nodes.Names)
    assert (in_citation.name.and_, in_bibliography.name.and_) == ("text", "symbol")


# ---------------------------------------------------------------- cs:names

OUTER = (
    '<names variable="author" delimiter=" | " prefix="[" font-style="italic">{}'
    "<substitute>{}</substitute></names>"
)
PARTS = '<label prefix=" "/><name form="short" and="text"/><et-al term="and others"/>'


@pytest.mark.parametrize(
    "substitute",
    [
        '<names variable="editor"/>',
        '<group><names variable="editor"/></group>',
        '<choose><if type="book"><names variable="editor"/></if></choose>',
        '<names variable="editor"> </names>',
    ],
)
def test_shorthand_repeats_the_enclosing_names(substitute: str) -> None:
    whole = first_names(style(OUTER.format(PARTS, substitute)))
    (node,) = whole.substitute
    if isinstance(node, nodes.Group):
        (node,) = node.children
    if isinstance(node, nodes.Choose):
        (node,) = node.branches[0].children
    assert isinstance(node, nodes.Names)
    assert node.variables == ("editor",)
    for field in ("name", "et_al", "label", "label_first", "delimiter", "prefix", "formatting"):
        assert getattr(node, field) == getattr(whole, field)
    assert node.label_first
    assert node.et_al.term == "and others"


@pytest.mark.parametrize("child", ["<name/>", "<label/>", "<et-al/>"])
def test_names_with_children_repeat_nothing(child: str) -> None:
    substitute = f'<names variable="editor">{child}</names>'
    (node,) = first_names(style(OUTER.format(PARTS, substitute))).substitute
    assert isinstance(node, nodes.Names)
    assert node.name == nodes.Name()
    assert (node.delimiter, node.prefix, node.formatting) == ("", "", None)


def test_shorthand_ends_with_the_substitute() -> None:
    found = style(OUTER.format(PARTS, NAMES) + NAMES)
    last = found.citation.layout.children[1]
    assert isinstance(last, nodes.Names)
    assert last.name == nodes.Name()


@pytest.mark.parametrize(
    ("children", "first"),
    [("<label/><name/>", True), ("<name/><label/>", False), ("<label/>", False), ("", False)],
)
def test_label_first(children: str, first: bool) -> None:
    names = first_names(style(f'<names variable="author">{children}</names>'))
    assert names.label_first is first
    assert (names.label is None) is ("label" not in children)


def test_name_parts_and_et_al() -> None:
    names = first_names(
        style(
            '<names variable="author editor"><name><name-part name="family" '
            'text-case="uppercase" suffix="!"/></name><et-al font-style="italic"/></names>'
        )
    )
    assert names.variables == ("author", "editor")
    assert names.name.family == nodes.NamePart(name="family", text_case="uppercase", suffix="!")
    assert names.name.given is None
    assert names.et_al.formatting == nodes.Formatting(font_style="italic")


# ---------------------------------------------------------------- other elements

LAYOUTS = [
    ('<text value=" x "/>', nodes.Text(value=" x ")),
    ('<text value=""/>', nodes.Text(value="")),
    ('<text variable=" title "/>', nodes.Text(variable="title")),
    ('<text variable="title" prefix=" " suffix="&#160;"/>',
     nodes.Text(variable="title", prefix=" ", suffix="\xa0")),
    ('<text term="page" form="symbol" plural="true"/>',
     nodes.Text(term="page", form="symbol", plural=True)),
    ('<text variable="title" form="short" quotes="true" strip-periods="true" display="block"/>',
     nodes.Text(variable="title", form="short", quotes=True, strip_periods=True,
                display="block")),
    ('<text variable="title" font-weight="bold" vertical-align="sup" font-variant="normal"/>',
     nodes.Text(variable="title", formatting=nodes.Formatting(
         font_weight="bold", vertical_align="sup", font_variant="normal"))),
    ('<number variable="edition" form="ordinal" text-case="title"/>',
     nodes.Number(variable="edition", form="ordinal", text_case="title")),
    ('<label variable="page" form="short" plural="never" strip-periods="true"/>',
     nodes.Label(variable="page", form="short", plural="never", strip_periods=True)),
    ('<date variable="issued" form="text" date-parts="year"/>',
     nodes.Date(variable="issued", form="text", date_parts="year")),
    ('<date variable="issued" delimiter=" "><date-part name="month" form="short" '
     'range-delimiter="" strip-periods="true"/><date-part name="year"/></date>',
     nodes.Date(variable="issued", delimiter=" ", parts=(
         nodes.DatePart(name="month", form="short", range_delimiter="", strip_periods=True),
         nodes.DatePart(name="year")))),
    ('<group delimiter=" : "><text value="a"/><group/></group>',
     nodes.Group(delimiter=" : ", children=(nodes.Text(value="a"), nodes.Group()))),
    ('<choose><if type="book  map" variable="title" match="none"><text value="1"/></if>'
     '<else-if disambiguate="true" position="first"/><else><text value="3"/></else></choose>',
     nodes.Choose(branches=(
         nodes.Branch(
             condition=nodes.Condition(match="none", type=("book", "map"), variable=("title",)),
             children=(nodes.Text(value="1"),)),
         nodes.Branch(condition=nodes.Condition(disambiguate=True, position=("first",))),
         nodes.Branch(condition=None, children=(nodes.Text(value="3"),))))),
]  # fmt: skip


@pytest.mark.parametrize(("layout", "expected"), LAYOUTS)
def test_element(layout: str, expected: nodes.Rendering) -> None:
    assert style(layout).citation.layout.children == (expected,)


def test_options_of_citation_and_bibliography() -> None:
    found = style(
        citation='collapse="year" disambiguate-add-names="true" near-note-distance="3" '
        'cite-group-delimiter=" , " givenname-disambiguation-rule="all-names"',
        after='<bibliography hanging-indent="true" entry-spacing="0" '
        'subsequent-author-substitute=""><sort><key variable="author" sort="descending" '
        'names-min="1" names-use-first="2" names-use-last="false"/></sort>'
        '<layout suffix=" ."><text variable="title"/></layout></bibliography>',
    )
    citation, bibliography = found.citation, found.bibliography
    assert (citation.collapse, citation.disambiguate_add_names) == ("year", True)
    assert citation.givenname_disambiguation_rule == "all-names"
    assert (citation.near_note_distance, citation.cite_group_delimiter) == (3, " , ")
    assert (citation.year_suffix_delimiter, citation.disambiguate_add_givenname) == (None, False)
    assert bibliography
    assert (bibliography.hanging_indent, bibliography.entry_spacing) == (True, 0)
    assert (bibliography.line_spacing, bibliography.subsequent_author_substitute) == (1, "")
    assert bibliography.layout.suffix == " ."
    assert bibliography.sort == (
        nodes.Key(
            variable="author",
            descending=True,
            names_min=1,
            names_use_first=2,
            names_use_last=False,
        ),
    )


def test_global_options_and_info() -> None:
    found = style(
        attributes='class="note" default-locale="de-AT" page-range-format="minimal" '
        'initialize-with-hyphen="false" demote-non-dropping-particle="never"',
        info="<info><title> A\n  title </title><title-short>A</title-short><id>urn:x</id><link "
        'href="http://x" rel="self"/><category citation-format="note"/><category field="law"/>'
        "<issn>1234-5678</issn><updated>2024</updated></info>",
    )
    assert (found.class_, found.default_locale) == ("note", "de-AT")
    assert (found.page_range_format, found.initialize_with_hyphen) == ("minimal", False)
    assert found.demote_non_dropping_particle == "never"
    assert found.info == nodes.Info(
        id="urn:x",
        title="A title",
        title_short="A",
        links=(nodes.Link(href="http://x", rel="self"),),
        citation_format="note",
        fields=("law",),
        updated="2024",
        issns=("1234-5678",),
    )


def test_locale_element() -> None:
    found = style(
        before='<locale xml:lang="fr"><style-options punctuation-in-quote="true"/>'
        '<date form="text" delimiter=" "><date-part name="year"/></date><terms>'
        '<term name="and"> et </term><term name="at"/>'
        '<term name="page" form="short"><single>p.</single><multiple>pp.</multiple></term>'
        '<term name="ordinal-01" gender-form="feminine" match="whole-number">re</term>'
        '<term name="edition" gender="feminine"><single>éd</single></term></terms></locale>'
    )
    assert found.locales == (
        nodes.LocaleData(
            lang="fr",
            punctuation_in_quote=True,
            dates={
                "text": nodes.Date(
                    variable="", form="text", delimiter=" ", parts=(nodes.DatePart(name="year"),)
                )
            },
            terms=(
                nodes.Term(name="and", single=" et ", multiple=" et "),
                nodes.Term(name="at"),
                nodes.Term(name="page", form="short", single="p.", multiple="pp."),
                nodes.Term(
                    name="ordinal-01",
                    single="re",
                    multiple="re",
                    gender_form="feminine",
                    match="whole-number",
                ),
                nodes.Term(name="edition", single="éd", multiple="éd", gender="feminine"),
            ),
        ),
    )


def test_layout_for_all_languages_is_taken() -> None:
    xml = style_xml('<text value="all"/>').replace(
        "<layout>", '<layout locale="de"><text value="de"/></layout><layout>'
    )
    assert parse_style(xml).citation.layout.children == (nodes.Text(value="all"),)


def test_comments_and_instructions_don_t_matter() -> None:
    layout = '<!-- a --><names variable="author"><!-- b --></names><?x y?>'
    assert style(layout) == style(NAMES)


# ---------------------------------------------------------------- styles of others

FIXTURES = Path(__file__).parents[2].parent / "shared" / "csl" / "fixtures"
SECTION = re.compile(r">>=+ CSL =+>>\s*(.*?)\s*<<=+ CSL =+<<", re.DOTALL)


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the fixtures (../shared) are not here")
def test_every_fixture_parses_without_warnings() -> None:
    for path in sorted(FIXTURES.glob("*.txt")):
        found = SECTION.search(path.read_text("utf-8-sig"))
        assert found
        assert parse_style_with_warnings(found.group(1), where=path.name)[1] == ()


def parse_official(step: int) -> int:
    directory = official_directory()
    assert directory
    paths = sorted(directory.glob("*.csl"))[::step]
    for path in paths:
        assert parse_style_with_warnings(path.read_bytes(), where=path.name)[1] == ()
    return len(paths)


def test_official_styles_parse_without_warnings() -> None:
    assert parse_official(20) > 100


@pytest.mark.slow
def test_every_official_style_parses_without_warnings() -> None:
    assert parse_official(1) > 2500


def test_prefixed_namespace_gives_the_same_nodes() -> None:
    xml = f'<c:style xmlns:c="{NAMESPACE}" version="1.0" class="note"><c:citation><c:layout>'
    xml += '<c:text variable="title"/></c:layout></c:citation></c:style>'
    assert parse_style(xml).citation.layout.children == (nodes.Text(variable="title"),)
