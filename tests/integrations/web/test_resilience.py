"""Clients that are hostile, slow or many: they are turned away, the others still served."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from .conftest import running, serving

CITE = {"records": [{"id": "1", "type": "book", "title": "Archives"}]}
BODY = json.dumps(CITE).encode()
HEAD = b"POST /v1/cite HTTP/1.1\r\nHost: x\r\n"
posix = pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")


@pytest.fixture(scope="module")
def hurried() -> Iterator[str]:
    """A server that waits a second only."""
    with serving("--timeout", "1") as url:
        yield url


def connect(url: str, buffer: int = 0) -> socket.socket:
    """A connection, with a small buffer for what comes if that is asked for."""
    parts = urlsplit(url)
    client = socket.socket()
    client.settimeout(60)
    if buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    client.connect((parts.hostname or "", parts.port or 0))
    return client


def assert_serving(url: str) -> None:
    assert httpx.post(f"{url}/v1/cite", json=CITE, timeout=60).status_code == 200


def is_closed(client: socket.socket) -> bool:
    """Whether the server closes the connection, without a word."""
    try:
        return client.recv(10) == b""
    except ConnectionResetError:  # it had something from us that it hadn't read
        return True


# ------------------------------------------------------------------------- too much


def test_a_body_that_says_it_is_huge_is_not_read(hurried: str) -> None:
    with connect(hurried) as client:
        client.sendall(HEAD + b"Content-Length: 100000000\r\n\r\n")
        assert b" 413 " in client.recv(1000).partition(b"\r\n")[0]
    assert_serving(hurried)


@pytest.mark.parametrize("declared", [True, False])
def test_of_a_body_of_100_mb_little_is_read(hurried: str, declared: bool) -> None:
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            yield b" " * 100_000
            sent += 100_000

    headers = {"Content-Length": "100000000"} if declared else {}
    response = httpx.post(f"{hurried}/v1/cite", content=body(), headers=headers, timeout=60)
    assert response.status_code == 413
    assert response.json()["error"]["type"] == "TooLarge"
    assert sent < 30_000_000
    assert_serving(hurried)


def test_a_million_records_are_too_many(hurried: str) -> None:
    body = b'{"records":[' + b"{}," * 999_999 + b"{}]}"
    assert httpx.post(f"{hurried}/v1/cite", content=body, timeout=60).status_code == 413
    assert_serving(hurried)


MANY = {
    "csl-json": "[" + "{}," * 999_999 + "{}]",
    "csl-yaml": "references:\n" + "- a\n" * 900_000,
    "ris": "TY  -\nER  -\n" * 300_000,
    "bibtex": "@a{b}\n" * 600_000,
}


@pytest.mark.parametrize("format", MANY)
def test_a_file_of_as_many_records_as_fit_is_refused(limited: str, format: str) -> None:
    body = {"text": MANY[format][:99_000], "format": format}
    response = httpx.post(f"{limited}/v1/cite", json=body, timeout=60)
    assert 400 <= response.status_code < 500
    assert_serving(limited)


NESTED = {
    "csl-json": "[" * 90_000,
    "csl-yaml": "[" * 90_000,
    "hayagriva": "{" * 90_000,
    "mods": "<a>" * 30_000,
    "marcxml": "<a>" * 30_000,
    "schema-org": '{"a":' * 12_000,
    "bibtex": "@book{a, title = {" + "{" * 90_000,
}


@pytest.mark.parametrize("format", NESTED)
def test_files_that_are_nested_deeply_are_refused(limited: str, format: str) -> None:
    body = {"text": NESTED[format], "format": format}
    response = httpx.post(f"{limited}/v1/check", json=body, timeout=60)
    assert response.status_code in (400, 422) or response.json()["warnings"]
    assert_serving(limited)


@pytest.mark.parametrize("start", ["<a>", '<style xmlns="http://purl.org/net/xbiblio/csl">'])
def test_styles_that_are_nested_deeply_are_refused(limited: str, start: str) -> None:
    style = start + "<group>" * 5_000 + "</group>" * 5_000
    told = httpx.post(f"{limited}/v1/check", json={"style": style}, timeout=60)
    assert told.status_code == 200
    assert told.json()["problems"]
    body = {"items": [], "styleXml": style}
    assert httpx.post(f"{limited}/", json=body, timeout=60).status_code == 422


# ------------------------------------------------------------------------- too slow


def test_a_body_that_does_not_come_is_given_up(hurried: str) -> None:
    with connect(hurried) as client:
        client.sendall(HEAD + b'Content-Length: 100\r\n\r\n{"rec')
        assert_serving(hurried)
        assert b" 408 " in client.recv(1000).partition(b"\r\n")[0]


@pytest.mark.parametrize("begun", [HEAD, HEAD + b"Content-Length: 1000\r\n\r\n"])
def test_a_request_that_drips_is_given_up(hurried: str, begun: bytes) -> None:
    """As slowloris has it: something comes all the time, but never the whole."""
    with connect(hurried) as client:
        client.sendall(begun)
        client.settimeout(0.2)
        for _ in range(100):
            try:
                client.sendall(b"x")
                received = client.recv(1000)
            except TimeoutError:
                continue
            except ConnectionError:
                break
            assert received == b"" or b" 408 " in received.partition(b"\r\n")[0]
            break
        else:
            pytest.fail("the server still waits")
    assert_serving(hurried)


def test_an_answer_that_is_not_taken_is_given_up() -> None:
    record = {"id": "1", "type": "book", "abstract": "x" * 20_000_000}
    body = json.dumps({"records": [record], "to": "csl-json"}).encode()
    head = b"POST /v1/convert HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body)
    with serving("--timeout", "3", "--max-bytes", "30000000") as url, connect(url, 4096) as client:
        client.sendall(head + body)
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")
        time.sleep(4)
        received = 0
        while part := client.recv(1_000_000):
            received += len(part)
        assert received < 20_000_000
        assert_serving(url)


def test_requests_without_end_before_an_answer_are_refused(hurried: str) -> None:
    with connect(hurried) as client:
        try:
            client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n" * 10_000)
            answers = b""
            while part := client.recv(1_000_000):
                answers += part
        except ConnectionError:
            return
    assert answers.count(b" 200 OK") < 10_000
    assert b" 400 " in answers


# ------------------------------------------------------------------------- too many


def test_a_thousand_connections_without_a_request_hinder_nobody(hurried: str) -> None:
    count = 1000
    resource = pytest.importorskip("resource", reason="limits of files are of POSIX")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + 300
    if soft < wanted:
        if hard != resource.RLIM_INFINITY and hard < wanted:
            pytest.skip(f"a process may have {hard} files only, this takes {wanted}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    try:
        with ExitStack() as stack:
            clients = [stack.enter_context(connect(hurried)) for _ in range(count)]
            clients[0].sendall(b"POST /v1/cite HT")
            for _ in range(20):
                assert_serving(hurried)
            assert all(map(is_closed, clients))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert_serving(hurried)


# ------------------------------------------------------------------------- ends


class Load:
    """Clients that ask all the time, each on a connection of its own, until the block ends."""

    def __init__(self, url: str, clients: int) -> None:
        self.url = url
        self.answered = 0
        self.failures = 0
        self.wrong: list[int] = []
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(clients)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        with httpx.Client(base_url=self.url, timeout=60) as client:
            while not self._ended.is_set():
                try:
                    status = client.post("/v1/cite", json=CITE).status_code
                except httpx.TransportError:
                    self.failures += 1
                    continue
                self.answered += 1
                if status != 200:
                    self.wrong.append(status)

    def wait(self, more: int) -> None:
        """Until so many more are answered."""
        until = self.answered + more
        for _ in range(6000):
            if self.answered >= until:
                return
            time.sleep(0.01)
        pytest.fail("nothing is answered any more")


@posix
def test_a_worker_that_is_killed_loses_only_what_it_held_and_is_replaced() -> None:
    clients = 6
    with running("--workers", "2") as (url, process):
        before = workers(url, 2)
        with Load(url, clients) as load:
            load.wait(100)
            os.kill(before.pop(), signal.SIGKILL)
            load.wait(400)
            after = workers(url, 2)
        assert before < after  # the other one goes on
        assert process.poll() is None
        assert (load.wrong, load.failures <= clients) == ([], True)


def workers(url: str, count: int) -> set[int]:
    """The processes that answer."""
    seen: set[int] = set()
    for _ in range(600):
        text = httpx.get(f"{url}/metrics", timeout=60).text
        seen |= {int(one) for one in re.findall(r'worker="(\d+)"', text)}
        seen = {one for one in seen if Path(f"/proc/{one}").exists() or os.name != "posix"}
        if len(seen) == count:
            return seen
        time.sleep(0.02)
    raise AssertionError(f"{count} workers expected, there are {seen}")


@posix
@pytest.mark.parametrize("options", [(), ("--workers", "2")])
def test_terminated_it_answers_what_it_has_and_ends_well(options: tuple[str, ...]) -> None:
    with running(*options) as (url, process), connect(url) as client, connect(url) as idle:
        assert_serving(url)
        length = b"Content-Length: %d\r\n\r\n" % len(BODY)
        client.sendall(HEAD + length + BODY[:10])
        time.sleep(0.5)
        process.terminate()
        time.sleep(0.5)
        client.sendall(BODY[10:])
        answer = b""
        while part := client.recv(10_000):
            answer += part
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert answer.endswith(b"}")
        assert is_closed(idle)
        assert process.wait(30) == 0
        with pytest.raises(httpx.ConnectError):
            httpx.get(url)
