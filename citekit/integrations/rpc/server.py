"""Lines of requests → lines of answers; whatever a line holds, the next one is read.

Source: JSON-RPC 2.0; a message is one line of UTF-8, as in JSON Lines.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from citekit import CitekitError
from citekit.integrations.rpc.faults import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    INVALID_REQUEST,
    PARSE_ERROR,
    RequestError,
    error_object,
)
from citekit.integrations.rpc.methods import Methods

MOST_BYTES = 64 * 1024 * 1024
"""The longest line that is read; of a longer one only this is kept in memory."""


def serve(requests: BinaryIO, answers: BinaryIO, most_bytes: int = MOST_BYTES) -> None:
    """Answer requests, a line each, until there are no more.

    Raises ``OSError`` when the streams can't be read or written, and nothing else.
    """
    server = Server()
    for line in _lines(requests, most_bytes):
        answer = server.answer(line) if line is not None else _too_long(most_bytes)
        if answer:
            answers.write(answer + b"\n")
            answers.flush()


def _lines(stream: BinaryIO, most_bytes: int) -> Iterator[bytes | None]:
    """The lines that aren't blank, ``None`` for one that is too long."""
    while line := stream.readline(most_bytes + 1):
        whole = len(line) <= most_bytes or line.endswith(b"\n")
        while not whole:
            rest = stream.readline(most_bytes)
            whole = not rest or rest.endswith(b"\n")
            line = b""
        if not line:
            yield None
        elif line.strip():
            yield line


def _too_long(most_bytes: int) -> bytes:
    error = RequestError(
        INVALID_REQUEST,
        f"the line is longer than {most_bytes} bytes",
        hint="send records in several requests",
    )
    return _encoded(_failed(None, error_object(error)))


class Server:
    """Answers the requests of one client."""

    def __init__(self) -> None:
        self._methods = Methods()

    def answer(self, line: bytes) -> bytes:
        """The answer to a line: a message or a batch of them; nothing if none is due."""
        try:
            message = _decoded(line)
        except RequestError as error:
            return _encoded(_failed(None, error_object(error)))
        if isinstance(message, list) and message:
            due = [answer for one in message if (answer := self._one(one))]
            return _encoded(due) if due else b""
        answer = self._one(message)
        return _encoded(answer) if answer else b""

    def _one(self, message: object) -> dict[str, Any] | None:
        """The answer to a message, ``None`` for a notification."""
        asked: Any = None
        try:
            request = _request(message)
            asked = request.get("id")
            result = self._methods.call(request["method"], _params(request))
        except CitekitError as error:
            answer = _failed(asked, error_object(error))
            invalid = answer["error"]["code"] == INVALID_REQUEST
        except Exception as error:  # a fault of ours must not end the client's session
            what = f"citekit failed: {type(error).__name__}: {error}"
            fault = RequestError(INTERNAL_ERROR, what, hint="please report this")
            answer, invalid = _failed(asked, error_object(fault)), False
        else:
            answer, invalid = {"jsonrpc": "2.0", "id": asked, "result": result}, False
        is_notification = isinstance(message, dict) and "id" not in message
        return None if is_notification and not invalid else answer


def _decoded(line: bytes) -> object:
    try:
        return json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        what = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise RequestError(
            PARSE_ERROR, f"this is not JSON: {what}", hint="a message is one line of JSON in UTF-8"
        ) from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _request(message: object) -> dict[str, Any]:
    """The message, if it is a request."""
    if not isinstance(message, dict):
        raise RequestError(INVALID_REQUEST, "a request must be an object")
    if message.get("jsonrpc") != "2.0":
        raise RequestError(INVALID_REQUEST, 'this must be "2.0"', where="jsonrpc")
    if not isinstance(message.get("method"), str):
        raise RequestError(INVALID_REQUEST, "this must be a string", where="method")
    asked = message.get("id")
    is_id = asked is None or (isinstance(asked, str | int | float) and not isinstance(asked, bool))
    if not is_id or (isinstance(asked, float) and not math.isfinite(asked)):
        raise RequestError(INVALID_REQUEST, "this must be a string, a number or null", where="id")
    return message


def _params(request: dict[str, Any]) -> dict[str, Any]:
    params = request.get("params")
    if params is None:
        return {}
    if not isinstance(params, dict):
        raise RequestError(
            INVALID_PARAMS, "this must be an object", where="params", hint="name the parameters"
        )
    return params


def _failed(asked: Any, error: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": asked, "error": error}


def _encoded(answer: object) -> bytes:
    """As one line of ASCII, which carries even text that UTF-8 can't."""
    return json.dumps(answer, separators=(",", ":")).encode("ascii")
