"""Writing a file as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from citekit.errors import CitekitError


def write(name: str, content: str | bytes) -> None:
    """Write bytes or UTF-8 text; whoever reads the file meanwhile sees the old or the new one.

    A link is followed; a file that exists keeps its permissions; what is no
    regular file (``/dev/stdout``) is written to as it is.

    Raises :class:`~citekit.errors.CitekitError` when that can't be done; the
    file is then as it was before.
    """
    path = Path(name)
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except (OSError, ValueError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise CitekitError(
            f"can't write the file: {reason}",
            where=name,
            hint="check that its folder exists and may be written to",
        ) from error


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a file handle, not a path
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _mode(path: Path) -> int:
    """The permissions of the file, or those that a new file gets."""
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)  # the only way to read it is to set it
    os.umask(mask)
    return 0o666 & ~mask
