"""Live sites, on a server of our own that stumbles: paging, retries, politeness."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("httpx", reason="needs the extra 'archives'")

from citekit.archives.readers import collection, live
from citekit.archives.readers.source import Problems
from citekit.archives.readers.web import Server
from citekit.errors import ReaderError
from tests.archives import omeka

SOURCES = Path(__file__).parent / "data" / "sources"
Answer = tuple[int, dict[str, str], bytes]
PER_PAGE = 10


class Site:
    """A server whose answers are functions of path and query; counts what was asked."""

    def __init__(self, answer: Callable[[str, dict[str, str]], Answer]) -> None:
        self.asked: Counter[str] = Counter()
        self.waited: list[float] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
                site.asked[self.path] += 1
                status, headers, body = answer(parts.path, query)
                self.send_response(status)
                for name, value in (headers | {"Content-Length": str(len(body))}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Site:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def read(self, path: str = "") -> tuple[list[str], Problems]:
        problems = Problems()
        server = Server(sleep=self.waited.append)
        found = live.drafts(self.address + path, problems, collection._read_file, server)
        return [key for key, _ in found], problems


def as_json(value: object, **headers: str) -> Answer:
    return 200, headers, json.dumps(value).encode()


NOT_FOUND: Answer = (404, {}, b"[]")


@pytest.fixture
def classic() -> Iterator[Site]:
    answer = omeka.answer(omeka.short_records())
    stumbles = Counter({"2": 2, "3": 1})

    def respond(path: str, query: dict[str, str]) -> Answer:
        page = int(query.get("page", 1))
        if path == "/archive/api/site":
            return as_json(answer["site"])
        if path == "/archive/api/collections":
            return as_json([])
        if path != "/archive/api/items":
            return NOT_FOUND
        if stumbles[str(page)]:
            stumbles[str(page)] -= 1
            return (429, {"Retry-After": "7"}, b"") if page == 2 else (503, {}, b"")
        return as_json(answer["items"][(page - 1) * PER_PAGE : page * PER_PAGE])

    with Site(respond) as site:
        yield site


@pytest.mark.parametrize("path", ["/archive", "/archive/", "/archive/api", "/archive/items/show/4"])
def test_omeka_classic(classic: Site, path: str) -> None:
    keys, _ = classic.read(path)
    assert keys == [record["id"] for record in omeka.short_records()]
    assert classic.waited.count(7.0) == 2, "as long as the server asked for"
    assert classic.waited.count(0.25) >= 6, "a while after each request"


def test_omeka_s() -> None:
    data = json.loads((SOURCES / "omeka-s.json").read_text("utf-8"))
    kinds = {"/api/sites": data[:1], "/api/item_sets": data[1:2], "/api/items": data[2:]}

    def respond(path: str, query: dict[str, str]) -> Answer:
        if path not in kinds:
            return NOT_FOUND
        last = '<http://x/api/items?page=1>; rel="first"'
        return as_json(kinds[path], Link=last)

    with Site(respond) as site:
        keys, problems = site.read()
        assert keys == ["12", "13"]
        assert "item 14 isn't public: left out" in problems.found
        assert sum(site.asked.values()) == 3, "the link says that there is no other page"


def test_oai() -> None:
    whole = (SOURCES / "oai.xml").read_bytes()
    first = whole.replace(b"<resumptionToken/>", b"<resumptionToken>t 1</resumptionToken>")
    second = whole.replace(b":164<", b":166<")

    def respond(path: str, query: dict[str, str]) -> Answer:
        if query.get("verb") == "Identify" or query.get("resumptionToken") == "t 1":
            return 200, {}, second
        return 200, {}, first

    with Site(respond) as site:
        keys, _ = site.read("/oai?metadataPrefix=oai_dc&set=letters")
        assert keys == ["oai:archive.example.org:164", "oai:archive.example.org:166"]
        assert site.asked["/oai?metadataPrefix=oai_dc&set=letters&verb=ListRecords"] == 1


def test_oai_in_a_circle() -> None:
    page = (
        (SOURCES / "oai.xml")
        .read_bytes()
        .replace(b"<resumptionToken/>", b"<resumptionToken>same</resumptionToken>")
    )
    with (
        Site(lambda path, query: (200, {}, page)) as site,
        pytest.raises(ReaderError, match="again and again"),
    ):
        site.read("/oai")


def test_oai_error() -> None:
    body = (
        b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        b'<error code="cannotDisseminateFormat">no such format</error></OAI-PMH>'
    )
    with (
        Site(lambda path, query: (200, {}, body)) as site,
        pytest.raises(ReaderError, match="no such format"),
    ):
        site.read("/oai")


def test_a_manifest() -> None:
    body = (SOURCES / "iiif.json").read_bytes()
    with Site(lambda path, query: (200, {}, body)) as site:
        keys, _ = site.read("/poster/manifest")
        assert keys == ["https://iiif.example.org/poster/manifest"]


@pytest.mark.parametrize(
    ("answer", "said", "asked"),
    [
        ((404, {}, b""), "404", 1),
        ((500, {}, b""), "500 Internal Server Error, 5 times", 5),
        ((200, {}, b"<html>"), "JSON", 1),
        ((200, {}, b"{}"), "no list of records", 1),
        ((200, {}, b'[{"a": 1}]'), "neither as Omeka Classic nor as Omeka S", 1),
    ],
)
def test_what_goes_wrong(answer: Answer, said: str, asked: int) -> None:
    with Site(lambda path, query: answer) as site:
        with pytest.raises(ReaderError, match=said):
            site.read()
        assert sum(site.asked.values()) == asked


def test_nobody_there() -> None:
    with Site(lambda path, query: NOT_FOUND) as site:
        pass
    with pytest.raises(ReaderError, match="can't be reached"):
        site.read()
    assert site.waited == [0.25, 1.0, 2.0, 4.0, 8.0]
