"""citekit: metadata records → citations, through CSL styles."""

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
    "ReaderError",
    "Record",
    "RecordError",
    "Result",
    "Selection",
    "Style",
    "StyleError",
    "StyleNotFoundError",
]
