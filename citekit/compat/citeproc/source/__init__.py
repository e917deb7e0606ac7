"""The sources of citeproc-py, and what they consist of: references, names, dates, citations."""

from citekit.compat.citeproc.errors import VariableError
from citekit.compat.citeproc.source.attributes import CustomDict
from citekit.compat.citeproc.source.cites import Citation, CitationItem, Locator
from citekit.compat.citeproc.source.references import (
    BibliographySource,
    Date,
    DateRange,
    LiteralDate,
    Name,
    Reference,
)

__all__ = [
    "BibliographySource",
    "Citation",
    "CitationItem",
    "CustomDict",
    "Date",
    "DateRange",
    "LiteralDate",
    "Locator",
    "Name",
    "Reference",
    "VariableError",
]
