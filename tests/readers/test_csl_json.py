"""CSL-JSON: what is read comes back, and what can't be read is explained."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.errors import CitekitError, ReaderError, RecordError
from citekit.readers.csl_json import from_object, load, loads
from citekit.writers.csl_json import dumps, to_object
from tests import strategies

FIXTURES = Path(__file__).resolve().parents[3] / "shared" / "csl" / "fixtures"
_INPUT = re.compile(r"^>>=+ INPUT =+>>(.*?)^<<=+ INPUT =+<<", re.DOTALL | re.MULTILINE)


def same(one: Any, other: Any) -> bool:
    """Equal as JSON, and every number of the same type."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


@given(strategies.libraries)
def test_what_is_read_is_written(library: list[strategies.Json]) -> None:
    for records in (loads(json.dumps(library)), from_object(library)):
        assert same(json.loads(dumps(records)), library)


@given(strategies.libraries)
def test_reading_leniently_changes_nothing_in_valid_files(library: list[strategies.Json]) -> None:
    assert from_object(library, lenient=True) == from_object(library)


def _inputs() -> list[Path]:
    return sorted(FIXTURES.glob("*.txt"))


@pytest.mark.skipif(not FIXTURES.is_dir(), reason=f"the CSL test suite is not at {FIXTURES}")
def test_every_input_of_the_test_suite_comes_back() -> None:
    assert _inputs()
    for path in _inputs():
        match = _INPUT.search(path.read_text(encoding="utf-8-sig"))
        assert match, path.name
        library = json.loads(match[1])
        expected: dict[str, Any] = {}
        for position, item in enumerate(library, 1):
            item.setdefault("id", f"item-{position}")
            expected[str(item["id"])] = item
        written = [to_object(record) for record in loads(match[1], lenient=True)]
        assert same(written, list(expected.values())), path.name


@given(st.text() | st.text(alphabet='[]{}",:0123456789.eE+-truefalsnNI \\u\ud83d\n'))
@settings(max_examples=300)
def test_any_text_raises_citekit_errors_only(text: str) -> None:
    _only_citekit_errors(text)


@given(st.binary() | st.text().map(lambda text: text.encode("utf-16")))
def test_any_bytes_raise_citekit_errors_only(data: bytes) -> None:
    _only_citekit_errors(data)


_KEYS = ["id", "type", "title", "author", "issued", "custom", "family", "date-parts", "circa"]
_ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(_KEYS) | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(_ODD)
def test_any_json_raises_citekit_errors_only(value: object) -> None:
    _only_citekit_errors(json.dumps([value]))
    for record in from_object([value], lenient=True) if isinstance(value, dict) else []:
        record.doubts()


def _only_citekit_errors(text: str | bytes) -> None:
    for lenient in (False, True):
        try:
            records = loads(text, lenient=lenient)
        except CitekitError:
            continue
        dumps(records).encode()


ITEM = '"id": "a", "type": "book"'

WRONG: list[tuple[str, str | bytes, list[str]]] = [
    ("empty", "", ["line 1, column 1", "empty", "[]"]),
    ("cut in a text", '[{"id": "a", "ti', ["column 14", "never ends", "record 1", "cut off"]),
    ("cut after a comma", '[{"id": "a"},\n{"id": "b",\n', ["too early", "record 2", "2 brackets"]),
    ("cut before the end", f"[{{{ITEM}}}", ["ends too early", "1 bracket still open"]),
    ("comma too many", f"[{{{ITEM},}}]", ["line 1", "a comma before }", "remove the comma"]),
    ("comma too many in array", f"[{{{ITEM}}},]", ["a comma before ]"]),
    ("single quotes", "[{'id': 1}]", ["line 1, column 3", "double quote"]),
    ("comment", "// mine\n[]", ["comment"]),
    ("BibTeX", "@book{a}", ["not JSON", "BibTeX"]),
    ("JSON Lines", f"{{{ITEM}}}\n{{{ITEM}}}", ["line 2, column 1", "one array"]),
    ("line break in text", '[{"id": "a\nb"}]', ["control character", "\\n"]),
    ("backslash", r'[{"id": "\x"}]', ["backslash"]),
    ("no colon", '[{"id" 1}]', ["column 8", "found '1}]'"]),
    ("UTF-16", "[]".encode("utf-16"), ["UTF-16, not UTF-8", "iconv"]),
    ("UTF-16 without mark", "[]".encode("utf-16-be"), ["looks like UTF-16"]),
    ("UTF-32", "[]".encode("utf-32"), ["UTF-32, not UTF-8"]),
    ("Latin-1", '[\n"é"]'.encode("latin-1"), ["line 2", "0xe9", "offset 3", "Windows-1252"]),
    ("nesting", "[" * 100_000, ["nested too deeply"]),
    ("nested extra", f'[{{{ITEM}, "x": {"[" * 150}{"]" * 150}}}]', ["field x", "nested more than"]),
    ("nested custom", f'[{{{ITEM}, "custom": {{"a": {"[" * 150}{"]" * 150}}}}}]', ["field custom"]),
    ("NaN", f'[{{{ITEM},\n"volume": NaN}}]', ["line 2", "NaN, which is no JSON number"]),
    ("Infinity", f'[{{{ITEM}, "volume": -Infinity}}]', ["-Infinity"]),
    ("too large", f'[{{{ITEM}, "volume": 1e999}}]', ["1e999", "too large"]),
    ("digits", f'[{{{ITEM},\n"volume": {"9" * 5000}}}]', ["line 2", "5000 digits"]),
    ("surrogate", f'[{{{ITEM}, "title": "\\ud83d"}}]', ["surrogate"]),
    ("key twice", f'[{{{ITEM}, "title": "a", "title": "b"}}]', ['"title" twice', "'a'"]),
    ("text at the top", '"a"', ["expected an array", "the text 'a'"]),
    ("number at the top", "12", ["expected an array", "the number 12"]),
    ("no object", "[12]", ["record 1", "expected an object", "number 12"]),
    ("no id", '[\n{"type": "book"}]', ["line 2, record 1, field id", "no id"]),
    ("id null", '[{"id": null, "type": "book"}]', ["field id: no id"]),
    ("id list", '[{"id": [1], "type": "book"}]', ["field id", "found an array"]),
    ("id true", '[{"id": true, "type": "book"}]', ["field id", "found the boolean true"]),
    ("no type", '[{"id": "a"}]', ["record 'a', field type", "no type", '"document"']),
    ("type number", '[{"id": 7, "type": 1}]', ["record 7, field type", "the number 1"]),
    ("same id", f"[{{{ITEM}}},\n{{{ITEM}}}]", ["line 2", "records 1 and 2 have the same id"]),
    ("same id as number", '[{"id":1,"type":"book"},{"id":"1","type":"book"}]', ["same id"]),
    ("title list", f'[{{{ITEM}, "title": ["T"]}}]', ["field title", "found an array", "join"]),
    ("title true", f'[{{{ITEM}, "title": true}}]', ["field title", "the boolean true"]),
    ("null", f'[{{{ITEM}, "title": null}}]', ["field title", "found null", "leave the key out"]),
    ("unknown null", f'[{{{ITEM}, "x": null}}]', ["field x", "found null"]),
    ("author text", f'[{{{ITEM}, "author": "Doe"}}]', ["field author", "list of names", "'Doe'"]),
    ("author object", f'[{{{ITEM}, "author": {{}}}}]', ["field author", "found an object"]),
    ("name text", f'[{{{ITEM}, "author": [{{}}, "Doe"]}}]', ["field author 2", "name object"]),
    ("name part", f'[{{{ITEM}, "author": [{{"family": 1}}]}}]', ["author 1, family", "a text"]),
    ("name null", f'[{{{ITEM}, "author": [{{"given": null}}]}}]', ["author 1, given", "null"]),
    ("name flag", f'[{{{ITEM}, "author": [{{"parse-names": []}}]}}]', ["author 1, parse-names"]),
    ("date number", f'[{{{ITEM}, "issued": 1988}}]', ["field issued", "expected a date", "1988"]),
    ("date empty", f'[{{{ITEM}, "issued": ""}}]', ["field issued", "an empty text"]),
    ("date words", f'[{{{ITEM}, "issued": {{"date-parts": [["May"]]}}}}]', ["date-parts", "'May'"]),
    ("date half", f'[{{{ITEM}, "issued": {{"date-parts": [[1.5]]}}}}]', ["date-parts", "1.5"]),
    ("date flat", f'[{{{ITEM}, "issued": {{"date-parts": [1988]}}}}]', ["in a list", "1988"]),
    ("date none", f'[{{{ITEM}, "issued": {{"date-parts": []}}}}]', ["an empty list"]),
    ("date hollow", f'[{{{ITEM}, "issued": {{"date-parts": [[]]}}}}]', ["an empty list"]),
    ("date long", f'[{{{ITEM}, "issued": {{"date-parts": [[1,1,1,1]]}}}}]', ["found 4 values"]),
    ("date three", f'[{{{ITEM}, "issued": {{"date-parts": [[1],[2],[3]]}}}}]', ["found 3"]),
    ("date true", f'[{{{ITEM}, "issued": {{"date-parts": [[true]]}}}}]', ["the boolean true"]),
    ("literal", f'[{{{ITEM}, "issued": {{"literal": 1}}}}]', ["issued, literal", "a text"]),
    ("season", f'[{{{ITEM}, "issued": {{"season": []}}}}]', ["issued, season", "an array"]),
    ("custom", f'[{{{ITEM}, "custom": 1}}]', ["field custom", "an object", "the number 1"]),
    (
        "several",
        '[{"id": "a"},\n{"type": "book"},\n{"id": "c", "type": "book", "title": []}]',
        ["3 problems", "line 1, record 'a', field type", "line 2, record 2", "line 3, record 'c'"],
    ),
    ("many", json.dumps([{"id": n} for n in range(30)]), ["30 problems", "record 19", "10 more"]),
    ("in items", '{"items": [\n{"id": "a"}]}', ["line 2, record 'a'"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), [pytest.param(*w[1:], id=w[0]) for w in WRONG])
def test_errors_say_where_what_and_what_to_do(text: str | bytes, parts: list[str]) -> None:
    with pytest.raises((ReaderError, RecordError)) as caught:
        loads(text, where="refs.json")
    message = str(caught.value)
    assert message.startswith("refs.json")
    assert "hint: " in message
    for part in parts:
        assert part in message


def test_only_twenty_problems_are_shown() -> None:
    with pytest.raises(RecordError) as caught:
        from_object([{"id": n} for n in range(30)])
    assert str(caught.value).count("no type") == 20


LENIENT: list[tuple[str, Any, Any]] = [
    ("no type", {"id": "a"}, {"id": "a"}),
    ("no id", {"type": "book"}, {"id": "item-1", "type": "book"}),
    ("null", {"title": None, "issued": None, "author": None, "x": None}, {}),
    ("list of texts", {"title": ["T"], "ISSN": ["1", "2"]}, {"title": "T", "ISSN": "1, 2"}),
    ("boolean", {"title": True}, {"title": "true"}),
    ("object", {"title": {"a": 1}}, {"title": {"a": 1}}),
    ("name text", {"author": "Doe"}, {"author": [{"literal": "Doe"}]}),
    ("name object", {"author": {"family": "Doe"}}, {"author": [{"family": "Doe"}]}),
    ("names mixed", {"author": ["Doe", None, {}]}, {"author": [{"literal": "Doe"}, {}]}),
    ("names number", {"author": 1}, {"author": 1}),
    ("name number", {"author": [{"family": 1}]}, {"author": [{"family": "1"}]}),
    ("name list", {"author": [{"given": []}]}, {"author": [{"given": []}]}),
    ("date number", {"issued": 1988}, {"issued": {"date-parts": [[1988]]}}),
    ("date list", {"issued": [1988]}, {"issued": [1988]}),
    ("date empty", {"issued": ""}, {}),
    ("date null parts", {"issued": {"date-parts": [[None]]}}, {"issued": {"date-parts": [[]]}}),
    ("date flat", {"issued": {"date-parts": [1988, 5]}}, {"issued": {"date-parts": [[1988, 5]]}}),
    ("date words", {"issued": {"date-parts": [["May"]]}}, {"issued": {"date-parts": [["May"]]}}),
    ("date none", {"issued": {"date-parts": []}}, {"issued": {"date-parts": []}}),
    ("custom", {"custom": [1]}, {"custom": [1]}),
]  # fmt: skip


@pytest.mark.parametrize(("item", "expected"), [pytest.param(*w[1:], id=w[0]) for w in LENIENT])
def test_lenient_reading_takes_what_it_can(item: Any, expected: Any) -> None:
    if "id" not in item and "type" not in item:
        item, expected = ({"id": "a", "type": "book"} | part for part in (item, expected))
    (record,) = from_object([item], lenient=True)
    assert to_object(record) == expected
    with pytest.raises(RecordError):
        from_object([item])


def test_lenient_ids_are_new() -> None:
    records = from_object([{}, {"id": "item-1"}, {"id": ""}], lenient=True)
    assert len({record.id for record in records}) == 3
    assert records[1].id == "item-1"


def test_lenient_the_last_of_an_id_counts_where_the_first_stood() -> None:
    items = [{"id": "a", "title": "1"}, {"id": "b"}, {"id": "a", "title": "2"}]
    records = from_object(items, lenient=True)
    assert [(record.id, record.texts.get("title")) for record in records] == [
        ("a", "2"),
        ("b", None),
    ]


def test_lenient_numbers_and_characters_that_json_lacks() -> None:
    (record,) = loads('[{"id": "\\ud83d", "volume": NaN, "x": [1e999]}]', lenient=True)
    assert (record.id, dict(record.texts), record.extra) == ("\ufffd", {}, {"x": [None]})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_lenient_byte_order_marks(encoding: str) -> None:
    (record,) = loads('[{"id": "é"}]'.encode(encoding), lenient=True)
    assert record.id == "é"


def test_shapes_of_files() -> None:
    item = {"id": "a", "type": "book"}
    expected = from_object([item])
    for shape in ([item], item, {"items": [item]}):
        assert loads(json.dumps(shape)) == expected
        assert loads("\ufeff" + json.dumps(shape)) == expected
        assert loads(json.dumps(shape).encode("utf-8-sig")) == expected
    assert loads("[]") == []


def test_a_whole_float_stays_a_float_and_prints_as_a_whole_number() -> None:
    (record,) = loads('[{"id": 1.0, "type": "book", "volume": 2e0}]')
    written = to_object(record)
    assert math.isclose(record.numbers["volume"], 2.0)
    assert record.texts["volume"] == "2"
    assert isinstance(written["volume"], float)
    assert isinstance(written["id"], float)


def test_self_containing_values_are_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(RecordError, match="nested"):
        from_object([{"id": "a", "type": "book", "x": loop}])


def test_load(tmp_path: Path) -> None:
    path = tmp_path / "refs.json"
    path.write_bytes(b'\xef\xbb\xbf[{"id": 1, "type": "book"}]')
    assert [record.id for record in load(path)] == ["1"]
    path.write_text('[{"id": 1}]')
    assert load(str(path), lenient=True)[0].type == ""
    with pytest.raises(RecordError, match=r"refs\.json, line 1, record 1, field type"):
        load(path)


@pytest.mark.parametrize("name", ["absent.json", "", "nul\0.json"])
def test_load_says_why_a_file_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReaderError, match="can't read the file"):
        load(tmp_path / name)


def test_unknown_things_are_kept_and_doubted() -> None:
    item = {
        "id": "a",
        "type": "book",
        "titel": "T",
        "author": [{"family": "Doe", "orcid": "1"}],
        "issued": {"date-parts": [[1988]], "calendar": "julian"},
        "accessed": "some day",
    }
    (record,) = from_object([item])
    assert to_object(record) == item
    assert [doubt.split(":")[0] for doubt in record.doubts()] == [
        "titel",
        "author 1",
        "issued",
        "accessed",
    ]
