"""citekit: metadata records → citations, through CSL styles."""

from citekit.api import Bibliography, Entry, Formatted, Result, Style
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

__all__ = [
    "Bibliography",
    "Citation",
    "Cite",
    "CitekitError",
    "Date",
    "Entry",
    "Formatted",
    "LocaleError",
    "Name",
    "ReaderError",
    "Record",
    "RecordError",
    "Result",
    "Style",
    "StyleError",
    "StyleNotFoundError",
]
