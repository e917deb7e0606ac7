"""Programs that are written for citeproc-py; the name of the package is all that differs."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from types import ModuleType
from typing import Any

import pytest

BOTH = ("citeproc", "citekit.compat.citeproc")
OURS = BOTH[1]
COMPARED = "0.11.1"
"""The version of citeproc-py that docs/citeproc-py.md is about."""

other_version = pytest.mark.skipif(
    version("citeproc-py") != COMPARED, reason=f"this is about citeproc-py {COMPARED}"
)


def load(package: str, module: str = "") -> ModuleType:
    """A module of the package; importing citeproc-py leaves a file open, which isn't our fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(f"{package}.{module}" if module else package)


def printed(
    package: str,
    *,
    style: Any = "harvard-cite-them-right",
    records: Sequence[Mapping[str, Any]],
    cites: Sequence[Sequence[str | Mapping[str, Any]]],
    formatter: str = "plain",
    locale: str | None = None,
    sort: bool = False,
) -> tuple[list[str], list[str]]:
    """A whole document in the order of citeproc-py's examples: its citations, its bibliography.

    A cite is a key, or a key with ``prefix``, ``suffix`` and ``locator``, a pair.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cp = load(package)
        bibliography = cp.CitationStylesBibliography(
            cp.CitationStylesStyle(style, locale=locale, validate=False),
            load(package, "source.json").CiteProcJSON(records),
            getattr(cp.formatter, formatter),
        )
        citations = [cp.Citation([_item(cp, cite) for cite in cluster]) for cluster in cites]
        for citation in citations:
            bibliography.register(citation)
        if sort:
            bibliography.sort()
        cited = [str(bibliography.cite(citation, lambda item: None)) for citation in citations]
        return cited, [str(entry) for entry in bibliography.bibliography()]


def _item(cp: ModuleType, cite: str | Mapping[str, Any]) -> Any:
    if isinstance(cite, str):
        return cp.CitationItem(cite)
    options = {name: value for name, value in cite.items() if name != "key"}
    if "locator" in options:
        options["locator"] = cp.Locator(*options["locator"])
    return cp.CitationItem(cite["key"], **options)
