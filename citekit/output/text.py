"""Settled events → plain text; blocks of an entry start on lines of their own."""

from __future__ import annotations

from collections.abc import Iterable

from citekit.output.settle import Close, Event, Open


def render(events: Iterable[Event]) -> str:
    """The events as plain text."""
    out: list[str] = []
    ends: list[str] = []
    for event in events:
        if isinstance(event, str):
            out.append(event)
        elif isinstance(event, Open):
            display = event.wrap.display
            if display in ("block", "indent") and out and not out[-1].endswith("\n"):
                out.append("\n")
            ends.append({"left-margin": " ", "block": "\n", "indent": "\n"}.get(display or "", ""))
        elif isinstance(event, Close):
            end = ends.pop()
            if end and out and not out[-1].endswith((" ", "\n")):
                out.append(end)
    return "".join(out).rstrip("\n")


def label(events: Iterable[Event]) -> str:
    """The plain text of an entry's first field, where this is set in the margin."""
    found: list[str] = []
    depth = 0
    for event in events:
        if isinstance(event, Open):
            depth += bool(depth) or event.wrap.display == "left-margin"
        elif isinstance(event, str):
            found += [event] if depth else []
        elif depth:
            depth -= 1
            if not depth:
                break
    return "".join(found).strip()
