"""The code of compiled styles on disk, so that it needn't be compiled in each process.

What Python makes of a style's source is kept under a key of that source and of Python's
version. Nothing else goes into it: a style, a locale, an option or a citekit that means
something else makes another source. What is read here is run, so the folder must belong
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
from hashlib import sha256
from pathlib import Path
from types import CodeType

_SWITCHED_OFF = ("off", "0", "no")
_OPENED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_DIGEST = sha256().digest_size
_MOST = 256
"""Files that are kept; a style has one or two, of some 100 kB."""


def key_of(source: str) -> str:
    """The key of a source for this Python and this citekit."""
    return sha256(f"{sys.implementation.cache_tag} {sys.version}\0{source}".encode()).hexdigest()


def code_of(source: str, filename: str) -> CodeType:
    """The code of a module, from the cache if it is there, and in the cache from now on."""
    folder = _open_folder()
    if folder is None:
        return compile(source, filename, "exec")
    try:
        name = key_of(f"{filename}\0{source}")
        code = _read(folder, name)
        if code is None:
            code = compile(source, filename, "exec")
            _write(folder, name, code)
        return code
    finally:
        os.close(folder)


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


def _read(folder: int, name: str) -> CodeType | None:
    """What is kept under a name, if it is ours and whole."""
    try:
        file = os.open(name, os.O_RDONLY | _OPENED, dir_fd=folder)
    except OSError:
        return None
    with os.fdopen(file, "rb") as stream:
        if not _is_ours(file) or not stat.S_ISREG(os.fstat(file).st_mode):
            return None
        content = stream.read()
    digest, data = content[:_DIGEST], content[_DIGEST:]
    if sha256(data).digest() != digest:
        return None
    try:
        code = marshal.loads(data)
    except (EOFError, ValueError, TypeError):
        return None
    return code if isinstance(code, CodeType) else None


def _write(folder: int, name: str, code: CodeType) -> None:
    """Keep code under a name, all of it or nothing; a full or read-only disk is no error."""
    data = marshal.dumps(code)
    unfinished = f"{name}.{os.getpid()}"
    try:
        file = os.open(
            unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPENED, 0o600, dir_fd=folder
        )
        with os.fdopen(file, "wb") as stream:
            stream.write(sha256(data).digest() + data)
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
