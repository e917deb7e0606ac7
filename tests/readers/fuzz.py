"""Hostile files for every reader: small valid ones, spoilt by chance.

``CITEKIT_FUZZ_SECONDS`` is how long each reader is tried. ``CITEKIT_FUZZ_SEED`` is another chance
than that of every run: who looks for what is still wrong takes any number (``$RANDOM``).
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from types import FrameType

import citekit
from citekit import CitekitError
from citekit.readers.formats import FORMATS, detect

__all__ = ["guard", "seeds", "spoil", "try_reader"]

HANGS = 20
"""Seconds that no small file takes, however busy the machine is."""
_LARGEST = 200_000
_PIECES = (
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
    """The examples of each format; a reader without one gets those of all others."""
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
    return {name: given or everything for name, given in found.items()}


def spoil(data: bytes, random: Random) -> bytes:
    """The file after some changes: of bytes, of pieces of syntax, of whole lines and of sizes."""
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.choice((0, 1, 2, 5, 20, 200)))
        kind = random.randrange(8)
        if kind == 0:
            data = data[:at] + data[end:]
        elif kind == 1:
            data = data[:at] + random.choice(_PIECES) + data[end:]
        elif kind == 2:
            data = data[:at] + random.choice(_PIECES) * random.choice((2, 50, 3000)) + data[at:]
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

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HANGS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def try_reader(name: str, files: list[bytes], seconds: float, seed: int) -> int:
    """How many spoilt files were read or refused; anything but CitekitError fails, told in full."""
    random = Random(f"{name} {seed}")
    end, tried = time.monotonic() + seconds, 0
    while time.monotonic() < end or not tried:
        data = spoil(random.choice(files), random)
        tried += 1
        try:
            with guard(f"{name} {data[:1500]!r}"), suppress(CitekitError):
                for one in citekit.read(data, name).errors:
                    assert str(one)
        except Exception as error:
            raise AssertionError(f"{name}, seed {seed}, file {tried}: {data[:1500]!r}") from error
    return tried
