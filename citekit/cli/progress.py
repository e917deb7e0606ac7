"""What long work is at: a line on standard error, if that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from time import monotonic
from typing import TypeVar

import click

T = TypeVar("T")

_MANY = 500
_SECONDS = 0.2
"""Between two counts, and before the first one: short work isn't told of."""


class Progress:
    """The line; it is gone when the block ends."""

    def __init__(self) -> None:
        self._on = sys.stderr is not None and sys.stderr.isatty()
        self._width = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.say("")

    def say(self, text: str) -> None:
        """Put this in the place of what the line said."""
        if self._on and (text or self._width):
            blank = " " * (self._width - len(text))
            click.echo(f"\r{text}{blank}\r{text}", err=True, nl=False)
            self._width = len(text)

    def formatting(self, records: Sized, style: str) -> None:
        """Say so of many records, which take a while."""
        if len(records) >= _MANY:
            self.say(f"formatting {len(records):,} records in {style}")

    def count(self, items: Iterable[T], what: str) -> Iterator[T]:
        """The same items, counted as "1,200 records read" if ``what`` is "records read"."""
        due = monotonic() + _SECONDS
        for number, item in enumerate(items, 1):
            if self._on and monotonic() >= due:
                self.say(f"{number:,} {what}")
                due = monotonic() + _SECONDS
            yield item
