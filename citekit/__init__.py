"""citekit: metadata records → citations, through CSL styles.

Importing the package imports nothing else: each name brings its module along when it
is first asked for (PEP 562), so that a command or a page that cites little starts fast.
"""

from importlib import import_module

TYPE_CHECKING = False  # as type checkers know it; the module typing takes a while to load
if TYPE_CHECKING:
    from citekit.api import Bibliography, Entry, Formatted, Result, Style
    from citekit.check import check_style
    from citekit.document import Changes, Document
    from citekit.errors import (
        CitekitError,
        LocaleError,
        ReaderError,
        RecordError,
        StyleError,
        StyleNotFoundError,
        WriterError,
    )
    from citekit.processor.cites import Citation, Cite
    from citekit.readers.reading import Reading, iter_read, read
    from citekit.records import Date, Name, Record
    from citekit.selection import Selection
    from citekit.style.find import find_style, search_styles
    from citekit.style.problems import Problem
    from citekit.writers.writing import Writing, iter_write, write

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
    "Reading",
    "Record",
    "RecordError",
    "Result",
    "Selection",
    "Style",
    "StyleError",
    "StyleNotFoundError",
    "WriterError",
    "Writing",
    "check_style",
    "find_style",
    "iter_read",
    "iter_write",
    "read",
    "search_styles",
    "write",
]

_NAMES = {
    "api": "Bibliography Entry Formatted Result Style",
    "check": "check_style",
    "document": "Changes Document",
    "errors": "CitekitError LocaleError ReaderError RecordError StyleError StyleNotFoundError"
    " WriterError",
    "processor.cites": "Citation Cite",
    "readers.reading": "Reading iter_read read",
    "records": "Date Name Record",
    "selection": "Selection",
    "style.find": "find_style search_styles",
    "style.problems": "Problem",
    "writers.writing": "Writing iter_write write",
}
_MODULES = {name: f"citekit.{module}" for module, names in _NAMES.items() for name in names.split()}


if not TYPE_CHECKING:  # type checkers would believe that it gives any name

    def __getattr__(name: str) -> object:
        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(module), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
