"""Every format that is read: an example with its golden records, and what no text may do."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citekit
from citekit import CitekitError, ReaderError
from citekit.readers.csl_json import loads
from citekit.readers.formats import FORMATS, detect
from citekit.writers import csl_json

EXAMPLES = sorted(
    path
    for path in Path(__file__).parent.glob("*/example.*")
    if not path.name.endswith(".golden.json")
)
HOSTILE = st.text(alphabet='TYERAUPMID -\n%0@{}[]":,/<>&*!x1\x00\ufeff\r', max_size=60)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_example(example: Path, request: pytest.FixtureRequest) -> None:
    found = citekit.read(example)
    said = {
        "records": json.loads(csl_json.dumps(found.records)),
        "losses": [str(loss) for loss in found.losses],
        "errors": [str(error).replace(str(example), example.name) for error in found.errors],
    }
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    golden = example.with_name(example.name + ".golden.json")
    if request.config.getoption("--update"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_content_says_which_format_it_is(example: Path) -> None:
    found = detect(example.read_text("utf-8"))
    folder = {"citoid": "zotero", "bib": "biblatex"}.get(example.parent.name, example.parent.name)
    assert found.name == folder or example.suffix in found.endings


@pytest.mark.parametrize("name", FORMATS)
@given(text=HOSTILE)
def test_no_text_does_more_than_be_refused(name: str, text: str) -> None:
    with suppress(CitekitError):
        citekit.read(text.encode(), name)


def test_a_second_record_of_a_key_gets_another_one() -> None:
    entry = "TY  - BOOK\nAU  - Brown, A\nPY  - 1996\nER  - \n"
    assert [one.id for one in citekit.read(entry * 3)] == ["brown1996", "brown1996b", "brown1996c"]
    keyed = "TY  - BOOK\nID  - x\nER  - \n"
    assert [one.id for one in citekit.read(keyed * 3)] == ["x", "x-2", "x-3"]


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [
        ("{author}{year}", ["brownwhite1996", "brownwhite1996b"]),
        ("{Author}-{year}-{title}", ["BrownWhite-1996-gorbachev", "BrownWhite-1996-end"]),
        ("{authors:8}:{Words}", ["brownwhi:GorbachevFactorMyths", "brownwhi:EndOfEra"]),
        ("x", ["x", "xb"]),
        ("", ["item", "itemb"]),
    ],
)
def test_keys_by_a_pattern(pattern: str, keys: list[str]) -> None:
    titles = ("The Gorbachev Factor: Myths", "The End of an Era")
    entry = "TY  - BOOK\nAU  - Brówn-White, A\nAU  - Ng, B\nPY  - 1996\nTI  - {}\nER  - \n"
    text = "".join(map(entry.format, titles)) + "TY  - BOOK\nID  - kept\nER  - \n"
    assert [one.id for one in citekit.read(text, keys=pattern)] == [*keys, "kept"]


@pytest.mark.parametrize("pattern", ["{journal}", "{author", "{year!r}", "{author:x}", "{}"])
def test_what_is_no_pattern(pattern: str) -> None:
    with pytest.raises(ReaderError, match=r"is no pattern of keys(?s:.*)hint: write fields"):
        citekit.read("TY  - BOOK\nER  - \n", keys=pattern)


def test_keys_of_yaml_are_texts() -> None:
    """They are what stands in the file, also where a value of that look would be none."""
    record = citekit.read("- id: a\n  type: book\n  1988: b\n  null: c\n  1.10: d\n", "csl-yaml")[0]
    assert record.extra == {"1988": "b", "null": "c", "1.10": "d"}
    entries = "true:\n  type: book\n  title: A\n1988:\n  type: book\n  title: B\n"
    assert [one.id for one in citekit.read(entries, "hayagriva")] == ["true", "1988"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("2020, null, 5", ((2020,),)),
        ("2020, 0, 5", ((2020,),)),
        ("2020, 12, true", ((2020, 12),)),
        ("0, 5", ()),
    ],
)
def test_crossref_dates_end_where_a_part_is_not_known(
    parts: str, expected: tuple[tuple[int, ...], ...]
) -> None:
    date = f'{{"date-parts": [[{parts}]]}}'
    text = f'{{"message": {{"type": "book", "title": ["A"], "issued": {date}}}}}'
    dates = citekit.read(text, "crossref")[0].dates
    assert (dates["issued"].date_parts if "issued" in dates else ()) == expected


def test_halves_of_characters_in_yaml_are_those_of_json() -> None:
    text = (
        '[{"id": "a", "type": "book", "title": "\\ud83d\\ude00", "x": "\\ude10", "\\ude10": [1]}]'
    )
    (record,) = citekit.read(text, "csl-yaml")
    assert [record] == loads(text, lenient=True)
    assert record.texts["title"] == "\N{GRINNING FACE}"
    assert record.extra == {"x": "\ufffd", "\ufffd": [1]}
