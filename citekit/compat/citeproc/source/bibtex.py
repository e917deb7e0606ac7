"""citeproc-py's source of BibTeX."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import IO

from citekit.compat.citeproc.errors import UnreadableFileError
from citekit.compat.citeproc.source.json import add_records
from citekit.compat.citeproc.source.references import BibliographySource
from citekit.readers.reading import read

__all__ = ["BibTeX"]


class BibTeX(BibliographySource):
    """References by their keys in lower case, from a file of BibTeX or an open one.

    ``encoding`` is that of the file; "ascii", the default, is read as UTF-8.
    What can't be read or carried over is told as a warning. Raises
    :class:`~citekit.compat.citeproc.errors.UnreadableFileError`, an ``OSError``.
    """

    def __init__(
        self, filename: str | os.PathLike[str] | IO[str] | IO[bytes], encoding: str = "ascii"
    ) -> None:
        super().__init__()
        found = read(_text(filename, "utf-8" if encoding == "ascii" else encoding) + "\n", "bibtex")
        for problem in (*found.errors, *found.losses):
            warnings.warn(str(problem), stacklevel=2)
        add_records(self, found.records)


def _text(file: str | os.PathLike[str] | IO[str] | IO[bytes], encoding: str) -> str:
    try:
        data = Path(file).read_bytes() if isinstance(file, str | os.PathLike) else file.read()
        return data if isinstance(data, str) else data.decode(encoding)
    except (OSError, ValueError, LookupError) as error:
        raise UnreadableFileError(
            f"can't read the file: {error}",
            where=str(getattr(file, "name", file)),
            hint="check the path and the encoding",
        ) from error
