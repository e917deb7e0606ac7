"""Requests made up from the OpenAPI description: no answer is a 500, each is as described."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

OPERATIONS = [
    ("POST", "/v1/cite"),
    ("POST", "/v1/bibliography"),
    ("POST", "/v1/convert"),
    ("POST", "/v1/check"),
    ("POST", "/v1/file"),
    ("GET", "/v1/styles"),
    ("GET", "/v1/styles/{name}"),
    ("GET", "/health"),
    ("POST", "/"),
    ("POST", "/v1/records"),
    ("GET", "/v1/records/{id}"),
]


@pytest.fixture(scope="module")
def schema(limited: str) -> Any:
    return schemathesis.openapi.from_url(f"{limited}/openapi.json")


def test_every_operation_is_listed(limited: str) -> None:
    paths = httpx.get(f"{limited}/openapi.json").json()["paths"]
    described = {(method.upper(), path) for path, item in paths.items() for method in item}
    assert described == set(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_answers_are_as_described(schema: Any, method: str, path: str) -> None:
    strategy = schema[path][method].as_strategy()

    @settings(
        max_examples=30,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def every(case: Any) -> None:
        case.call_and_validate(
            checks=[
                checks.not_a_server_error,
                content_type_conformance,
                response_schema_conformance,
                status_code_conformance,
            ]
        )

    every()
