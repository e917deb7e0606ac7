"""What starting costs: which modules are imported, told by a fresh process. Nothing is timed."""

from __future__ import annotations

import subprocess
import sys

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
