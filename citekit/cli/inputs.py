"""FILE… → records: several files, or standard input, as one library."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click
from attrs import frozen

from citekit.cli.progress import Progress
from citekit.cli.report import Report, Told
from citekit.errors import ReaderError, RecordError
from citekit.readers import csl_json
from citekit.readers.formats import detect
from citekit.records.record import Record

STDIN = "standard input"
_HEAD = 65536


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
        from difflib import get_close_matches  # noqa: PLC0415 - slow to load

        near = get_close_matches(wanted, list(self.sources), n=3)
        files = " or ".join(dict.fromkeys(self.sources.values())) or "the files"
        return RecordError(
            f"there is no record with the id {wanted!r}",
            where=files,
            hint=f"did you mean {' or '.join(map(repr, near))}?" if near else "check the id",
        )

    def doubts(self, records: Sequence[Record]) -> list[Told]:
        """What these records hold that CSL doesn't know and styles won't print."""
        return [
            Told(
                kind="doubt",
                where=(where := self.sources[record.id]),
                record=record.id,
                field=re.split("[: ]", doubt)[0],
                message=doubt,
                text=f"{where}, record {record.id!r}: {doubt}",
            )
            for record in records
            for doubt in record.doubts()
        ]

    def unprinted(self, record: Record, what: str) -> Told:
        """That a style prints nothing for this record."""
        return Told(
            kind="unprinted",
            where=self.sources[record.id],
            record=record.id,
            message=what,
            text=f"record {record.id!r}: {what} for it",
        )


def read(files: Sequence[str], report: Report) -> Library:
    """Read files of any format; ``-`` or none at all means standard input.

    What of a file can't be read or carried over is put into the report.

    Raises :class:`~citekit.errors.ReaderError` and
    :class:`~citekit.errors.RecordError`, the latter also for an id in two files.
    """
    records: dict[str, Record] = {}
    sources: dict[str, str] = {}
    for name in files or ("-",):
        source = STDIN if name == "-" else click.format_filename(name)
        for record in _from_stdin(report) if name == "-" else _from_file(name, report):
            if record.id in records:
                raise RecordError(
                    f"{sources[record.id]} has a record with this id, too",
                    where=f"{source}, record {record.id!r}",
                    hint="give one of them another id, or leave one of the files out",
                )
            records[record.id] = record
            sources[record.id] = source
    return Library(tuple(records.values()), sources)


def _from_file(name: str, report: Report) -> Iterable[Record]:
    try:
        with Path(name).open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        return csl_json.load(name)  # which says what is wrong
    return csl_json.load(name) if _is_csl_json(head, name) else _any(Path(name), report)


def _from_stdin(report: Report) -> Iterable[Record]:
    if sys.stdin is None:
        raise ReaderError("it is closed", where=STDIN, hint="name a FILE")
    stream = sys.stdin.buffer
    if stream.isatty():
        click.echo("citekit: reading records from the keyboard", err=True)
    data = stream.read()
    if _is_csl_json(data[:_HEAD], ""):
        return csl_json.loads(data, where=STDIN)
    return _any(data, report)


def _is_csl_json(head: bytes, name: str) -> bool:
    """CSL-JSON is read strictly: it is what says so, and what says nothing."""
    try:
        return detect(head.decode("utf-8", "replace"), name).name == "csl-json"
    except ReaderError:
        return True


def _any(source: Path | bytes, report: Report) -> Iterator[Record]:
    from citekit.readers import reading  # noqa: PLC0415 - not for CSL-JSON

    where = STDIN if isinstance(source, bytes) else str(source)
    with Progress() as progress:
        for item in progress.count(reading.iter_read(source), "entries read"):
            for problem in item.problems:
                report.problem(problem, where)
            if item.record is not None:
                yield item.record
