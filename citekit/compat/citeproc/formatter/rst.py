"""citeproc-py's formatter for reStructuredText."""

from __future__ import annotations

from citekit.api import Formatted
from citekit.output import rst
from citekit.output.runs import render

__all__ = ["write"]


def write(formatted: Formatted) -> str:
    """A citation or entry as reStructuredText."""
    return render(formatted.events, rst)
