"""The operations of ``/v1`` that take a body: path, messages, and the function that does it"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen
from msgspec import Struct

from citekit.integrations.web import answers, messages

_RECORDS = [{"id": "1", "type": "book", "title": "On Perestroika"}]


@frozen(slots=True)
class Operation:
    """``work`` is called with the request and the most records that it may have."""

    path: str
    summary: str
    request: type[Struct]
    answer: type[Struct]
    work: Callable[[Any, int], Struct]
    example: Mapping[str, Any]


OPERATIONS = (
    Operation(
        "/v1/cite",
        "Citations of records",
        messages.CitationsRequest,
        messages.CitationsAnswer,
        answers.cite,
        {"records": _RECORDS, "style": "apa", "cites": [{"id": "1", "locator": "12"}]},
    ),
    Operation(
        "/v1/bibliography",
        "The bibliography of records",
        messages.BibliographyRequest,
        messages.BibliographyAnswer,
        answers.bibliography,
        {"records": _RECORDS, "style": "apa"},
    ),
    Operation(
        "/v1/convert",
        "Records in another format",
        messages.ConvertRequest,
        messages.ConvertAnswer,
        answers.convert,
        {"text": "TY  - BOOK\nTI  - On Perestroika\nER  - \n", "to": "csl-json"},
    ),
    Operation(
        "/v1/check",
        "What is wrong with a style, or doubtful in records",
        messages.CheckRequest,
        messages.CheckAnswer,
        answers.check,
        {"records": _RECORDS},
    ),
)
