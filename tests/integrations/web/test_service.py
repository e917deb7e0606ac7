"""The web service, asked through HTTP as its clients ask it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from citekit.integrations.web import files
from citekit.integrations.web.app import create_app
from citekit.integrations.web.settings import Settings

BOOK = {
    "id": "doe",
    "type": "book",
    "title": "Archives",
    "author": [{"family": "Doe", "given": "Jane"}],
    "issued": {"date-parts": [[2001]]},
}


def post(client: httpx.Client, path: str, **body: Any) -> Any:
    response = client.post(path, json=body)
    assert response.status_code == 200, response.text
    return response.json()


def error(client: httpx.Client, status: int, path: str, body: object) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body)
    response = client.post(path, content=content)
    assert response.status_code == status, response.text
    return response.json()["error"]


def test_cites_each_record_or_what_is_asked_for(client: httpx.Client) -> None:
    answer = post(client, "/v1/cite", records=[BOOK], output="text")
    assert answer["citations"] == [{"id": "doe", "content": "(Doe, 2001)"}]
    cites = [{"id": "doe", "locator": "3", "label": "chapter"}, {"id": "doe", "prefix": "see "}]
    answer = post(client, "/v1/cite", records=[BOOK], output="text", cites=cites)
    contents = [one["content"] for one in answer["citations"]]
    assert contents == ["(Doe, 2001, Chapter 3)", "(see Doe, 2001)"]


@pytest.mark.parametrize(
    ("output", "entry"),
    [
        ("html", "Doe, J. (2001). <i>Archives</i>."),
        ("text", "Doe, J. (2001). Archives."),
        ("latex", "Doe, J. (2001). \\textit{Archives}."),
        ("rtf", "Doe, J. (2001). {\\i Archives}."),
    ],
)
def test_prints_bibliographies(client: httpx.Client, output: str, entry: str) -> None:
    answer = post(client, "/v1/bibliography", records=[BOOK], output=output)
    assert answer["entries"] == [{"id": "doe", "content": entry}]
    assert entry in answer["content"]


def test_takes_a_locale_and_text_of_any_format(client: httpx.Client) -> None:
    ris = "TY  - BOOK\nAU  - Doe, Jane\nAU  - Roe, Rita\nPY  - 2001\nTI  - A\nER  - \n"
    answer = post(client, "/v1/cite", text=ris, style="apa", locale="de-DE", output="text")
    assert answer["locale"] == "de-DE"
    assert answer["citations"][0]["content"] == "(Doe & Roe, 2001)"


def test_converts_and_tells_what_is_lost(client: httpx.Client) -> None:
    bibtex = "@book{doe, title={Archives}, foo={bar}}\n"
    answer = post(client, "/v1/convert", text=bibtex, to="csl-json")
    assert json.loads(answer["content"])[0]["title"] == "Archives"
    assert [one["field"] for one in answer["losses"]] == ["foo"]
    assert answer["errors"] == []


def test_checks_styles_and_records(client: httpx.Client) -> None:
    answer = post(client, "/v1/check", style="<style/>")
    assert answer["problems"][0]["severity"] == "error"
    odd = {**BOOK, "shelf": "3", "issued": {"raw": "who knows"}, "accessed": {"raw": "May 2008"}}
    answer = post(client, "/v1/check", records=[odd])
    places = [(one["record"], one["field"]) for one in answer["warnings"]]
    assert places == [("doe", "shelf"), ("doe", "issued")]
    assert answer["warnings"][1]["message"].startswith("'who knows' is not a date")


def test_tells_what_a_style_does_not_print(client: httpx.Client) -> None:
    note = {"id": "n", "type": "document", "note": "Only a note"}
    answer = post(client, "/v1/cite", records=[note], style="modern-language-association")
    assert [(one["record"], one["field"]) for one in answer["warnings"]] == [("n", "style")]
    answer = post(client, "/v1/bibliography", records=[BOOK], style="the-journal-of-modern-history")
    assert [(one["field"], one["message"]) for one in answer["warnings"]] == [
        ("style", "the style has no bibliography")
    ]


@pytest.mark.parametrize("format", [*sorted(files.TYPES), "latex", "typst", "pandoc", "text"])
def test_writes_files(client: httpx.Client, format: str) -> None:
    """Of hostile text, too: characters that XML can't hold, markup of all kinds."""
    hostile = "\0\x0b<b>#panic()\\input{/etc/passwd}$&%_{}]]>"
    record = {**BOOK, "publisher": hostile, "author": [{"family": hostile}, {"family": "Roe"}]}
    body = {"records": [record], "output": format, "title": hostile}
    response = client.post("/v1/file", json=body)
    assert response.status_code == 200, response.text
    kind = response.headers["content-type"].partition(";")[0]
    assert kind == files.TYPES.get(format, "text/plain")
    assert 'filename="bibliography.' in response.headers["content-disposition"]
    if format in ("docx", "odt", "pdf"):
        assert response.content.startswith(b"%PDF" if format == "pdf" else b"PK")
    else:
        assert "Roe" in response.text


def test_no_file_without_a_bibliography(client: httpx.Client) -> None:
    body = {"records": [BOOK], "style": "the-journal-of-modern-history"}
    assert error(client, 422, "/v1/file", body)["type"] == "NoBibliography"


def test_a_port_that_is_taken_is_told(client: httpx.Client) -> None:
    command = [sys.executable, "-m", "citekit", "serve", "--port", str(client.base_url.port)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert f"port {client.base_url.port}: Address already in use" in run.stderr
    assert "hint: choose another --port" in run.stderr
    assert "serving" not in run.stderr


def test_finds_styles(client: httpx.Client) -> None:
    answer = client.get("/v1/styles", params={"q": "modern language", "limit": 2}).json()
    assert answer["styles"][0]["id"].startswith("modern-language")
    assert len(answer["styles"]) == 2 < answer["total"]
    assert client.get("/v1/styles/apa").json()["title"].startswith("APA")
    assert client.get("/v1/styles/no-such-style").status_code == 404
    assert client.get("/v1/styles", params={"limit": "x"}).status_code == 422


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../apa", "styles/apa.csl", "./apa.csl", "", "\0", "http://x.test/apa"]
)
def test_a_style_is_never_a_path(client: httpx.Client, name: str) -> None:
    body = {"records": [BOOK], "style": name}
    assert error(client, 422, "/v1/cite", body)["type"] == "StyleNotFoundError"


def test_a_text_is_never_a_path(client: httpx.Client) -> None:
    error(client, 422, "/v1/check", {"text": __file__})
    error(client, 422, "/v1/check", {"text": __file__, "format": "csl-json"})


@pytest.mark.parametrize(
    ("status", "body", "type", "field"),
    [
        (400, b"{", "InvalidJSON", None),
        (400, b"\xff", "InvalidJSON", None),
        (422, {}, "InvalidRequest", None),
        (422, {"records": 5}, "InvalidRequest", "records"),
        (422, {"records": [], "stile": "apa"}, "InvalidRequest", None),
        (422, {"records": [BOOK], "locale": "../x"}, "LocaleError", None),
        (422, {"records": [BOOK], "cites": [{"id": "roe"}]}, "RecordError", None),
        (422, {"records": [{**BOOK, "title": 5, "issued": []}]}, "RecordError", "issued"),
        (413, {"records": [{}] * 51}, "TooManyRecords", None),
        (413, {"text": "TY  - BOOK\nER  - \n\n" * 51}, "TooManyRecords", None),
        (413, b" " * 100_001, "TooLarge", None),
        (422, b'{"records":' + b"[" * 50_000, "InvalidRequest", "records[0]"),
        (400, b'{"records":[{"a":' + b"[" * 50_000, "TooDeep", None),
        (422, {"text": "[" * 50_000}, "ReaderError", None),
    ],
)
def test_bad_requests_are_told(
    client: httpx.Client, status: int, body: object, type: str, field: str | None
) -> None:
    told = error(client, status, "/v1/cite", body)
    assert (told["type"], told.get("field")) == (type, field)
    assert told["message"]


def test_answers_to_gets_have_etags(client: httpx.Client) -> None:
    for path in ("/v1/styles?q=apa", "/v1/styles/apa", "/openapi.json"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert "max-age" in first.headers["cache-control"]


def test_other_sites_may_call_it_if_they_are_named(client: httpx.Client) -> None:
    for origin, allowed in (("https://archive.example", True), ("https://other.example", False)):
        headers = client.get("/health", headers={"Origin": origin}).headers
        assert ("access-control-allow-origin" in headers) == allowed


def test_no_other_site_may_call_it_by_default() -> None:
    headers = {"Origin": "https://archive.example", "Access-Control-Request-Method": "POST"}
    client = TestClient(create_app())
    for response in (
        client.post("/v1/cite", headers=headers, json={"records": [BOOK]}),
        client.options("/v1/cite", headers=headers),
    ):
        assert not [name for name in response.headers if name.startswith("access-control")]
    anyone = TestClient(create_app(Settings(origins=("*",))))
    allowed = anyone.options("/v1/cite", headers=headers).headers
    assert allowed["access-control-allow-origin"] == "*"


def test_counts_what_it_does(client: httpx.Client) -> None:
    client.get("/nowhere")
    text = client.get("/metrics").text
    assert 'path="other",status="404"' in text
    assert 'citekit_request_duration_seconds_bucket{worker="' in text
