"""BibTeX and biblatex: an example with its golden records, and what no file may do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citekit
from citekit import CitekitError, Date, ReaderError
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


def texts_and_dates(source: str) -> tuple[dict[str, str], Date]:
    (record,) = citekit.read(source)
    return dict(record.texts), record.dates.get("issued", Date())


@pytest.mark.parametrize(
    ("month", "year", "date"),
    [
        ("jan", "1973", Date(1973, 1)),
        ('"10~" # jan', "1973", Date(1973, 1, 10)),
        ('apr # "-" # may', "1986", Date(1986, 4, end=(1986, 5))),
        ('jun # "--" # aug', "1986", Date(1986, 6, end=(1986, 8))),
        ('nov # ", " # dec', "1988", Date(literal="November, December 1988")),
        ("{}", r"{\noopsort{1973b}}1973", Date(1973)),
    ],
)
def test_months_and_years_as_bibtex_has_them(month: str, year: str, date: Date) -> None:
    source = f"@book{{a, title = {{b}}, month = {month}, year = {{{year}}}}}\n"
    assert texts_and_dates(source)[1] == date


def test_commands_of_the_preamble() -> None:
    preamble = r"""@preamble{ "\newcommand{\switch}[2]{#2#1} " # "\def\first#1#2{#1}
        \providecommand*\lab{Lab of \first{Gnus}{x}} \newcommand{\loop}{\loop\loop}
        \def\ring#1{\ooalign{#1\crcr o}} \def\reg{\ring{R}} " }"""
    entry = r"""@book{a, year = {\switch{--90}{1968}}, publisher = {\loop},
        title = {The \lab, \first{\lab}{y}\labs, $\reg$}}"""
    texts, date = texts_and_dates(f"{preamble}\n{entry}\n")
    assert date == Date(1968, end=(1990,))
    assert texts["title"] == r"The Lab of Gnus, Lab of Gnus, $\reg$"
    assert "publisher" not in texts


def test_keys_of_crossref_are_those_of_bibtex() -> None:
    source = "@inbook{a, crossref = {WHOLE}, title = {b}}\n@book{Whole, title = {c}, year = 1988}\n"
    assert citekit.read(source)[0].texts["container-title"] == "c"
    assert not citekit.read(source).losses


def test_what_parts_inherit_is_no_container_of_a_book() -> None:
    found = citekit.read("@proceedings{a, title = {b}, booktitle = {B}}\n@book{c, title = {d}}\n")
    assert "container-title" not in found[0].texts
    assert [(loss.field, loss.value) for loss in found.losses] == [("booktitle", "B")]


def test_what_points_elsewhere_leaves_no_tag() -> None:
    assert to_text(r"see \cite{b} and \ref{c}, 1 \textless{} 2") == "see b and c, 1 < 2"


def test_symbols_are_not_left_out() -> None:
    source = (
        r"@book{a, title = {\S~1 of \TeX{} and \METAFONT, \pounds 2}, note = {\href{http://a}{b}}}"
    )
    texts, _ = texts_and_dates(source)
    assert texts["title"] == "§\u00a01 of TeX and METAFONT, £2"
    assert texts["note"] == "b (http://a)"


def test_entries_without_keys_get_one() -> None:
    entry = "@article{ author = {Huang, Y.}, title = {b}, year = 2012}\n"
    source = f"@book{{huang2012, title = {{a}}}}\n{entry}{entry.replace('{ author', '{, author')}"
    found = citekit.read(source)
    assert [record.id for record in found] == ["huang2012", "huang2012b", "huang2012c"]
    assert not found.errors
    assert citekit.read(entry, keys="{Author}:{year}")[0].id == "Huang:2012"


def test_of_names_with_too_many_commas_nothing_is_left_out() -> None:
    (record,) = citekit.read("@book{a, author = {King, Jr., Martin, Luther and Doe, Jane}}\n")
    king, doe = record.names["author"]
    assert (king.family, king.suffix, king.given) == ("King", "Jr.", "Martin, Luther")
    assert (doe.family, doe.suffix, doe.given) == ("Doe", "", "Jane")


@pytest.mark.parametrize("before", ["", "https://doi.org/", "http://dx.doi.org/", "doi:"])
def test_a_doi_is_bare_however_it_is_given(before: str) -> None:
    (record,) = citekit.read(f"@book{{a, title = {{A}}, doi = {{{before}10.1/x_y}}}}").records
    assert record.texts["DOI"] == "10.1/x_y"


def test_a_command_that_nobody_knows_is_told() -> None:
    title = r"A {\itshape b} \frob{c} \emph{d} $\alpha\zork$ \textbf{\MYNAME} \alpha\ \mbox{e}"
    (item,) = citekit.iter_read(f"@book{{a, title = {{{title}}}}}", "bibtex")
    assert [(loss.field, loss.value) for loss in item.losses] == [("title", "\\frob")]
    assert item.record is not None
    assert "frob" not in item.record.texts["title"]
    assert ">c<" in item.record.texts["title"]


@pytest.mark.parametrize(
    "text",
    [
        "% see @book{a, title={No}}\n",
        "@comment{@book{a, title={No}}}\n",
        "% Encoding: UTF-8\n\n@Comment{jabref-meta: keypattern;}\n",
        "@comment{\n" + "@book{a, title={No}}\n\n" * 30 + "}\n",
        "@comment(@book)\n",
    ],
)
def test_comments_are_left_out(text: str) -> None:
    found = citekit.read(f"{text}@book{{b, title={{Yes}}}}% @book{{c, title={{No}}}}\n", "bibtex")
    assert [record.id for record in found] == ["b"]
    assert not found.errors


def test_comments_between_fields() -> None:
    (record,) = citekit.read(
        "@book{a, % a {brace and, a comma\n  % note = {old},\n"
        "  title = % here\n  {Yes}, % and\n  publisher = {A} % joined\n # { of 5\\%}, % more\n}\n"
    )
    assert record.texts == {"title": "Yes", "publisher": "A of 5%"}


def test_a_comment_that_never_ends_hides_nothing() -> None:
    books = "".join(f"@book{{a{number}, title={{Yes}}}}\n" for number in range(1200))
    found = citekit.read("@comment{ never closed\n" + books, "bibtex")
    assert len(found) == 1200
    assert "line 1, entry @comment{: a brace is never closed" in str(found.errors[0])
