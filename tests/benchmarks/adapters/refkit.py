"""refkit: the Rust crates citationberg and hayagriva, bound to Python; reads CSL-JSON."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from tests.benchmarks.adapters.child import Json, Task, Work, main

rk: Any = import_module("refkit")


def prepare(task: Task) -> Work:
    """Load style and records."""
    with task.loading():
        style = rk.Style.from_path(task.style)
    items = task.items()
    with task.warming():
        _bibliography(_library(items[:2]), style)
    if task.job == "document":
        library, cites = _library(items), task.cited()
        return Work(lambda: _document(rk.Document(library, style, locale="en-US"), cites))
    if task.job == "one by one":
        libraries = [_library([item]) for item in items]
        return Work(lambda: sum(_bibliography(one, style) for one in libraries))
    library = _library(items)
    return Work(lambda: _bibliography(library, style))


def _library(items: list[Json]) -> Any:
    return rk.decode(json.dumps(items), format="csl-json")["library"]


def _bibliography(library: Any, style: Any) -> int:
    html: str = rk.Document(library, style, locale="en-US").full_bibliography().html
    return html.count('class="csl-entry"')


def _document(document: Any, cites: list[Json]) -> int:
    citations = [
        rk.Citation(
            str(number),
            rk.Cite(cite["id"], locator=cite.get("locator"), label=cite.get("label")),
            note_number=number,
        )
        for number, cite in enumerate(cites, 1)
    ]
    result = document.render(citations)
    printed = [result[citation.id].html for citation in citations]
    assert len(printed) == len(cites)
    html: str = result.bibliography.html
    return html.count('class="csl-entry"')


if __name__ == "__main__":
    main(prepare)
