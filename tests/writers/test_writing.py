"""Every format that is written: what comes back, and that what doesn't has been told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

import citekit
from citekit import Date, Name, Record, WriterError
from citekit.cli import main
from citekit.readers import csl_json
from citekit.writers.formats import FORMATS
from citekit.writers.losses import compare
from tests.strategies import Json, libraries

BOOK = Record(
    "brown1996",
    "book",
    title="The Gorbachev Factor",
    author=[Name("Brown", "Archie"), Name(literal="Politburo")],
    issued=Date(1996, 5, 2),
    publisher="Oxford University Press",
    publisher_place="Oxford",
    ISBN="9780198273448",
    language="en",
)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(library=libraries)
def test_what_does_not_come_back_was_told(name: str, library: list[Json]) -> None:
    records = csl_json.from_object(library)
    written = citekit.write(records, name)
    found = {record.id: record for record in citekit.read(written.text.encode(), name)}
    told = {(loss.record, loss.field) for loss in written.losses}
    for record in records:
        whole = (record.id, "id") in told or (record.id, "") in told
        missed = [] if whole else compare(record, found.get(record.id))
        assert not [loss for loss in missed if (record.id, loss.field) not in told]


@pytest.mark.parametrize("name", FORMATS)
def test_a_plain_book_comes_back_whole(name: str) -> None:
    written = citekit.write([BOOK], name)
    assert written.losses == ()
    assert not list(compare(BOOK, citekit.read(str(written).encode(), name)[0]))


@pytest.mark.parametrize("name", FORMATS)
def test_no_records_are_a_file_of_none(name: str) -> None:
    text = citekit.write([], name).text
    assert len(citekit.read(text.encode(), name)) == 0


def test_csl_json_in_pieces_is_csl_json() -> None:
    assert json.loads(citekit.write([BOOK, BOOK], "csl-json").text)[1]["id"] == "brown1996"


def test_an_unknown_format() -> None:
    with pytest.raises(WriterError, match=r"no format 'riss' can be written\s+hint: did you mean"):
        citekit.write([], "riss")


def test_convert(tmp_path: Path) -> None:
    source, target, report = tmp_path / "a.json", tmp_path / "a.ris", tmp_path / "lost.txt"
    item = {"id": "a", "type": "book", "title": "T", "scale": "1:10"}
    source.write_text(json.dumps([item]), "utf-8")
    run = CliRunner().invoke(main, ["convert", str(source), "-o", str(target)])
    assert (run.exit_code, run.stdout) == (0, "")
    assert "record 'a', field scale: '1:10' is lost" in run.stderr
    assert target.read_text("utf-8").startswith("TY  - BOOK\n")
    options = ["--report", str(report), "--to", "csl-yaml"]
    run = CliRunner().invoke(main, ["convert", str(target), *options])
    assert run.stdout == "references:\n- id: a\n  type: book\n  title: T\n"
    assert report.read_text("utf-8") == ""


def test_convert_strictly(tmp_path: Path) -> None:
    source, target = tmp_path / "a.json", tmp_path / "a.ris"
    source.write_text('[{"id": "a", "type": "book", "scale": "1:10"}]', "utf-8")
    run = CliRunner().invoke(main, ["convert", "--strict", str(source), "-o", str(target)])
    assert run.exit_code == 1
    assert "1 value or entry would be lost" in run.stderr
    assert not target.exists()


def test_convert_to_an_ending_that_says_nothing(tmp_path: Path) -> None:
    run = CliRunner().invoke(main, ["convert", "a.json", "-o", str(tmp_path / "a.xyz")])
    assert run.exit_code == 1
    assert "no format has the ending '.xyz'" in run.stderr


def test_converted_files_share_no_key(tmp_path: Path) -> None:
    text = "TY  - BOOK\nAU  - Brown, A\nPY  - 1996\nER  - \n"
    for name in ("a.ris", "b.ris"):
        (tmp_path / name).write_text(text, "utf-8")
    files = [str(tmp_path / name) for name in ("a.ris", "b.ris")]
    run = CliRunner().invoke(
        main, ["convert", *files, "--to", "csl-json", "--keys", "{Author}:{year}"]
    )
    assert [item["id"] for item in json.loads(run.stdout)] == ["Brown:1996", "Brown:1996b"]
