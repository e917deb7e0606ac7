"""Runs → plain text, a line for each line of an entry."""

from __future__ import annotations

from citekit.output.runs import Run


def run(run: Run) -> str:
    """A run's text."""
    return run.text


def heading(text: str, level: int) -> str:
    """A heading, underlined."""
    return f"{text}\n{'=-'[level - 1] * len(text)}"


def document(entries: list[tuple[str, str]]) -> str:
    """An entry a line."""
    return "\n".join(entry for _, entry in entries)
