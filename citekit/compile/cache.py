"""What has been compiled, on disk, so that it needn't be made in each process.

What is kept is found by all that it was made from, which is in the file, too, and compared:
names are short checksums. What is read here may be run, so the folder must belong
to the user and be writable by nobody else, and so must the file, and neither may be a
symbolic link. Whatever isn't so, or is damaged, is as if it weren't there.

The folder is ``citekit`` in the user's cache directory; ``CITEKIT_CACHE`` names another one,
or is ``off``. Where the system can't tell whose a file is (Windows), nothing is kept.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Callable
from importlib.util import source_hash
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_SWITCHED_OFF = ("off", "0", "no")
_OPENED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_DIGEST = len(source_hash(b""))
_FORMAT = 2
"""Of marshal: this one writes equal values alike, whether or not they are the same object."""
_MOST = 256
"""Files that are kept, of some 300 kB."""


def recall(made_from: tuple[Any, ...], found: Callable[[bytes], T | None]) -> T | None:
    """What ``found`` makes of what is kept of these things, ``None`` if that is nothing.

    ``made_from`` are values that :mod:`marshal` knows.
    """
    folder = _open_folder()
    if folder is None:
        return None
    try:
        key = marshal.dumps(made_from, _FORMAT)
        data = _read(folder, _name(key), key)
        return None if data is None else found(data)
    except Exception:  # whatever is wrong with it: it is as if it weren't there
        return None
    finally:
        os.close(folder)


def keep(made_from: tuple[Any, ...], data: bytes) -> None:
    """Keep what has been made of these things."""
    folder = _open_folder()
    if folder is None:
        return
    try:
        key = marshal.dumps(made_from, _FORMAT)
        _write(folder, _name(key), key, data)
    finally:
        os.close(folder)


def _name(key: bytes) -> str:
    return source_hash(key).hex()


# ---------------------------------------------------------------- the folder


def _path() -> Path | None:
    chosen = os.environ.get("CITEKIT_CACHE", "")
    if chosen:
        return None if chosen.lower() in _SWITCHED_OFF else Path(chosen)
    caches = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        if sys.platform == "darwin":
            caches = Path.home() / "Library" / "Caches"
        elif not caches.is_absolute():
            caches = Path.home() / ".cache"
    except RuntimeError:  # nobody's home
        return None
    return caches / "citekit"


def _open_folder() -> int | None:
    """A descriptor of the folder, made if need be; ``None`` if it isn't to be trusted.

    Files are opened relative to it, so nobody can put another folder in its place.
    """
    path = _path()
    if path is None or not hasattr(os, "getuid"):
        return None
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _OPENED)
    except OSError:
        return None
    if _is_ours(folder):
        return folder
    os.close(folder)
    return None


def _is_ours(descriptor: int) -> bool:
    """Whether it belongs to the user and nobody else can write to it."""
    about = os.fstat(descriptor)
    return about.st_uid == os.getuid() and not about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


# ---------------------------------------------------------------- its files


def _read(folder: int, name: str, key: bytes) -> bytes | None:
    """What is kept under a name, if it is ours, whole and of this key."""
    try:
        file = os.open(name, os.O_RDONLY | _OPENED, dir_fd=folder)
    except OSError:
        return None
    with os.fdopen(file, "rb") as stream:
        if not _is_ours(file) or not stat.S_ISREG(os.fstat(file).st_mode):
            return None
        content = stream.read()
    digest, rest = content[:_DIGEST], memoryview(content)[_DIGEST:]
    if source_hash(rest) != digest or rest[: len(key)] != key:
        return None
    return bytes(rest[len(key) :])


def _write(folder: int, name: str, key: bytes, data: bytes) -> None:
    """Keep data under a name, all of it or nothing; a full or read-only disk is no error."""
    content = key + data
    unfinished = f"{name}.{os.getpid()}"
    try:
        file = os.open(
            unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPENED, 0o600, dir_fd=folder
        )
        with os.fdopen(file, "wb") as stream:
            stream.write(source_hash(content) + content)
        os.replace(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)
        _prune(folder)
    except OSError:
        return


def _prune(folder: int) -> None:
    """Drop the files that were written first, if there are too many."""
    with os.scandir(folder) as entries:
        files = [(entry.stat().st_mtime, entry.name) for entry in entries]
    for _, name in sorted(files)[:-_MOST]:
        os.unlink(name, dir_fd=folder)
