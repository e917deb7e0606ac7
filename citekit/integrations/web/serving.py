"""Serving: uvicorn with workers, and connections on which nothing moves closed in time"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from asyncio import BaseTransport, TimerHandle
from typing import Any

import attrs
import httptools
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from citekit.errors import CitekitError
from citekit.integrations.web.app import create_app
from citekit.integrations.web.settings import Settings

_VARIABLE = "CITEKIT_SERVE"
_MOST_WAITING = 100
"""Requests on a connection that wait for the answer to the one before."""


class Protocol(HttpToolsProtocol):
    """Closes connections on which nothing moves.

    Those on which no whole head of a request arrives for a while, those whose other end
    doesn't take the answer; and those that ask more and more before they have an answer.
    """

    head_seconds = 10.0
    answer_seconds = 30.0
    _head: TimerHandle | None = None
    _answer: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        _cancel(self._head)
        _cancel(self._answer)
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait_for_head()

    def on_headers_complete(self) -> None:
        _cancel(self._head)
        if len(self.pipeline) >= _MOST_WAITING:  # all of them are kept in memory
            raise httptools.HttpParserError("too many requests before an answer")
        super().on_headers_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        # Closing would wait until all is sent.
        self._answer = self.loop.call_later(self.answer_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        _cancel(self._answer)
        super().resume_writing()

    def _wait_for_head(self) -> None:
        _cancel(self._head)
        self._head = self.loop.call_later(self.head_seconds, self.transport.close)


def _cancel(timer: TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()


def check_address(host: str, port: int) -> None:
    """Find out whether one can listen there: uvicorn says it late, and not so that it helps.

    Raises :class:`~citekit.errors.CitekitError` if not.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise CitekitError(
            f"can't listen at {host}, port {port}: {error.strerror or error}",
            hint="choose another --port, or end what uses this one",
        ) from error


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until interrupted or terminated; requests that are being answered are finished.

    A worker that ends is started again. Settings reach the workers through the environment.
    """
    # When all is done uvicorn raises again the signal that ended it, of which one would die.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    os.environ[_VARIABLE] = json.dumps(attrs.asdict(settings))
    _raise_limit_of_connections()
    uvicorn.run(
        f"{__name__}:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http=Protocol,
        lifespan="off",
        ws="none",
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=int(settings.timeout) + 1,
        backlog=2048,
        log_level="warning",
    )


def application() -> Any:
    """The application of a worker."""
    given = json.loads(os.environ[_VARIABLE])
    lists = {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
    settings = Settings(**given | lists)
    Protocol.head_seconds = min(Protocol.head_seconds, settings.timeout)
    Protocol.answer_seconds = settings.timeout
    return create_app(settings)


def _raise_limit_of_connections() -> None:
    """Each connection is a file to the system, of which processes may often have few."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        wanted = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
