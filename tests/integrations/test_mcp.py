"""The server for assistants, called by the SDK's own client: in memory, and over stdio."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from click.testing import CliRunner
from mcp import Client, MCPError, StdioServerParameters
from mcp_types import CallToolResult

from citekit.cli import main
from citekit.integrations.mcp import server

BIB = "@book{key, title = {The Year of Truth}, author = {Ash, Timothy}, year = 1990, foo = {x}}"
RECORDS = [
    {"id": "b", "type": "book", "title": "Zeal", "author": [{"family": "Brown"}]},
    {"id": "a", "type": "book", "title": "Aim", "author": [{"family": "Adams"}]},
]
TOOLS = {"format_citations", "check_records", "check_style", "convert", "find_styles"}


def called(name: str, **arguments: Any) -> CallToolResult:
    async def run() -> CallToolResult:
        async with Client(server()) as client:
            return await client.call_tool(name, arguments)

    return anyio.run(run)


def answer(name: str, **arguments: Any) -> Any:
    result = called(name, **arguments)
    assert not result.is_error, result.content
    return result.structured_content


def failure(name: str, **arguments: Any) -> str:
    result = called(name, **arguments)
    assert result.is_error
    return str(getattr(result.content[0], "text", ""))


def test_every_tool_says_what_it_does_and_that_it_changes_nothing() -> None:
    async def run() -> None:
        async with Client(server()) as client:
            tools = (await client.list_tools()).tools
            assert {tool.name for tool in tools} == TOOLS
            for tool in tools:
                assert tool.description
                assert tool.annotations is not None
                assert tool.annotations.read_only_hint
            assert client.instructions is not None

    anyio.run(run)


def test_text_of_any_format_is_formatted_and_losses_are_told() -> None:
    done = answer("format_citations", style="apa", records=BIB)
    assert done["citations"] == ["(Ash, 1990)"]
    assert done["bibliography"] == [{"id": "key", "text": "Ash, T. (1990). The Year of Truth."}]
    [warning] = done["warnings"]
    assert "field foo" in warning


def test_citations_are_those_of_a_document() -> None:
    cites = [
        [{"id": "b", "locator": "3"}],
        [{"id": "b", "locator": "3"}],
        [{"id": "b"}, {"id": "a"}],
    ]
    style = "oscola"
    done = answer("format_citations", style=style, records=RECORDS, citations=cites, output="html")
    assert done["citations"][0] == "Brown, <i>Zeal</i>, p 3."
    assert done["citations"][1] == "ibid."
    assert [entry["id"] for entry in done["bibliography"]] == ["a", "b"]


def test_a_locale() -> None:
    done = answer(
        "format_citations",
        style="apa",
        records=BIB,
        locale="de-DE",
        citations=[[{"id": "key", "locator": "5"}]],
    )
    assert done["citations"] == ["(Ash, 1990, S. 5)"]


def test_records_are_checked() -> None:
    assert answer("check_records", records=RECORDS, style="apa") == {
        "ids": ["b", "a"],
        "problems": [],
    }
    odd = answer("check_records", records=[{"id": "x", "type": "book", "tittle": "?"}])
    assert any("tittle" in problem for problem in odd["problems"])


def test_a_style_is_checked() -> None:
    [problem] = answer("check_style", xml="<style/>")["result"]
    assert problem["severity"] == "error"


def test_records_are_converted() -> None:
    done = answer("convert", records=BIB, to="csl-json")
    assert json.loads(done["text"])[0]["title"] == "The Year of Truth"
    assert len(done["losses"]) == 1


def test_styles_are_found() -> None:
    done = answer("find_styles", words="chicago notes", limit=2)
    assert len(done["styles"]) == 2 < done["total"]
    assert done["styles"][0]["name"].startswith("chicago-notes")
    assert answer("find_styles", words="xyzzy") == {"styles": [], "total": 0}


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("format_citations", {"style": "appa", "records": BIB}, "did you mean"),
        ("format_citations", {"style": "apa", "records": "no format"}, "can't tell which format"),
        ("format_citations", {"style": "apa", "records": []}, "no records"),
        ("format_citations", {"style": "apa", "records": BIB, "locale": "tlh"}, "tlh"),
        (
            "format_citations",
            {"style": "apa", "records": BIB, "citations": [[{"id": "none"}]]},
            "none",
        ),
        ("format_citations", {"style": "apa", "records": BIB, "output": "pdf"}, "html"),
        ("convert", {"records": BIB, "to": "docx"}, "docx"),
    ],
)
def test_errors_are_told_to_the_assistant(tool: str, arguments: dict[str, Any], said: str) -> None:
    assert said in failure(tool, **arguments)


def test_no_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = anyio.run(_resource, "citekit://styles/apa")
    file = tmp_path / "mine.csl"
    file.write_text(installed, "utf-8")
    monkeypatch.chdir(tmp_path)
    for name in (str(file), "mine.csl", "./mine.csl", "mine"):
        assert "there is no style" in failure("format_citations", style=name, records=BIB)
    bib = tmp_path / "refs.bib"
    bib.write_text(BIB)
    assert "can't tell which format" in failure("format_citations", style="apa", records=str(bib))
    dependent = f"""<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
      <info><title>T</title><id>http://example.org/t</id><updated>2020-01-01T00:00:00Z</updated>
      <link href="{file}" rel="independent-parent"/></info></style>"""
    problems = answer("check_style", xml=dependent)["result"]
    assert any("there is no style" in problem["message"] for problem in problems)


async def _resource(uri: str) -> str:
    async with Client(server()) as client:
        [content] = (await client.read_resource(uri)).contents
        return str(getattr(content, "text", ""))


def test_styles_are_resources() -> None:
    assert "<title>" in anyio.run(_resource, "citekit://styles/apa")


@pytest.mark.parametrize("name", ["none-such", "..%2F..%2Fpasswd"])
def test_styles_that_are_not_installed_are_no_resources(name: str) -> None:
    async def run() -> None:
        async with Client(server()) as client:
            with pytest.raises(MCPError):
                await client.read_resource(f"citekit://styles/{name}")

    anyio.run(run)


def test_the_command_serves_over_stdio() -> None:
    async def run() -> Any:
        command = StdioServerParameters(command=sys.executable, args=["-m", "citekit", "mcp"])
        with anyio.fail_after(60):
            async with Client(command) as client:
                assert "citekit://styles/{name}" in [
                    one.uri_template
                    for one in (await client.list_resource_templates()).resource_templates
                ]
                return await client.call_tool(
                    "format_citations", {"style": "apa", "records": RECORDS}
                )

    done = anyio.run(run).structured_content
    assert done["citations"] == ["(Brown, n.d.)", "(Adams, n.d.)"]


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    result = CliRunner().invoke(main, ["mcp"])
    assert result.exit_code == 1
    assert "pip install 'citekit-csl[mcp]'" in result.stderr
