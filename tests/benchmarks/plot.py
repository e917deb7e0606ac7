"""µs per entry against the number of records, as an SVG with logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from tests.benchmarks.runner import Result

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 720, 420, 70, 40, 120, 50
_LABEL = 15
_COLORS = ("#b00020", "#1565c0", "#2e7d32", "#ef6c00", "#6a1b9a", "#546e7a", "#00838f")

Point = tuple[float, float]


def svg(results: Iterable[Result], job: str) -> str:
    """Return the plot of a job; a peer's line is the geometric mean over the styles."""
    lines = _lines([r for r in results if r.job == job and r.us_per_entry])
    points = [point for line in lines.values() for point in line]
    if not points:
        raise ValueError(f"there is nothing to plot for the job {job!r}")
    (x0, x1), (y0, y1) = (_decades(axis) for axis in zip(*points, strict=True))

    def place(x: float, y: float) -> Point:
        across = (math.log10(x) - x0) / (x1 - x0) * (_WIDTH - _LEFT - _RIGHT)
        up = (math.log10(y) - y0) / (y1 - y0) * (_HEIGHT - _TOP - _BOTTOM)
        return _LEFT + across, _HEIGHT - _BOTTOM - up

    parts = [_text(_LEFT, 22, f"{job}: µs per entry against the number of records", "start")]
    for power in range(x0, x1 + 1):
        x, _ = place(10**power, 10**y0)
        parts.append(_line([(x, _TOP), (x, _HEIGHT - _BOTTOM)], "#ddd"))
        parts.append(_text(x, _HEIGHT - _BOTTOM + 20, f"{10**power:,}", "middle"))
    for power in range(y0, y1 + 1):
        _, y = place(10**x0, 10**power)
        parts.append(_line([(_LEFT, y), (_WIDTH - _RIGHT, y)], "#ddd"))
        parts.append(_text(_LEFT - 8, y + 4, f"{10**power:,}", "end"))
    drawn = [[place(*point) for point in line] for line in lines.values()]
    heights = _apart([line[-1][1] + 4 for line in drawn])
    for peer, line, height, color in zip(lines, drawn, heights, _COLORS * 9, strict=False):
        parts.append(_line(line, color, 2.5))
        parts.append(_text(line[-1][0] + 6, height, peer, "start", color))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    body = "\n".join(parts)
    return f'{head} font-family="sans-serif" font-size="13">\n{body}\n</svg>\n'


def _lines(results: Sequence[Result]) -> dict[str, list[Point]]:
    """Return each peer's points, where it has a time for each of the styles."""
    styles = {result.style for result in results}
    lines: dict[str, list[Point]] = {}
    for peer in dict.fromkeys(result.peer for result in results):
        for n in sorted({result.n for result in results}):
            logs = [
                math.log(r.us_per_entry)
                for r in results
                if (r.peer, r.n) == (peer, n) and r.us_per_entry
            ]
            if len(logs) == len(styles):
                lines.setdefault(peer, []).append((n, math.exp(sum(logs) / len(logs))))
    return lines


def _apart(heights: Sequence[float]) -> list[float]:
    """Where labels go that are to stand at these heights, none of them on another one."""
    moved = list(heights)
    from_above = sorted(range(len(heights)), key=heights.__getitem__)
    for above, below in pairwise(from_above):
        moved[below] = max(moved[below], moved[above] + _LABEL)
    return moved


def _decades(values: Iterable[float]) -> tuple[int, int]:
    logs = [math.log10(value) for value in values]
    low = math.floor(min(logs))
    return low, max(math.ceil(max(logs)), low + 1)


def _line(points: Sequence[Point], color: str, width: float = 1) -> str:
    listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{listed}" fill="none" stroke="{color}" stroke-width="{width}"/>'


def _text(x: float, y: float, text: str, anchor: str, color: str = "#333") -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}"'
    return f"<text {where}>{escape(text)}</text>"
