"""``python -m tests.benchmarks.reading``: BibTeX read by citekit and by pybtex, in turns.

pybtex (``pip install pybtex``) only takes entries and names apart; citekit decodes LaTeX, reads
dates and makes records, too. Hardly two entries have an author or a title in common.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from importlib import import_module
from random import Random

import citekit
from tests.benchmarks.words import FAMILIES, HEADS, TAILS

ENTRY = """@article{{key{number},
  author = {{{first}, {second} and {third} {fourth}}},
  title = {{{{{fifth}}} and the {sixth} of {seventh}: {{\\"U}}ber {number}}},
  journal = {{Journal of {eighth}}},
  year = {{{year}}},
  month = jan,
  volume = {{{volume}}},
  number = {{{issue}}},
  pages = {{{number}--{last}}},
  doi = {{10.1000/{number}}},
  publisher = {{{eighth} Press}},
}}
"""
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def text(size: int) -> str:
    """That many entries, always the same."""
    random = Random(1)
    entries = []
    for number in range(size):
        words = {
            place: "".join(map(random.choice, (FAMILIES, HEADS, TAILS))).capitalize()
            for place in PLACES
        }
        words["first"] += f"{words['sixth'].lower()}{chr(97 + number % 26)}"
        entries.append(
            ENTRY.format(
                **words, number=number, last=number + 9, year=1900 + number % 120,
                volume=number % 60, issue=number % 4 + 1,
            )
        )  # fmt: skip
    return "".join(entries)


def _seconds(read: Callable[[], object]) -> float:
    """Processor time, which other programs on the machine change less than the clock's."""
    start = time.process_time()
    read()
    return time.process_time() - start


def main() -> int:
    """Print the best of some turns of both, and the ratio."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.reading")
    parser.add_argument("--n", type=int, default=5_000)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    try:
        parse = import_module("pybtex.database").parse_string
    except ImportError:
        parser.error("pybtex is not installed: pip install pybtex")
    source = text(options.n)
    assert len(citekit.read(source, "bibtex")) == len(parse(source, "bibtex").entries) == options.n
    turns = [
        (
            _seconds(lambda: citekit.read(source, "bibtex")),
            _seconds(lambda: parse(source, "bibtex")),
        )
        for _ in range(options.repeats)
    ]
    ours, theirs = (min(times) for times in zip(*turns, strict=True))
    print(f"{options.n} entries: citekit {ours:.2f} s, pybtex {theirs:.2f} s, {ours / theirs:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
