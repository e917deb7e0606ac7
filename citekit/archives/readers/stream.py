"""Large JSON files an element at a time: the text is in memory, but one element's values only."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from citekit.errors import ReaderError
from citekit.readers import json_text

__all__ = ["SMALL", "elements"]

SMALL = 2_000_000
"""Files with fewer characters are read as a whole."""
_SPACE = re.compile(r"[ \t\r\n]*")


def elements(path: Path, arrays: Collection[str] = ()) -> Iterator[tuple[str, Any]]:
    """The elements of a file's array, or those of the ``arrays`` in its object, with their key.

    Other keys of such an object come as they are; a file that holds anything else is one
    element under the key "". Raises :class:`~citekit.errors.ReaderError` with file and line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReaderError(f"can't be read: {error.strerror or error}", where=str(path)) from error
    text = json_text.decode(data, where=str(path), lenient=True).removeprefix("\ufeff")
    del data
    if len(text) < SMALL or not _has_arrays(text, arrays):
        yield from _split(json_text.parse(text, where=str(path), lenient=True), arrays)
        return
    try:
        yield from _Scanner(text).top(arrays)
    except (ValueError, IndexError, RecursionError):
        json_text.parse(text, where=str(path), lenient=True)  # says where it goes wrong, and how
        raise


def _split(value: Any, arrays: Collection[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        yield from (("", each) for each in value)
    elif isinstance(value, dict) and any(isinstance(value.get(key), list) for key in arrays):
        for key, part in value.items():
            parts = part if key in arrays and isinstance(part, list) else [part]
            yield from ((key, each) for each in parts)
    else:
        yield "", value


def _has_arrays(text: str, arrays: Collection[str]) -> bool:
    """Whether a text begins as an array, or an object that has one of the arrays somewhere."""
    start = _SPACE.match(text)
    first = text[start.end() : start.end() + 1] if start else ""
    return first == "[" or (first == "{" and any(f'"{key}"' in text for key in arrays))


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.decoder = json.JSONDecoder()

    def top(self, arrays: Collection[str]) -> Iterator[tuple[str, Any]]:
        if self.peek() == "[":
            yield from (("", each) for each in self.array())
        else:
            yield from self.object(arrays)
        if self.peek():
            raise ValueError("more after the end")

    def object(self, arrays: Collection[str]) -> Iterator[tuple[str, Any]]:
        self.expect("{")
        while self.peek() != "}":
            key = self.value()
            self.expect(":")
            if key in arrays and self.peek() == "[":
                yield from ((key, each) for each in self.array())
            else:
                yield key, self.value()
            if self.peek() != "}":
                self.expect(",")
        self.expect("}")

    def array(self) -> Iterator[Any]:
        self.expect("[")
        while self.peek() != "]":
            yield self.value()
            if self.peek() != "]":
                self.expect(",")
        self.expect("]")

    def peek(self) -> str:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def expect(self, mark: str) -> None:
        if self.peek() != mark:
            raise ValueError(f"no {mark} at {self.at}")
        self.at += 1

    def value(self) -> Any:
        self.peek()
        value, self.at = self.decoder.raw_decode(self.text, self.at)
        return value
