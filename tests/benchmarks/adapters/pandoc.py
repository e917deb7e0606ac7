"""pandoc: the time of a run, less that of a run which cites a single record of the same file.

So starting and reading style and records are left out. Nothing stays loaded from one
run to the next, hence it has no job "one by one". The path of pandoc follows the task's.
"""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

from tests.benchmarks.adapters.child import Json, Task, Work, main

_LABELS = {"page": "p.", "chapter": "chap."}
_EVERYTHING = "---\nnocite: '@*'\n---\n"


def prepare(task: Task) -> Work:
    """Run pandoc on documents with a single cite."""
    first = f"[@{task.items()[0]['id']}]\n"
    _run(task, "first run\n", citeproc=False)
    empty = min(_seconds(task, "empty\n", citeproc=False) for _ in range(3))
    overhead = min(_seconds(task, first) for _ in range(3))
    task.load_seconds = max(overhead - empty, 0.0)
    document = task.job == "document"
    source = "\n\n".join(map(_cite, task.cited())) if document else _EVERYTHING
    return Work(
        lambda: _run(task, source).count('class="csl-entry"'), overhead=overhead, children=True
    )


def _cite(cite: Json) -> str:
    locator = f", {_LABELS[cite['label']]} {cite['locator']}" if "locator" in cite else ""
    return f"[@{cite['id']}{locator}]"


def _run(task: Task, source: str, citeproc: bool = True) -> str:
    options = ["--citeproc", "--csl", task.style, "--bibliography", task.records]
    done = subprocess.run(
        [sys.argv[2], "--from=markdown", "--to=html", *(options if citeproc else [])],
        input=source,
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def _seconds(task: Task, source: str, citeproc: bool = True) -> float:
    start = perf_counter()
    _run(task, source, citeproc)
    return perf_counter() - start


if __name__ == "__main__":
    main(prepare)
