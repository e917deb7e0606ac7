"""Formats made of runs: escaped text comes back, and italics inside italics are upright."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from citekit import Record, Style
from citekit.output import asciidoc, jats, latex, markdown, mediawiki, rst, rtf, typst
from citekit.output.runs import Format, Run, render

STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><id>x</id><title>x</title><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title" font-style="italic"/></layout></citation>
</style>"""
EXPECTED: list[tuple[Format, str]] = [
    (latex, r"\textit{A\_\& }leaf\textit{ x}"),
    (typst, '#text(style: "italic")[A\\_& ];leaf#text(style: "italic")[ x];'),
    (rtf, r"{\i A_& }leaf{\i  x}"),
    (asciidoc, "__A&#95;&#38; __leaf__ x__"),
    (mediawiki, "''A&#95;&#38; ''leaf''&#32;x''"),
    (rst, r"\ *A\_&*\  leaf \ *x*\ "),
    (jats, "<italic>A_&amp; </italic>leaf<italic> x</italic>"),
    (markdown, r"<i>A\_\& </i>leaf<i> x</i>"),
]


@pytest.mark.parametrize(("format", "expected"), EXPECTED)
def test_italics_inside_italics_are_upright(format: Format, expected: str) -> None:
    record = Record("a", "book", title="A_& <i>leaf</i> x")
    assert render(Style.from_xml(STYLE).cite(record).events, format) == expected


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_jats_gives_the_text_back(text: str) -> None:
    kept = "".join(each for each in text if each not in "\ufffe\uffff")
    entry = jats.run(Run(text, {"font_style": "italic"}))
    root = etree.fromstring(jats.document([("a b", entry)]))
    assert root.xpath("string(ref)") == kept


@pytest.mark.parametrize("format", [asciidoc, mediawiki])
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"])))
def test_character_references_give_the_text_back(format: Format, text: str) -> None:
    assert html.unescape(format.run(Run(text, {}))) == text


@given(st.text())
def test_rtf_is_ascii_with_balanced_braces(text: str) -> None:
    written = rtf.run(Run(text, {"font_weight": "bold"}))
    assert written.isascii()
    bare = written.replace("\\\\", "").replace("\\{", "").replace("\\}", "")
    assert (bare.count("{"), bare.count("}")) == (1, 1)
