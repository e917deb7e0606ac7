"""Large files: read in memory that doesn't grow with them, to the same records as their text."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

import citekit
from citekit import ReaderError
from citekit.readers.bib_entries import sections

NOTE = "Kept nowhere. " * 40
ENTRIES = {
    "bib": "@article{{k{0}, author = {{Brown, A. and {{van}} Berg, B}}, title = {{On {0}}},\n"
    f"  date = {{{{1996}}}}, abstract = {{{{{NOTE}}}}}, crossref = {{{{p}}}}}}}}\n",
    "ris": f"TY  - JOUR\nID  - k{{0}}\nAU  - Brown, A\nTI  - On {{0}}\nN2  - {NOTE}\nER  - \n",
    "enw": f"%0 Journal Article\n%A Brown, A\n%T On {{0}}\n%X {NOTE}\n\n",
    "nbib": f"PMID- {{0}}\nFAU - Brown, A\nTI  - On {{0}}\nAB  - {NOTE}\n\n",
}
SIZES = (1_000, 3_000)
PER_ENTRY = 400
"""Bytes that an entry may leave behind: its key, twice."""


def _peak(path: Path, ending: str, size: int) -> int:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(ENTRIES[ending].format(number) for number in range(size))
        if ending == "bib":
            file.write("@periodical{p, title = {Whole}, issn = {1234-5678}}\n")
    tracemalloc.start()
    try:
        count = sum(item.record is not None for item in citekit.iter_read(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == size + (ending == "bib")
    return peak


@pytest.mark.parametrize("ending", ENTRIES)
def test_memory_does_not_grow_with_the_file(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"large.{ending}"
    _peak(path, ending, 10)  # what is loaded once
    small, large = (_peak(path, ending, size) for size in SIZES)
    growth = (large - small) / (SIZES[1] - SIZES[0])
    assert growth < PER_ENTRY < len(ENTRIES[ending])


@pytest.mark.parametrize("ending", ENTRIES)
@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_file_is_read_as_its_text(ending: str, mark: str, encoding: str, tmp_path: Path) -> None:
    text = "".join(ENTRIES[ending].replace("Brown", "Brówn").format(one) for one in range(3))
    path = tmp_path / f"a.{ending}"
    path.write_bytes(text.replace("\n", mark).encode(encoding))
    assert citekit.read(path).records == citekit.read(text).records
    assert len(citekit.read(path)) == 3
    assert citekit.read(path.read_bytes()).records == citekit.read(text).records


@pytest.mark.parametrize("ending", ENTRIES)
@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("latin-1", r"not UTF-8: byte 0xf3 at offset \d+ \(the file may be Windows-1252"),
        ("utf-16-le", "looks like UTF-16"),
        ("utf-16-be", "looks like UTF-16"),
    ],
)
def test_another_encoding_is_named(ending: str, encoding: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(ENTRIES[ending].replace("Brown", "Brówn").format(1).encode(encoding))
    with pytest.raises(ReaderError, match=rf"(?s){told}.*hint: save it as UTF-8"):
        citekit.read(path)


def test_entries_across_blocks() -> None:
    text = "".join(ENTRIES["bib"].format(number) for number in range(1_000))
    assert "".join(sections(text)) == text
    assert len(citekit.read(text, "biblatex")) == 1_000


def test_a_line_of_a_value_may_look_like_an_entry() -> None:
    text = (
        "@book{a, note = {It says:\n@book{x, title = {T}}\n}, title = {A}}\n@book{b, title={B}}\n"
    )
    found = citekit.read(text)
    assert [(one.id, one.texts["title"]) for one in found] == [("a", "A"), ("b", "B")]


def test_entries_never_closed_cost_no_more_than_their_number() -> None:
    """Each is told; looking for the ends of all to the end of the file would take hours."""
    found = citekit.read("@book{a, title = {T\n" * 5_000)
    assert len(found.errors) == 5_000
