"""Small styles of one rule each: citekit prints what the reference processor prints.

``data/reference_cases.json`` holds the cases. Each has what the rule is, the children of
the layout and the items, and optionally ``class``, ``attributes`` of ``cs:citation``,
``affixes`` of its ``cs:layout``, elements ``before`` it (macros, locales) and ``inside``
it (``cs:sort``), the ``bibliography`` layout and attributes of its ``entries``, ``options``
of ``cs:style``, ``language`` and ``citations``, which are each item by itself unless they
are given. With ``tracked``, these make a document, whose cites have the positions in which
they stand, and not all the first. ``prints`` has one string for each citation, or, with a
bibliography, for each entry. Where the reference is installed, it is asked too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from citekit import Citation, Cite, Style
from citekit.readers import csl_json
from tests.reference import Job, Result

CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("data").joinpath("reference_cases.json").read_text(encoding="utf-8")
)
STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="{class}" version="1.0" {options}>
  <info><id>x</id><title>x</title><updated>2020-01-01T00:00:00+00:00</updated></info>
  {before}
  <citation {attributes}>{inside}<layout {affixes}>{layout}</layout></citation>
  {bibliography}
</style>"""
DEFAULTS = {"class": "in-text", "layout": '<text variable="title"/>'}
each_case = pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])


def style_of(case: dict[str, Any]) -> str:
    """The case's style as XML."""
    parts = ("class", "options", "before", "attributes", "inside", "affixes", "layout")
    found = {part: case.get(part, DEFAULTS.get(part, "")) for part in parts}
    layout = case.get("bibliography")
    entries = f"<bibliography {case.get('entries', '')}><layout>{layout}</layout></bibliography>"
    return STYLE.format(**found, bibliography=entries if layout else "")


def items_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The case's items, which need no id and type."""
    return [{"id": f"i{n}", "type": "book", **item} for n, item in enumerate(case["items"])]


def citations_of(case: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The cites of each citation."""
    cited: list[list[dict[str, Any]]] = case.get("citations") or [
        [{"id": item["id"]}] for item in items_of(case)
    ]
    return cited


def _arguments(cite: dict[str, Any]) -> dict[str, Any]:
    return {key.replace("-", "_"): value for key, value in cite.items()}


@each_case
def test_citekit(case: dict[str, Any]) -> None:
    style = Style.from_xml(style_of(case), case.get("language"))
    defaults = {} if case.get("tracked") else {"position": "first"}
    cited = [
        Citation([Cite(**{**defaults, **_arguments(cite)}) for cite in cites])
        for cites in citations_of(case)
    ]
    done = style.process(csl_json.loads(json.dumps(items_of(case))), cited)
    if "bibliography" in case:
        assert [entry.html for entry in done.bibliography.entries] == case["prints"]
    else:
        assert [citation.html for citation in done.citations] == case["prints"]


@each_case
def test_reference(
    case: dict[str, Any], reference: Callable[[Sequence[Job]], list[Result]]
) -> None:
    job = Job(
        style=style_of(case),
        items=items_of(case),
        citations=citations_of(case),
        lang=case.get("language", "en-US"),
        force_lang="language" in case,
        tracked=case.get("tracked", False),
    )
    (result,) = reference([job])
    if "bibliography" in case:
        entries = [entry.strip() for entry in result.entries]
        inner = [e.removeprefix('<div class="csl-entry">').removesuffix("</div>") for e in entries]
        assert inner == case["prints"]
    else:
        assert result.citations == case["prints"]
