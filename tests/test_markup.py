"""Text stays text: nothing in a record, a name, a cite or a style can become markup of its own."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit import Citation, Cite, CitekitError, Date, Name, Record, Style

STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><id>x</id><title>x</title><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout>{}</layout></citation>
</style>"""
TITLE = Style.from_xml(STYLE.format('<text variable="title"/>'))
ITALIC = Style.from_xml(STYLE.format('<text variable="title" font-style="italic"/>'))
UPPER = Style.from_xml(STYLE.format('<text variable="title" text-case="title"/>'))
STYLES = [Style.load(name) for name in ("apa", "chicago-notes-bibliography", "ieee")]

SPAN = re.compile(
    r"(font-style|font-variant|font-weight|text-decoration|vertical-align):[a-z-]+;|baseline"
)
CLASS = re.compile(r"csl-(bib-body|entry|block|left-margin|right-inline|indent)")


class Strict(HTMLParser):
    """The text of HTML that may hold the tags that citekit writes, nested rightly, and no other."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert not self.open

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            [(name, value)] = attrs
            assert name == "style"
            assert SPAN.fullmatch(value or "")
        elif tag == "div":
            [(name, value)] = attrs
            assert name == "class"
            assert CLASS.fullmatch(value or "")
        else:
            assert (tag, attrs) in [(each, []) for each in ("i", "em", "b", "sup", "sub")]
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/> was written")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"the comment {data!r} was written")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"the declaration {decl!r} was written")

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def handle_pi(self, data: str) -> None:
        self.handle_decl(data)


def book(title: str, **more: object) -> Record:
    return Record("a", "book", title=title, **more)  # type: ignore[arg-type]


# ------------------------------------------------------------------------- text


TEXTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "Fish & Chips",
    "Fish &amp; Chips, &lt;i&gt;",
    "1 < 2 > 0 <",
    "<i",
    "i>",
    "<i>never closed",
    "never opened</i>",
    "<I>upper</I>",
    '<i class="x">with an attribute</i>',
    '<a href="javascript:alert(1)">link</a>',
    "<!-- comment -->",
    "<?php x?>",
    "<![CDATA[x]]>",
    '<span style="color:red;">red</span>',
    '<span onclick="x">x</span>',
]


@pytest.mark.parametrize("title", TEXTS)
def test_what_is_no_markup_is_text(title: str) -> None:
    printed = TITLE.cite(book(title))
    read = Strict(printed.html)
    assert not read.tags
    # Quotation marks are the locale's affair, see below.
    assert re.sub("[“”‘’]", '"', read.text) == title
    assert re.sub("[“”‘’]", '"', printed.text) == title


def test_quotation_marks_are_the_locales() -> None:
    printed = TITLE.cite(book('The "Prague" Spring'))
    assert (printed.html, printed.text) == ("The “Prague” Spring",) * 2
    printed = TITLE.cite(book('A 3.5" disk'))
    assert printed.text == 'A 3.5" disk'


@pytest.mark.parametrize("text", TEXTS)
def test_everywhere(text: str) -> None:
    """In every kind of field that styles print, in affixes and in terms' places."""
    name = Name(text, text)
    record = Record(
        "a",
        "article-journal",
        title=text,
        author=[name, Name(literal=text)],
        issued=Date(literal=text),
        volume=text,
        page=text,
        publisher=text,
        URL=text,
        container_title=text,
    )
    cite = Cite("a", locator=text, prefix=text, suffix=text)
    for style in STYLES:
        result = style.process([record], [Citation([cite])])
        Strict(result.citations[0].html)
        Strict(result.bibliography.html)


def test_affixes_and_values_of_a_style_are_text() -> None:
    element = (
        '<text variable="title" prefix="&lt;b>" suffix="&lt;/b>&amp;amp;"/><text value="&lt;hr>"/>'
    )
    printed = Style.from_xml(STYLE.format(element)).cite(book("T"))
    assert Strict(printed.html).text == printed.text == "<b>T</b>&amp;<hr>"
    assert not Strict(printed.html).tags


# ------------------------------------------------------------------------- markup


@pytest.mark.parametrize(
    ("title", "html", "text"),
    [
        ("An <i>Acer</i> leaf", "An <i>Acer</i> leaf", "An Acer leaf"),
        ("A <b>bold</b> one", "A <b>bold</b> one", "A bold one"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O", "H2O"),
        ("E = mc<sup>2</sup>", "E = mc<sup>2</sup>", "E = mc2"),
        (
            "<sc>bce</sc> 40",
            '<span style="font-variant:small-caps;">bce</span> 40',
            "bce 40",
        ),
        (
            '<span style="font-variant:small-caps;">ad</span> 40',
            '<span style="font-variant:small-caps;">ad</span> 40',
            "ad 40",
        ),
        (
            '<span style="font-variant: small-caps;">ad</span> 40',
            '<span style="font-variant:small-caps;">ad</span> 40',
            "ad 40",
        ),
        ('The <span class="nocase">de</span> x', "The de x", "The de x"),
        ("<i>a <b>c</b></i>", "<i>a <b>c</b></i>", "a c"),
        ("<i>a & b</i> <u>", "<i>a &#38; b</i> &#60;u&#62;", "a & b <u>"),
    ],
)
def test_markup_that_fields_may_hold(title: str, html: str, text: str) -> None:
    printed = TITLE.cite(book(title))
    assert (printed.html, printed.text) == (html, text)
    Strict(printed.html)


def test_italics_inside_italics_are_upright() -> None:
    printed = ITALIC.cite(book("An <i>Acer</i> leaf"))
    assert printed.html == '<i>An <span style="font-style:normal;">Acer</span> leaf</i>'


@pytest.mark.parametrize("mark", ["<i>", '<span class="nocase">', "“", "‘", "«"])
def test_deep_nesting_is_text_in_the_end(mark: str) -> None:
    closing = {"<i>": "</i>", "“": "”", "‘": "’", "«": "»"}.get(mark, "</span>")
    record = Record("a", "book", title=f"{mark * 2_000}word{closing * 2_000}")
    for style in (TITLE, UPPER, *STYLES):
        assert "word" in style.bibliography(record).text.lower() + style.cite(record).text.lower()


def test_nocase_keeps_its_case() -> None:
    title = 'letters <span class="nocase">from moscow</span> to <i>prague</i>'
    assert UPPER.cite(book(title)).html == "Letters from moscow to <i>Prague</i>"


AFFIX = "see <i>also</i> <u>"


@pytest.mark.parametrize("cite", [Cite("a", prefix=AFFIX), Cite("a", suffix=AFFIX)])
def test_cites_affixes_may_hold_markup(cite: Cite) -> None:
    [citation] = TITLE.process([book("T")], [Citation([cite])]).citations
    assert "<i>also</i> &#60;u&#62;" in citation.html
    assert Strict(citation.html).tags == ["i"]


# ------------------------------------------------------------------------- any text


PIECES = """
    <i> </i> <b> </b> <sup> </sup> <sub> </sub> <sc> </sc> </span> <span <script> <I> < > & &lt;
    " ' “ ” ‘ ’ « » „ . , : ; ! ? ( ) [ ] - – 1 12 a Bc del ²
"""
SPANS = ['<span class="nocase">', '<span style="font-variant:small-caps;">']
pieces = st.sampled_from([*PIECES.split(), *SPANS, " ", "\n", "\N{NO-BREAK SPACE}"])
anything = st.lists(pieces | st.text(max_size=4), max_size=12).map("".join)


@settings(max_examples=300, deadline=None)
@given(title=anything, family=anything, given_name=anything, prefix=anything, locator=anything)
def test_any_text(title: str, family: str, given_name: str, prefix: str, locator: str) -> None:
    for style in STYLES:
        try:
            record = book(title, author=[Name(family, given_name)], publisher=family)
            cite = Cite("a", prefix=prefix, suffix=title, locator=locator)
            result = style.process([record], [Citation([cite])])
        except CitekitError:
            continue
        Strict(result.citations[0].html)
        Strict(result.bibliography.html)


@settings(max_examples=300, deadline=None)
@given(anything)
def test_html_and_text_say_the_same(title: str) -> None:
    printed = TITLE.cite(book(title))
    # In HTML, characters that are superscript by themselves become raised plain ones.
    raised = {"<super>"} & {unicodedata.decomposition(each).split(" ")[0] for each in title}
    if not raised and not set(title) & set("\u02c0\u02c1\u06e5\u06e6"):
        said = Strict(printed.html).text.rstrip("\n").replace("\xa0", " ")  # two spaces stay two
        assert said == printed.text.replace("\r\n", "  ").replace("\xa0", " ")
