"""Settled events → plain text; blocks of an entry start on lines of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def margin(events: Sequence[Event]) -> slice:
    """Where an entry's first field is that is set in the margin; at the start if none is."""
    start = depth = 0
    for place, event in enumerate(events):
        if isinstance(event, Open):
            if not depth and event.wrap.display == "left-margin":
                start = place
            depth += bool(depth) or event.wrap.display == "left-margin"
        elif isinstance(event, Close) and depth:
            depth -= 1
            if not depth:
                return slice(start, place + 1)
    return slice(0, 0)


def label(events: Sequence[Event]) -> str:
    """The plain text of an entry's first field, where this is set in the margin."""
    return "".join(event for event in events[margin(events)] if isinstance(event, str)).strip()
