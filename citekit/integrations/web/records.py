"""The records of a request, whichever way it gives them, and what is doubtful in them"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from citekit import CitekitError, Record, iter_read
from citekit.integrations.web.failures import RequestError, too_many
from citekit.integrations.web.messages import Source, Warned
from citekit.readers.csl_json import from_object
from citekit.readers.items import Loss


@frozen(slots=True)
class Records:
    """The records, what of them was lost, and the entries that couldn't be read."""

    records: list[Record]
    losses: list[Warned]
    errors: list[Warned]

    @property
    def warnings(self) -> list[Warned]:
        """All that the sender should know of these records."""
        doubts = [
            Warned(record.id, re.split(r"[: ]", doubt)[0], doubt)
            for record in self.records
            for doubt in record.doubts()
        ]
        return [*self.errors, *self.losses, *doubts]


def of(source: Source, limit: int) -> Records:
    """The records of a request.

    Raises :class:`~citekit.errors.CitekitError`, and
    :class:`~citekit.integrations.web.failures.RequestError` for none or too many.
    """
    if (source.records is None) == (source.text is None):
        raise RequestError(422, "InvalidRequest", "give either records or text")
    if source.records is not None:
        if len(source.records) > limit:
            raise too_many(limit)
        return Records(from_object(source.records), [], [])
    return of_text((source.text or "").encode("utf-8", "surrogatepass"), source.format, limit)


def of_text(text: bytes, format: str | None, limit: int) -> Records:
    """The records of a text in a format that is named or found out; bytes, so never a path."""
    found = Records([], [], [])
    for count, item in enumerate(iter_read(text, format), 1):
        if count > limit:
            raise too_many(limit)
        found.losses.extend(lost(item.losses))
        if item.record is not None:
            found.records.append(item.record)
        if item.error is not None:
            found.errors.append(unread(item.error))
    return found


def lost(losses: Iterable[Loss]) -> list[Warned]:
    """Losses as warnings."""
    return [Warned(one.record, one.field, f"{one.value!r} is lost: {one.why}") for one in losses]


def unread(error: CitekitError) -> Warned:
    """An entry that couldn't be read, as a warning."""
    return Warned(None, None, str(error))
