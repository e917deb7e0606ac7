"""Files written as a whole or not at all, so that a build may be killed at any moment."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from citekit.errors import CitekitError

__all__ = ["clear_temporary", "file_name", "write"]

_TEMPORARY = ".part"
_LONGEST = 80


def write(path: Path, content: str) -> None:
    """Write UTF-8 text; a reader sees the old file or the new one, never half of one.

    A file that has this content already is left alone. Raises
    :class:`~citekit.errors.CitekitError` if it can't be written.
    """
    data = content.encode("utf-8")
    temporary = path.with_name(path.name + _TEMPORARY)
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        raise CitekitError(
            f"can't write the file: {error.strerror or error}",
            where=str(path),
            hint="check that the folder may be written to and the disk has room",
        ) from error


def clear_temporary(folder: Path) -> None:
    """Delete what a build that was killed left half written."""
    for path in folder.glob(f"*{_TEMPORARY}"):
        path.unlink(missing_ok=True)


def file_name(record: str) -> str:
    """A name for a record's files: its id, if that is one on every system, else a like one.

    Different ids have different names, also where the file system doesn't tell case.
    """
    plain = re.sub(r"[^\w-]+", "-", record, flags=re.ASCII).strip("-")[:_LONGEST]
    if plain == record and plain == plain.lower():
        return plain
    digest = hashlib.sha256(record.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain.lower()}-{digest}" if plain else digest
