"""How many citations a second the web service answers: ``python tests/benchmarks/server.py``

Needs the program wrk. Starts a server of its own on the loopback interface and prints what it
answers at most, beside a constant body; how long answers take at half of that load; and how the
server's memory has grown after 100,000 requests. Takes about two minutes.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

PORT = 8765
SECONDS = 10
CONNECTIONS = 16
REQUESTS = 100_000
BODY = {
    "style": "apa",
    "output": "text",
    "records": [
        {
            "id": "1",
            "type": "article-journal",
            "title": "On archives and their readers",
            "author": [{"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "Rita"}],
            "container-title": "Journal of Archives",
            "volume": "12",
            "page": "1-20",
            "issued": {"date-parts": [[2001]]},
        }
    ],
    "cites": [{"id": "1", "locator": "12"}],
}
SCRIPT = """wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [==[{body}]==]
"""


@attrs.frozen
class Load:
    """What came of a load: answers, of them a second, latencies in ms, what went wrong."""

    answers: int
    rate: float
    p50: str
    p99: str
    errors: str = "no error"

    def __str__(self) -> str:
        return (
            f"{self.rate:,.0f}/s, p50 {self.p50}, p99 {self.p99}, "
            f"{self.answers:,} answers, {self.errors}"
        )


def most(path: str, seconds: int, *options: str, connections: int = CONNECTIONS) -> Load:
    """As much as the server answers for a while, by wrk."""
    url = f"http://127.0.0.1:{PORT}{path}"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", *options, url]
    out = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    errors = re.findall(r"^ *((?:Non-2xx|Socket errors).*)$", out, re.MULTILINE)
    return Load(
        int(_found(r"(\d+) requests in", out)),
        float(_found(r"Requests/sec: +([\d.]+)", out)),
        _found(r"50% +(\S+)", out),
        _found(r"99% +(\S+)", out),
        "; ".join(errors) or "no error",
    )


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, text
    return match[1]


async def paced(body: bytes, rate: float, seconds: float) -> Load:
    """So many requests a second for a while, spread over connections.

    Latencies count from the moment at which a request was due, so that one that has to wait
    for a slow answer before it counts as slow, too.
    """
    head = f"POST /v1/cite HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    request = head.encode() + body
    begin = time.perf_counter() + 0.5
    took: list[float] = []
    wrong = 0

    async def client(number: int) -> None:
        nonlocal wrong
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        for turn in range(int(rate * seconds / CONNECTIONS)):
            due = begin + (turn * CONNECTIONS + number) / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            writer.write(request)
            answer = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(_found(r"content-length: (\d+)", answer.decode())))
            took.append((time.perf_counter() - due) * 1000)
            wrong += not answer.startswith(b"HTTP/1.1 200 ")
        writer.close()

    await asyncio.gather(*map(client, range(CONNECTIONS)))
    took.sort()
    p50, p99 = (f"{took[int(len(took) * part)]:.2f}ms" for part in (0.5, 0.99))
    lasted = time.perf_counter() - begin
    return Load(len(took), len(took) / lasted, p50, p99, f"{wrong or 'no'} error")


def memory(process: subprocess.Popen[bytes]) -> int:
    """Resident memory in kB."""
    return int(_found(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text("ascii")))


@contextmanager
def server() -> Iterator[subprocess.Popen[bytes]]:
    """A server with one worker."""
    process = subprocess.Popen([sys.executable, "-m", "citekit", "serve", "--port", str(PORT)])
    try:
        time.sleep(3)
        yield process
    finally:
        process.terminate()
        process.wait()


def measure(process: subprocess.Popen[bytes], cite: Callable[[int], Load]) -> None:
    """Ask and print."""
    cite(3)  # as a server that has run for a while
    before = memory(process)
    constant = most("/health", SECONDS)
    print("constant body:", constant)
    peak = cite(SECONDS)
    print(f"one citation:  {peak}: {peak.rate / constant.rate:.0%} of the constant body")
    half = asyncio.run(paced(json.dumps(BODY).encode(), peak.rate / 2, SECONDS))
    print("half the load:", half)
    answered = peak.answers
    while answered < REQUESTS:
        answered += cite(SECONDS).answers
    print(f"memory: {before:,} kB, after {answered:,} more citations {memory(process):,} kB")


def main() -> None:
    """All of it, and how busy the machine was."""
    print("load average before:", *os.getloadavg())
    with server() as process, tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT.replace("{body}", json.dumps(BODY)))
        script.flush()
        measure(process, lambda seconds: most("/v1/cite", seconds, "-s", script.name))
    print("load average after:", *os.getloadavg())


if __name__ == "__main__":
    main()
