"""What a build has done so far: a line of JSON for each record, written when its files are.

A build that was killed goes on after the last whole line; one that is run again leaves alone
the records whose key is the same. When all is done the journal is written anew, in the order
of the source, so that it doesn't show how often the build was interrupted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from attrs import asdict, frozen

from citekit.archives.findings import Finding
from citekit.archives.pages.files import write

__all__ = ["Done", "append", "read_journal", "write_journal"]


@frozen(slots=True)
class Done:
    """A record that is built: the key of what went into it, and what index and report show.

    ``name`` is that of its files.
    """

    id: str
    key: str
    name: str
    title: str
    author: str
    date: str
    findings: tuple[Finding, ...]


def read_journal(path: Path) -> dict[str, Done]:
    """The records that are built, by id; a line that was cut off is none."""
    found: dict[str, Done] = {}
    if not path.is_file():
        return found
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if (done := _read(line)) is not None:
                found[done.id] = done
    return found


def append(file: TextIO, done: Done) -> None:
    """Note a record as built, at once."""
    file.write(_line(done))
    file.flush()


def write_journal(path: Path, records: Iterable[Done]) -> None:
    """Write the whole journal; raises :class:`~citekit.errors.CitekitError`."""
    write(path, "".join(map(_line, records)))


def _line(done: Done) -> str:
    return json.dumps(asdict(done), ensure_ascii=True, sort_keys=True) + "\n"


def _read(line: str) -> Done | None:
    try:
        data: dict[str, Any] = json.loads(line)
        findings = tuple(Finding(**finding) for finding in data.pop("findings"))
        return Done(findings=findings, **data)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
