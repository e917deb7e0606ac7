"""A program written for citeproc-py runs on both; only the import differs."""

from __future__ import annotations

import importlib
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DATA: list[dict[str, Any]] = [
    {"id": "Brown", "type": "book", "title": "The Gorbachev factor", "publisher": "OUP",
     "author": [{"family": "Brown", "given": "Archie"}], "issued": {"date-parts": [[1996]]}},
    {"id": "Ash", "type": "article-journal", "title": "The year of truth", "volume": "40",
     "container-title": "History Today", "page": "12-20",
     "author": [{"family": "Ash", "given": "Timothy"}], "issued": {"date-parts": [[1990]]}},
]  # fmt: skip


def _import(name: str) -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


def _program(package: str, style: str, format: str) -> tuple[list[str], list[str], list[str]]:
    """The calls of citeproc-py's own example."""
    citeproc, source = _import(package), _import(f"{package}.source.json")
    missing: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = citeproc.CitationStylesBibliography(
            citeproc.CitationStylesStyle(style, validate=False),
            source.CiteProcJSON(DATA),
            getattr(citeproc.formatter, format),
        )
        citations = [
            citeproc.Citation([citeproc.CitationItem("BROWN")]),
            citeproc.Citation(
                [citeproc.CitationItem("Ash", locator=citeproc.Locator("page", "13"))]
            ),
            citeproc.Citation([citeproc.CitationItem("Brown"), citeproc.CitationItem("Ash")]),
            citeproc.Citation([citeproc.CitationItem("Nobody")]),
        ]
        for citation in citations:
            bibliography.register(citation)
        bibliography.sort()
        cited = [
            str(bibliography.cite(citation, lambda item: missing.append(item.key)))
            for citation in citations
        ]
        return cited, [str(entry) for entry in bibliography.bibliography()], missing


@pytest.mark.parametrize("format", ["plain", "html", "rst"])
@pytest.mark.parametrize("style", ["harvard-limerick", "ieee"])
def test_both_run_the_program(style: str, format: str) -> None:
    theirs, ours = (
        _program(name, style, format) for name in ("citeproc", "citekit.compat.citeproc")
    )
    assert [len(part) for part in ours] == [len(part) for part in theirs]
    assert ours[2] == theirs[2] == ["nobody"]


def test_what_the_program_prints() -> None:
    cited, entries, _ = _program("citekit.compat.citeproc", "apa", "rst")
    assert cited == ["(Brown, 1996)", "(Ash, 1990, p. 13)", "(Ash, 1990; Brown, 1996)", "nobody?"]
    assert entries == [
        "Ash, T. (1990). The year of truth. \\ *History Today*\\ , \\ *40*\\ , 12–20.",
        "Brown, A. (1996). \\ *The Gorbachev factor*\\ . OUP.",
    ]


def test_a_file_of_bibtex(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text("@book{Key, title = {{\\'E}t{\\'e}}, author = {Doe, Jane}, year = 2001}\n")
    citeproc = _import("citekit.compat.citeproc")
    source = _import("citekit.compat.citeproc.source.bibtex").BibTeX(str(file))
    bibliography = citeproc.CitationStylesBibliography(
        citeproc.CitationStylesStyle("apa"), source, citeproc.formatter.plain
    )
    bibliography.register(citeproc.Citation([citeproc.CitationItem("key")]))
    assert bibliography.bibliography() == ["Doe, J. (2001). Été."]
