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

    A record that is in two files is in the library once; one whose id another record has gets a
    new id. That, and what of a file can't be read or carried over, is put into the report.

    Raises :class:`~citekit.errors.ReaderError` and
    :class:`~citekit.errors.RecordError`.
    """
    merged = _Merged(report)
    for name in files or ("-",):
        source = STDIN if name == "-" else click.format_filename(name)
        for record in _from_stdin(report) if name == "-" else _from_file(name, report):
            merged.add(record, source)
    return Library(tuple(merged.records), merged.sources)


class _Merged:
    """Records of several files; what they have in common is put into the report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.records: list[Record] = []
        self.sources: dict[str, str] = {}
        self.by_id: dict[str, list[tuple[Record, str]]] = {}
        """The records of each id, as they were read, with their files."""

    def add(self, record: Record, source: str) -> None:
        """Add a record, unless it is there already."""
        others = self.by_id.setdefault(record.id, [])
        if file := next((file for other, file in others if other == record), None):
            self._tell("duplicate", record, source, f"the same record as in {file}, printed once")
            return
        key, number = record.id, 1
        while key in self.sources:
            number += 1
            key = f"{record.id}-{number}"
        if key != record.id:
            message = f"a record of {self.sources[record.id]} has this id, too; this one is {key!r}"
            hint = "give it another id, or leave one of them out"
            self._tell("same-id", record, source, message, hint)
        others.append((record, source))
        self.records.append(_with_id(record, key))
        self.sources[key] = source

    def _tell(self, kind: str, record: Record, file: str, message: str, hint: str = "") -> None:
        text = f"{file}, record {record.id!r}: {message}{hint and f'; {hint}'}"
        told = Told(kind=kind, where=file, record=record.id, message=message, hint=hint, text=text)
        self.report.add([told])


def _with_id(record: Record, id: str) -> Record:
    if id == record.id:
        return record
    return Record.from_parts(
        id,
        record.type,
        texts=record.texts,
        names=record.names,
        dates=record.dates,
        custom=record.custom,
        extra=record.extra,
        numbers={name: number for name, number in record.numbers.items() if name != "id"},
    )


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
