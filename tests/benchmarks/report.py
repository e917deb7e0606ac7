"""Results → tables to read (Markdown), and JSON to keep."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import asdict, frozen

from tests.benchmarks.peers import COLD
from tests.benchmarks.runner import BARE, Result

OURS = "citekit"


@frozen(kw_only=True)
class Report:
    """What a run found. ``missing`` says of each peer that isn't here how to install it."""

    machine: Mapping[str, str | int]
    python: str
    versions: Mapping[str, str]
    missing: Mapping[str, str]
    repeats: int
    results: Sequence[Result]

    def as_json(self) -> dict[str, Any]:
        """Return everything, for :mod:`json`."""
        return asdict(self)

    def markdown(self) -> str:
        """Return all tables."""
        parts = [self._head(), *(self._times(job) for job in self._jobs() if job != COLD)]
        parts += [self._growth(), self._memory(), self._loading(), self._cold(), self._notes()]
        return "\n\n".join(part for part in parts if part) + "\n"

    # -------------------------------------------------------------------- look-up

    def _jobs(self) -> list[str]:
        return list(dict.fromkeys(result.job for result in self.results))

    def _peers(self, results: Iterable[Result]) -> list[str]:
        return list(dict.fromkeys(r.peer for r in results if r.peer not in BARE))

    def _of(self, job: str) -> list[Result]:
        return [result for result in self.results if result.job == job]

    # -------------------------------------------------------------------- tables

    def _head(self) -> str:
        machine = ", ".join(f"{name} {value}" for name, value in self.machine.items())
        versions = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        lines = [f"{machine}; Python {self.python}; {versions}. Best of {self.repeats} runs."]
        lines += [f"- missing: {name}: {reason}" for name, reason in self.missing.items()]
        return "\n".join(lines)

    def _times(self, job: str) -> str:
        """Return the times of a job, beside ours how many times as long the others take."""
        results = self._of(job)
        peers = self._peers(results)
        rows = []
        for n in sorted({result.n for result in results}):
            at = [result for result in results if result.n == n]
            ours = {r.style: r.us_per_entry for r in at if r.peer == OURS}
            for style in dict.fromkeys(result.style for result in at):
                cells = {r.peer: _time(r, ours.get(style)) for r in at if r.style == style}
                rows.append([style, f"{n:,}", *(cells.get(peer, "–") for peer in peers)])
            means = [_mean_ratio([r for r in at if r.peer == peer], ours) for peer in peers]
            rows.append(["*geometric mean*", f"{n:,}", *means])
        return _table(f"{job}: µs per entry", ["style", "n", *peers], rows)

    def _growth(self) -> str:
        """Return how much longer an entry takes among many records than among few."""
        rows = []
        measured = [r for r in self.results if r.us_per_entry is not None]
        peers = self._peers(measured)
        for job in self._jobs():
            for style in dict.fromkeys(r.style for r in measured if r.job == job):
                of = [r for r in measured if (r.job, r.style) == (job, style)]
                rows.append([job, style, *(_grown([r for r in of if r.peer == p]) for p in peers)])
        return _table("growth of the time per entry", ["job", "style", *peers], rows)

    def _memory(self) -> str:
        """Return the greatest peak over the styles, and what it was before the job."""
        rows = []
        measured = [r for r in self.results if r.peak_mb is not None]
        peers = self._peers(measured)
        for job in self._jobs():
            for n in sorted({r.n for r in measured if r.job == job}):
                of = [r for r in measured if (r.job, r.n) == (job, n)]
                cells = [_most([r for r in of if r.peer == peer]) for peer in peers]
                rows.append([job, f"{n:,}", *cells])
        title = "peak memory in MB (before the job), the worst style"
        return _table(title, ["job", "n", *peers], rows)

    def _loading(self) -> str:
        loading = self._by_style("loading the style, ms", lambda r: r.load_ms, self.results)
        title = "the first two entries, ms: with what is loaded for them, and not counted above"
        first = self._by_style(title, lambda r: r.first_ms, self.results)
        return "\n\n".join(table for table in (loading, first) if table)

    def _cold(self) -> str:
        return self._by_style(
            "cold: one citation in a new process, ms", lambda result: result.wall_ms, self._of(COLD)
        )

    def _by_style(
        self, title: str, value: Callable[[Result], float | None], results: Sequence[Result]
    ) -> str:
        """Return the least value for each style and peer."""
        least: dict[tuple[str, str], float] = {}
        for result in results:
            if (found := value(result)) is not None:
                key = (result.style, result.peer)
                least[key] = min(found, least.get(key, found))
        peers = list(dict.fromkeys(peer for _, peer in least))
        rows = [
            [style, *(_number(least.get((style, peer))) for peer in peers)]
            for style in dict.fromkeys(style for style, _ in least)
        ]
        return _table(title, ["style", *peers], rows)

    def _notes(self) -> str:
        failed = [result for result in self.results if result.note.startswith("failed")]
        return "\n".join(f"- {r.peer}, {r.job}, {r.style}, {r.n}: {r.note}" for r in failed)


# ------------------------------------------------------------------------ cells


def _time(result: Result, ours: float | None) -> str:
    if result.us_per_entry is None:
        return result.note.partition(":")[0]
    shown = _number(result.us_per_entry)
    return (
        shown if result.peer == OURS or not ours else f"{shown} ({result.us_per_entry / ours:.1f}×)"
    )


def _mean_ratio(results: Sequence[Result], ours: Mapping[str, float | None]) -> str:
    """Return the mean of the ratios to our times, if there is one for each style."""
    ratios = [
        result.us_per_entry / base
        for result in results
        if result.us_per_entry and (base := ours.get(result.style))
    ]
    if not ratios or len(ratios) < len(ours):
        return "–"
    return f"{math.exp(sum(map(math.log, ratios)) / len(ratios)):.1f}×"


def _grown(results: Sequence[Result]) -> str:
    few, *_, many = sorted(results, key=lambda r: r.n) if len(results) > 1 else [None, None]
    if few is None or many is None or not few.us_per_entry or many.us_per_entry is None:
        return "–"
    return f"×{many.us_per_entry / few.us_per_entry:.2f} ({few.n:,}→{many.n:,})"


def _most(results: Sequence[Result]) -> str:
    worst = max(results, key=lambda r: r.peak_mb or 0, default=None)
    return "–" if worst is None else f"{worst.peak_mb:.0f} ({worst.base_mb:.0f})"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table under a heading, ``""`` without rows."""
    if not rows:
        return ""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = ["-" * width for width in widths]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (head, rule, *rows)
    ]
    return "\n".join([f"### {title}", "", *lines])
