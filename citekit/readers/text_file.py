"""Text that is read piece by piece, and as often as a reader needs: of a file, or as it is."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import TextIO

from attrs import frozen

from citekit.errors import ReaderError

__all__ = ["Text", "TextFile", "blocks", "lines"]

_SIZE = 1 << 18
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@frozen(slots=True)
class TextFile:
    """A file whose text has been found to be in that encoding."""

    path: Path
    encoding: str

    @classmethod
    def checked(cls, path: Path) -> TextFile | None:
        """The file, read once from start to end; None if its text can't be decoded.

        The encoding is UTF-8, or what a byte order mark says. Raises :class:`OSError`.
        """
        with path.open("rb") as file:
            head = file.read(4)
            found = (name for bom, name in _ENCODINGS if head.startswith(bom))
            encoding = next(found, "utf-8")
            if encoding == "utf-8" and b"\0" in head:
                return None
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                decoder.decode(head)
                while block := file.read(_SIZE):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return None
        return cls(path, encoding)

    def head(self, size: int) -> str:
        """The first characters."""
        with self.open() as file:
            return file.read(size)

    def open(self) -> TextIOWrapper:
        """The file from its start. Raises :class:`~citekit.errors.ReaderError` if it is gone."""
        try:
            return self.path.open(encoding=self.encoding, newline=None)
        except OSError as error:
            raise ReaderError(
                f"can't read the file: {error.strerror}",
                where=str(self.path),
                hint="check the path",
            ) from error


Text = str | TextFile


def _open(text: Text) -> TextIO:
    return StringIO(text, newline=None) if isinstance(text, str) else text.open()


def lines(text: Text) -> Iterator[str]:
    """The lines, each with a line feed at its end, whatever line breaks the text has."""
    with _open(text) as file:
        yield from file


def blocks(text: Text) -> Iterator[str]:
    """The text in blocks of one size, with line feeds for all line breaks."""
    if isinstance(text, str) and "\r" not in text:
        for start in range(0, len(text), _SIZE):
            yield text[start : start + _SIZE]
        return
    with _open(text) as file:
        while block := file.read(_SIZE):
            yield block
