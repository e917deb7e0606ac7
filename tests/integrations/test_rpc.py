"""``citekit rpc``: what is asked and answered, against the schema in the documentation."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from citekit import Style
from citekit.integrations.rpc import Server, serve
from citekit.integrations.rpc.methods import Methods
from citekit.readers import csl_json

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "rpc.schema.json").read_text(encoding="utf-8"))
DOCS = (ROOT / "docs" / "rpc.md").read_text(encoding="utf-8")
LETTERS = json.loads((ROOT / "tests" / "data" / "letters.json").read_text(encoding="utf-8"))
NOTES = "chicago-notes-bibliography"


def check(value: object, pointer: str = "") -> None:
    """The value is as the schema at this pointer has it."""
    schema = {**SCHEMA, "$ref": f"#/{pointer}"} if pointer else SCHEMA
    if pointer:
        del schema["anyOf"]
    Draft202012Validator(schema).validate(value)


class Client:
    """Asks a server, and holds questions and answers against the schema."""

    def __init__(self) -> None:
        self.server = Server()

    def ask(self, method: str, **params: object) -> Any:
        request = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
        answer = json.loads(self.server.answer(json.dumps(request).encode()))
        check(request)
        check(answer)
        assert answer["id"] == 7
        if "error" in answer:
            return answer["error"]
        check(params, f"methods/{method}/params")
        check(answer["result"], f"methods/{method}/result")
        return answer["result"]

    def opened(self, style: str = NOTES, **params: object) -> str:
        name: str = self.ask("document.open", style=style, records=LETTERS, **params)["document"]
        return name


def test_schema_and_documentation_have_every_method() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    names = set(Methods().names)
    assert SCHEMA["methods"].keys() == names
    assert set(re.findall(r"^\| `([a-z.]+)` \|", DOCS, re.MULTILINE)) == names


def test_the_example_of_the_documentation() -> None:
    server = Server()
    asked = re.findall(r"^→ (.+)$", DOCS, re.MULTILINE)
    answers = re.findall(r"^← (.+)$", DOCS, re.MULTILINE)
    assert [server.answer(line.encode()).decode() for line in asked] == answers


def test_a_session_of_an_editor() -> None:
    client = Client()
    assert client.ask("initialize")["protocol"] == 1
    document = client.opened()
    client.ask("document.add", document=document, citations=["164", "164", "kovacs"])
    moved = client.ask("document.move", document=document, id="citation-3", place=1)
    assert [one["id"] for one in moved["citations"]] == ["citation-2"]  # no longer ibid.
    cite = {"id": "adams-a", "locator": 3, "label": "chapter", "prefix": "see "}
    citation = {"cites": [cite], "id": "mine", "mode": "suppress-author"}
    client.ask("document.insert", document=document, place=0, citation=citation)
    client.ask("document.replace", document=document, id="mine", citation=["adams-a", "adams-b"])
    removed = client.ask("document.delete", document=document, ids=["mine"])
    assert removed["removed"] == ["mine"]

    printed = client.ask("document.citations", document=document)["citations"]
    once = Style.load(NOTES).process(
        csl_json.from_object(LETTERS), ["164", "kovacs", "164"], uncited=False
    )
    assert [one["text"] for one in printed] == [one.text for one in once.citations]
    assert [one["note_number"] for one in printed] == [1, 2, 3]
    bibliography = client.ask("document.bibliography", document=document)
    assert [one["html"] for one in bibliography["entries"]] == [
        entry.html for entry in once.bibliography.entries
    ]
    part = client.ask(
        "document.bibliography", document=document, selection={"excluding": {"cited": True}}
    )
    assert part["entries"] == []


def test_records_come_and_go_and_the_style_changes() -> None:
    client = Client()
    document = client.opened("apa", citations=["164"], uncited=["kovacs"])
    changed = client.ask(
        "document.update", document=document, records=[{**LETTERS[0], "issued": {"raw": "1999"}}]
    )
    assert "1999" in changed["citations"][0]["text"]
    assert client.ask("document.include", document=document, uncited=True)["bibliography"]
    assert client.ask("document.forget", document=document, ids=["adams-a"])["bibliography"]
    restyled = client.ask("document.restyle", document=document, style="ieee", locale="de-DE")
    assert restyled["citations"][0]["text"] == "[1]"
    arranged = client.ask("document.arrange", document=document, citations=[])
    assert arranged["removed"] == ["citation-1"]
    assert client.ask("document.close", document=document) == {}
    assert client.ask("document.close", document=document)["code"] == -32010


def test_a_preview_leaves_the_document_as_it_is() -> None:
    client = Client()
    document = client.opened(citations=["164", "kovacs"])
    before = client.ask("document.citations", document=document)
    ibid = client.ask("document.preview", document=document, citation="164", place=1)
    far = client.ask("document.preview", document=document, citation="164")
    assert ibid["text"] != before["citations"][0]["text"]
    assert far["text"]
    other = {"cites": ["adams-a"], "id": "citation-1"}
    assert "Adams" in client.ask("document.preview", document=document, citation=other)["text"]
    failed = client.ask("document.preview", document=document, citation="nobody")
    assert failed["code"] == -32001
    assert client.ask("document.citations", document=document) == before


def test_styles_are_searched_and_previewed() -> None:
    client = Client()
    found = client.ask("styles.search", query="chicago notes", limit=2)
    assert len(found["styles"]) == 2 < found["total"]
    names = ["apa", "no-such-style", "ieee"]
    previews = client.ask("styles.preview", styles=names, records=LETTERS[:1])["previews"]
    assert [one["style"] for one in previews] == names
    assert [one["citation"]["text"] for one in previews[::2]] == ["(Shakhnazarov, 1988)", "[1]"]
    assert previews[1]["error"]["code"] == -32004


def test_records_of_any_format_and_what_is_lost(tmp_path: Path) -> None:
    client = Client()
    read = client.ask("records.read", text="@book{x, title={Ž}, wrong={y}}\n@book{")
    assert read["records"][0]["title"] == "Ž"
    assert read["warnings"]
    secret = tmp_path / "refs.bib"
    secret.write_text("@book{secret, title={S}}")
    assert "secret" not in json.dumps(client.ask("records.read", text=str(secret)).get("records"))


@pytest.mark.parametrize(
    ("method", "params", "code", "where"),
    [
        ("document.opne", {}, -32601, "method"),
        ("document.open", {}, -32602, "params"),
        ("document.open", {"style": "apa", "local": "de"}, -32602, "params"),
        ("document.open", {"style": "apa", "locale": "xx-XX-nowhere"}, -32005, None),
        ("document.open", {"style": "appa"}, -32004, None),
        ("document.open", {"style": 3}, -32602, "style"),
        (
            "document.open",
            {"style": "apa", "records": [{"id": "x", "type": "book", "author": 3}]},
            -32001,
            None,
        ),
        ("document.open", {"style": "apa", "records": {}}, -32602, "records"),
        ("document.open", {"style": "apa", "citations": [[{"id": True}]]}, -32602, "citations[0]"),
        ("document.open", {"style": "apa", "citations": [{"id": "x"}]}, -32602, "citations[0]"),
        ("document.add", {"document": "document-9", "citations": []}, -32010, "document"),
        ("document.insert", {"document": "document-1", "place": -1, "citation": "a"}, -32602, None),
        ("styles.preview", {"styles": ["apa"] * 101, "records": []}, -32602, "styles"),
        ("records.read", {"text": "?", "format": "nonsense"}, -32002, None),
    ],
)
def test_errors_have_code_place_and_message(
    method: str, params: dict[str, Any], code: int, where: str | None
) -> None:
    error = Client().ask(method, **params)
    assert error["code"] == code, error
    assert error["message"]
    if where:
        assert error["data"]["where"].startswith(where)


def lines(*requests: bytes, most_bytes: int = 10_000) -> list[Any]:
    answers = io.BytesIO()
    serve(io.BytesIO(b"\n".join(requests)), answers, most_bytes)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


ASKED = b'{"jsonrpc": "2.0", "id": 1, "method": "styles.search", "params": {"query": "apa"}}'


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", -32700),
        (b"\xff", -32700),
        (b"NaN", -32700),
        (b"[" * 9000, -32700),
        (b"[]", -32600),
        (b"3", -32600),
        (b'{"method": "initialize", "id": 1}', -32600),
        (b'{"jsonrpc": "2.0", "method": 1}', -32600),
        (b'{"jsonrpc": "2.0", "method": "initialize", "id": [1]}', -32600),
        (b'{"jsonrpc": "2.0", "method": "initialize", "id": 1e999}', -32600),
        (b'{"jsonrpc": "2.0", "method": "initialize", "id": 1, "params": [1]}', -32602),
        (b'"' + b"x" * 30_000 + b'"', -32600),
    ],
)
def test_the_next_line_is_answered_whatever_one_holds(line: bytes, code: int) -> None:
    bad, good = lines(line, ASKED)
    check(bad)
    assert bad["error"]["code"] == code
    assert good["result"]["styles"]


def test_batches_and_notifications() -> None:
    quiet = ASKED.replace(b'"id": 1, ', b"")
    assert lines(quiet, quiet.replace(b"styles.search", b"nothing"), b"[" + quiet + b"]", b"") == []
    [batch] = lines(b"[" + b", ".join([ASKED, quiet, b"1"]) + b"]")
    assert [one["id"] for one in batch] == [1, None]


def test_text_that_is_no_unicode_is_answered_in_ascii() -> None:
    [answer] = lines(
        rb'{"jsonrpc": "2.0", "id": "\ud800", "method": "styles.preview", "params":'
        rb' {"styles": ["apa"], "records": [{"id": "\ud800", "type": "book", "title": "\udc00"}]}}'
    )
    assert answer["id"] == "\ud800"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
PARAMETERS = sorted(
    {key for one in SCHEMA["methods"].values() for key in one["params"]["properties"]}
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(SCHEMA["methods"])),
    st.dictionaries(st.sampled_from(PARAMETERS), JSON | st.just("document-1"), max_size=5),
)
def test_no_parameters_are_a_fault_of_ours(method: str, params: dict[str, Any]) -> None:
    client = Client()
    client.ask("document.open", style="ieee", records=LETTERS[:1])
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    answer = json.loads(client.server.answer(json.dumps(request).encode()))
    check(answer)
    assert answer.get("error", {}).get("code") != -32603, answer


def test_a_client_in_javascript() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node")
    client = Path(__file__).parent / "rpc_client.mjs"
    done = subprocess.run(
        [node, client, sys.executable, "-m", "citekit", "rpc"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    check(told["added"], "methods/document.add/result")
    check(told["bibliography"], "methods/document.bibliography/result")
    assert [one["id"] for one in told["added"]["citations"]] == [f"citation-{n}" for n in (1, 2, 3)]
    assert told["added"]["citations"][2]["text"] == "Roe, Другая (n.d.)."
    assert [one["id"] for one in told["moved"]["citations"]] == ["citation-2"]
    assert told["failed"]["code"] == -32001
    assert len(told["previews"]) == 2
    assert told["status"] == 0
