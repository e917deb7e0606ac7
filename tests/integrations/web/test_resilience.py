"""Clients that are hostile, slow or many: they are turned away, the others still served."""

from __future__ import annotations

import os
import re
import signal
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from .conftest import serving

CITE = {"records": [{"id": "1", "type": "book", "title": "Archives"}]}
HEAD = b"POST /v1/cite HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture(scope="module")
def hurried() -> Iterator[str]:
    with serving("--timeout", "1") as url:
        yield url


def connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=60)


def assert_serving(url: str) -> None:
    assert httpx.post(f"{url}/v1/cite", json=CITE, timeout=60).status_code == 200


def test_a_body_that_says_it_is_huge_is_not_read(hurried: str) -> None:
    with connect(hurried) as client:
        client.sendall(HEAD + b"Content-Length: 100000000\r\n\r\n")
        assert b" 413 " in client.recv(1000).partition(b"\r\n")[0]
    assert_serving(hurried)


def test_a_body_that_does_not_say_so_is_not_read_to_its_end(hurried: str) -> None:
    chunk = b"%x\r\n%s\r\n" % (100_000, b" " * 100_000)
    with connect(hurried) as client:
        client.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(41):
            client.sendall(chunk)
        assert b" 413 " in client.recv(1000).partition(b"\r\n")[0]
    assert_serving(hurried)


def test_a_body_that_does_not_come_is_given_up(hurried: str) -> None:
    with connect(hurried) as client:
        client.sendall(HEAD + b'Content-Length: 100\r\n\r\n{"rec')
        assert_serving(hurried)
        assert b" 408 " in client.recv(1000).partition(b"\r\n")[0]


def test_connections_without_a_request_are_closed_and_hinder_nobody(hurried: str) -> None:
    clients = [connect(hurried) for _ in range(200)]
    try:
        clients[0].sendall(b"POST /v1/cite HT")
        assert_serving(hurried)
        assert [client.recv(10) for client in (clients[0], clients[-1])] == [b"", b""]
    finally:
        for client in clients:
            client.close()


def test_a_million_records_are_too_many(hurried: str) -> None:
    body = b'{"records":[' + b"{}," * 999_999 + b"{}]}"
    assert httpx.post(f"{hurried}/v1/cite", content=body, timeout=60).status_code == 413
    assert_serving(hurried)


@pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")
def test_a_worker_that_is_killed_takes_no_other_with_it() -> None:
    with serving("--workers", "2") as url:
        before = worker(url)
        os.kill(before, signal.SIGKILL)
        for _ in range(20):  # what the other worker has is not lost
            assert_serving(url)
        seen = {worker(url) for _ in range(20)}
        assert before not in seen


def worker(url: str) -> int:
    httpx.post(f"{url}/v1/cite", json=CITE, timeout=60)
    found = re.search(r'worker="(\d+)"', httpx.get(f"{url}/metrics", timeout=60).text)
    assert found
    return int(found.group(1))
