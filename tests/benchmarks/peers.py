"""citekit and the processors it is compared with: whether they are here, how to start them."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from attrs import field, frozen

from tests import reference
from tests.benchmarks import cold

ROOT = Path(__file__).resolve().parents[2]
ADAPTERS = "tests.benchmarks.adapters"

BIBLIOGRAPHY, DOCUMENT, ONE_BY_ONE, COLD = JOBS = ("bibliography", "document", "one by one", "cold")


@frozen(kw_only=True)
class Files:
    """What a process is given: its task, and what the task names. Not all use each."""

    task: Path
    style: Path
    records: Path
    hayagriva: Path
    markdown: Path
    key: str


@frozen(kw_only=True)
class Peer:
    """A citation processor.

    ``version`` raises :class:`LookupError` where it is not installed; ``install`` says how
    to. ``command`` starts a job, ``cold`` prints one citation in the least time.
    """

    name: str
    install: str
    version: Callable[[], str]
    command: Callable[[Files], list[str]]
    cold: Callable[[Files], list[str]]
    jobs: tuple[str, ...] = field(default=JOBS)

    def missing(self) -> str:
        """Why it can't be run here, and what to do; ``""`` when it can."""
        try:
            self.version()
        except LookupError as error:
            return f"{error}; {self.install}"
        return ""


def _python(
    name: str, distribution: str, program: str, installed: Callable[[], str] | None = None
) -> Peer:
    """Make a peer that is a Python package, with an adapter of its name."""
    module = name.replace("-", "_")
    return Peer(
        name=name,
        install=f"pip install {distribution}",
        version=installed or (lambda: _version_of(distribution)),
        command=lambda files: [sys.executable, "-m", f"{ADAPTERS}.{module}", str(files.task)],
        cold=lambda files: [
            *(sys.executable, "-c", program),
            *map(str, (files.style, files.records, files.hayagriva, files.key)),
        ],
    )


def _version_of(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError as error:
        raise LookupError(f"the package {distribution} is not installed") from error


def _citekit_version() -> str:
    """Return the version; in a checkout citekit runs without being installed, too."""
    try:
        return version("citekit-csl")
    except PackageNotFoundError:
        return "checkout"


# ------------------------------------------------------------------------ citeproc-js


def _js_version() -> str:
    if reason := reference.missing():
        raise LookupError(reason)
    package = Path(os.environ[reference.ENVIRONMENT]) / "citeproc" / "package.json"
    return str(json.loads(package.read_text(encoding="utf-8"))["version"])


def _js_command(files: Files) -> list[str]:
    adapter = Path(__file__).with_name("adapters") / "citeproc_js.cjs"
    return ["node", str(adapter), str(files.task)]


# ------------------------------------------------------------------------ pandoc


def _pandoc() -> str:
    """Return the pandoc of pypandoc_binary, without importing it (that takes long)."""
    try:
        packaged = reference.data_folder("pypandoc", "files") / "pandoc"
    except LookupError:
        packaged = Path()
    found = str(packaged) if packaged.is_file() else shutil.which("pandoc")
    if not found:
        raise LookupError("pandoc is not installed")
    return found


def _pandoc_version() -> str:
    return _first_line([_pandoc(), "--version"]).removeprefix("pandoc ")


def _pandoc_cold(files: Files) -> list[str]:
    style, records = f"--csl={files.style}", f"--bibliography={files.records}"
    return [_pandoc(), "--citeproc", style, records, "--to=html", str(files.markdown)]


def _first_line(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return done.stdout.splitlines()[0]


PEERS = {
    peer.name: peer
    for peer in (
        _python("citekit", "citekit-csl", cold.CITEKIT, _citekit_version),
        _python("refkit", "refkit", cold.REFKIT),
        _python("typst", "typst", cold.TYPST),
        Peer(
            name="citeproc-js",
            install=f"npm install citeproc, and name the node_modules in {reference.ENVIRONMENT}",
            version=_js_version,
            command=_js_command,
            cold=_js_command,
        ),
        _python("citeproc-py", "citeproc-py", cold.CITEPROC_PY),
        Peer(
            name="pandoc",
            install="pip install pypandoc_binary",
            version=_pandoc_version,
            command=lambda files: [
                *(sys.executable, "-m", f"{ADAPTERS}.pandoc", str(files.task)),
                _pandoc(),
            ],
            cold=_pandoc_cold,
            jobs=(BIBLIOGRAPHY, DOCUMENT, COLD),  # it loads the style anew each time
        ),
    )
}


def machine() -> dict[str, str | int]:
    """Return what the numbers depend on, beside the programs."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return {
        "cpu": models[0] if models else platform.processor() or platform.machine(),
        "cores": os.cpu_count() or 0,
        "system": f"{platform.system()} {platform.release()}",
    }
