"""What the Python adapters share: a task in, one line of JSON out.

In: the path of a JSON file with ``job``, ``style`` (path of the style), ``records``
and ``cites`` (paths of JSON files). Out: ``seconds`` for the job alone, ``load_ms`` for
the style, ``first_ms`` for the first two entries, ``entries`` printed, ``peak_mb``, and
``base_mb``, the peak before the job.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

Json = dict[str, Any]


@dataclass
class Task:
    """What an adapter is to do, and how long it took to prepare for it."""

    job: str
    style: str
    records: str
    cites: str
    load_seconds: float = field(default=0.0, init=False)
    first_seconds: float | None = field(default=None, init=False)

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Take the time of loading the style."""
        start = perf_counter()
        yield
        self.load_seconds = perf_counter() - start

    @contextmanager
    def warming(self) -> Iterator[None]:
        """Take the time of formatting the first two records."""
        start = perf_counter()
        yield
        self.first_seconds = perf_counter() - start

    def items(self) -> list[Json]:
        """The records as CSL-JSON."""
        items: list[Json] = _read(self.records)
        return items

    def cited(self) -> list[Json]:
        """The cites of the document: ``id``, and ``locator`` with ``label`` or neither."""
        cites: list[Json] = _read(self.cites)
        return cites


@dataclass
class Work:
    """A prepared job.

    ``run`` does it and returns the number of entries it printed. ``overhead`` is what
    has to be subtracted, in seconds: the same with next to nothing to format.
    ``children`` says that processes started by this one do the work.
    """

    run: Callable[[], int]
    overhead: float = 0.0
    children: bool = False


def main(prepare: Callable[[Task], Work]) -> None:
    """Do the task that the command line names, and print what it took."""
    task = Task(**_read(sys.argv[1]))
    work = prepare(task)
    base = _peak_mb(work.children)
    start = perf_counter()
    entries = work.run()
    seconds = perf_counter() - start
    result = {
        "seconds": seconds - work.overhead,
        "load_ms": task.load_seconds * 1000,
        "first_ms": None if task.first_seconds is None else task.first_seconds * 1000,
        "entries": entries,
        "base_mb": base,
        "peak_mb": _peak_mb(work.children),
    }
    print(json.dumps(result))


def _peak_mb(children: bool) -> float:
    if children:
        return _megabytes(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    # On Linux ru_maxrss begins with the size of the process that started this one;
    # VmHWM doesn't.
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        found = [line.split()[1] for line in lines if line.startswith("VmHWM")]
        if found:
            return int(found[0]) / 1024
    return _megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _megabytes(maxrss: int) -> float:
    return maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def _read(path: str) -> Any:
    return json.loads(Path(path).read_text(encoding="utf-8"))
