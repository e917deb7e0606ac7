"""The records of a request, whichever way it gives them, and what is doubtful in them"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from citekit import CitekitError, Record, iter_read
from citekit.integrations.web.failures import RequestError, too_many
from citekit.integrations.web.messages import Source, Warned
from citekit.integrations.web.threads import leave_event_loop
from citekit.readers.conventions import parse_raw_dates
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
            _doubted(record.id, doubt)
            for record in self.records
            for doubt in (*record.doubts(), *_odd_dates(record))
        ]
        return [*self.errors, *self.losses, *doubts]


def _doubted(record_id: str, doubt: str) -> Warned:
    """A doubt as a warning: what stands before the colon is the field, or a place in it."""
    place, _, message = doubt.partition(": ")
    field = place.partition(" ")[0]
    return Warned(record_id, field, message if place == field else doubt)


def _odd_dates(record: Record) -> list[str]:
    """Of the dates in words (CSL-JSON's ``raw``) those that can't be read."""
    read = parse_raw_dates(record).dates
    return [
        f"{variable}: {date.raw!r} is not a date that is understood, such as 1988-10-06 or"
        " October 1988; printed as it is"
        for variable, date in record.dates.items()
        if date.raw and not read[variable].start
    ]


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
    """The records of a text in a format that is named or found out; bytes, so never a path.

    Some readers take long for little, so this is for threads only.
    """
    leave_event_loop()
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
