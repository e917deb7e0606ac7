"""citeproc-py's formatter for HTML."""

from __future__ import annotations

from citekit.api import Formatted

__all__ = ["write"]


def write(formatted: Formatted) -> str:
    """A citation or entry as HTML."""
    return formatted.html
