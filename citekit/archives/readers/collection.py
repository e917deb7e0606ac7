"""A collection of any format that is known: found out what it is, read a record at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import define, field

from citekit.archives.assemble import assemble
from citekit.archives.readers import omeka_classic, omeka_csv
from citekit.archives.readers.source import Draft, Problems
from citekit.archives.record import ArchivalRecord
from citekit.archives.site import Site
from citekit.errors import ReaderError

__all__ = ["Collection", "open_collection"]

_Drafts = Callable[[Problems], Iterator[Draft]]


@define
class Collection:
    """Records of one source; ``problems`` grows while they are read.

    ``format`` is the name of the source's format. Iterating reads the source anew.
    """

    format: str
    site: Site
    read: _Drafts = field(repr=False)
    problems: Problems = field(factory=Problems)

    def drafts(self) -> Iterator[Draft]:
        """Id and statements of each record; raises :class:`~citekit.errors.ReaderError`."""
        self.problems = Problems()
        return self.read(self.problems)

    def records(self) -> Iterator[ArchivalRecord]:
        """The records in the source's order; raises as :meth:`drafts` does."""
        for key, statements in self.drafts():
            yield assemble(key, statements, self.site)


def open_collection(source: str | os.PathLike[str], site: Site | None = None) -> Collection:
    """The collection in a file or folder.

    Raises :class:`~citekit.errors.ReaderError` for a source that is none or of no known format.
    """
    site = Site() if site is None else site
    path = Path(source)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError):
        is_folder = exists = False
    if not exists:
        raise ReaderError(
            "there is no such file or folder", where=os.fspath(source), hint="check the path"
        )
    files = _files(path) if is_folder else [path]
    if files[0].suffix.lower() == ".csv":
        if len(files) > 1:
            raise ReaderError("there are several CSV files", where=str(path), hint="name one")
        return Collection("Omeka Classic, CSV", site, lambda found: omeka_csv.drafts(path, found))
    return Collection("Omeka Classic, API", site, lambda found: omeka_classic.drafts(files, found))


def _files(folder: Path) -> list[Path]:
    """The data files of a folder, by name, numbers in order of size."""
    found = [path for path in folder.iterdir() if path.suffix.lower() in (".json", ".csv")]
    if not found:
        raise ReaderError(
            "there are no .json or .csv files in this folder",
            where=str(folder),
            hint="save the pages of the archive's API there",
        )
    return sorted(found, key=lambda path: (len(path.stem), path.name))
