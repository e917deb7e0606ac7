"""A real server on the loopback interface, started as users start it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest

KEPT = Path(__file__).with_name("kept.bib")
LIMITS = (
    *("--max-bytes", "100000", "--max-records", "50"),
    *("--cors", "https://archive.example", "--records", str(KEPT)),
)
Serve = Callable[..., AbstractContextManager[str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(*options: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a server that runs until the block ends, and its process."""
    port = free_port()
    command = [sys.executable, "-m", "citekit", "serve", "--port", str(port), *options]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            assert process.poll() is None, "the server has ended"
            try:
                httpx.get(f"{url}/health")
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        yield url, process
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """The address of a server that runs until the block ends."""
    with running(*options) as (url, _):
        yield url


@pytest.fixture(scope="session")
def serve() -> Serve:
    return serving


@pytest.fixture(scope="session")
def limited() -> Iterator[str]:
    """A server with small limits."""
    with serving(*LIMITS) as url:
        yield url


@pytest.fixture
def client(limited: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=limited, timeout=60) as client:
        yield client
