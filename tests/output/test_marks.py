"""Texts that look like marks come back from the formats that pandoc reads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from citekit.output import markdown, org, pandoc
from citekit.output.runs import Format, Run

pypandoc = pytest.importorskip("pypandoc")
NASTY = r"""A_50% #1 & [x] {y} $z$ ~t^ \n "q" 'r' `s` <u> @v *w* |"""
TEXTS = [
    NASTY,
    "*d* =e= ~f~ +g+ /h/ [[i]] x^2 {j} 1. <b>",
    "- x",
    "# y",
    "a_b/c/",
    "${a}/",
    "--...",
]
READERS: list[tuple[Format, str]] = [
    (pandoc, "markdown"),
    (markdown, "commonmark"),
    (org, "org"),
]
STYLES = {"Emph": {"font_style": "italic"}, "Strong": {"font_weight": "bold"}}


def tidy(text: str) -> str:
    return " ".join(text.split()) or "x"


texts = st.text("ab1 _^*/=~+[]{}<>$|#-.:()\"',&!@`\\", min_size=1).map(tidy)


def read_back(format: Format, reader: str, entries: list[str]) -> list[list[tuple[str, str]]]:
    """The entries as pandoc reads them: of each its texts, and the marks that these have."""
    document = format.document([(str(number), each) for number, each in enumerate(entries)])
    blocks = json.loads(pypandoc.convert_text(document, "json", format=reader))["blocks"]
    if blocks and blocks[0]["t"] == "Div":
        [blocks] = [block["c"][1] for block in blocks]
    assert [block["t"] for block in blocks] == ["Para"] * len(entries)
    return [list(pieces(block["c"])) for block in blocks]


def pieces(inlines: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for each in inlines:
        mark, text = "", " " if each["t"] in ("Space", "SoftBreak") else each.get("c", "")
        if each["t"] in STYLES:
            mark, text = each["t"], "".join(inner for _, inner in pieces(each["c"]))
        assert isinstance(text, str), f"{each['t']} comes from no mark of ours"
        text = text.replace("\N{ZERO WIDTH SPACE}", "").replace("\N{ASTERISK OPERATOR}", "*")
        if found and found[-1][0] == mark:
            text = found.pop()[1] + text
        found += [(mark, text)] if text else []
    return found


@pytest.mark.parametrize(("format", "reader"), READERS)
@settings(max_examples=10, deadline=None)
@given(found=st.lists(texts, min_size=1, max_size=60))
@example(found=TEXTS)
def test_texts_come_back(format: Format, reader: str, found: list[str]) -> None:
    if format is org:  # pandoc stops at the escape behind a backslash, which Org's manual has
        found = [tidy(text.replace("\\", "")) for text in found]
    written = [format.run(Run(text, {})) for text in found]
    assert read_back(format, reader, written) == [[("", text)] for text in found]


@pytest.mark.parametrize("mark", STYLES)
@settings(max_examples=10, deadline=None)
@given(found=st.lists(st.tuples(texts, texts.map("a{}b".format), texts), max_size=60))
@example(found=[("a_b/c", "either/ or", "d/e/"), ("x_", "C*, a", "/f/ g"), ("a", "x/ *y", "/")])
def test_marks_of_org_stand_inside_words(mark: str, found: list[tuple[str, str, str]]) -> None:
    entries = [tuple(tidy(text.replace("\\", "")) for text in each) for each in found]
    written = [
        "".join(
            org.run(Run(text, style))
            for text, style in zip(each, ({}, STYLES[mark], {}), strict=True)
        )
        for each in entries
    ]
    expected = [[("", before), (mark, inside), ("", after)] for before, inside, after in entries]
    assert read_back(org, "org", written) == expected
