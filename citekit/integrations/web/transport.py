"""HTTP around the answers: bodies within limits and in time, work in threads, ETags, errors"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import anyio
import msgspec
from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from citekit.integrations.web.failures import RequestError, failure
from citekit.integrations.web.settings import Settings
from citekit.integrations.web.threads import EventLoopError

JSON = "application/json"
_SMALL = 8_000
"""Bodies of fewer bytes are answered at once: to change threads would take longer."""
_log = logging.getLogger("citekit.web")
_encode = msgspec.json.Encoder().encode


def json_response(value: object, status: int = 200) -> Response:
    """A value as a body of JSON."""
    return Response(_encode(value), status, media_type=JSON)


def failed(error: Exception) -> Response:
    """The answer that tells of an error; one that nobody expected is logged, too."""
    status, body = failure(error)
    if status >= 500:
        _log.error("a request failed", exc_info=error)
    headers = {"retry-after": "5"} if status == 503 else None
    return Response(_encode(body), status, headers, media_type=JSON)


async def read_body(request: Request, settings: Settings) -> bytes:
    """The body. Raises :class:`RequestError` for one that is too large or too slow."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > settings.max_bytes:
        raise _too_large(settings)
    chunks: list[bytes] = []
    size = 0
    more = True
    try:
        async with asyncio.timeout(settings.timeout):
            while more:
                message = await request.receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                chunk, more = message.get("body", b""), message.get("more_body", False)
                size += len(chunk)
                if size > settings.max_bytes:
                    raise _too_large(settings)
                chunks.append(chunk)
    except TimeoutError:
        raise RequestError(408, "Timeout", "the body took too long to arrive") from None
    return b"".join(chunks)


def _too_large(settings: Settings) -> RequestError:
    return RequestError(
        413,
        "TooLarge",
        f"the body has more than {settings.max_bytes} bytes",
        "send the records in several requests",
    )


async def run(
    work: Callable[[], Response], size: int, settings: Settings, limiter: anyio.CapacityLimiter
) -> Response:
    """Do the work: at once if it is small, else in a thread, and not longer than the limit.

    It may raise :class:`EventLoopError` to be done in a thread after all.

    A thread can't be stopped: it ends by itself, and is counted against the limit of threads
    until then.
    """
    try:
        if size < _SMALL:
            with suppress(EventLoopError):
                return work()
        async with asyncio.timeout(settings.timeout):
            return await to_thread.run_sync(work, limiter=limiter, abandon_on_cancel=True)
    except TimeoutError:
        return failed(
            RequestError(503, "Timeout", "this took too long", "send fewer records at once")
        )
    except Exception as error:
        return failed(error)


class Posted:
    """The endpoint of a POST whose work is a function of the request and its body."""

    def __init__(
        self,
        work: Callable[[Request, bytes], Response],
        settings: Settings,
        limiter: anyio.CapacityLimiter,
    ) -> None:
        self.work = work
        self.settings = settings
        self.limiter = limiter

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        try:
            body = await read_body(request, self.settings)
        except RequestError as error:
            response = failed(error)
            # What is still to come isn't read: the connection can't be used again.
            response.headers["connection"] = "close"
        except ClientDisconnect:
            return
        else:
            work = partial(self.work, request, body)
            response = await run(work, len(body), self.settings, self.limiter)
        await response(scope, receive, send)


def cached(request: Request, body: bytes, media_type: str, seconds: int) -> Response:
    """The answer to a GET that may be kept for a while, or 304 if the sender has it already."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": f"public, max-age={seconds}"}
    known = [one.strip().removeprefix("W/") for one in _none_match(request).split(",")]
    if etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def _none_match(request: Request) -> str:
    return request.headers.get("if-none-match", "")
