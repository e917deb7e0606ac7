"""Runs → plain text for a terminal: as wide as it is, with hanging indents."""

from __future__ import annotations

import shutil
import textwrap

from citekit.output.plain import heading, run

__all__ = ["document", "heading", "run"]
_INDENT = 4


def document(entries: list[tuple[str, str]]) -> str:
    """The entries, an empty line between them; addresses are not broken."""
    width = max(20, shutil.get_terminal_size().columns)
    return "\n\n".join(_filled(entry, width) for _, entry in entries)


def _filled(entry: str, width: int) -> str:
    first, *rest = entry.split("\n") or [""]
    indent = " " * _INDENT
    lines = [
        _wrap(first, width, "", indent),
        *(_wrap(line, width, indent, indent) for line in rest),
    ]
    return "\n".join(lines)


def _wrap(line: str, width: int, first: str, rest: str) -> str:
    return textwrap.fill(
        line,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
