"""``citekit archive build``: what is in the folder, what is built again, and what a kill leaves."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree, html

from citekit.archives import Site, open_collection
from citekit.archives.pages import Built, Options, build
from citekit.archives.pages.files import file_name
from citekit.cli import main
from citekit.errors import CitekitError
from tests.archives import omeka

ROOT = Path(__file__).resolve().parents[2]
SITE = Site(title="Archive of the Turn", house="omeka-classic")
OPTIONS = Options(styles=("house", "chicago", "mla", "apa"))
HOSTILE = {
    "id": "666",
    "about": "what would break out of its place",
    "Title": ['"><script>alert(1)</script> & <img src=x onerror=alert(1)>'],
    "Creator": ["</script><b>Bobby"],
    "Identifier": ["javascript:alert(1)"],
    "Type": ["Letter"],
}


def records() -> list[dict[str, Any]]:
    return [*omeka.short_records()[:24], HOSTILE]


def made(folder: Path, chosen: list[dict[str, Any]], out: str = "out", **more: Any) -> Built:
    source = omeka.write(folder / "items.json", omeka.answer(chosen))
    return build(open_collection(source, SITE), folder / out, OPTIONS, **more)


def parsed(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_text("utf-8"))


def json_ld(page: html.HtmlElement) -> dict[str, Any]:
    texts = [each.text for each in page.iter("script") if each.get("type")]
    data: dict[str, Any] = json.loads(texts[0] or "") if texts else {}
    return data


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    made(folder, records())
    return folder / "out"


# ------------------------------------------------------------ what is in the folder


def test_every_record_has_its_files(whole: Path) -> None:
    for record in records():
        name = record["id"]
        for ending in (".json", ".html", ".fragment.html", ".csl.json", ".bib", ".ris"):
            assert (whole / "records" / f"{name}{ending}").stat().st_size, ending


def test_the_box(whole: Path) -> None:
    box = html.fragment_fromstring((whole / "records/4.fragment.html").read_text("utf-8"))
    assert [each.text for each in box.iter("summary")] == [
        "Omeka Classic", "Chicago", "MLA", "APA",
    ]  # fmt: skip
    lines = {each.get("id"): each.text_content() for each in box.iter("blockquote")}
    assert lines["citekit-4-2-0"] == "(Mazowiecki)"
    buttons = list(box.iter("button"))
    assert {button.get("data-copy") for button in buttons} == set(lines)
    assert all(button.get("aria-label") for button in buttons)
    assert "rft.creator=Tadeusz+Mazowiecki" in next(iter(box.find_class("Z3988"))).get("title", "")
    assert {each.get("href") for each in box.iter("a")} == {"4.csl.json", "4.bib", "4.ris"}


def test_the_page_has_its_metadata_in_the_head(whole: Path) -> None:
    page = parsed(whole / "records/11.html")
    metas = {each.get("name"): each.get("content") for each in page.head.iter("meta")}
    assert metas["citation_author"] == "Archer, Ann"
    assert metas["citation_publication_date"] == "2005/04/01"
    data = json_ld(page)
    assert data["@type"] == ["ArchiveComponent", "Message"]
    assert data["recipient"] == [{"@type": "Organization", "name": "Board of Trustees"}]


def test_nothing_breaks_out(whole: Path) -> None:
    for name in ("records/666.html", "index.html", "report.html"):
        page = parsed(whole / name)
        scripts = [each.text or "" for each in page.iter("script")]
        assert not any("alert" in text and "@context" not in text for text in scripts)
        assert not list(page.iter("img"))
        assert not [a for a in page.iter("a") if (a.get("href") or "").startswith("javascript")]
        assert json_ld(page) or name != "records/666.html"


def test_the_json(whole: Path) -> None:
    data = json.loads((whole / "records/24.json").read_text("utf-8"))
    assert data["preferred"] == "CIA, Prospects for Hungary, 1989, RG 263, NARA."
    assert set(data["styles"]) == {"house", "chicago", "mla", "apa"}
    assert data["styles"]["apa"]["citation"]["text"].startswith("(United States, Central")
    assert {"field": "date", "text": "c1989", "origin": "Dublin Core: Date"} in data["values"]


def test_files_for_reference_managers(whole: Path) -> None:
    assert (
        (whole / "records/21.bib")
        .read_text("utf-8")
        .startswith("@unpublished{item-21,\n  author = {{Smith \\& Sons Ltd.}},\n")
    )
    ris = (whole / "records/23.ris").read_text("utf-8").splitlines()
    assert ris[:3] == ["TY  - MANSCPT", "AU  - Long, Russell B., III", "AU  - Madonna"]
    item = json.loads((whole / "records/7.csl.json").read_text("utf-8"))[0]
    assert item["issued"] == {"date-parts": [[1989, 2]]}


def test_index_and_report(whole: Path) -> None:
    index = parsed(whole / "index.html")
    assert len(list(index.iter("tr"))) == len(records()) + 1
    assert [each.text for each in index.iter("h1")] == ["How to cite: Archive of the Turn"]
    report = parsed(whole / "report.html")
    kinds = {row.findtext("th"): row.findtext("td") for row in report.iter("tr")}
    assert kinds["date-impossible"] == "3"
    with (whole / "report.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert {"record": "7", "kind": "date-impossible"}.items() <= next(
        row for row in found if row["kind"] == "date-impossible" and row["record"] == "7"
    ).items()


def test_html_is_well_formed(whole: Path) -> None:
    """Boxes are put into pages of any kind, so they are XML, too."""
    for path in (whole / "records").glob("*.fragment.html"):
        text = path.read_text("utf-8").replace(" hidden", "").replace(" open", "")
        etree.fromstring(text.replace(" download>", ">"))


# ------------------------------------------------------------ built again


def test_what_has_not_changed_is_left_alone(tmp_path: Path) -> None:
    chosen = records()
    assert made(tmp_path, chosen).rendered == len(chosen)
    page = tmp_path / "out/records/4.html"
    before = page.stat().st_mtime_ns
    assert made(tmp_path, chosen).rendered == 0
    chosen[4] = chosen[4] | {"Date": ["1988"]}
    assert made(tmp_path, chosen).rendered == 1
    assert page.stat().st_mtime_ns == before
    page.unlink()
    assert made(tmp_path, chosen).rendered == 1


def test_what_is_gone_is_removed(tmp_path: Path) -> None:
    made(tmp_path, records())
    built = made(tmp_path, records()[:5])
    assert built.removed == len(records()) - 5
    made(tmp_path, records()[:5], "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_another_style_builds_all_anew(tmp_path: Path) -> None:
    made(tmp_path, records()[:3])
    collection = open_collection(tmp_path / "items.json", SITE)
    assert build(collection, tmp_path / "out", Options(styles=("apa",))).rendered == 3


# ------------------------------------------------------------ killed and resumed


@pytest.mark.parametrize("after", [0, 20])
def test_resumed_it_is_the_same(tmp_path: Path, whole: Path, after: int) -> None:
    count = 0

    def stop(record: str) -> None:
        nonlocal count
        if count == after:
            raise KeyboardInterrupt
        count += 1

    with pytest.raises(KeyboardInterrupt):
        made(tmp_path, records(), progress=stop)
    # As if it had been killed in the middle of a line and of a file.
    with (tmp_path / "out/journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write('{"id": "99", "key": "x", "na')
    (tmp_path / "out/records/99.json.part").write_text("{", "utf-8")
    assert made(tmp_path, records()).rendered == len(records()) - after - 1
    assert contents(tmp_path / "out") == contents(whole)


def test_killed_for_real(tmp_path: Path) -> None:
    """The full thing, 10,000 records within 400 MB, is ``python tests/archives/large.py``."""
    many = [record | {"id": str(n)} for n in range(1, 9) for record in records()[n : n + 20]]
    for number, record in enumerate(many):
        record["id"] = str(number)
    source = omeka.write(tmp_path / "items.json", omeka.answer(many))
    command = [sys.executable, "-m", "citekit", "archive", "build", str(source), "-o"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    out = tmp_path / "killed"
    for _ in range(2):
        process = subprocess.Popen([*command, str(out)], env=environment, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < deadline:
            if len(list((out / "records").glob("*.ris"))) > 20:
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    for folder in (out, tmp_path / "fresh"):
        subprocess.run(
            [*command, str(folder)], env=environment, check=True, stderr=subprocess.DEVNULL
        )
    assert contents(out) == contents(tmp_path / "fresh")


# ------------------------------------------------------------ the command, names, errors


def test_the_command(tmp_path: Path) -> None:
    source = omeka.write(tmp_path / "items.json", omeka.answer(records()[:3]))
    arguments = ["archive", "build", str(source), "-o", str(tmp_path / "out"), "--styles", "apa"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert "3 records, 3 of them built" in result.stderr
    result = CliRunner().invoke(main, [*arguments, "--strict"])
    assert result.exit_code == 1
    assert "findings (--strict)" in result.stderr


def test_names_of_files() -> None:
    assert file_name("164") == "164"
    names = {file_name(each) for each in ("a/b", "a:b", "../../etc", "A", "a", "é", "x" * 300)}
    assert len(names) == 7
    assert not any("/" in name or ":" in name or "." in name for name in names)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", "utf-8")
    with pytest.raises(CitekitError, match="can't be written to"):
        made(tmp_path, records()[:1])
