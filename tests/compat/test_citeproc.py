"""Programs written for citeproc-py, run on it and on citekit; only the import differs.

What both print is compared where citeproc-py is right; where it isn't, see differences.toml.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from citekit import CitekitError, Record
from citekit.errors import RecordError, StyleError, WriterError
from citekit.readers import csl_json
from citekit.style.library import style_path
from tests.compat.programs import BOTH, OURS, load, printed

DATA: list[dict[str, Any]] = [
    {"id": "Brown", "type": "book", "title": "The Gorbachev factor", "publisher": "OUP",
     "author": [{"family": "Brown", "given": "Archie"}], "issued": {"date-parts": [[1996]]}},
    {"id": "Ash", "type": "article-journal", "title": "The year of truth", "volume": "40",
     "container-title": "History Today", "page": "12-20",
     "author": [{"family": "Ash", "given": "Timothy"}], "issued": {"date-parts": [[1990]]}},
]  # fmt: skip
BIB = "@book{Key, title = {Annals}, author = {Doe, Jane}, year = 2001, publisher = {OUP}}\n"
HARVARD = style_path("harvard-cite-them-right")
both = pytest.mark.parametrize("package", BOTH)

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning:citeproc")


def registered(
    package: str, *clusters: list[str], callback: Callable[[Any], object] | None = None, **args: Any
) -> tuple[Any, list[Any]]:
    """A bibliography in Harvard style with citations, and these."""
    cp = load(package)
    bibliography = cp.CitationStylesBibliography(
        cp.CitationStylesStyle(args.get("style") or str(HARVARD), validate=False),
        args.get("source") or load(package, "source.json").CiteProcJSON(DATA),
        args.get("formatter") or cp.formatter.plain,
    )
    citations = [cp.Citation([cp.CitationItem(key) for key in keys]) for keys in clusters]
    for citation in citations:
        bibliography.register(citation, callback)
    return bibliography, citations


# ---------------------------------------------------------------- what both print


@pytest.mark.parametrize("formatter", ["plain", "html"])
@pytest.mark.parametrize("style", ["harvard-cite-them-right", "apa", "harvard-limerick"])
def test_a_document(style: str, formatter: str) -> None:
    theirs, ours = (
        printed(
            package,
            style=style,
            records=[{**DATA[1], "type": "book"}, DATA[0]],
            cites=[
                ["BROWN"],
                [{"key": "Ash", "locator": ["page", "13"]}],
                ["Ash", "Brown"],
                ["No"],
            ],
            formatter=formatter,
            sort=True,
        )
        for package in BOTH
    )
    assert ours == theirs
    assert ours[0][-1] == "(no?)"


@both
def test_one_record_as_invenio_prints_it(package: str) -> None:
    cp, source = load(package), load(package, "source.json")
    record = {
        "id": "1", "type": "dataset", "title": "Measured things", "DOI": "10.5281/zenodo.1",
        "publisher": "Zenodo", "version": "1.0.0", "author": [{"family": "Doe, Jane"}],
        "issued": {"date-parts": [["2020", "02", "03"]]}, "language": "eng",
    }  # fmt: skip
    style = cp.CitationStylesStyle(validate=False, style=str(style_path("apa")), locale="en-US")
    bibliography = cp.CitationStylesBibliography(
        style, source.CiteProcJSON([record]), cp.formatter.plain
    )
    bibliography.register(cp.Citation([cp.CitationItem("1")]))
    text = str(bibliography.bibliography()[0])
    assert re.sub(r"\.\.+", ".", re.sub(r"\s\s+", " ", text)) == (
        "Doe, Jane. (2020). Measured things (Version 1.0.0) [Dataset]. Zenodo. "
        "https://doi.org/10.5281/zenodo.1"
    )


@both
def test_one_entry_of_bibtex_as_duecredit_prints_it(package: str, tmp_path: Path) -> None:
    cp = load(package)
    file = tmp_path / "one.bib"
    file.write_text(BIB)
    source = load(package, "source.bibtex").BibTeX(str(file))
    bibliography, _ = registered(package, ["Key"], source=source, formatter=cp.formatter.plain)
    entries = bibliography.bibliography()
    assert ["".join(entry) for entry in entries] == ["Doe, J. (2001) Annals. OUP."]


@both
def test_missing_keys_are_told_and_printed(package: str) -> None:
    told: list[str] = []
    bibliography, citations = registered(
        package,
        ["Brown", "Nix", "Ash"],
        ["Nix", "Nux"],
        callback=lambda item: told.append(item.key),
    )
    assert told == ["nix", "nix", "nux"]
    assert [[item.is_bad() for item in citation.cites] for citation in citations] == [
        [False, True, False], [True, True],
    ]  # fmt: skip
    told.clear()
    cited = [
        str(bibliography.cite(citation, lambda item: told.append(item.key)))
        for citation in citations
    ]
    assert cited == ["(Ash, 1990; Brown, 1996; nix?)", "(nix?; nux?)"]
    assert told == ["nix", "nix", "nux"]
    assert str(bibliography.cite(citations[1], lambda item: f"<{item.key}>")) == "(<nix>; <nux>)"
    assert len(bibliography.bibliography()) == 2


@both
def test_what_an_item_knows(package: str) -> None:
    bibliography, (citation,) = registered(package, ["Brown", "ASH", "nix"])
    bibliography.sort()
    brown, ash, missing = citation.cites
    assert (brown.key, brown.number, brown.reference.type) == ("brown", 2, "book")
    assert (ash.number, str(ash.reference.title), ash.has_locator) == (
        1,
        "The year of truth",
        False,
    )
    assert ash.bibliography is bibliography
    assert str(brown.get_field("publisher")) == "OUP"
    assert bibliography.keys == ["ash", "brown"]
    assert [item.key for item in bibliography.items] == ["ash", "brown"]
    assert repr(missing) == "CitationItem(nix)"
    with pytest.raises(KeyError):
        _ = missing.reference
    with pytest.raises(ValueError, match="nix"):
        _ = missing.number
    with pytest.raises(load(package, "source").VariableError):
        _ = load(package).CitationItem("brown").number


@both
def test_what_references_hold(package: str) -> None:
    source = load(package, "source.json").CiteProcJSON(
        [{**DATA[1], "issued": {"date-parts": [[1990, 1, 2], [1991]]}}, DATA[0]]
    )
    assert list(source) == ["ash", "brown"]
    reference = source["ash"]
    assert (reference.key, reference.type) == ("ash", "article-journal")
    assert str(reference.container_title) == str(reference["container_title"]) == "History Today"
    assert reference.author[0].parts() == ("Timothy", "Ash", None, None, None)
    assert (reference.issued.begin.day, reference.issued.end.year) == (2, 1991)
    assert not reference.issued.begin.is_nil()
    assert source["brown"].issued.year == 1996


@both
def test_a_source_that_the_program_fills(package: str) -> None:
    parts = load(package, "source")
    source = parts.BibliographySource()
    source.add(
        parts.Reference(
            "brown", "book", title="The Gorbachev factor", publisher="OUP",
            author=[parts.Name(given="Archie", family="Brown")], issued=parts.Date(year=1996),
        )
    )  # fmt: skip
    source["brown"]["publisher_place"] = "Oxford"
    bibliography, _ = registered(package, ["brown"], source=source)
    assert [str(entry) for entry in bibliography.bibliography()] == [
        "Brown, A. (1996) The Gorbachev factor. Oxford: OUP."
    ]


@both
@pytest.mark.parametrize(
    "given",
    [
        lambda: "harvard-cite-them-right",
        lambda: str(HARVARD),
        lambda: HARVARD,
        lambda: str(HARVARD).removesuffix(".csl"),
        lambda: io.BytesIO(HARVARD.read_bytes() if HARVARD else b""),
    ],
    ids=["name", "text", "path", "without ending", "file"],
)
def test_a_style_is_given_in_all_ways(package: str, given: Callable[[], Any]) -> None:
    cited, _ = printed(package, style=given(), records=DATA, cites=[["brown"]])
    assert cited == ["(Brown, 1996)"]


@both
def test_a_locale(package: str) -> None:
    undated = [{"id": "b", "type": "book", "title": "Annalen"}]
    for locale, shown in [("de-DE", "ohne Datum"), ("de", "ohne Datum"), ("xx-XX", "no date")]:
        cited, _ = printed(package, locale=locale, records=undated, cites=[["b"]])
        assert cited == [f"(Annalen, {shown})"]


@both
def test_a_style_that_is_not_valid_is_told_as_a_warning(package: str) -> None:
    style = (HARVARD or Path()).read_text("utf-8")
    wrong = style.replace("<bibliography", '<bibliography nonsense="1"', 1).encode()
    make = load(package).CitationStylesStyle
    with pytest.warns(UserWarning, match="valid"):
        assert make(io.BytesIO(wrong)).has_bibliography()
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        make(io.BytesIO(wrong), validate=False)
        make(io.BytesIO(style.encode()))


@both
def test_words_that_csl_does_not_know_are_told_as_warnings(package: str) -> None:
    parts = load(package, "source")
    for kind, arguments in [
        (parts.Reference, ("a", "book")),
        (parts.CitationItem, ("a",)),
        (parts.Citation, ([parts.CitationItem("a")],)),
        (parts.Name, ()),
    ]:
        with pytest.warns(UserWarning, match="nonsense"):
            kind(*arguments, nonsense="1")


# ---------------------------------------------------------------- formatters

DRESSED = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>t</title><id>x</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title" font-weight="bold" font-style="oblique"
 font-variant="small-caps" text-decoration="underline" vertical-align="sup"/></layout></citation>
<bibliography><layout><text variable="title" font-style="italic"/>
<text variable="volume" vertical-align="sub" font-weight="light" prefix=" "/></layout>
</bibliography>
</style>"""


def markers(**more: Any) -> SimpleNamespace:
    """A formatter that shows what is called with what."""
    names = "Italic Oblique Bold Light Underline Superscript Subscript SmallCaps".split()
    shown = {name: f"{name}({{}})".format for name in names}
    return SimpleNamespace(**{"preformat": lambda text: text, **shown, **more})


@both
def test_a_formatter_of_the_program(package: str) -> None:
    style = io.BytesIO(DRESSED.encode())
    bibliography, (citation,) = registered(package, ["ash"], formatter=markers(), style=style)
    citation.cites[0].reference.volume = "40"
    assert str(bibliography.cite(citation, print)) == (
        "Superscript(Underline(Bold(SmallCaps(Oblique(The year of truth)))))"
    )
    assert "".join(map(str, bibliography.bibliography())) == (
        "Italic(The year of truth) Subscript(Light(40))"
    )


@both
@pytest.mark.parametrize("module", ["plain", "html", "rst"])
def test_the_parts_of_formatters(package: str, module: str) -> None:
    theirs, ours = (load(name, f"formatter.{module}") for name in BOTH)
    for name in vars(theirs):
        if name[0].isupper() and name not in ("Light", "TagWrapper", "RoleWrapper"):
            assert getattr(ours, name)("x y") == getattr(theirs, name)("x y")
    assert ours.preformat("a & <b> *c* `d`") == theirs.preformat("a & <b> *c* `d`")


def test_texts_go_through_the_formatter() -> None:
    bibliography, (citation,) = registered(
        OURS, ["ash", "<nix>"], formatter=markers(preformat=str.upper)
    )
    assert bibliography.cite(citation, lambda item: None) == "(ASH, 1990; <NIX>?)"
    assert bibliography.cite(citation, lambda item: "raw") == "(ASH, 1990; raw)"
    with pytest.raises(WriterError, match="Italic"):
        registered(OURS, ["ash"], formatter=SimpleNamespace(preformat=str))[0].bibliography()


def test_a_formatter_made_of_ours_is_followed() -> None:
    html = load(OURS, "formatter.html")

    class Emphasis(html.Italic):  # type: ignore[misc, name-defined]
        tag = "em"

    own = ModuleType("own")
    vars(own).update({name: getattr(html, name) for name in html.__all__}, Italic=Emphasis)
    bibliography, _ = registered(OURS, ["brown"], formatter=own)
    assert bibliography.bibliography() == ["Brown, A. (1996) <em>The Gorbachev factor</em>. OUP."]


# ---------------------------------------------------------------- what is only ours


def test_what_the_program_prints() -> None:
    cited, entries = printed(
        OURS, style="apa", records=DATA, formatter="rst",
        cites=[["BROWN"], [{"key": "Ash", "locator": ["page", 13]}], ["Brown", "Ash"], ["Nobody"]],
    )  # fmt: skip
    assert cited == ["(Brown, 1996)", "(Ash, 1990, p. 13)", "(Ash, 1990; Brown, 1996)", "(nobody?)"]
    assert entries == [
        "Ash, T. (1990). The year of truth. \\ *History Today*\\ , \\ *40*\\ , 12–20.",
        "Brown, A. (1996). \\ *The Gorbachev factor*\\ . OUP.",
    ]


def test_keys_and_items_are_in_the_order_of_the_entries() -> None:
    bibliography, _ = registered(OURS, ["brown"], ["ash"])
    entries = bibliography.bibliography()
    assert [entry[:3] for entry in entries] == ["Ash", "Bro"]
    assert bibliography.keys == [item.key for item in bibliography.items] == ["ash", "brown"]
    assert [item.number for item in bibliography.items] == [1, 2]


def test_a_key_that_the_style_prints_nothing_for_keeps_its_place() -> None:
    only_volumes = DRESSED.replace('<text variable="title" font-style="italic"/>', "")
    style = io.BytesIO(only_volumes.encode())
    _, entries = printed(OURS, style=style, records=DATA, cites=[["brown", "ash"]])
    assert entries == ["", " 40"]


def test_a_citation_is_registered_when_it_is_cited() -> None:
    cp = load(OURS)
    bibliography, _ = registered(OURS)
    assert bibliography.bibliography() == []
    citation = cp.Citation([cp.CitationItem("ash")])
    assert bibliography.cite(citation, None) == "(Ash, 1990)"
    bibliography.register(citation)
    assert len(bibliography.bibliography()) == 1


@pytest.mark.parametrize(
    ("wrong", "errors", "says"),
    [
        (lambda cp: cp.CitationStylesStyle("no-such-style"), (StyleError, ValueError), "no-such"),
        (lambda cp: cp.CitationStylesStyle(None), (StyleError, ValueError), "None"),
        (lambda cp: cp.CitationStylesStyle(io.BytesIO(b"<style")), (StyleError,), "line 1"),
        (lambda cp: cp.Locator("nowhere", "1"), (RecordError,), "nowhere.*label(.|\n)*page"),
        (lambda cp: cp.source.Date(year="x"), (RecordError, ValueError), "Date, year: 'x'"),
        (lambda cp: cp.source.Date(month=2), (RecordError,), "year is missing"),
        (lambda cp: cp.source.json.CiteProcJSON({"id": "x"}), (CitekitError,), "record 1"),
        (lambda cp: cp.source.bibtex.BibTeX("none.bib"), (CitekitError, OSError), "none.bib"),
    ],
)
def test_errors_are_those_of_citekit_and_those_expected(
    wrong: Callable[[Any], object], errors: tuple[type[Exception], ...], says: str
) -> None:
    load(OURS, "source.json"), load(OURS, "source.bibtex")
    with pytest.raises(CitekitError) as caught:
        wrong(load(OURS))
    assert all(isinstance(caught.value, error) for error in errors)
    assert re.search(says, str(caught.value))


def test_a_locator_that_is_none_is_told() -> None:
    cp = load(OURS)
    bibliography, _ = registered(OURS)
    citation = cp.Citation([cp.CitationItem("ash", locator="12")])
    with pytest.raises(RecordError, match=r"CitationItem.*'12' is not a locator"):
        bibliography.cite(citation, None)


def test_a_locale_that_does_not_exist_is_told() -> None:
    with pytest.warns(UserWarning, match="no locale 'xx-XX'; en-US"):
        load(OURS).CitationStylesStyle("apa", locale="xx-XX")


def test_bibtex_from_an_open_file_and_in_an_encoding(tmp_path: Path) -> None:
    read = load(OURS, "source.bibtex").BibTeX
    assert list(read(io.StringIO(BIB))) == list(read(io.BytesIO(BIB.encode()))) == ["key"]
    file = tmp_path / "latin.bib"
    file.write_bytes(BIB.replace("Annals", "Été").encode("latin-1"))
    assert read(file, encoding="latin-1")["key"].title == "Été"
    with pytest.raises(OSError, match=r"latin\.bib.*utf-8"):
        read(file)
    with pytest.warns(UserWarning, match="nosuchfield"):
        read(io.StringIO("@book{a, title={A}, nosuchfield={x}}"))


RECORDS = csl_json.from_object(
    [
        {"id": "all", "type": "book", "title": "<i>A</i>", "number": 12, "custom": {"x": [1]},
         "author": [{"family": "Doe", "non-dropping-particle": "van", "comma-suffix": True}],
         "issued": {"date-parts": [[1990, 2], [1991]], "circa": True}, "unknown-key": "kept"},
        {"id": "season", "type": "book", "issued": {"date-parts": [[1990]], "season": 2}},
        {"id": "words", "type": "book", "issued": {"literal": "once"}, "accessed": {"raw": "2001"}},
        {"id": "edtf", "type": "book", "issued": "1988-10~/1989"},
    ],
    lenient=True,
)  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_nothing_is_lost_between_records_and_references(record: Record) -> None:
    references = load(OURS, "source.references")
    reference = references.Reference.of(record)
    assert reference.as_record(record.id) == record
    changed = references.Reference.of(record)
    changed.title = "Changed"
    expected = {**csl_json_item(record), "title": "Changed"}
    assert csl_json_item(changed.as_record(record.id)) == expected
    del changed["issued"]
    assert csl_json_item(changed.as_record(record.id)) == {
        k: v for k, v in expected.items() if k != "issued"
    }


def csl_json_item(record: Record) -> dict[str, object]:
    from citekit.writers.csl_json import to_object  # noqa: PLC0415

    return to_object(record)


def test_a_key_in_a_source_counts_and_not_that_of_the_reference() -> None:
    parts = load(OURS, "source")
    made = parts.Reference("Other", "book", title="A", author=[parts.Name(family="Doe")])
    read = load(OURS, "source.json").CiteProcJSON(DATA)["ash"]
    bibliography, (citation,) = registered(OURS, ["a", "b"], source={"a": made, "b": read})
    assert bibliography.cite(citation, None) == "(Ash, 1990; Doe, no date)"


def test_a_value_of_the_wrong_kind_is_told() -> None:
    parts = load(OURS, "source")
    bibliography, _ = registered(
        OURS, ["a"], source={"a": parts.Reference("a", "book", title="A", issued=1999)}
    )
    with pytest.raises(RecordError, match="issued"):
        bibliography.bibliography()


def test_dates_that_a_program_makes() -> None:
    parts = load(OURS, "source")
    begin, end = parts.Date(year="1990", month=2, day=3), parts.Date(year=1991, season=2)
    reference = parts.Reference(
        "a", "book", issued=parts.DateRange(begin=begin, end=end, circa=True), accessed=end,
        submitted=parts.LiteralDate("once"), original_date=parts.DateRange(begin=begin),
    )  # fmt: skip
    assert csl_json_item(reference.as_record("a")) == {
        "id": "a", "type": "book",
        "issued": {"date-parts": [[1990, 2, 3], [1991]], "circa": True},
        "accessed": {"date-parts": [[1991]], "season": 2},
        "original-date": {"date-parts": [[1990, 2, 3], [0]]},
        "submitted": {"literal": "once"},
    }  # fmt: skip
