"""The protocols of others: citeproc-js-server's, and the content negotiation of DOI services."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from citekit.cli import main
from tests.reference import Job, Result, official_style

DOE: dict[str, Any] = {
    "id": "doe",
    "type": "book",
    "title": "Archives",
    "author": [{"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "Rita"}],
    "issued": {"date-parts": [["2001"]]},
}
ROE = {**DOE, "id": "roe", "title": "Boxes", "author": [{"family": "Roe", "given": "Rita"}]}
BODY: dict[str, Any] = {
    "itemIDs": ["doe", "roe"],
    "items": {"doe": DOE, "roe": ROE},
    "citationClusters": [
        {
            "citationID": "c1",
            "citationItems": [{"id": "doe", "locator": "3", "label": "page"}],
            "properties": {"noteIndex": 1},
        }
    ],
}
DOI = "/10.1234/ABC.(5)"
APA = "http://www.zotero.org/styles/apa"


def ask(client: httpx.Client, body: object = None, **query: str) -> httpx.Response:
    return client.post("/", params={"style": APA, **query}, json=BODY if body is None else body)


def test_json_has_citations_and_the_bibliography_with_its_parameters(client: httpx.Client) -> None:
    answer = ask(client, responseformat="json", citations="1").json()
    assert answer["citations"] == [[0, "(Doe &#38; Roe, 2001, p. 3)", "c1"]]
    parameters, entries = answer["bibliography"]
    assert parameters["entry_ids"] == [["doe"], ["roe"]]
    assert parameters["hangingindent"]
    assert entries[1] == '  <div class="csl-entry">Roe, R. (2001). <i>Boxes</i>.</div>\n'


def test_what_is_not_asked_for_is_not_there(client: httpx.Client) -> None:
    assert ask(client).json().keys() == {"bibliography"}
    assert ask(client, bibliography="0", citations="1").json().keys() == {"citations"}


def test_items_may_be_a_list_and_only_some_of_them_named(client: httpx.Client) -> None:
    body = {"items": [DOE, ROE], "itemIDs": ["roe"]}
    assert ask(client, body).json()["bibliography"][0]["entry_ids"] == [["roe"]]


def test_html_and_rtf(client: httpx.Client) -> None:
    html = ask(client, responseformat="html", locale="de-DE")
    assert html.headers["content-type"].startswith("text/html")
    assert html.text.startswith('<div class="csl-bib-body">\n  <div class="csl-entry">Doe, J.')
    rtf = ask(client, responseformat="rtf")
    assert rtf.text.startswith("{\\rtf1")
    assert "{\\i Boxes}" in rtf.text


OTHERS: list[dict[str, Any]] = [
    {**DOE, "id": "o1", "title": "<i>Boxes</i> & Shelves", "DOI": "10.1234/abc"},
    {"id": "o2", "type": "webpage", "title": "“Quoted”", "URL": "https://a.example/?b=1&c=2"},
    {"id": "o3", "type": "article-journal", "title": "Letters", "volume": "3", "page": "5-7"},
]
STYLES = [
    *("apa", "chicago-author-date", "chicago-notes-bibliography", "ieee", "mhra-notes"),
    *("modern-language-association", "nature", "nlm-citation-sequence", "bluebook-law-review"),
]


def test_answers_hold_what_citeproc_js_gives(
    client: httpx.Client, reference: Callable[[Sequence[Job]], list[Result]]
) -> None:
    """That server passes on what its processor gives; so it is known what its clients expect."""
    items: list[dict[str, Any]] = [DOE, ROE, *OTHERS]
    clusters: list[dict[str, Any]] = [
        *BODY["citationClusters"],
        {
            "citationID": "c2",
            "citationItems": [{"id": "doe", "prefix": "see ", "suffix": " there"}, {"id": "roe"}],
            "properties": {"noteIndex": 2},
        },
        {"citationID": "c3", "citationItems": [{"id": "o1"}], "properties": {"noteIndex": 3}},
    ]
    body = {
        "items": {item["id"]: item for item in items},
        "itemIDs": [item["id"] for item in items],
        "citationClusters": clusters,
    }
    jobs = [
        Job(style=official_style(name), items=items, citations=clusters, force_lang=True)
        for name in STYLES
    ]
    for name, expected in zip(STYLES, reference(jobs), strict=True):
        query = {"style": name, "citations": "1", "locale": "en-US"}
        answer = client.post("/", params=query, json=body).json()
        ids = [cluster["citationID"] for cluster in clusters]
        assert answer["citations"] == [
            [number, *pair] for number, pair in enumerate(zip(expected.citations, ids, strict=True))
        ]
        if not expected.params:
            assert answer["bibliography"] is False
            continue
        parameters, entries = answer["bibliography"]
        assert parameters == expected.params
        assert entries == list(expected.entries)


def test_links_if_they_are_asked_for(client: httpx.Client) -> None:
    body = {"items": OTHERS[:2]}
    _, entries = ask(client, body, linkwrap="1").json()["bibliography"]
    assert '<a href="https://doi.org/10.1234/abc">https://doi.org/10.1234/abc</a>' in entries[0]
    assert '<a href="https://a.example/?b=1&amp;c=2">' in entries[1]
    assert "<a" not in ask(client, body).text


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"items": {}, "itemIDs": ["x"]},
        {"items": {"doe": DOE}, "citationClusters": [{"citationItems": []}]},
        {"items": {"doe": DOE}, "citationClusters": [{"citationItems": [{"id": "x"}]}]},
        {"items": {}, "styleXml": "<x/>"},
    ],
)
def test_wrong_bodies_are_told(client: httpx.Client, body: object) -> None:
    response = ask(client, body)
    assert response.status_code == 422
    assert response.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/", "/v1/records"])
def test_a_record_in_the_style_and_language_that_is_asked_for(
    client: httpx.Client, path: str
) -> None:
    accept = "application/x-bibtex;q=0.5, text/x-bibliography; style=apa; locale=de-DE"
    response = client.post(path, headers={"Accept": accept}, json=DOE)
    assert response.headers["content-type"] == "text/x-bibliography; charset=utf-8"
    assert response.text == "Doe, J., & Roe, R. (2001). Archives."


@pytest.mark.parametrize(
    ("type", "part"),
    [
        ("application/x-bibtex", "@book{doe,"),
        ("application/x-research-info-systems", "TY  - BOOK"),
        ("application/vnd.citationstyles.csl+json", '"doe"'),
    ],
)
def test_a_record_in_another_format(client: httpx.Client, type: str, part: str) -> None:
    response = client.post("/", headers={"Accept": type}, json=DOE)
    assert part in response.text
    # And back again: what was answered may be posted.
    headers = {"Accept": "text/x-bibliography", "Content-Type": type}
    again = client.post("/", headers=headers, content=response.content)
    assert "Archives." in again.text


def test_what_cannot_be_answered_is_406(client: httpx.Client) -> None:
    response = client.post("/v1/records", headers={"Accept": "image/png"}, json=DOE)
    assert response.status_code == 406
    assert "text/x-bibliography" in json.loads(response.text)["error"]["hint"]


# ------------------------------------------------------------------------- kept records

CSL = "application/vnd.citationstyles.csl+json"


def get(client: httpx.Client, path: str, accept: str | None = None, **more: str) -> httpx.Response:
    headers = more if accept is None else {"Accept": accept, **more}
    return client.get(path, headers=headers)


@pytest.mark.parametrize(
    "path", ["/v1/records/doe/1", "/v1/records/doe%2F1", "/v1/records/10.1234/abc.(5)", DOI]
)
@pytest.mark.parametrize(
    ("accept", "type", "part"),
    [
        ("text/x-bibliography; style=apa; locale=de-DE", "text/x-bibliography", "J., & Roe, R."),
        ("text/x-bibliography; style=ieee", "text/x-bibliography", "[1]"),
        ("application/x-bibtex", "application/x-bibtex", "@book{doe/1,"),
        ("application/x-research-info-systems", "application/x-research-info-systems", "TY  - "),
        (CSL, CSL, '{\n  "id": "doe/1"'),
        ("application/vnd.schemaorg.ld+json", "application/vnd.schemaorg.ld+json", '"@graph"'),
        ("application/mods+xml", "application/mods+xml", "<mods"),
    ],
)
def test_a_kept_record(client: httpx.Client, path: str, accept: str, type: str, part: str) -> None:
    response = get(client, path, accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{type}; charset=utf-8"
    assert part in response.text


@pytest.mark.parametrize(
    ("accept", "type"),
    [
        (None, CSL),
        ("*/*", CSL),
        ("text/html,application/xhtml+xml,*/*;q=0.8", CSL),
        ("image/png, application/*;q=0.1", CSL),
        ("text/*", "text/x-bibliography"),
        ("application/json", "application/json"),
        ("application/x-bibtex;q=0.5, text/x-bibliography;q=0.6", "text/x-bibliography"),
        (f"{CSL};q=0, application/citeproc+json;q=0, application/*", "application/x-bibtex"),
        ("APPLICATION/X-BIBTEX; Q=1", "application/x-bibtex"),
    ],
)
def test_what_accept_means(client: httpx.Client, accept: str | None, type: str) -> None:
    for response in (
        get(client, DOI, accept),
        client.post("/v1/records", headers={"Accept": accept} if accept else {}, json=DOE),
    ):
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(type)
        assert "Accept" in response.headers["vary"].split(", ")


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/v1/records/nobody", "*/*", 404),
        ("/10.1234/other", "*/*", 404),
        (DOI, "image/png", 406),
        (DOI, "text/x-bibliography;q=0", 406),
        (DOI, "text/x-bibliography; style=no-such-style", 422),
        (DOI, "text/x-bibliography; style=../../etc/passwd", 422),
        (DOI, "text/x-bibliography; locale=../x", 422),
    ],
)
def test_what_is_not_there(client: httpx.Client, path: str, accept: str, status: int) -> None:
    response = get(client, path, accept)
    assert response.status_code == status
    assert response.json()["error"]["message"]


def test_a_kept_record_that_the_client_has(client: httpx.Client) -> None:
    first = get(client, DOI, CSL)
    again = get(client, DOI, CSL, **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Accept" in again.headers["vary"].split(", ")
    other = get(client, DOI, "application/x-bibtex", **{"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
    head = client.head(DOI, headers={"Accept": CSL})
    assert (head.content, head.headers["etag"]) == (b"", first.headers["etag"])
    assert 'path="/10.{rest}"' in client.get("/metrics").text


def test_half_a_character_is_no_failure(client: httpx.Client) -> None:
    body = b'[{"id": "1", "type": "book", "title": "\\ud800"}]'
    for accept in ("text/x-bibliography", "application/x-bibtex", CSL):
        response = client.post("/v1/records", headers={"Accept": accept}, content=body)
        assert response.status_code in (200, 400, 422)


def test_files_that_cannot_be_kept_are_told_at_once(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('[{"id": "1", "type": "book", "issued": 5}]', "utf-8")
    result = CliRunner().invoke(main, ["serve", "--records", str(bad)])
    assert result.exit_code == 1
    assert "issued" in result.stderr
