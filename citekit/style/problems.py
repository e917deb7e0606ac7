"""What can be wrong with a style: one value per finding, collected, never raised singly."""

from __future__ import annotations

from typing import Literal

from attrs import frozen


@frozen(slots=True)
class Problem:
    """One thing wrong in a style: the line, what it is, and what to do about it."""

    line: int
    what: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        text = f"line {self.line}: {self.what}"
        return f"{text} ({self.hint})" if self.hint else text
