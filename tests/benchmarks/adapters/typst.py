"""typst: the time to compile a document to HTML, less that for an empty document.

Style and records are loaded before: typst remembers the files that an earlier document
used. Its locators have no label of their own; they are given as bare numbers.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.benchmarks.adapters.child import Json, Task, Work, main
from tests.benchmarks.adapters.hayagriva import to_yaml

typst: Any = import_module("typst")


class Compiler:
    """A compiler whose documents may use ``style.csl`` and ``records.yml``."""

    def __init__(self, task: Task) -> None:
        self.items = task.items()
        self._folder = tempfile.TemporaryDirectory()
        root = Path(self._folder.name)
        shutil.copy(task.style, root / "style.csl")
        (root / "records.yml").write_text(to_yaml(self.items), encoding="utf-8")
        (root / "nothing.yml").write_text("{}", encoding="utf-8")
        self._typst = typst.Compiler(root=self._folder.name, ignore_system_fonts=True)
        self("first document")
        # Each another one, as typst remembers what it compiled.
        self.empty = min(self._seconds(f"empty document {number}") for number in range(20))
        task.load_seconds = max(self._seconds(bibliography("nothing.yml")) - self.empty, 0.0)
        self(bibliography("records.yml"))

    def __call__(self, source: str) -> str:
        html: bytes = self._typst.compile(source.encode(), format="html")
        return html.decode()

    def _seconds(self, source: str) -> float:
        start = perf_counter()
        self(source)
        return perf_counter() - start


def prepare(task: Task) -> Work:
    """Load style and records, and compile documents that use neither."""
    compiler = Compiler(task)
    whole = bibliography("records.yml", full=True)
    if task.job == "document":
        source = "\n\n".join([*map(_cite, task.cited()), whole])
        return Work(lambda: _entries(compiler(source)), overhead=compiler.empty)
    if task.job == "one by one":
        sources = [_alone(item) for item in compiler.items]
        overhead = compiler.empty * len(sources)
        return Work(lambda: sum(_entries(compiler(one)) for one in sources), overhead)
    return Work(lambda: _entries(compiler(whole)), overhead=compiler.empty)


def bibliography(file: str, full: bool = False) -> str:
    """Return markup for the bibliography of a file's records, of all or of those cited."""
    return f'#bibliography("{file}", style: "style.csl", full: {str(full).lower()})'


def _alone(item: Json) -> str:
    text = json.dumps(to_yaml([item]), ensure_ascii=False)
    return f'#bibliography(bytes({text}), style: "style.csl", full: true)'


def _cite(cite: Json) -> str:
    supplement = f", supplement: [{cite['locator']}]" if "locator" in cite else ""
    return f"#cite(<{cite['id']}>{supplement})"


def _entries(html: str) -> int:
    """Count the items of the bibliography; the notes after it are items, too."""
    return html.partition('role="doc-bibliography"')[2].partition("</section>")[0].count("<li")


if __name__ == "__main__":
    main(prepare)
