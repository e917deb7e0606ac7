"""Serving: uvicorn with workers, and connections that say nothing closed in time"""

from __future__ import annotations

import json
import os
from asyncio import BaseTransport, TimerHandle
from typing import Any

import attrs
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from citekit.integrations.web.app import create_app
from citekit.integrations.web.settings import Settings

_VARIABLE = "CITEKIT_SERVE"
_HEADERS_SECONDS = 10.0


class Protocol(HttpToolsProtocol):
    """Closes connections on which no whole head of a request arrives for a while."""

    _timer: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(_HEADERS_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until interrupted or terminated; requests that are being answered are finished.

    A worker that ends is started again. Settings reach the workers through the environment.
    """
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
    return create_app(Settings(**{**given, "origins": tuple(given["origins"])}))


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
