"""What commands tell beside their output: as JSON of one shape, and their progress on terminals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from citekit.cli import main
from tests.archives import omeka

KEYS = ["kind", "where", "record", "field", "value", "message", "hint"]
BIB = """@book{a, title={One}, year={2001}, isbn={978-3-16-148410-0}, strange={v}}
@book{b, title={Two}, year={2002}, isbn={3-16-148410-0}}
@book{"""


@pytest.fixture
def bib(tmp_path: Path) -> str:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, "utf-8")
    return str(path)


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)], input=stdin)


def told(text: str) -> list[dict[str, str]]:
    """The objects of an array, which all have the same keys."""
    found: list[dict[str, str]] = json.loads(text)
    assert all(list(one) == KEYS for one in found)
    return found


def kinds(text: str) -> list[str]:
    return [one["kind"] for one in told(text)]


def test_what_a_bibliography_has_to_tell(bib: str) -> None:
    result = run("bibliography", bib, "--style", "apa", "--json")
    loss, error, duplicate = told(result.stderr)
    assert (loss["kind"], loss["record"], loss["field"]) == ("loss", "a", "strange")
    assert (error["kind"], duplicate["kind"]) == ("error", "duplicate")
    assert (duplicate["record"], duplicate["field"], duplicate["where"]) == ("b", "ISBN", bib)
    assert "'a'" in duplicate["message"]
    assert all(one["where"].startswith(bib) for one in (loss, error, duplicate))
    plain = run("bibliography", bib, "--style", "apa")
    assert plain.stdout == result.stdout
    assert plain.stderr.count("warning: ") == 3


def test_what_cite_has_to_tell() -> None:
    item = [{"id": "x", "type": "letter", "title": "T"}, {"id": "y", "type": "book"}]
    result = run("cite", "--style", "apa", "--json", stdin=json.dumps(item))
    [doubt] = told(result.stderr)
    assert (doubt["kind"], doubt["record"], doubt["field"]) == ("doubt", "x", "type")
    assert doubt["where"] == "standard input"
    assert run("cite", "--style", "apa", "--json", stdin="[]").stderr == "[]\n"


def test_what_a_style_does_not_print(tmp_path: Path) -> None:
    style = tmp_path / "publisher.csl"
    style.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info>'
        "<id>x</id><title>x</title><updated>2020-01-01T00:00:00+00:00</updated></info>"
        '<citation><layout><text variable="publisher"/></layout></citation>'
        '<bibliography><layout><text variable="publisher"/></layout></bibliography></style>',
        "utf-8",
    )
    item = '[{"id": "x", "type": "book", "title": "T"}]'
    for command in ("cite", "bibliography"):
        [one] = told(run(command, "--style", style, "--json", stdin=item).stderr)
        assert (one["kind"], one["record"]) == ("unprinted", "x")


def test_what_convert_loses(bib: str, tmp_path: Path) -> None:
    report = tmp_path / "lost.json"
    result = run("convert", bib, "--to", "csl-json", "--json")
    assert kinds(result.stderr) == ["loss", "error"]
    assert json.loads(result.stdout)[0]["title"] == "One"
    assert run("convert", bib, "--to", "csl-json", "--json", "--report", report).stderr == ""
    assert report.read_text("utf-8") == result.stderr


def test_a_report_in_a_file(bib: str, tmp_path: Path) -> None:
    report = tmp_path / "told.txt"
    result = run("cite", bib, "--style", "apa", "--report", report)
    assert result.stderr == ""
    lines = report.read_text("utf-8").splitlines()
    assert len([line for line in lines if not line.startswith("  hint: ")]) == 2


def test_the_error_that_ends_a_command_comes_last(bib: str, tmp_path: Path) -> None:
    for arguments in (
        ("convert", bib, "--to", "ris", "--strict"),
        ("cite", bib, "--style", "apa", "--id", "nobody"),
    ):
        result = run(*arguments, "--json")
        assert (result.exit_code, result.stdout) == (1, "")
        assert kinds(result.stderr)[-1] == "error"
        plain = run(*arguments)
        assert plain.exit_code == 1
        assert told(result.stderr)[-1]["message"] in plain.stderr
        report = tmp_path / "told.json"
        filed = run(*arguments, "--json", "--report", report)
        assert filed.exit_code == 1
        assert filed.stderr.startswith("citekit: ")
        assert report.read_text("utf-8") == result.stderr
    assert told(run("cite", "absent.bib", "--style", "apa", "--json").stderr)


def test_what_archives_tell(tmp_path: Path) -> None:
    source = omeka.write(tmp_path / "items.json", omeka.answer(omeka.short_records()))
    result = run("archive", "cite", source, "--item", "7", "--styles", "apa", "--json")
    assert result.exit_code == 0
    cited = told(result.stderr)
    assert {"date-impossible", "field-unprinted"} <= {one["kind"] for one in cited}
    assert all(one["record"] == "7" for one in cited)
    built = run("archive", "build", source, "-o", tmp_path / "out", "--styles", "apa", "--json")
    assert built.exit_code == 0
    reported = told(built.stdout)
    assert [one for one in reported if one in cited] == cited
    assert "report.html" in built.stderr


# ------------------------------------------------------------------------- progress


AT_ONCE = """
from citekit.cli import main, progress
progress._SECONDS = 0  # however fast the machine is
main()
"""


def on_a_terminal(*command: object) -> tuple[bytes, bytes]:
    """Standard output, and what a terminal gets that is standard error."""
    import pty  # noqa: PLC0415 - there is none on Windows

    ours, theirs = pty.openpty()
    words = [sys.executable, "-c", AT_ONCE, *map(str, command)]
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(words, stdout=output, stderr=theirs) as process,
    ):
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # how Linux tells that the other end is closed
            pass
        finally:
            os.close(ours)
        assert process.wait(120) == 0
        output.seek(0)
        printed = output.read()
    return printed, shown


def many(count: int) -> list[dict[str, Any]]:
    return [{"id": f"r{n}", "type": "book", "title": f"T{n}"} for n in range(count)]


@pytest.mark.skipif(os.name != "posix", reason="terminals are of POSIX")
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("bibliography", "{json}", "--style", "apa"), b"formatting 2,000 records in apa"),
        (("cite", "{json}", "--style", "apa"), b"formatting 2,000 records in apa"),
        (("convert", "{json}", "--to", "bibtex"), b" records converted"),
        (("archive", "cite", "{items}", "--styles", "apa"), b" records read"),
        (("archive", "build", "{items}", "-o", "{out}", "--styles", "apa"), b"Records"),
    ],
)
def test_progress_on_a_terminal_only(command: tuple[str, ...], said: bytes, tmp_path: Path) -> None:
    library = tmp_path / "refs.json"
    library.write_text(json.dumps(many(2000)), "utf-8")
    items = omeka.write(tmp_path / "items.json", omeka.answer(omeka.short_records()))
    words = [one.format(json=library, items=items, out=tmp_path / "out") for one in command]
    printed, shown = on_a_terminal(*words)
    assert said in shown
    line = shown.rpartition(b"\r")[2]
    assert said not in line  # in the end it is gone, or done
    quiet = subprocess.run(
        [sys.executable, "-m", "citekit", *words], check=True, capture_output=True, timeout=120
    )
    assert (said in quiet.stderr, quiet.stdout) == (False, printed)
