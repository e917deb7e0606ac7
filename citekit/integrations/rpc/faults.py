"""What a request can fail by, as the error objects of JSON-RPC.

Source: JSON-RPC 2.0, section 5.1, "Error object"; codes from -32000 to -32099 are ours.
"""

from __future__ import annotations

from typing import Any

from citekit import (
    CitekitError,
    LocaleError,
    ReaderError,
    RecordError,
    StyleError,
    StyleNotFoundError,
    WriterError,
)

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603

_CODES: tuple[tuple[type[CitekitError], int], ...] = (
    (StyleNotFoundError, -32004),
    (StyleError, -32003),
    (RecordError, -32001),
    (ReaderError, -32002),
    (LocaleError, -32005),
    (WriterError, -32006),
    (CitekitError, -32000),
)
"""The code of each class of errors; the first that fits counts."""


class RequestError(CitekitError):
    """A request that can't be carried out as it stands; ``code`` is that of JSON-RPC."""

    def __init__(self, code: int, what: str, *, where: str = "", hint: str = "") -> None:
        self.code = code
        super().__init__(what, where=where, hint=hint)


def error_object(error: CitekitError) -> dict[str, Any]:
    """The error as JSON-RPC has it; ``data`` says where it is and what to do, if that is known."""
    if isinstance(error, RequestError):
        code = error.code
    else:
        code = next(code for kind, code in _CODES if isinstance(error, kind))
    data: dict[str, Any] = {"kind": type(error).__name__, "where": error.where, "hint": error.hint}
    if isinstance(error, StyleNotFoundError):
        data["suggestions"] = list(error.suggestions)
    elif isinstance(error, StyleError):
        data["problems"] = [
            {"line": one.line, "severity": one.severity, "message": one.what, "hint": one.hint}
            for one in error.problems
        ]
    return {"code": code, "message": error.what, "data": data}
