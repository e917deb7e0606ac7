"""Without the packages of an extra: what needs them says how to install it, the rest works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LETTERS = str(Path(__file__).resolve().parent / "data" / "letters.json")
WITHOUT = """
import sys
sys.modules[sys.argv.pop(1)] = None  # as if it weren't there
from citekit.cli import main
main()
"""
BIBLIOGRAPHY = ("bibliography", LETTERS, "--style", "apa", "-o")
CASES = [
    *(("server", name, ("serve",)) for name in ("uvicorn", "starlette", "msgspec", "httptools")),
    ("mcp", "mcp", ("mcp",)),
    ("marc", "pymarc", ("convert", "a.mrc", "--to", "csl-json")),
    ("docx", "docx", (*BIBLIOGRAPHY, "a.docx")),
    ("odt", "odfdo", (*BIBLIOGRAPHY, "a.odt")),
    ("pdf", "typst", (*BIBLIOGRAPHY, "a.pdf")),
    ("archives", "httpx", ("archive", "cite", "https://archive.example/")),
]


def without(module: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, module, *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        cwd=folder,
    )


@pytest.mark.parametrize(("extra", "module", "command"), CASES)
def test_the_command_that_installs_it(
    extra: str, module: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "a.mrc").write_bytes(b"00026nam a2200025 a 4500\x1e\x1d")
    done = without(module, *command, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"pip install 'citekit-csl[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr
    plain = without(module, "cite", LETTERS, "--style", "apa", "--id", "kovacs", folder=tmp_path)
    assert (plain.returncode, plain.stderr) == (0, "")


def test_every_extra_for_users_is_tried() -> None:
    import tomllib  # noqa: PLC0415

    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    extras = set(project["project"]["optional-dependencies"]) - {"dev", "browser", "fuzz"}
    # That of ICU is told by tests/test_collation.py: no command asks for it.
    assert {extra for extra, _, _ in CASES} == extras - {"icu"}
