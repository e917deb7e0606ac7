"""citeproc-py's own two examples, from its source package: run on it, and on citekit.

``CITEKIT_REAL_FILES=1`` downloads the package; nothing of it is kept. Only the names of
the imported package are changed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compat.programs import BOTH, COMPARED
from tests.readers.test_real_files import download

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not os.environ.get("CITEKIT_REAL_FILES"),
        reason="CITEKIT_REAL_FILES isn't set: packages of others are not downloaded",
    ),
]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    download({"name": f"citeproc-py=={COMPARED}", "source": "pypi"}, folder)
    [found] = folder.glob("x/*/examples")
    return found


def run(examples: Path, name: str, package: str) -> subprocess.CompletedProcess[str]:
    """An example in its folder, of which the name of the package is all that may change."""
    program = (examples / name).read_text("utf-8").replace("from citeproc", f"from {package}")
    assert f"from {package}.source" in program
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=examples, capture_output=True, text=True, check=False,
    )  # fmt: skip


def parts(printed: str) -> tuple[list[str], list[str]]:
    """The lines of citations and of entries."""
    citations, _, entries = printed.partition("Bibliography\n")
    return citations.splitlines(), entries.splitlines()


def test_the_example_with_json(examples: Path) -> None:
    theirs, ours = (run(examples, "citeproc_json.py", package) for package in BOTH)
    assert (theirs.returncode, ours.returncode) == (0, 0), ours.stderr
    assert ours.stderr == ""
    cited, entries = parts(ours.stdout)
    their_cited, their_entries = parts(theirs.stdout.replace("'A", "’A"))
    # A year after cites of which none has names follows a comma in citekit.
    assert [line.replace("; 2", ", 2") for line in their_cited] == cited
    # A title isn't printed a second time for a missing author, and the entries are sorted;
    # the one that has neither is the last.
    assert len(entries) == len(their_entries)
    assert len(set(entries) - set(their_entries)) == 1
    letters = ["".join(filter(str.isalpha, entry.removeprefix("<i>"))) for entry in entries]
    named = [each.lower() for each in letters[1:-1]]
    assert named == sorted(named)


def test_the_example_with_bibtex(examples: Path) -> None:
    theirs, ours = (run(examples, "bibtex.py", package) for package in BOTH)
    assert theirs.returncode == 1
    assert "RuntimeError" in theirs.stderr
    assert (ours.returncode, ours.stderr) == (0, "")
    cited, entries = parts(ours.stdout)
    assert len([line for line in cited if line.startswith("(")]) == 5
    assert not any("?" in line or "WARNING" in line for line in cited)
    assert len([line for line in entries if line.strip("-")]) == 7
