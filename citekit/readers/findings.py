"""Problems of a file's records, collected while reading and raised as one error."""

from __future__ import annotations

from attrs import Factory, define, frozen

from citekit.errors import RecordError

__all__ = ["Finding", "Findings"]

_MOST_SHOWN = 20


@frozen(slots=True)
class Finding:
    """Something wrong in one field of one record; ``position`` counts records from 1."""

    position: int
    record: str
    field: str
    what: str
    hint: str

    def where(self, lines: list[int]) -> str:
        """Line (if known), record by its id or else its position, and field."""
        line = f"line {lines[self.position - 1]}" if self.position <= len(lines) else ""
        field = f"field {self.field}" if self.field else ""
        parts = (line, f"record {self.record or self.position}", field)
        return ", ".join(part for part in parts if part)


@define(slots=True)
class Findings:
    """What was found wrong so far, and where the reader is now."""

    lenient: bool = False
    found: list[Finding] = Factory(list)
    position: int = 0
    record: str = ""

    def begin(self, position: int) -> None:
        """Go on to the record at ``position``."""
        self.position = position
        self.record = ""

    def add(self, field: str, what: str, hint: str) -> None:
        """Note a problem of the current record."""
        self.found.append(Finding(self.position, self.record, field, what, hint))

    def raise_all(self, where: str, lines: list[int]) -> None:
        """Raise one :class:`~citekit.errors.RecordError` for all findings, the first 20 in full.

        ``lines`` holds the line of each record, as far as it is known.
        """
        if len(self.found) == 1:
            only = self.found[0]
            place = ", ".join(part for part in (where, only.where(lines)) if part)
            raise RecordError(only.what, where=place, hint=only.hint)
        shown = [
            f"\n  {finding.where(lines)}: {finding.what} ({finding.hint})"
            for finding in self.found[:_MOST_SHOWN]
        ]
        rest = len(self.found) - _MOST_SHOWN
        more = f"\n  … and {rest} more" if rest > 0 else ""
        raise RecordError(
            f"{len(self.found)} problems{''.join(shown)}{more}",
            where=where,
            hint="correct them, or read leniently to take what can be taken",
        )
