"""Hostile files for every reader, led by what they reach in its code (atheris, libFuzzer).

``python -m tests.readers.coverage_fuzz [FORMAT…]`` tries readers, all of them by default, each in a
process of its own. Needs the extra ``fuzz``; without it files are spoilt by chance for the same
time. A file that a reader fails on is cut down, told, and kept.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, redirect_stderr
from functools import partial
from io import StringIO
from pathlib import Path
from random import Random

try:
    import atheris
except ImportError:  # There are no wheels of it for some platforms.
    atheris = None

INSTRUMENTED = ("citekit", "pylatexenc", "pymarc")
# atheris names each module on standard error.
with (
    atheris.instrument_imports(INSTRUMENTED) if atheris else nullcontext(),
    redirect_stderr(StringIO()),
):
    from citekit.readers.formats import FORMATS
    from tests.readers.fuzz import seeds, spoil, try_file, try_reader
    from tests.readers.structured import spoil_structure

LARGEST = 8_000
"""Bytes of a file. Larger ones slow the search down, and are tried elsewhere, by long runs."""
STUCK = 300
"""Seconds by the clock for one file: for what hangs where not even a guard gets its turn."""


def fuzz(name: str, seconds: int, seed: int, folder: Path) -> None:
    """Try one reader. libFuzzer ends the process; its exit code tells how it went."""
    files = seeds()[name]
    if not atheris:
        print(f"Done {try_reader(name, files, seconds, seed, folder)} files, spoilt by chance")
        return
    corpus = folder / name
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(files):
        (corpus / f"{number}").write_bytes(data)
    structured = any(spoil_structure(data, Random(seed)) for data in files)

    def read(data: bytes) -> None:
        try:
            try_file(name, data, f"seed {seed}", folder)
        except AssertionError:
            traceback.print_exc()  # atheris tells no causes.
            raise

    def mutate(data: bytes, largest: int, chance: int) -> bytes:
        random = Random(chance)
        if structured and random.random() < 0.5:
            changed = spoil_structure(data, random)
            if changed is not None and len(changed) <= largest:
                return changed
        if random.random() < 0.5:
            return spoil(data, random)[:largest]
        return bytes(atheris.Mutate(data, largest))

    options = (f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LARGEST}",
               f"-timeout={STUCK}", f"-artifact_prefix={folder}/{name}-")  # fmt: skip
    atheris.Setup([name, *options, str(corpus)], read, custom_mutator=mutate)
    try:
        with atheris.instrument_imports(INSTRUMENTED):  # What is imported where it is needed.
            atheris.Fuzz()
    except BaseException:
        traceback.print_exc()
        sys.stdout.flush()
        os._exit(1)  # Python's own way out would wait forever for what atheris holds.


def run(name: str, options: Sequence[str], seconds: int) -> bool:
    """Try one reader in a process of its own, and print how it went: whether it passed."""
    command = [sys.executable, "-m", "tests.readers.coverage_fuzz", "--here", *options, name]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        timeout=seconds + 2 * STUCK, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    if done.returncode == 0:
        print(f"{name}: {next(line for line in lines if line.startswith('Done'))}", flush=True)
        return True
    told = (line for line in lines if not line.startswith(("#", "INFO:", "WARNING:")))
    print(f"{name}: FAILED", *told, sep="\n", flush=True)
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("format", nargs="*", help=f"of {', '.join(FORMATS)}; by default all")
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--seed", type=int, default=1989)
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="readers at a time")
    parser.add_argument("--keep", type=Path, help="folder for files that readers fail on")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="citekit-fuzz-"))
    if asked.here:
        fuzz(asked.format[0], asked.seconds, asked.seed, folder)
        return
    options = (f"--seconds={asked.seconds}", f"--seed={asked.seed}", f"--keep={folder}")
    one = partial(run, options=options, seconds=asked.seconds)
    with ThreadPoolExecutor(asked.jobs) as pool:
        passed = [*pool.map(one, asked.format or FORMATS)]
    sys.exit(not all(passed))


if __name__ == "__main__":
    main()
