"""What goes wrong → status and body of an answer"""

from __future__ import annotations

import re

import msgspec

from citekit.errors import CitekitError, StyleNotFoundError
from citekit.integrations.web.messages import Error, ErrorAnswer

_FIELD = re.compile(r"\bfield ([\w.-]+)")
_AT = re.compile(r"(.*) - at `\$\.?(.*)`")


class RequestError(Exception):
    """A request that is refused before citekit sees it."""

    def __init__(self, status: int, type: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.error = Error(type, message, hint)


def too_many(limit: int) -> RequestError:
    """More records than a request may have."""
    return RequestError(
        413, "TooManyRecords", f"more than {limit} records", "send them in several requests"
    )


def failure(error: Exception) -> tuple[int, ErrorAnswer]:
    """The status and body that tell of an error; 500 for one that nobody expected."""
    if isinstance(error, RequestError):
        return error.status, ErrorAnswer(error.error)
    if isinstance(error, CitekitError):
        message = f"{error.where}: {error.what}" if error.where else error.what
        place = _FIELD.search(error.where)
        field = place.group(1) if place else None
        if isinstance(error, StyleNotFoundError):
            field = "style"
        name = type(error).__name__
        return 422, ErrorAnswer(Error(name, message, error.hint or None, field))
    if isinstance(error, msgspec.ValidationError):
        found = _AT.match(str(error))
        message, field = found.groups() if found else (str(error), None)
        hint = "the shape of requests is described at /openapi.json"
        return 422, ErrorAnswer(Error("InvalidRequest", message, hint, field or None))
    if isinstance(error, msgspec.DecodeError | UnicodeDecodeError):
        return 400, ErrorAnswer(Error("InvalidJSON", f"the body is not JSON: {error}"))
    if isinstance(error, RecursionError):
        return 400, ErrorAnswer(Error("TooDeep", "the body is nested too deeply"))
    return 500, ErrorAnswer(Error("InternalError", "something went wrong; it was logged"))
