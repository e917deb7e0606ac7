"""A collection of any format that is known: found out what it is, read a record at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from citekit.archives.assemble import assemble
from citekit.archives.readers import (
    archivesspace,
    dublin_core,
    ead,
    iiif,
    live,
    mods,
    omeka_classic,
    omeka_csv,
    omeka_s,
    schema_org,
    xml,
)
from citekit.archives.readers.source import Draft, Problems
from citekit.archives.readers.stream import SMALL, elements
from citekit.archives.record import ArchivalRecord
from citekit.archives.site import Site
from citekit.errors import ReaderError

__all__ = ["Collection", "open_collection"]

_Drafts = Callable[[Problems], Iterator[Draft]]


@define
class Collection:
    """Records of one source; ``problems`` grows while they are read.

    ``format`` is the name of the source's format. Iterating reads the source anew; it
    ``is_live`` if that means asking a server.
    """

    format: str
    site: Site
    read: _Drafts = field(repr=False)
    problems: Problems = field(factory=Problems)
    is_live: bool = False

    def drafts(self) -> Iterator[Draft]:
        """Id and statements of each record; raises :class:`~citekit.errors.ReaderError`."""
        self.problems = Problems()
        seen: set[str] = set()
        for key, statements in self.read(self.problems):
            if key in seen:
                self.problems.tell(f"record {key} is there twice; the first one counts")
                continue
            seen.add(key)
            yield key, statements

    def records(self) -> Iterator[ArchivalRecord]:
        """The records in the source's order; raises as :meth:`drafts` does."""
        for key, statements in self.drafts():
            yield assemble(key, statements, self.site)


@frozen
class _Format:
    """A format of files: ``fits`` tells it by the first element of JSON, or the root of XML."""

    name: str
    fits: Callable[[Any], bool]
    drafts: Callable[[Iterable[Path], Problems], Iterator[Draft]]


_JSON = (
    _Format("Omeka S, API", omeka_s.fits, omeka_s.drafts),
    _Format("IIIF Presentation 3", iiif.fits, iiif.drafts),
    _Format("ArchivesSpace, API", archivesspace.fits, archivesspace.drafts),
    _Format("schema.org", schema_org.fits, schema_org.drafts),
    _Format("Omeka Classic, API", omeka_classic.is_omeka_classic, omeka_classic.drafts),
)
_XML = (
    _Format("MODS", mods.fits, mods.drafts),
    _Format("EAD", ead.fits, ead.drafts),
    _Format("Dublin Core", dublin_core.fits, dublin_core.drafts),
)
_SUFFIXES = (".json", ".jsonld", ".csv", ".xml")


def open_collection(source: str | os.PathLike[str], site: Site | None = None) -> Collection:
    """The collection in a file or folder, of whatever format it is, or at an address.

    Raises :class:`~citekit.errors.ReaderError` for a source that is none or of no known format.
    """
    site = Site() if site is None else site
    if live.is_address(source):
        address = str(source)
        return Collection(
            "live site", site, lambda found: live.drafts(address, found, _read_file), is_live=True
        )
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
        return Collection(
            "Omeka Classic, CSV", site, lambda found: omeka_csv.drafts(files[0], found)
        )
    chosen = _format_of(files)
    return Collection(chosen.name, site, lambda found: chosen.drafts(files, found))


def _read_file(path: Path, problems: Problems) -> Iterator[Draft]:
    collection = open_collection(path)
    return collection.read(problems)


def _format_of(files: list[Path]) -> _Format:
    """The format of the first file that tells it."""
    is_xml = files[0].suffix.lower() == ".xml"
    for path in files:
        first = xml.root_tag(path) if is_xml else _first(path)
        for each in _XML if is_xml else _JSON:
            if first is not None and each.fits(first):
                return each
    known = ", ".join(each.name for each in (_XML if is_xml else _JSON))
    raise ReaderError(
        f"this is none of the formats that citekit reads: {known}",
        where=str(files[0]),
        hint="save what the archive's system answers, as it comes",
    )


def _first(path: Path) -> Any:
    """What tells a JSON file's format: the whole of an object, the first element of a list.

    A large object isn't read as a whole: its first key that tells is enough.
    """
    try:
        is_small = path.stat().st_size < SMALL
    except OSError:
        is_small = True  # reading it says what is wrong
    if is_small:
        return next((value for _, value in elements(path)), None)
    for key, value in elements(path, ("items", "collections", "@graph", "results")):
        if key in ("@context", "site"):
            return {key: value, "omeka_version": ""} if key == "site" else {key: value}
        if isinstance(value, dict):
            return value
    return None


def _files(folder: Path) -> list[Path]:
    """The data files of a folder, by name, numbers in order of size."""
    found = [path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES]
    if not found:
        raise ReaderError(
            "there are no files of JSON, XML or CSV in this folder",
            where=str(folder),
            hint="save the pages of the archive's API there",
        )
    kinds = {path.suffix.lower().removesuffix("ld") for path in found}
    if len(kinds) > 1:
        raise ReaderError(
            f"there are files of several kinds in this folder: {', '.join(sorted(kinds))}",
            where=str(folder),
            hint="put those of one source into a folder of their own",
        )
    return sorted(found, key=lambda path: (len(path.stem), path.name))
