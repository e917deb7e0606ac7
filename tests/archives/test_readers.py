"""Every format that is read: a source in ``data/sources``, and what is printed of it beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citekit.archives import open_collection
from citekit.archives.readers import stream
from citekit.archives.site import parse_site
from citekit.errors import ReaderError
from tests.archives import omeka
from tests.archives.printing import SITE, lines
from tests.archives.test_rules import broken

SOURCES = Path(__file__).parent / "data" / "sources"
FORMATS = {
    "oai.xml": "Dublin Core",
    "qualified.xml": "Dublin Core",
    "mods.xml": "MODS",
    "ead3.xml": "EAD",
    "ead2002.xml": "EAD",
    "archivesspace.json": "ArchivesSpace, API",
    "omeka-s.json": "Omeka S, API",
    "iiif.json": "IIIF Presentation 3",
    "schema-org.json": "schema.org",
    "export.csv": "Omeka Classic, CSV",
}


def test_every_source_is_tried() -> None:
    present = {path.name for path in SOURCES.iterdir() if path.suffix != ".txt"}
    assert present == set(FORMATS)


@pytest.mark.parametrize(("name", "format_"), FORMATS.items())
def test_prints(name: str, format_: str, request: pytest.FixtureRequest) -> None:
    collection = open_collection(SOURCES / name, SITE)
    assert collection.format == format_
    text = ""
    for record in collection.records():
        text += f"## {record.id}: {record.kind}\n"
        for label, line in lines(record):
            assert not broken(line), line
            text += f"{label}\n    {line}\n"
        text += "".join(f"! {finding}\n" for finding in record.findings)
    text += "".join(
        f"!! {problem.replace(str(SOURCES), '…')}\n" for problem in collection.problems.found
    )
    golden = SOURCES / f"{name}.txt"
    if request.config.getoption("--update"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


# ------------------------------------------------------------ sources as they come


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", '{"hello": 1}', "none of the formats"),
        ("a.json", "[]", "none of the formats"),
        ("a.json", '[{"element_texts": [', "a.json"),
        ("a.xml", "<html/>", "none of the formats"),
        ("a.xml", "<ead>", "no well-formed XML"),
        ("a.csv", "a,b\n1,2\n", "Dublin Core:Title"),
        ("a.json", '[{"element_texts": []}]', "no id"),
    ],
)
def test_bad_sources_are_errors(tmp_path: Path, name: str, content: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(ReaderError, match=said):
        list(open_collection(path).records())


def test_entities_open_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish", "utf-8")
    path = tmp_path / "mods.xml"
    path.write_text(
        f'<!DOCTYPE mods [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n'
        '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>A&x;B</title></titleInfo></mods>',
        "utf-8",
    )
    (record,) = open_collection(path).records()
    assert record.title is not None
    assert "swordfish" not in record.title.text


def test_a_folder_of_pages(tmp_path: Path) -> None:
    answer = omeka.answer(omeka.short_records())
    omeka.write(tmp_path / "site.json", answer["site"])
    for page in (1, 2, 10):
        omeka.write(tmp_path / f"items-{page}.json", answer["items"][page : page + 1])
    records = list(open_collection(tmp_path).records())
    assert [record.id for record in records] == ["2", "3", "11"]
    assert {record.site_title.text for record in records if record.site_title} == {
        "Archive of the Turn"
    }


def test_a_folder_of_two_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]", "utf-8")
    (tmp_path / "b.xml").write_text("<a/>", "utf-8")
    with pytest.raises(ReaderError, match="several kinds"):
        open_collection(tmp_path)


def test_items_that_are_not_public_or_there_twice(tmp_path: Path) -> None:
    records = omeka.short_records()[:3]
    records = [records[0], records[1] | {"public": False}, records[2], records[2]]
    collection = open_collection(omeka.write(tmp_path / "a.json", omeka.answer(records)))
    assert [record.id for record in collection.records()] == ["1", "3"]
    assert len(collection.problems.found) == 2


def test_large_files_are_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = omeka.answer(omeka.short_records())
    for number, value in enumerate((answer, answer["items"])):
        path = omeka.write(tmp_path / f"{number}.json", value)
        whole = list(open_collection(path).records())
        with monkeypatch.context() as patch:
            patch.setattr(stream, "SMALL", 0)
            assert list(open_collection(path).records()) == whole
            broken_path = tmp_path / "broken.json"
            broken_path.write_text(json.dumps(value)[:-3], "utf-8")
            with pytest.raises(ReaderError, match=r"broken\.json"):
                list(stream.elements(broken_path, ("items",)))


def test_a_handle_stands_for_a_missing_address(tmp_path: Path) -> None:
    path = tmp_path / "record.xml"
    path.write_text(
        '<dc xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A</dc:title>'
        "<dc:identifier>https://hdl.handle.net/1/2</dc:identifier></dc>",
        "utf-8",
    )
    (record,) = open_collection(path).records()
    assert record.url is not None
    assert record.url.text == "https://hdl.handle.net/1/2"
    assert not [each for each in record.findings if each.kind == "identifier-unused"]


# ------------------------------------------------------------ a site's own mapping


def test_a_site_overrules_the_mapping(tmp_path: Path) -> None:
    record = omeka.short_records()[0] | {
        "Title": ["X-1"],
        "Type": ["Samizdat"],
        "Creator": ["Nagy Imre"],
        "item_type_metadata": {"Shelf": ["box 9"], "Proper Title": ["On the Necessity of Truth"]},
    }
    site = parse_site(
        {
            "site": {"title": "Our Archive", "url": "https://a.org", "item_url": "{root}/i/{id}"},
            "elements": {
                "Item Type Metadata: Shelf": "location",
                "Item Type Metadata: Proper Title": "title",
                "Dublin Core: Title": "nothing",
            },
            "types": {"Samizdat": "document"},
            "names": {"Nagy Imre": {"family": "Nagy", "given": "Imre"}},
            "records": {"1": {"date": "1956", "repository": "National Library"}},
        }
    )
    (found,) = open_collection(
        omeka.write(tmp_path / "a.json", omeka.answer([record])), site
    ).records()
    assert dict(lines(found))["chicago, entry"] == (
        "Nagy, Imre. “On the Necessity of Truth.” Samizdat. 1956. Box 9. National Library. "
        "Our Archive. https://a.org/i/1."
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"sight": {}}, "there is no setting"),
        ({"site": {"titel": "x"}}, "there is no setting"),
        ({"elements": {"a": "b"}}, "there is no field 'b'"),
        ({"types": {"a": "b"}}, "there is no kind 'b'"),
        ({"names": {"a": {"first": "b"}}}, "no parts of a name"),
        ({"records": {"1": {"b": "c"}}}, "there is no field 'b'"),
        ({"records": {"1": "c"}}, "is no table"),
        ({"site": {"title": 1}}, "is no text"),
        ({"site": {"item_url": "http://a.org/{slug}"}}, "can't be filled in"),
    ],
)
def test_wrong_settings_are_errors(settings: dict[str, object], said: str) -> None:
    with pytest.raises(ReaderError, match=said):
        parse_site(settings, where="site.toml")
