"""Reading records from any format that is known: ``read`` at once, ``iter_read`` one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import overload

from attrs import field, frozen

from citekit.errors import ReaderError
from citekit.readers.decoding import SIGNATURE, refuse_binary, to_text
from citekit.readers.formats import HEAD, Format, detect, find
from citekit.readers.items import Item, Loss
from citekit.readers.keys import PATTERN, Keys
from citekit.readers.text_file import Text, TextFile
from citekit.records.record import Record

__all__ = ["Reading", "iter_read", "read"]


@frozen(slots=True)
class Reading(Sequence[Record]):
    """The records of a file, a sequence of them; with what was lost and what couldn't be read.

    ``losses`` names every value that no CSL variable took; ``errors`` every entry
    that isn't among the records, with file, line and key.
    """

    records: tuple[Record, ...]
    losses: tuple[Loss, ...] = field(default=(), repr=False)
    errors: tuple[ReaderError, ...] = field(default=(), repr=False)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Record, ...]: ...
    def __getitem__(self, index: int | slice) -> Record | tuple[Record, ...]:
        return self.records[index]

    def __len__(self) -> int:
        return len(self.records)


def read(
    source: str | bytes | os.PathLike[str],
    format: str | None = None,
    *,
    keys: str | Keys = PATTERN,
) -> Reading:
    """The records of a file, or of a text that is given itself.

    ``source`` is a path, or a text: bytes, or a string with line breaks or
    beginning with ``@``, ``[``, ``{`` or ``<``. ``format`` is the name of a format
    (:data:`citekit.readers.formats.FORMATS`); by default it is found out.
    ``keys`` is the pattern of the keys of records that have none
    (:class:`citekit.readers.keys.Keys`, which several files may share).

    Raises :class:`~citekit.errors.ReaderError` when the whole can't be read;
    entries that can't are told in :attr:`Reading.errors`. CSL-JSON is taken as a
    whole or not at all (:class:`~citekit.errors.RecordError`).
    """
    records: list[Record] = []
    losses: list[Loss] = []
    errors: list[ReaderError] = []
    for item in iter_read(source, format, keys=keys):
        if item.record is not None:
            records.append(item.record)
        if item.error is not None:
            errors.append(item.error)
        losses += item.losses
    return Reading(tuple(records), tuple(losses), tuple(errors))


def iter_read(
    source: str | bytes | os.PathLike[str],
    format: str | None = None,
    *,
    keys: str | Keys = PATTERN,
) -> Iterator[Item]:
    """The same one entry at a time.

    Of files in BibTeX, biblatex, RIS, Refer and NBIB only one entry is in memory, with the
    keys of all and the entries that others inherit from; of others the whole text.

    Arguments and errors are those of :func:`read`.
    """
    text, where = _text(source, find(format) if format else None)
    head = text if isinstance(text, str) else text.head(HEAD)
    chosen = find(format) if format else detect(head, where)
    own = (Keys(keys) if isinstance(keys, str) else keys,) if chosen.makes_keys else ()
    items: Iterator[Item] = import_module(chosen.module).iter_items(text, where, *own)
    return items


def _text(source: str | bytes | os.PathLike[str], chosen: Format | None) -> tuple[Text, str]:
    if isinstance(source, bytes):
        return to_text(source, ""), ""
    if isinstance(source, str) and ("\n" in source or source.lstrip()[:1] in tuple("@[{<")):
        return source.removeprefix("\ufeff"), ""
    where = os.fspath(source)
    try:
        path = Path(where)
        # What is no regular file (a pipe) can be read once only.
        file = None
        if path.is_file():
            with path.open("rb") as opened:
                refuse_binary(opened.read(SIGNATURE), where)
            file = TextFile.checked(path)
        if file is not None and (chosen or detect(file.head(HEAD), where)).streams:
            return file, where
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReaderError(
            f"can't read the file: {reason}", where=where, hint="check the path"
        ) from error
    return to_text(data, where), where
