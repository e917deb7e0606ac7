"""The application: which path does what"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import anyio
import msgspec
from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from citekit.errors import CitekitError, StyleNotFoundError
from citekit.integrations.release import version
from citekit.integrations.web import (
    answers,
    citeproc_js,
    files,
    messages,
    negotiation,
    openapi,
    styles,
)
from citekit.integrations.web.failures import RequestError
from citekit.integrations.web.metrics import TYPE, Metrics
from citekit.integrations.web.operations import OPERATIONS, Operation
from citekit.integrations.web.settings import Settings
from citekit.integrations.web.static_files import StaticFiles
from citekit.integrations.web.store import Store
from citekit.integrations.web.transport import JSON, Posted, cached, failed, json_response, run

_DAY = 86_400


def create_app(settings: Settings | None = None) -> Any:
    """The service as an ASGI application, for uvicorn or inside another application."""
    settings = settings or Settings()
    limiter = anyio.CapacityLimiter(settings.threads)

    def posted(work: Callable[[Request, bytes], Response]) -> Posted:
        return Posted(work, settings, limiter)

    async def tell_metrics(_: Request) -> Response:
        return Response(metrics.text(), media_type=TYPE)

    static = StaticFiles()
    described = msgspec.json.encode(openapi.description(version() or "0"))

    async def describe(request: Request) -> Response:
        return cached(request, described, JSON, _DAY)

    kept = _Kept(settings, limiter)
    routes = [
        *(
            Route(one.path, posted(_operation(one, settings)), methods=["POST"])
            for one in OPERATIONS
        ),
        Route("/v1/file", posted(_file(settings)), methods=["POST"]),
        Route("/v1/styles", _search),
        Route("/v1/styles/{name}", _style),
        Route("/openapi.json", describe),
        Route("/health", _health),
        Route("/metrics", tell_metrics),
        Route("/static/{name}", static.named),
        Route("/", static.index, methods=["GET"]),
        Route("/", posted(_compatible(settings)), methods=["POST"]),
        Route("/v1/records", posted(_negotiated(settings)), methods=["POST"]),
        Route("/v1/records/{name:path}", kept.by_name, methods=["GET"]),
        Route("/10.{rest:path}", kept.by_doi, methods=["GET"]),
    ]
    inner = Starlette(
        routes=routes,
        exception_handlers={HTTPException: _refused, CitekitError: _failed, RequestError: _failed},
    )
    paths = {route.endpoint: route.path_format for route in routes}
    metrics = Metrics(_with_cors(inner, settings), paths)
    return metrics


class _Kept:
    """The records that the service keeps."""

    def __init__(self, settings: Settings, limiter: anyio.CapacityLimiter) -> None:
        self.store = Store.of(settings.records)
        self.settings = settings
        self.limiter = limiter

    async def by_name(self, request: Request) -> Response:
        """``/v1/records/ID``, or a DOI there."""
        return await self._answer(request, request.path_params["name"])

    async def by_doi(self, request: Request) -> Response:
        """``/DOI``."""
        return await self._answer(request, f"10.{request.path_params['rest']}")

    async def _answer(self, request: Request, name: str) -> Response:
        work = partial(negotiation.kept, request, self.store, name)
        return await run(work, 0, self.settings, self.limiter)


def _with_cors(app: Any, settings: Settings) -> Any:
    if not settings.origins:
        return app
    return CORSMiddleware(
        app,
        allow_origins=settings.origins,
        allow_methods=["GET", "POST"],
        allow_headers=["*"],
        expose_headers=["ETag"],
        max_age=_DAY,
    )


def _operation(operation: Operation, settings: Settings) -> Callable[[Request, bytes], Response]:
    decode = msgspec.json.Decoder(operation.request).decode

    def work(_: Request, body: bytes) -> Response:
        return json_response(operation.work(decode(body), settings.max_records))

    return work


def _file(settings: Settings) -> Callable[[Request, bytes], Response]:
    decode = msgspec.json.Decoder(messages.FileRequest).decode
    return lambda _, body: files.answer(decode(body), settings.max_records)


def _negotiated(settings: Settings) -> Callable[[Request, bytes], Response]:
    return lambda request, body: negotiation.posted(request, body, settings.max_records)


def _compatible(settings: Settings) -> Callable[[Request, bytes], Response]:
    """``POST /``: records in what ``Accept`` asks for, else as citeproc-js-server has it."""

    def work(request: Request, body: bytes) -> Response:
        answer = negotiation.posted if negotiation.is_asked(request) else citeproc_js.answer
        return answer(request, body, settings.max_records)

    return work


async def _search(request: Request) -> Response:
    words = request.query_params.get("q", "")
    limit = request.query_params.get("limit", "20")
    if not limit.isascii() or not limit.isdigit() or not 1 <= int(limit[:9]) <= 200:
        raise RequestError(422, "InvalidRequest", "limit is a number from 1 to 200")
    found = await to_thread.run_sync(answers.search, words[:200], int(limit))
    return cached(request, msgspec.json.encode(found), JSON, _DAY)


async def _style(request: Request) -> Response:
    found = await to_thread.run_sync(styles.summary_of, request.path_params["name"])
    body = messages.StyleSummary(
        found.name, found.name, found.title, found.parent, found.citation_format
    )
    return cached(request, msgspec.json.encode(body), JSON, _DAY)


async def _health(_: Request) -> Response:
    return json_response(messages.Health("ok"))


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    refused = RequestError(error.status_code, "HTTPError", error.detail)
    response = failed(refused)
    response.headers.update(error.headers or {})
    return response


async def _failed(_: Request, error: Exception) -> Response:
    response = failed(error)
    if isinstance(error, StyleNotFoundError):
        response.status_code = 404
    return response
