"""What readers give: a record, what of it could not be carried over, or why there is none."""

from __future__ import annotations

from attrs import frozen

from citekit.errors import ReaderError
from citekit.records.record import Record

__all__ = ["Item", "Loss"]


@frozen(slots=True)
class Loss:
    """A value of a record that the other format has no place for, and why."""

    record: str
    field: str
    value: str
    why: str

    def __str__(self) -> str:
        return (
            f"record {self.record!r}, field {self.field}: {self.value[:60]!r} is lost: {self.why}"
        )


@frozen(slots=True)
class Item:
    """One entry of a file: its ``record`` and ``losses``, or the ``error`` that prevents it."""

    record: Record | None = None
    losses: tuple[Loss, ...] = ()
    error: ReaderError | None = None

    @property
    def problems(self) -> tuple[Loss | ReaderError, ...]:
        """All that is to tell of the entry."""
        return self.losses if self.error is None else (*self.losses, self.error)
