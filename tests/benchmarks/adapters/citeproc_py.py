"""citeproc-py, as its README uses it."""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

from tests.benchmarks.adapters.child import Json, Task, Work, main

citeproc: Any = import_module("citeproc")
source_json: Any = import_module("citeproc.source.json")


def prepare(task: Task) -> Work:
    """Load style and records."""
    warnings.simplefilter("ignore")  # it warns of each variable that it doesn't know
    with task.loading():
        style = citeproc.CitationStylesStyle(task.style, validate=False)
    items = task.items()
    with task.warming():
        two = items[:2]
        _bibliography(style, source_json.CiteProcJSON(two), [_cite(item) for item in two])
    if task.job == "document":
        cites = task.cited()
        source = source_json.CiteProcJSON(items)
        return Work(lambda: _document(style, source, [_cite(cite) for cite in cites]))
    if task.job == "one by one":
        pairs = [(source_json.CiteProcJSON([item]), _cite(item)) for item in items]
        return Work(lambda: sum(_bibliography(style, one, [cite]) for one, cite in pairs))
    source = source_json.CiteProcJSON(items)
    return Work(lambda: _bibliography(style, source, [_cite(item) for item in items]))


def _cite(cite: Json) -> Any:
    if "locator" not in cite:
        return citeproc.Citation([citeproc.CitationItem(cite["id"])])
    locator = citeproc.Locator(cite["label"], cite["locator"])
    return citeproc.Citation([citeproc.CitationItem(cite["id"], locator=locator)])


def _registered(style: Any, source: Any, cites: list[Any]) -> Any:
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.html)
    for cite in cites:
        bibliography.register(cite)
    bibliography.sort()
    return bibliography


def _bibliography(style: Any, source: Any, cites: list[Any]) -> int:
    return len([str(entry) for entry in _registered(style, source, cites).bibliography()])


def _document(style: Any, source: Any, cites: list[Any]) -> int:
    bibliography = _registered(style, source, cites)
    printed = [str(bibliography.cite(cite, lambda item: None)) for cite in cites]
    assert len(printed) == len(cites)
    return len([str(entry) for entry in bibliography.bibliography()])


if __name__ == "__main__":
    main(prepare)
