"""What the classes of this package raise: errors of citekit that citeproc-py's callers expect."""

from __future__ import annotations

from citekit.errors import ReaderError, RecordError, StyleNotFoundError

__all__ = [
    "DateError",
    "MissingKeyError",
    "MissingVariableError",
    "UnknownStyleError",
    "UnreadableFileError",
    "VariableError",
]


class VariableError(RecordError):
    """A reference, name, date, item or citation doesn't have what was asked for, or not yet."""


class MissingVariableError(VariableError, AttributeError):
    """There is no such value, so there is no such attribute."""


class MissingKeyError(RecordError, KeyError, ValueError):
    """An item's key isn't in the source, so it has no reference and no number."""


class DateError(RecordError, ValueError):
    """A year, month or day that isn't a number."""


class UnknownStyleError(StyleNotFoundError, ValueError):
    """There is no such style."""


class UnreadableFileError(ReaderError, OSError):
    """A file that can't be read, or not in this encoding."""
