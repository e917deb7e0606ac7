"""FILE… → records: several files, or standard input, as one library."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

import click
from attrs import frozen

from citekit.errors import ReaderError, RecordError
from citekit.readers import csl_json, reading
from citekit.records.record import Record

_STDIN = "standard input"


@frozen
class Library:
    """The records of all files, in order; ``sources`` names the file of each by its id."""

    records: tuple[Record, ...]
    sources: Mapping[str, str]

    def select(self, ids: Sequence[str]) -> list[Record]:
        """The records of these ids, all of them for none.

        Raises :class:`~citekit.errors.RecordError` for an id that no record has.
        """
        if not ids:
            return list(self.records)
        by_id = {record.id: record for record in self.records}
        for wanted in ids:
            if wanted not in by_id:
                raise self._unknown(wanted)
        return [by_id[wanted] for wanted in ids]

    def _unknown(self, wanted: str) -> RecordError:
        near = get_close_matches(wanted, list(self.sources), n=3)
        files = " or ".join(dict.fromkeys(self.sources.values())) or "the files"
        return RecordError(
            f"there is no record with the id {wanted!r}",
            where=files,
            hint=f"did you mean {' or '.join(map(repr, near))}?" if near else "check the id",
        )

    def doubts(self, records: Sequence[Record]) -> list[str]:
        """What these records hold that CSL doesn't know and styles won't print."""
        return [
            f"{self.sources[record.id]}, record {record.id!r}: {doubt}"
            for record in records
            for doubt in record.doubts()
        ]


def read(files: Sequence[str]) -> Library:
    """Read files, CSL-JSON or BibTeX; ``-`` or none at all means CSL-JSON from standard input.

    What of a BibTeX file can't be read or carried over is told on standard error.

    Raises :class:`~citekit.errors.ReaderError` and
    :class:`~citekit.errors.RecordError`, the latter also for an id in two files.
    """
    records: dict[str, Record] = {}
    sources: dict[str, str] = {}
    for name in files or ("-",):
        source = _STDIN if name == "-" else click.format_filename(name)
        for record in _from_stdin() if name == "-" else _from_file(name):
            if record.id in records:
                raise RecordError(
                    f"{sources[record.id]} has a record with this id, too",
                    where=f"{source}, record {record.id!r}",
                    hint="give one of them another id, or leave one of the files out",
                )
            records[record.id] = record
            sources[record.id] = source
    return Library(tuple(records.values()), sources)


def _from_file(name: str) -> Sequence[Record]:
    if name.lower().endswith((".json", ".csljson")):
        return csl_json.load(name)
    found = reading.read(Path(name))
    for problem in (*found.errors, *found.losses):
        click.echo(f"warning: {problem}", err=True)
    return found.records


def _from_stdin() -> list[Record]:
    if sys.stdin is None:
        raise ReaderError("it is closed", where=_STDIN, hint="name a FILE")
    stream = sys.stdin.buffer
    if stream.isatty():
        click.echo("citekit: reading CSL-JSON from the keyboard", err=True)
    return csl_json.loads(stream.read(), where=_STDIN)
