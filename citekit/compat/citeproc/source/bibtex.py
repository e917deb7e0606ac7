"""citeproc-py's source of BibTeX."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from citekit.compat.citeproc.source.json import by_lower_key
from citekit.errors import ReaderError
from citekit.readers.reading import read
from citekit.records.record import Record

__all__ = ["BibTeX"]


class BibTeX(dict[str, Record]):
    """Records by their keys in lower case, from a file of BibTeX.

    What can't be read or carried over is told as a warning.
    Raises :class:`~citekit.errors.ReaderError` when the file can't be read.
    """

    def __init__(self, filename: str | os.PathLike[str], encoding: str = "utf-8") -> None:
        try:
            data = Path(filename).read_bytes()
            text = data.decode("utf-8" if encoding == "ascii" else encoding)
        except (OSError, ValueError, LookupError) as error:
            hint = "check the path and the encoding"
            raise ReaderError(
                f"can't read the file: {error}", where=os.fspath(filename), hint=hint
            ) from error
        found = read(text + "\n", "bibtex")
        for problem in (*found.errors, *found.losses):
            warnings.warn(str(problem), stacklevel=2)
        super().__init__(by_lower_key(found.records))
