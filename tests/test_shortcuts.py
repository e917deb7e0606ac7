"""What is done quickly for plain values comes out as by the thorough way."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from citekit.output import html
from citekit.render.initials import initials, initials_of_chunks
from citekit.render.richtext import _Parser, rich
from citekit.render.titlecase import title_case_of_pieces, title_case_of_text
from citekit.render.tree import text_of

WORDS = """
    the of a v x Foo bar “quoted word” (in end) what? why: ok! – prior to according such as d’arc
    co-op pre- U.S. iPhone éa 1990 ... " « back Maria E. TSeren MAria É. Guo-ping ʻAli A.B. Ph.
    Łukasz ǅemal ßa J.-P. O'Neil ʰX <i>x</i> l'art : ; “a: b” d'
""".split()
titles = st.lists(
    st.sampled_from(WORDS) | st.sampled_from([" ", " ", " ", "  ", "-", "/", "\t", ". "])
).map("".join)
phrases = st.lists(st.sampled_from(WORDS)).map(" ".join)
texts = titles | phrases | st.text(st.characters(codec="utf-8"), max_size=20)


@given(texts)
def test_title_case(text: str) -> None:
    assert title_case_of_text(text) == title_case_of_pieces(text)


@given(texts, st.sampled_from([". ", ".", "", " ", "-"]), st.booleans())
def test_initials(given: str, initialize_with: str, hyphen: bool) -> None:
    thoroughly = initials_of_chunks(given, initialize_with, hyphen)
    assert initials(given, initialize_with, hyphen) == thoroughly


@given(texts)
def test_text_without_markup(text: str) -> None:
    piece, thoroughly = rich(text), _Parser(text).parse()
    assert text_of(piece) == text_of(thoroughly)
    assert isinstance(piece, str) == isinstance(thoroughly, str) or not text


def test_superscripts_are_all_found() -> None:
    characters = map(chr, range(0x110000))
    raised = (c for c in characters if unicodedata.decomposition(c).startswith("<super>"))
    assert all(html.render((c,)).startswith("<sup>") for c in raised)
