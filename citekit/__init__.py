"""citekit: metadata records → citations, through CSL styles."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from citekit.api import Bibliography, Entry, Formatted, Result, Style
from citekit.document import Changes, Document
from citekit.errors import (
    CitekitError,
    LocaleError,
    ReaderError,
    RecordError,
    StyleError,
    StyleNotFoundError,
)
from citekit.processor.cites import Citation, Cite
from citekit.records import Date, Name, Record
from citekit.selection import Selection
from citekit.style.problems import Problem

if TYPE_CHECKING:
    from citekit.check import check_style

__all__ = [
    "Bibliography",
    "Changes",
    "Citation",
    "Cite",
    "CitekitError",
    "Date",
    "Document",
    "Entry",
    "Formatted",
    "LocaleError",
    "Name",
    "Problem",
    "ReaderError",
    "Record",
    "RecordError",
    "Result",
    "Selection",
    "Style",
    "StyleError",
    "StyleNotFoundError",
    "check_style",
]

_LAZY = {"check_style": "citekit.check"}
"""What formatting doesn't need is imported when it is first asked for."""


if not TYPE_CHECKING:  # type checkers would believe that it gives any name

    def __getattr__(name: str) -> Any:
        if name not in _LAZY:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_LAZY[name]), name)
