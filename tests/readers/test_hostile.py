"""Hostile input: each reader raises CitekitError and nothing else, and hangs on nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import citekit
from citekit import CitekitError
from citekit.readers.formats import FORMATS, HEAD, detect
from tests.readers.fuzz import RUNS, guard, read_and_use, seeds, try_reader

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("CITEKIT_FUZZ_SECONDS", "2"))
SEED = int(os.environ.get("CITEKIT_FUZZ_SEED", "1989"))
SEEDS = seeds()
LENGTH = 50_000
"""Of a run, in characters: what takes time by its square takes half a minute for it."""


@pytest.mark.parametrize("name", FORMATS)
def test_spoilt_files_are_read_or_refused(name: str) -> None:
    assert try_reader(name, SEEDS[name], SECONDS, SEED)


PLANTED = """
import sys
from pathlib import Path
from tests.readers import coverage_fuzz, fuzz

def read(data, name):
    if b"{" in data:
        raise KeyError(name)

fuzz.read_and_use = read
coverage_fuzz.fuzz("bibtex", 20, 1, Path(sys.argv[1]))
"""


def test_what_fuzzing_finds_is_told_cut_down_and_kept(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PLANTED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    told = done.stdout + done.stderr
    assert done.returncode
    assert "KeyError: 'bibtex'" in told
    [kept] = tmp_path.glob("bibtex-*")
    assert re.search(rf"bibtex, seed 1\b.*, cut down, in {kept}: b'{{'\n", told)
    assert kept.read_bytes() == b"{"


@pytest.mark.parametrize("file", RUNS["file"], ids=lambda file: file["format"])
def test_long_runs(file: dict[str, Any]) -> None:
    length = LENGTH // file.get("fewer", 1)
    for piece in (*RUNS["pieces"], *file.get("pieces", ())):
        text = file["text"].replace("¶", piece * (length // len(piece)))
        with guard(f"{file['format']} with {piece!r}"):
            read_and_use(text.encode(), file["format"])


def test_there_are_long_runs_for_all_formats() -> None:
    assert {file["format"] for file in RUNS["file"]} == {*FORMATS}


@pytest.mark.parametrize("piece", ["a ", "é and A"])
@pytest.mark.parametrize(
    "file",
    # A field of MARC 21 has 9,999 bytes at most.
    [file for file in RUNS["file"] if file["format"] != "marc21"],
    ids=lambda file: file["format"],
)
def test_authors_of_a_megabyte(file: dict[str, Any], piece: str) -> None:
    text = file["text"].replace("¶", piece * (1_000_000 // len(piece)), 1).replace("¶", "")
    with guard(f"{file['format']} with {piece!r}"):
        record = citekit.read(text.encode(), file["format"])[0]
        people = next(iter(record.names.values()))
    parts = ("family", "given", "literal", "dropping_particle", "non_dropping_particle")
    assert sum(len(getattr(name, part)) for name in people for part in parts) > 100_000


@pytest.mark.parametrize("start", RUNS["starts"])
def test_the_format_of_long_runs(start: str) -> None:
    for piece in (*RUNS["pieces"], *filter(None, RUNS["starts"])):
        text = start + piece * (HEAD // len(piece))
        with guard(f"{start!r} with {piece!r}"), suppress(CitekitError):
            detect(text)


def test_abbreviations_that_would_grow_are_refused() -> None:
    lines = ['@string{a0 = "xxxxxxxxxxxxxxxx"}']
    lines += [f"@string{{a{n + 1} = a{n} # a{n} # a{n} # a{n}}}" for n in range(50)]
    lines += ["@book{b, title = a2}", "@book{c, title = a10}"]
    with guard("@string"):
        found = citekit.read("\n".join(lines))
    assert [record.id for record in found] == ["b", "c"]
    assert found[0].texts["title"] == "x" * 256
    assert found[1].texts["title"] == "a10"
    assert "entry @string{: its abbreviations (@string) stand for far more text" in str(
        found.errors[0]
    )
    assert str(found.losses[-1]).endswith("it is not defined; its name stands for it")


@pytest.mark.parametrize("field", ["xdata", "crossref"])
def test_inheritance_that_would_grow_ends(field: str) -> None:
    """Layers of entries, each of which inherits from all of the next, the last from the first."""
    layers = [[f"e{layer}x{n}" for n in range(5)] for layer in range(25)]
    entries = [
        f"@book{{{key}, {field} = {{{','.join(below)}}}, t{key} = {{a}}}}"
        for layer, below in zip(layers, layers[1:] + layers[:1], strict=True)
        for key in layer
    ]
    with guard(field):
        found = citekit.read("\n".join(entries))
    assert len(found) == 125
    assert any("can't inherit from itself" in loss.why for loss in found.losses)


def test_deep_inheritance_ends() -> None:
    chain = [f"@book{{e{n}, xdata = {{e{n + 1}}}}}" for n in range(5000)]
    found = citekit.read("\n".join([*chain, "@book{e5000, title = {a}}"]))
    assert len(found) == 5001
    assert any("more than 30 deep" in loss.why for loss in found.losses)


def test_a_long_parent_of_many_children_ends() -> None:
    parent = "@book{p, annotation = {" + "a{\\'e} " * 70_000 + "}}"
    children = [f"@book{{c{n}, crossref = {{p}}}}" for n in range(2000)]
    with guard("crossref"):
        found = citekit.read("\n".join([parent, *children]))
    assert len(found) == 2001
    assert found[1].texts["annote"].startswith("aé aé")
    assert any("far more text than the file has" in loss.why for loss in found.losses)
