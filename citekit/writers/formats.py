"""The formats that records are written in: by name, by a file's ending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, cast

from attrs import frozen

from citekit.errors import WriterError
from citekit.readers.items import Loss
from citekit.records.record import Record

__all__ = ["FORMATS", "Format", "Writer", "find", "for_path"]


class Writer(Protocol):
    """What the module of a format has to say."""

    def iter_text(
        self, records: Iterable[Record], lost: Callable[[Loss], None], /
    ) -> Iterator[str]:
        """The file in pieces; ``lost`` is told every value that the format has no place for."""
        ...


@frozen(slots=True)
class Format:
    """A format: ``module`` writes it and is loaded when needed."""

    name: str
    endings: tuple[str, ...]
    module: str

    def writer(self) -> Writer:
        return cast(Writer, import_module(self.module))


FORMATS = {
    one.name: one
    for one in (
        Format("csl-json", (".json", ".csljson"), "citekit.writers.csl_json"),
        Format("csl-yaml", (".yaml", ".yml"), "citekit.writers.csl_yaml"),
        Format("biblatex", (".bib", ".biblatex"), "citekit.writers.biblatex"),
        Format("bibtex", (".bibtex",), "citekit.writers.bibtex"),
        Format("ris", (".ris",), "citekit.writers.ris"),
        Format("nbib", (".nbib",), "citekit.writers.nbib"),
        Format("endnote-xml", (".xml",), "citekit.writers.endnote_xml"),
        Format("mods", (".mods",), "citekit.writers.mods"),
        Format("coins", (".html", ".htm"), "citekit.writers.coins"),
        Format("cff", (".cff",), "citekit.writers.cff"),
        Format("schema-org", (".jsonld",), "citekit.writers.schema_org"),
        Format("hayagriva", (), "citekit.writers.hayagriva"),
    )
}
"""The first that has an ending is the one that the ending means."""


def find(name: str) -> Format:
    """The format of that name. Raises :class:`~citekit.errors.WriterError` if there is none."""
    found = FORMATS.get(name.lower())
    if found is None:
        near = get_close_matches(name.lower(), FORMATS, n=1)
        raise WriterError(
            f"no format {name!r} can be written",
            hint=f"did you mean {near[0]!r}?" if near else f"formats are {', '.join(FORMATS)}",
        )
    return found


def for_path(path: str) -> Format:
    """The format that a file's ending means; raises like :func:`find` if it means none."""
    ending = PurePath(path).suffix.lower()
    for one in FORMATS.values():
        if ending in one.endings:
            return one
    raise WriterError(
        f"no format has the ending {ending!r}" if ending else "the file's name has no ending",
        where=path,
        hint=f"name the format: format= (or --to) one of {', '.join(FORMATS)}",
    )
