"""BibTeX and biblatex: an example with its golden records, and what no file may do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citekit
from citekit import CitekitError, ReaderError
from citekit.readers.latex import decoded, to_text

EXAMPLE = Path(__file__).with_name("bib") / "example.bib"


def test_records_come_one_by_one() -> None:
    keys = [item.record.id for item in citekit.iter_read(EXAMPLE) if item.record]
    assert keys == [record.id for record in citekit.read(EXAMPLE)]


def test_the_format_can_be_named_and_is_found_out() -> None:
    text = "@book{a, title={T}, date={2001}}"
    assert citekit.read(text) == citekit.read(text, "biblatex")
    assert citekit.read('[{"id": "a", "type": "book"}]')[0].id == "a"
    with pytest.raises(
        ReaderError, match=r"there is no format 'bibtx'\s+hint: did you mean 'bibtex'"
    ):
        citekit.read(text, "bibtx")
    with pytest.raises(ReaderError, match="can't tell which format"):
        citekit.read("nothing\n")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="can't read the file: No such file"):
        citekit.read(tmp_path / "none.bib")


@given(st.text(alphabet='@{}(),="\\#% \nabcAUTHORtitle$~', max_size=80))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with suppress(CitekitError):
        citekit.read(f"@book{{a, title = {{x}}}}\n@{text}\n", "bibtex")


def test_a_long_list_of_names_and_deep_braces_are_read() -> None:
    names = " and ".join(f"Doe{number}, Ann" for number in range(20_000))
    deep = "{" * 2_000 + "x" + "}" * 2_000
    (record,) = citekit.read(f"@book{{a, author = {{{names}}}, title = {deep}}}\n").records
    assert len(record.names["author"]) == 20_000


@given(
    st.lists(
        st.sampled_from(["{", "}", "a", "B1", " ", "-", "é", '{\\"U}', "{\\'{e}}", "\\'", "{AB}"])
    ),
    st.booleans(),
)
def test_short_cuts_of_latex_give_what_tokens_give(pieces: list[str], protects: bool) -> None:
    text = " ".join("".join(pieces).split())
    assert to_text(text, protects_case=protects) == decoded(text, protects_case=protects)


def test_an_abbreviation_that_is_not_defined_is_its_name() -> None:
    found = citekit.read("@article{a, title = {T}, journal = j-GUT # {, new}, month = may}")
    assert found[0].texts["container-title"] == "j-GUT, new"
    assert [(loss.field, loss.value) for loss in found.losses] == [("@string", "j-GUT")]
    assert not found.errors


def test_an_abbreviation_keeps_the_blanks_that_join_it() -> None:
    found = citekit.read('@string{S = " Symposium "}\n@book{a, title = "First" # S # {on T }}')
    assert found[0].texts["title"] == "First Symposium on T"
    found = citekit.read('@string{S = { Symposium }}\n@book{a, title = "First" # S # {on T }}')
    assert found[0].texts["title"] == "First Symposium on T"


def test_letters_and_accents_are_composed_with_and_without_latex() -> None:
    names = "A\u0301vila, Jose\u0301 and {A\u0301}vila, Jose\u0301 and {\\'A}vila, Jos{\\'e}"
    found = citekit.read(f"@book{{a, author = {{{names}}}, title = {{e\u0301}}}}")
    assert [(name.family, name.given) for name in found[0].names["author"]] == [
        ("Ávila", "José")
    ] * 3
    assert found[0].texts["title"] == "é"


def test_a_command_without_braces_is_about_one_letter() -> None:
    assert to_text(r"\emph abc") == "<i>a</i>bc"
    assert to_text(r"\' e and \'ere") == "é and ére"
