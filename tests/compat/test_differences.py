"""The table of what comes out differently: printed by both, as docs/citeproc-py.md shows it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.compat.programs import BOTH, other_version, printed

DATA = tomllib.loads(Path(__file__).with_name("differences.toml").read_text("utf-8"))
MARK = "<!-- written by tests/compat/test_differences.py --update -->\n\n"
HEAD = "| | citeproc-py | citekit | why |\n| --- | --- | --- | --- |\n"


def outcome(package: str, difference: dict[str, Any]) -> str:
    """What a program prints, or how it stops, as a cell of the table."""
    options = {name: difference[name] for name in ("style", "formatter") if name in difference}
    records = [DATA["records"][name] for name in difference["records"]]
    try:
        citations, entries = printed(package, records=records, cites=difference["cites"], **options)
    except Exception as error:
        return f"stops with `{type(error).__name__}`"
    part, *place = difference["shown"]
    shown = {"citations": citations, "entries": entries}[part]
    return f"`{shown[place[0]] if place else shown}`"


def row(difference: dict[str, Any]) -> str:
    theirs, ours = (outcome(package, difference) for package in BOTH)
    assert theirs != ours, f"{difference['what']}: both are alike"
    return "| " + " | ".join([difference["what"], theirs, ours, difference["why"]]) + " |\n"


@other_version
def test_the_table_is_what_both_print(root: Path, request: pytest.FixtureRequest) -> None:
    table = HEAD + "".join(map(row, DATA["difference"]))
    page = root / "docs" / "citeproc-py.md"
    before, mark, after = page.read_text("utf-8").partition(MARK)
    assert mark
    shown, blank, rest = after.partition("\n\n")
    if request.config.getoption("--update"):
        page.write_text(before + mark + table + blank.removeprefix("\n") + rest, "utf-8")
    else:
        assert shown + "\n" == table
