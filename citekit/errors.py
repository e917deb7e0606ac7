"""Every error that citekit raises on purpose.

    CitekitError              where it happened, what is wrong, what to do
    ├── RecordError           a record or one of its fields
    ├── ReaderError           a file or text that can't be read as its format
    ├── WriterError           a format that can't be written, or not like this
    ├── StyleError            a style's XML or content; carries all its problems
    │   └── StyleNotFoundError   no style of that name; carries near matches
    └── LocaleError           an unknown or unusable locale

Public functions raise nothing else: catch :class:`CitekitError` to catch all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citekit.style.problems import Problem

__all__ = [
    "CitekitError",
    "LocaleError",
    "ReaderError",
    "RecordError",
    "StyleError",
    "StyleNotFoundError",
    "WriterError",
]


class CitekitError(Exception):
    """Base of all errors: ``where: what (hint)``.

    ``where`` names file, line, record and field as far as they are known,
    ``what`` says what is wrong, ``hint`` what to do about it; the last two of
    them may be empty strings.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(what, where, hint)

    def __str__(self) -> str:
        message = f"{self.where}: {self.what}" if self.where else self.what
        return f"{message}\n  hint: {self.hint}" if self.hint else message


class RecordError(CitekitError):
    """A record, or a value in it, that can't be used."""


class ReaderError(CitekitError):
    """A file or text that can't be read in the format it is supposed to have."""


class WriterError(CitekitError):
    """A format that isn't known, or that can't be written as it was asked for."""


class StyleError(CitekitError):
    """A style that can't be used; ``problems`` holds everything found wrong with it."""

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        hint: str = "",
        problems: Sequence[Problem] = (),
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.problems = tuple(problems)


class StyleNotFoundError(StyleError):
    """No style of that name, id or path; ``suggestions`` holds near matches."""

    def __init__(
        self, what: str, *, where: str = "", hint: str = "", suggestions: Sequence[str] = ()
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.suggestions = tuple(suggestions)


class LocaleError(CitekitError):
    """A locale that doesn't exist or can't be read, or a collation that isn't there."""
