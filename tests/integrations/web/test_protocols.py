"""The protocols of others: citeproc-js-server's, and the content negotiation of DOI services."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

DOE = {
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
