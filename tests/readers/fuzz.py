"""Hostile files for every reader: small valid ones, spoilt by chance.

``CITEKIT_FUZZ_SECONDS`` is how long each reader is tried. ``CITEKIT_FUZZ_SEED`` is another chance
than that of every run: who looks for what is still wrong takes any number (``$RANDOM``).
"""

from __future__ import annotations

import signal
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha1
from pathlib import Path
from random import Random
from types import FrameType

import citekit
from citekit import CitekitError
from citekit.readers import conventions
from citekit.readers.csl_json import loads
from citekit.readers.formats import FORMATS, detect
from citekit.readers.reading import Reading
from citekit.writers import csl_json

__all__ = ["PIECES", "RUNS", "guard", "read_and_use", "seeds", "spoil", "try_file", "try_reader"]

HANGS = 20
"""Seconds of the processor that no small file takes; those in which others have it don't count."""
RUNS = tomllib.loads(Path(__file__).with_name("long_runs.toml").read_text("utf-8"))
_LARGEST = 200_000
PIECES = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe9", b"\r", b"\r\n", b"\n\n", b"\x85",
    b"\x1d", b"\x1e", b"\x1f", b"\\", b"{", b"}", b"{{{{", b'"', b"'", b"$", b"~", b"#", b"@", b"%",
    b"<", b">", b"&", b"&x;", b"<!--", b"<![CDATA[", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"[", b"]",
    b"null", b"-1", b"1e999", b"99999999999999999999", b"NaN", b"true", b"-", b"--", b",", b":",
    b" and ", b" and and ", b"others", b"and", b"0000-00-00", b"-0000", b"2020-13-40", b"/", b"..",
    b"\\'", b"\\url", b"crossref = {a}", b"xdata = {a}", b"@string{a = a}", b"%00", b"%ED%A0%80",
    "\u0661\u00b2\u0663".encode(), "\u2028\u0301\u202e".encode(), b"\\ud800", b"&#0;", b"&#xd800;",
    b"\\N", b"- ", b"? ", b"!!python/object:a", b"&a *a", b"|", b"\t",
)  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    """The examples of each format, and its places for long runs; without an example, all others."""
    found: dict[str, list[bytes]] = {name: [] for name in FORMATS}
    everything = []
    for path in sorted(Path(__file__).parent.glob("*/example*.*")):
        if path.name.endswith(".golden.json"):
            continue
        data = path.read_bytes()[:_LARGEST]
        everything.append(data)
        with suppress(CitekitError):
            found[detect(data.decode("latin-1"), str(path)).name].append(data)
    found["bibtex"] += found["biblatex"]
    found["csl-json"] += [b'[{"id": "a", "type": "book", "author": [{"family": "B"}],'
                          b'"issued": {"date-parts": [[1988, 10, 6]]}}]']  # fmt: skip
    found["csl-yaml"] += [b"references:\n- id: a\n  type: book\n  issued: {date-parts: [[1988]]}\n"]
    found = {name: given or everything for name, given in found.items()}
    for file in RUNS["file"]:
        found[file["format"]] = [*found[file["format"]], file["text"].replace("¶", "").encode()]
    return found


def spoil(data: bytes, random: Random) -> bytes:
    """The file after some changes: of bytes, of pieces of syntax, of whole lines and of sizes."""
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.choice((0, 1, 2, 5, 20, 200)))
        kind = random.randrange(8)
        if kind == 0:
            data = data[:at] + data[end:]
        elif kind == 1:
            data = data[:at] + random.choice(PIECES) + data[end:]
        elif kind == 2:
            data = data[:at] + random.choice(PIECES) * random.choice((2, 50, 3000)) + data[at:]
        elif kind == 3:
            data = data[:at] + data[at:end] * random.choice((2, 20, 500)) + data[end:]
        elif kind == 4:
            data = data[:at] + random.randbytes(end - at) + data[end:]
        elif kind == 5:
            data = data[:at]
        elif kind == 6:
            lines = data.splitlines(keepends=True)
            random.shuffle(lines)
            data = b"".join(lines)
        else:
            other = random.randrange(len(data) + 1)
            data = data[:at] + data[other : other + 300] + data[at:]
        data = data[:_LARGEST]
    return data


@contextmanager
def guard(what: str) -> Iterator[None]:
    """Fails what hangs; it is no measure of time."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"hangs: {what}")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def read_and_use(data: bytes, name: str) -> None:
    """What is done with a file: it is read, its faults are told, its records cited and written.

    Only reading may refuse something, and what is written must be what was read.
    """
    found, faults = Reading(()), []
    try:
        found = citekit.read(data, name)
    except CitekitError as error:
        faults = [error]
    assert all(map(str, (*faults, *found.errors, *found.losses)))
    csl_json.dumps(map(conventions.apply, found))
    written = csl_json.dumps(found)
    if name != "csl-json":  # It may hold what its reader corrects.
        assert loads(written, lenient=True) == list(found)


def try_file(name: str, data: bytes, chance: str, folder: Path | None = None) -> None:
    """Fails, and tells the file, if anything but a refusal comes of it; keeps it in the folder."""
    try:
        with guard(name):
            read_and_use(data, name)
    except Exception as error:
        told = f"{name}, {chance}: {data[:1500]!r}"
        if folder is not None:
            smaller = _cut_down(name, data, error)
            path = folder / f"{name}-{sha1(smaller).hexdigest()[:8]}"
            path.write_bytes(smaller)
            told = f"{name}, {chance}, cut down, in {path}: {smaller[:1500]!r}"
        raise AssertionError(told) from error


def _cut_down(name: str, data: bytes, error: Exception) -> bytes:
    """The file without what it fails without, as far as a guard's time allows."""
    size = len(data) // 2
    end = time.monotonic() + HANGS
    while size and time.monotonic() < end:
        for at in range(0, len(data), size):
            if time.monotonic() > end:
                break
            smaller = data[:at] + data[at + size :]
            if _place(_failure(name, smaller)) == _place(error):
                data = smaller
                break
        else:
            size //= 2
    return data


def _failure(name: str, data: bytes) -> Exception | None:
    try:
        with guard(name):
            read_and_use(data, name)
    except Exception as error:
        return error
    return None


def _place(error: Exception | None) -> tuple[object, ...]:
    """What was raised, and where."""
    frame = error.__traceback__ if error else None
    while frame and frame.tb_next:
        frame = frame.tb_next
    return (type(error), frame and (frame.tb_frame.f_code, frame.tb_lineno))


def try_reader(
    name: str, files: list[bytes], seconds: float, seed: int, folder: Path | None = None
) -> int:
    """How many spoilt files were read or refused; anything but CitekitError fails, told in full."""
    random = Random(f"{name} {seed}")
    end, tried = time.monotonic() + seconds, 0
    while time.monotonic() < end or not tried:
        tried += 1
        try_file(name, spoil(random.choice(files), random), f"seed {seed}, file {tried}", folder)
    return tried
