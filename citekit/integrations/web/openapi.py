"""The OpenAPI description, made of the messages that are read and written"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from citekit.integrations.web import citeproc_js, files, messages, negotiation
from citekit.integrations.web.operations import OPERATIONS, Operation

_CSL = "application/vnd.citationstyles.csl+json"
_REF = "#/components/schemas/{name}"


def description(version: str) -> dict[str, Any]:
    """The document at ``/openapi.json``."""
    types = [messages.ErrorAnswer, messages.StylesAnswer, messages.StyleSummary, messages.Health]
    types += [messages.FileRequest, citeproc_js.ClustersRequest]
    types += [each for one in OPERATIONS for each in (one.request, one.answer)]
    _, schemas = msgspec.json.schema_components(types, ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "citekit",
            "version": version,
            "description": "Citations and bibliographies of records, in any CSL style.",
        },
        "paths": {
            **{one.path: {"post": _post(one)} for one in OPERATIONS},
            "/v1/file": {"post": _file()},
            **_gets(),
            **_records(),
            "/": {"post": _compatible()},
        },
        "components": {"schemas": schemas},
    }


def _post(operation: Operation) -> dict[str, Any]:
    name = operation.path.rsplit("/", 1)[-1]
    return {
        "operationId": name,
        "summary": operation.summary,
        "requestBody": {
            "required": True,
            "content": _json(operation.request.__name__, operation.example),
        },
        "responses": {
            "200": {"description": "Done", "content": _json(operation.answer.__name__)},
            **_errors("400", "408", "413", "422", "503"),
        },
    }


def _file() -> dict[str, Any]:
    media = ["text/plain", *files.TYPES.values()]
    example = {"records": [{"id": "1", "type": "book", "title": "On Perestroika"}]}
    return {
        "operationId": "file",
        "summary": "The bibliography of records as a file of its own",
        "requestBody": {"required": True, "content": _json("FileRequest", example)},
        "responses": {
            "200": {"description": "Done", "content": {one: {} for one in media}},
            **_errors("400", "408", "413", "422", "503"),
        },
    }


def _gets() -> dict[str, Any]:
    words = _parameter("q", "query", {"type": "string", "default": ""}, "Words to look for")
    limit = _parameter(
        "limit",
        "query",
        {"type": "integer", "minimum": 1, "maximum": 200, "default": 20},
        "How many styles at most",
    )
    name = _parameter("name", "path", {"type": "string"}, "The style's name", required=True)
    return {
        "/v1/styles": {"get": _get("styles", "Search styles", "StylesAnswer", [words, limit])},
        "/v1/styles/{name}": {"get": _get("style", "One style", "StyleSummary", [name])},
        "/health": {"get": _get("health", "Whether the service is up", "Health", [])},
    }


def _records() -> dict[str, Any]:
    """Content negotiation: the media types are those that ``Accept`` may have."""
    item = {"type": "object"}
    items = {"type": "array", "items": item}
    posted: dict[str, Any] = {
        "operationId": "negotiate",
        "summary": "The posted records, in the media type that Accept asks for",
        "requestBody": {
            "required": True,
            "content": {
                "text/plain": {"schema": {"type": "string"}},
                _CSL: {"schema": {"oneOf": [items, item]}},
            },
        },
        "responses": {
            "200": {"description": "Done", "content": _negotiated(items)},
            **_errors("400", "406", "408", "413", "422", "503"),
        },
    }
    name = _parameter("id", "path", {"type": "string"}, "The id or DOI of a record", required=True)
    kept = {
        "operationId": "record",
        "summary": "A record of --records, in the media type that Accept asks for",
        "parameters": [name],
        "responses": {
            "200": {"description": "Found", "content": _negotiated(item)},
            "304": {"description": "The sender has it already"},
            **_errors("404", "406", "422", "503"),
        },
    }
    return {"/v1/records": {"post": posted}, "/v1/records/{id}": {"get": kept}}


def _compatible() -> dict[str, Any]:
    """What citeproc-js-server has."""
    text = {"type": "string"}
    choices = {
        "responseformat": ["json", "html", "rtf"],
        "outputformat": ["html", "text", "rtf"],
        **{name: ["0", "1"] for name in ("bibliography", "citations", "linkwrap")},
    }
    found = {"bibliography": {"type": ["array", "boolean"]}, "citations": {"type": "array"}}
    return {
        "operationId": "citeproc",
        "summary": "Citations and a bibliography, as citeproc-js-server has them",
        "parameters": [
            _parameter("style", "query", text, "The style's name or id"),
            _parameter("locale", "query", text, "The language to print in"),
            *(
                _parameter(name, "query", {"enum": values}, "See docs/server.md")
                for name, values in choices.items()
            ),
        ],
        "requestBody": {
            "required": True,
            "content": _json(citeproc_js.ClustersRequest.__name__),
        },
        "responses": {
            "200": {
                "description": "Done",
                "content": {
                    "application/json": {"schema": {"type": "object", "properties": found}},
                    "text/html": {"schema": text},
                    "text/rtf": {"schema": text},
                },
            },
            **_errors("400", "408", "413", "422", "503"),
        },
    }


def _negotiated(schema: Mapping[str, Any]) -> dict[str, Any]:
    text = {"type": "string"}
    objects = {media for media, format_ in negotiation.FORMATS.items() if format_ == "csl-json"}
    graph = {media for media, format_ in negotiation.FORMATS.items() if format_ == "schema-org"}
    return {
        media: {
            "schema": schema if media in objects else {"type": "object"} if media in graph else text
        }
        for media in negotiation.TYPES
    }


def _get(name: str, summary: str, answer: str, parameters: list[Any]) -> dict[str, Any]:
    errors = _errors("404", "422") if parameters else {}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": {"description": "Found", "content": _json(answer)}, **errors},
    }


def _parameter(
    name: str, place: str, schema: Mapping[str, Any], text: str, required: bool = False
) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": required,
        "schema": schema,
        "description": text,
    }


def _json(name: str, example: Mapping[str, Any] | None = None) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": _REF.format(name=name)}}
    if example:
        content["example"] = example
    return {"application/json": content}


def _errors(*statuses: str) -> dict[str, Any]:
    return {
        status: {"description": "An error", "content": _json("ErrorAnswer")} for status in statuses
    }
