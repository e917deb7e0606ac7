"""What ``/metrics`` tells: requests by path and status, and how long they took"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from time import perf_counter
from typing import Any

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts the requests that pass through to the application inside; of this worker only.

    ``paths`` are those of its endpoints.
    """

    def __init__(self, app: Any, paths: Mapping[Any, str]) -> None:
        self.app = app
        self.paths = paths
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.buckets: Counter[float] = Counter()
        self.seconds = 0.0
        self.in_progress = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 499  # as it is usual for those who went away before the answer
        begun = perf_counter()
        self.in_progress += 1

        async def counted(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            self.in_progress -= 1
            self._count(scope, status, perf_counter() - begun)

    def _count(self, scope: Any, status: int, took: float) -> None:
        path = self.paths.get(scope.get("endpoint"), "other")
        method = scope["method"] if scope["method"] in ("GET", "POST", "OPTIONS") else "other"
        self.requests[method, path, status] += 1
        self.buckets[next((bound for bound in _BOUNDS if took <= bound), float("inf"))] += 1
        self.seconds += took

    def text(self) -> str:
        """All of it in the text format of Prometheus."""
        worker = f'worker="{os.getpid()}"'
        lines = ["# TYPE citekit_requests_total counter"]
        for (method, path, status), count in sorted(self.requests.items()):
            labels = f'{worker},method="{method}",path="{path}",status="{status}"'
            lines.append(f"citekit_requests_total{{{labels}}} {count}")
        lines.append("# TYPE citekit_request_duration_seconds histogram")
        total = 0
        for bound in (*_BOUNDS, float("inf")):
            total += self.buckets[bound]
            le = "+Inf" if bound == float("inf") else f"{bound:g}"
            name = f'citekit_request_duration_seconds_bucket{{{worker},le="{le}"}}'
            lines.append(f"{name} {total}")
        lines.append(f"citekit_request_duration_seconds_sum{{{worker}}} {self.seconds:.6f}")
        lines.append(f"citekit_request_duration_seconds_count{{{worker}}} {total}")
        lines.append("# TYPE citekit_requests_in_progress gauge")
        lines.append(f"citekit_requests_in_progress{{{worker}}} {self.in_progress}")
        return "\n".join(lines) + "\n"
