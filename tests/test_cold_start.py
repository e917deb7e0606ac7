"""What starting costs: which modules are imported, told by a fresh process. Nothing is timed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import citekit

MODULES = "import sys; print(*sys.modules)"


def imported(code: str) -> set[str]:
    """The modules that are there after the code has run, without those of bare Python."""
    bare, after = (
        subprocess.run(
            [sys.executable, "-c", f"{each}{MODULES}"], check=True, capture_output=True, text=True
        )
        for each in ("", code)
    )
    return set(after.stdout.split()) - set(bare.stdout.split())


def test_importing_citekit_imports_nothing_else() -> None:
    found = {name for name in imported("import citekit; ") if not name.startswith("importlib")}
    assert found <= {"citekit", "warnings"}


@pytest.mark.parametrize("name", citekit.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(citekit, name).__name__ == name
    assert name in dir(citekit)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'citekit' has no attribute 'Stile'"):
        citekit.Stile  # type: ignore[attr-defined]  # noqa: B018


def test_archives_and_checks_are_for_those_who_ask() -> None:
    found = imported("from citekit import Style; ")
    assert not {"citekit.check", "citekit.archives", "citekit.cli", "httpx"} & found


NEEDED_TO_COMPILE = {
    "citekit.compile.compiler",
    "citekit.compile.emit",
    "citekit.compile.specs",
    "citekit.style.nodes",
    "citekit.style.parse",
    "citekit.style.xml",
    "lxml",
}
SELDOM_NEEDED = {
    "citekit.readers.note_variables",
    "citekit.readers.raw_dates",
    "citekit.readers.reading",
    "citekit.records.edtf",
    "difflib",
    "hashlib",
    "html",
}


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="nothing is kept where files have no owner")
def test_a_citation_in_a_kept_style_loads_no_more_than_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITEKIT_CACHE", str(tmp_path / "cache"))
    record = {"id": "a", "type": "book", "title": "T", "issued": {"date-parts": [[2020]]}}
    file = tmp_path / "records.json"
    file.write_text(json.dumps([record]), "utf-8")
    arguments = ["cite", str(file), "--style", "apa"]
    code = f"from citekit.cli import main; main({arguments}, standalone_mode=False); "
    first, second = imported(code), imported(code)
    assert first >= NEEDED_TO_COMPILE
    assert not second & (NEEDED_TO_COMPILE | SELDOM_NEEDED)
