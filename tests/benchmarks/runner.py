"""Run the jobs, each in a process of its own, the peers in turn.

So what else the machine does meets all of them alike.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from attrs import Factory, define, frozen

from citekit.style.find import find_style
from tests import reference
from tests.benchmarks.adapters.hayagriva import to_yaml
from tests.benchmarks.peers import COLD, ROOT, Files, Peer
from tests.benchmarks.records import SEED, cites, records

Json = dict[str, Any]
Command = Callable[[Files], list[str]]

BARE: dict[str, list[str]] = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import citekit": [sys.executable, "-c", "import citekit"],
}
"""What is timed along with the job "cold", to see what remains for the citation."""

LOST = "failed: took no longer than the run it is compared with"


@frozen(kw_only=True)
class Plan:
    """What to run. ``limit`` is the time in seconds that one run may take."""

    peers: Sequence[Peer]
    styles: Sequence[str]
    sizes: Sequence[int]
    jobs: Sequence[str]
    repeats: int = 3
    limit: float = 120.0
    seed: int = SEED


@frozen(kw_only=True)
class Result:
    """What one peer took for one job; times are the best of ``runs`` and their median.

    ``us_per_entry`` is the time inside the process, without loading the style (``load_ms``)
    and formatting the first two entries (``first_ms``), which brings in what is loaded
    late. ``wall_ms`` is that of the whole process, for the job "cold" only. ``note`` says
    why there are no numbers.
    """

    peer: str
    job: str
    style: str
    n: int
    us_per_entry: float | None = None
    us_median: float | None = None
    wall_ms: float | None = None
    wall_ms_median: float | None = None
    load_ms: float | None = None
    first_ms: float | None = None
    base_mb: float | None = None
    peak_mb: float | None = None
    runs: int = 0
    note: str = ""


class FailedError(Exception):
    """A process failed or took too long; says what is to be reported."""


def run(plan: Plan, progress: Callable[[str], None] = lambda line: None) -> Iterator[Result]:
    """Run all jobs of the plan; what is done is there even if the rest is given up."""
    with tempfile.TemporaryDirectory() as folder:
        runner = _Runner(plan, Path(folder), progress)
        for style in plan.styles:
            for job in plan.jobs:
                yield from runner.cold(style) if job == COLD else runner.sizes(job, style)


@define
class _Cell:
    """The runs of one peer at one job, so far."""

    walls: list[float] = Factory(list)
    answers: list[Json] = Factory(list)
    note: str = ""

    def attempt(self, command: list[str], limit: float, n: int | None) -> None:
        """Run once more, unless that failed before or took all its time.

        `n` is the number of entries that have to be printed, None for a job that is
        timed from outside.
        """
        if self.note or sum(self.walls) > limit:
            return
        start = perf_counter()
        try:
            output = _execute(command, limit)
            if n is not None:
                self.answers.append(_checked(output, n))
        except FailedError as error:
            self.note = str(error)
        self.walls.append(perf_counter() - start)

    def result(self, *, peer: str, job: str, style: str, n: int) -> Result:
        if self.note:
            return Result(peer=peer, job=job, style=style, n=n, note=self.note)
        if job == COLD:
            times = [wall * 1000 for wall in self.walls]
            measured: Json = {"wall_ms": min(times), "wall_ms_median": statistics.median(times)}
        else:
            times = [answer["seconds"] / n * 1e6 for answer in self.answers]
            measured = {"us_per_entry": min(times), "us_median": statistics.median(times)}
            for name in ("load_ms", "first_ms", "base_mb", "peak_mb"):
                found = [answer[name] for answer in self.answers if answer[name] is not None]
                measured[name] = min(found, default=None)
        return Result(peer=peer, job=job, style=style, n=n, runs=len(times), **measured)


@frozen
class _Runner:
    plan: Plan
    folder: Path
    progress: Callable[[str], None]

    def sizes(self, job: str, style: str) -> Iterator[Result]:
        """Run a job with ever more records, each peer up to its limit."""
        last: dict[str, Result] = {}
        for n in sorted(self.plan.sizes):
            commands: dict[str, Command] = {}
            for peer in self.plan.peers:
                if job in peer.jobs and self._is_worthwhile(last.get(peer.name), n):
                    commands[peer.name] = peer.command
            done = self._in_turn(commands, job, style, n)
            yield from done
            last |= {result.peer: result for result in done}
            for name, result in last.items():
                if name not in commands:
                    yield Result(peer=name, job=job, style=style, n=n, note=self._reason(result))

    def cold(self, style: str) -> list[Result]:
        """Print one citation in a new process."""
        commands = {name: _always(command) for name, command in BARE.items()}
        commands |= {peer.name: peer.cold for peer in self.plan.peers}
        return self._in_turn(commands, COLD, style, 1)

    def _is_worthwhile(self, last: Result | None, n: int) -> bool:
        """Whether a peer may stay below the limit, if its time grows as the records do."""
        if last is None:
            return True
        return last.us_per_entry is not None and last.us_per_entry * n / 1e6 <= self.plan.limit

    def _reason(self, last: Result) -> str:
        return last.note if last.us_per_entry is None else f"> {self.plan.limit:g} s"

    def _in_turn(self, commands: dict[str, Command], job: str, style: str, n: int) -> list[Result]:
        files = self._write(job, style, n)
        if job == COLD:  # a first start compiles modules and reads from the disk
            for command in commands.values():
                _Cell().attempt(command(files), self.plan.limit, None)
        cells = {name: _Cell() for name in commands}
        for _ in range(self.plan.repeats):
            for name, command in commands.items():
                self.progress(f"{style}, {job}, {n}: {name}")
                cells[name].attempt(command(files), self.plan.limit, None if job == COLD else n)
        return [cell.result(peer=name, job=job, style=style, n=n) for name, cell in cells.items()]

    def _write(self, job: str, style: str, n: int) -> Files:
        """Write what the processes read."""
        items = records(n, self.plan.seed)
        files = Files(
            task=self.folder / "task.json",
            style=find_style(style).path,
            records=self.folder / "records.json",
            hayagriva=self.folder / "records.yml",
            markdown=self.folder / "document.md",
            key=items[0]["id"],
        )
        cited = self.folder / "cites.json"
        task = {
            "job": "document" if job == COLD else job,
            "style": str(files.style),
            "records": str(files.records),
            "cites": str(cited),
        }
        for path, value in (
            (files.task, task),
            (files.records, items),
            (cited, cites(items, self.plan.seed)),
        ):
            path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        files.hayagriva.write_text(to_yaml(items), encoding="utf-8")
        files.markdown.write_text(f"[@{files.key}]\n", encoding="utf-8")
        return files


# ------------------------------------------------------------------------ processes


def _always(command: list[str]) -> Command:
    return lambda files: command


def _execute(command: list[str], limit: float) -> str:
    """Run a process for no longer than `limit`; it and what it starts end together."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        output, errors = process.communicate(timeout=limit)
    except BaseException as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            raise FailedError(f"> {limit:g} s") from None
        raise
    if process.returncode:
        last = [line for line in errors.splitlines() if line.strip()][-1:] or ["no message"]
        raise FailedError(f"failed: {last[0].strip()[:200]}")
    return output


def _environment() -> dict[str, str]:
    """Return the variables for a process; Python's modules are compiled once, as usual."""
    locales = reference.data_folder("citeproc", "data/locales")
    own = {"PYTHONPATH": str(ROOT), "CITEKIT_LOCALES": str(locales)}
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return inherited | own


def _checked(output: str, n: int) -> Json:
    """Return what an adapter says, if it printed all entries in a time that can be told."""
    answer: Json = json.loads(output.splitlines()[-1])
    if answer["entries"] != n:
        raise FailedError(f"failed: printed {answer['entries']} of {n} entries")
    if answer["seconds"] <= 0:
        raise FailedError(LOST)
    return answer
