"""Compiled styles that come from the cache: the same as those that are made, or made anew."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest

from citekit import Record, Style
from citekit.compile import compiler, kept
from citekit.records import Date, Name
from citekit.render import groups, tree
from citekit.style import locale as locales

if not hasattr(os, "getuid"):
    pytest.skip("nothing is kept where files have no owner", allow_module_level=True)

RECORDS = [
    Record(
        id=f"r{number}",
        type="article-journal",
        title="On “quotes”",
        author=[Name(family="Doe", given="Jane")],
        issued=Date(2020, 5, 2),
        volume="3",
        page="11-19",
        edition="2",
    )
    for number in range(3)
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, which isn't there yet."""
    path = tmp_path / "cache"
    monkeypatch.setenv("CITEKIT_CACHE", str(path))
    return path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the styles that are compiled."""
    ids = []
    compile_style = compiler.compile_style

    def counted(*arguments: object) -> object:
        style = compile_style(*arguments)  # type: ignore[arg-type]
        ids.append(style.style.info.id.rpartition("/")[2])
        return style

    monkeypatch.setattr(compiler, "compile_style", counted)
    return ids


def printed(style: Style) -> tuple[object, ...]:
    """All that a style prints for the records, an author alone too."""
    result = style.process(RECORDS, [record.id for record in RECORDS])
    author = style.cite(RECORDS[0], author_only=True)
    return (*(c.html for c in result.citations), result.bibliography.html, author.html)


@pytest.mark.parametrize(
    "name",
    [
        "apa",
        "chicago-notes-bibliography",
        "ieee",
        "modern-language-association",
        "din-1505-2-alphanumeric",
        "oscola",
    ],
)
@pytest.mark.parametrize("locale", [None, "de-DE"])
def test_a_kept_style_prints_the_same(name: str, locale: str | None, made: list[str]) -> None:
    first = printed(Style.load(name, locale))
    assert printed(Style.load(name, locale)) == first
    assert made == [name]


def test_options_and_locales_are_told_apart(made: list[str]) -> None:
    for _ in range(2):
        Style.load("apa")
        Style.load("apa", "de-DE")
        Style.load("apa", count_articles=True)
        assert Style.load("apa", "de-DE").compiled.locale.lang == "de-DE"
    assert len(made) == 3


def test_wraps_that_are_known_by_identity_stay_themselves() -> None:
    for wrap in (groups.SUBSTITUTE, tree.QUOTE):
        again = pickle.loads(kept.pickled([wrap, tree.Wrap(kind="names")]))
        assert again[0] is wrap
        assert again[1] is not wrap


def test_another_citekit_makes_its_own(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Style.load("ieee")
    monkeypatch.setattr(kept, "_this_citekit", lambda: (("compile", "emit.py", 1, 2),))
    Style.load("ieee")
    assert made == ["ieee", "ieee"]


def test_another_locale_file_makes_another(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "locales"
    shutil.copytree(locales._directory(), own)
    monkeypatch.setattr(locales, "_directory", lambda: own)
    locales._load_file.cache_clear()
    try:
        Style.load("apa")
        Style.load("apa")
        assert made == ["apa"]
        file = own / "locales-en-US.xml"
        file.write_text(file.read_text("utf-8").replace(">n.d.<", ">undated<"), "utf-8")
        locales._load_file.cache_clear()
        undated = Style.load("apa").cite(Record(id="x", type="book", title="T"))
        assert made == ["apa", "apa"]
        assert "undated" in undated.text
    finally:
        locales._load_file.cache_clear()


def test_pickles_of_something_else_are_made_anew(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(kept, "pickled", lambda _: b"\x80\x04N.")
        Style.load("ieee")
    Style.load("ieee")
    Style.load("ieee")
    assert made == ["ieee", "ieee"]


def test_a_kept_locale_has_no_date_formats() -> None:
    Style.load("apa")
    with pytest.raises(LookupError):
        Style.load("apa").compiled.locale.date("text")
