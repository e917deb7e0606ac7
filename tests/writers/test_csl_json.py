"""Records written as CSL-JSON."""

from __future__ import annotations

import json

import pytest

from citekit.errors import RecordError
from citekit.records import Date, Name, Record
from citekit.writers.csl_json import dumps, to_object

RECORD = Record(
    "164",
    "document",
    custom={"b": 1, "a": 2},
    volume=3,
    title="Soviets Discuss …",
    archive="Hoover",
    DOI="10.1/x",
    translator=Name("Roe", "R"),
    author=[Name("Shakhnazarov", "Georgy"), Name(literal="Politburo")],
    accessed=Date(edtf="2001~"),
    issued=Date(1988, 10, 6),
    zebra="z",
    extra={"apple": [1]},
)


def test_keys_have_one_order() -> None:
    assert list(to_object(RECORD)) == [
        "id", "type", "title", "archive", "DOI", "volume", "author", "translator",
        "issued", "accessed", "custom", "apple", "zebra",
    ]  # fmt: skip


def test_values() -> None:
    written = to_object(RECORD)
    assert written["volume"] == 3
    assert written["author"] == [
        {"family": "Shakhnazarov", "given": "Georgy"},
        {"literal": "Politburo"},
    ]
    assert written["issued"] == {"date-parts": [[1988, 10, 6]]}
    assert written["accessed"] == "2001~"


def test_all_parts_of_names_and_dates() -> None:
    name = Name(
        "Berg",
        "Jan",
        suffix="Jr",
        dropping_particle="von",
        non_dropping_particle="van",
        comma_suffix=1,
        static_ordering="true",
        parse_names=False,
        extra={"orcid": "1"},
    )
    date = Date(1988, end=(1990,), season="2", circa=0, literal="l", raw="r", extra={"x": 1})
    written = to_object(Record("a", "book", author=name, issued=date))
    assert written["author"] == [
        {
            "family": "Berg",
            "given": "Jan",
            "suffix": "Jr",
            "dropping-particle": "von",
            "non-dropping-particle": "van",
            "comma-suffix": 1,
            "static-ordering": "true",
            "parse-names": False,
            "orcid": "1",
        }
    ]
    assert written["issued"] == {
        "date-parts": [[1988], [1990]],
        "season": "2",
        "circa": 0,
        "literal": "l",
        "raw": "r",
        "x": 1,
    }


def test_a_number_whose_text_was_changed_is_written_as_text() -> None:
    record = Record.from_parts(
        "a", "book", texts={"volume": "13"}, names={}, dates={}, numbers={"volume": 12}
    )
    assert to_object(record)["volume"] == "13"


def test_text_form() -> None:
    assert dumps([]) == "[]"
    assert dumps([Record("é", "book")], indent=None) == '[{"id": "é", "type": "book"}]'
    assert dumps(iter([Record("é", "book")])).startswith('[\n  {\n    "id": "é"')


def test_half_a_surrogate_pair_is_escaped() -> None:
    text = dumps([Record("a", "book", title="\ud83d")])
    assert json.loads(text.encode())[0]["title"] == "\ud83d"


@pytest.mark.parametrize("value", [object(), float("nan"), {1, 2}, {(1,): 2}])
def test_what_json_cannot_express_is_refused(value: object) -> None:
    with pytest.raises(RecordError, match="record 'a': can't be written as JSON"):
        dumps([Record("a", "book", extra={"x": value})])


def test_a_value_that_contains_itself_is_refused() -> None:
    loop: dict[str, object] = {}
    loop["x"] = loop
    with pytest.raises(RecordError, match="record 'a'"):
        dumps([Record("a", "book", custom=loop)])
