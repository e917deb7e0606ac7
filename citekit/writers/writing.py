"""Writing records in any format that is known: ``write`` at once, ``iter_write`` in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from citekit.readers.items import Loss
from citekit.records.record import Record
from citekit.writers.formats import find

__all__ = ["Writing", "iter_write", "write"]


@frozen(slots=True)
class Writing:
    """The text of a file of records; ``losses`` names every value that isn't in it."""

    text: str
    losses: tuple[Loss, ...] = ()

    def __str__(self) -> str:
        return self.text


def write(records: Iterable[Record], format: str) -> Writing:
    """The records in a format, one of :data:`citekit.writers.formats.FORMATS`.

    ``write(records, "ris").text`` is the content of the file. Raises
    :class:`~citekit.errors.WriterError` for a format that isn't known, and
    :class:`~citekit.errors.RecordError` for a record that can't be written at all.
    """
    losses: list[Loss] = []
    text = "".join(iter_write(records, format, losses.append))
    return Writing(text, tuple(losses))


def iter_write(
    records: Iterable[Record], format: str, lost: Callable[[Loss], None] = lambda _: None
) -> Iterator[str]:
    """The same in pieces, a record at a time; ``lost`` is told of losses as they happen.

    Errors are those of :func:`write`.
    """
    return find(format).writer().iter_text(records, lost)
