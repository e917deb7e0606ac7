"""Untrusted input: what is no style, too large, or dangerous is refused with advice."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.errors import CitekitError, StyleError
from citekit.style import parse_style
from citekit.style.library import MAX_BYTES
from tests.style.styles import NAMESPACE, style_xml

LAUGHS = (
    '<!DOCTYPE style [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9))
    + "]>"
)

REFUSED = [
    ("", "empty"),
    (" \n", "empty"),
    ("<!DOCTYPE html><html></html>", "HTML"),
    ("<html><body/></html>", "HTML"),
    ('<html xmlns="http://www.w3.org/1999/xhtml"/>', "HTML"),
    ("<html><br></html>", "HTML"),
    ('{"id": 1}', "JSON"),
    ("[1, 2]", "JSON"),
    ("@book{key, title={x}}", "BibTeX"),
    ("apa", "isn't XML"),
    (style_xml()[:-20], "cut off"),
    (style_xml().replace("</layout>", ""), "line 4"),
    ("<style/>", "namespace"),
    (f'<locale xmlns="{NAMESPACE}"/>', "locale file"),
    ("<records/>", "outermost element is <records>"),
    (LAUGHS + style_xml(), "document type declaration"),
    ("<!-- x -->\n" + LAUGHS + style_xml(), "line 2: a document type declaration"),
    (
        '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        + style_xml().replace("<title>T", "<title>&x;"),
        "document type declaration",
    ),
    ('<!DOCTYPE style SYSTEM "http://example.org/x.dtd">' + style_xml(), "document type"),
    (style_xml("&unknown;"), "well-formed"),
    (style_xml("\ud800"), "well-formed"),
    (style_xml("\0"), "well-formed"),
    (b"\xff\xff\x00", "encoding"),
    (b"<?xml version='1.0' encoding='zlib'?><style/>", "'zlib'"),
    (b"<?xml version='1.0' encoding='klingon'?><style/>", "'klingon'"),
    (b"<?xml version='1.0' encoding='ascii'?><style>\xe9</style>", "ascii"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED)
def test_refused(data: str | bytes, words: str) -> None:
    with pytest.raises(StyleError) as caught:
        parse_style(data, where="x.csl")
    assert words in str(caught.value)
    assert str(caught.value).startswith("x.csl: ")


@pytest.mark.parametrize("character", ["x", b"x", b"<a>", "<!-- "])
def test_large_input_is_refused_at_once(character: str | bytes) -> None:
    data = character * (50_000_000 // len(character))
    start = time.perf_counter()
    with pytest.raises(StyleError, match="bytes, more than"):
        parse_style(data)
    assert time.perf_counter() - start < 0.5


def test_many_tiny_prolog_items_take_linear_time() -> None:
    start = time.perf_counter()
    with pytest.raises(StyleError):
        parse_style("<!-- -" * (MAX_BYTES // 6))
    with pytest.raises(StyleError):
        parse_style("<?x?>" * (MAX_BYTES // 5))
    assert time.perf_counter() - start < 5


TITLE = "Ünï — 文"
XML = style_xml().replace("<title>T", f"<title>{TITLE}")


@pytest.mark.parametrize(
    "data",
    [
        XML,
        "\ufeff" + XML,
        '<?xml version="1.0" encoding="utf-8"?>\n' + XML,
        '<?xml version="1.0" encoding="iso-8859-1"?>' + XML,
        "\n<!-- <!DOCTYPE x> -->" + XML,
        XML.encode(),
        b"\xef\xbb\xbf" + XML.encode(),
        ('<?xml version="1.0" encoding="utf-16"?>' + XML).encode("utf-16"),
        XML.encode("utf-16-le"),
        ('<?xml version="1.0" encoding="gb18030"?>' + XML).encode("gb18030"),
    ],
)
def test_encodings(data: str | bytes) -> None:
    assert parse_style(data).info.title == TITLE


def test_lines_count_from_the_declaration() -> None:
    xml = '<?xml version="1.0"\n encoding="utf-8"?>\n' + style_xml("<text/>")
    with pytest.raises(StyleError) as caught:
        parse_style(xml)
    assert [problem.line for problem in caught.value.problems] == [6]


def test_namespace_prefix() -> None:
    xml = style_xml().replace("xmlns=", "xmlns:cs=").replace("</", "</cs:")
    xml = xml.replace("<", "<cs:").replace("<cs:/cs:", "</cs:")
    assert parse_style(xml) == parse_style(style_xml())


def test_external_entities_are_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    xml = f'<!DOCTYPE s [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + style_xml("&x;")
    with pytest.raises(StyleError) as caught:
        parse_style(xml)
    assert "SECRET" not in str(caught.value)


FRAGMENTS = st.sampled_from(
    [
        *"<>/=\"'&; \n{[@",
        "<text ",
        "<choose><if ",
        "<names variable='author'><substitute>",
        "</group>",
        'macro="m"',
        'form="short"',
        "<![CDATA[",
        "<!--",
        "<!DOCTYPE ",
        "&#0;",
        "\x00",
        "\ud800",
    ]
)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_only_our_errors(data: bytes) -> None:
    with pytest.raises(CitekitError):
        parse_style(data)


@given(st.data())
def test_mutated_styles_raise_only_our_errors(data: st.DataObject) -> None:
    xml = style_xml(
        '<group delimiter=", "><names variable="author"><name et-al-min="3"/><label/>'
        '<substitute><names variable="editor"/></substitute></names>'
        '<choose><if type="book" match="any"><date variable="issued" form="text"/></if></choose>'
        '<text macro="m"/></group>',
        before='<locale><terms><term name="and">u</term></terms></locale>'
        '<macro name="m"><number variable="volume"/></macro>',
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(xml)))
        cut = data.draw(st.integers(0, 12))
        xml = xml[:at] + data.draw(FRAGMENTS | st.text(max_size=5)) + xml[at + cut :]
    with contextlib.suppress(CitekitError):
        assert parse_style(xml).citation.layout
