"""What was doubtful, guessed or left out while a record was read or cited."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Finding"]


@frozen(slots=True)
class Finding:
    """One doubt about one value of one record.

    ``kind`` groups findings ("date-impossible"), ``field`` and ``value`` say where the
    doubt is, ``done`` what citekit did about it, and ``overrule`` what to write into the
    site's settings to have it done otherwise.
    """

    record: str
    kind: str
    field: str
    value: str
    done: str
    overrule: str = ""

    def __str__(self) -> str:
        text = f"record {self.record}, {self.field}: {_short(self.value)}: {self.done}"
        return f"{text}; to overrule it: {self.overrule}" if self.overrule else text


def _short(value: str) -> str:
    value = " ".join(value.split())
    return repr(value if len(value) <= 80 else value[:77] + "…")
