"""citeproc-py's formatter for plain text."""

from __future__ import annotations

from citekit.api import Formatted

__all__ = ["write"]


def write(formatted: Formatted) -> str:
    """A citation or entry as plain text."""
    return formatted.text
