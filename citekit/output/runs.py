"""Settled events → runs: texts, each with all the formatting that is in force in it.

Runs don't nest, so italics inside italics are upright in every format that is made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from attrs import frozen

from citekit.output import links as addresses
from citekit.output.settle import Event, Open

_NEUTRAL = ("normal", "none", "baseline")
_HTML_ONLY = "span"
"""What :mod:`citekit.output.semantic` adds."""
_AFTER = {"block": "\n", "indent": "\n"}


@frozen(slots=True)
class Run:
    """A text and its formatting: CSL's attributes, with ``_`` for ``-``, that aren't neutral.

    ``link`` is the address that the text leads to, percent-encoded, or ``""``.
    """

    text: str
    styles: Mapping[str, str]
    link: str = ""


Marks = Mapping[tuple[str, str], tuple[str, str]]
"""What stands before and behind a text of an attribute and value, in one format."""


def in_marks(text: str, styles: Mapping[str, str], marks: Marks) -> str:
    """The text, already escaped, between the marks of its styles, as far as a format has any."""
    for style in styles.items():
        start, end = marks.get(style, ("", ""))
        text = f"{start}{text}{end}"
    return text


class Format(Protocol):
    """What a document format has to say; a module with these functions is one, too.

    ``run`` returns one run, escaped and formatted. ``document`` joins the entries, pairs
    of id and formatted text, to a bibliography that can stand in a document of its own.

    A format may also have ``heading(text, level)`` with level 1 for the title and 2 for a
    group (without it, headings are bold runs), and ``write(listing)``, which returns the
    bytes of a whole file, if entries that are joined are not enough for it.
    """

    def run(self, run: Run, /) -> str: ...

    def document(self, entries: list[tuple[str, str]], /) -> str: ...


def runs(events: Iterable[Event], after_margin: str = " ") -> list[Run]:
    """The runs of a citation or entry; neighbours of one formatting are one.

    ``after_margin`` stands behind a field in the margin.
    """
    after_blocks = {**_AFTER, "left-margin": after_margin}
    found: list[Run] = []
    levels: list[tuple[dict[str, str], str]] = [({}, "")]

    def add(text: str, styles: dict[str, str]) -> None:
        if found and found[-1].styles == styles:
            text = found.pop().text + text
        found.append(Run(text, styles))

    for event in events:
        ends = not found or found[-1].text.endswith((" ", "\n"))
        if isinstance(event, str):
            if event:
                add(event, levels[-1][0])
        elif isinstance(event, Open):
            if event.wrap.display in ("block", "indent") and found and not ends:
                add("\n", {})
            inside = {**levels[-1][0], **dict(event.styles)}
            kept = {name: value for name, value in inside.items() if value not in _NEUTRAL}
            kept.pop(_HTML_ONLY, None)
            levels.append((kept, after_blocks.get(event.wrap.display or "", "")))
        else:
            after = levels.pop()[1]
            if after and not ends:
                add(after, {})
    if found and (rest := found.pop()).text.rstrip("\n"):
        found.append(Run(rest.text.rstrip("\n"), rest.styles))
    return found


def apart(text: str) -> tuple[str, str, str]:
    """A text without the blanks at its ends, between these: marks don't count beside blanks."""
    inner = text.strip()
    start = len(text) - len(text.lstrip())
    return text[:start], inner, text[start + len(inner) :]


def linked(found: Iterable[Run]) -> list[Run]:
    """The runs, with those parts that are addresses or DOIs as runs of their own."""
    return [
        Run(piece, run.styles, link) for run in found for piece, link in addresses.split(run.text)
    ]


def render(events: Iterable[Event], format: Format, *, links: bool = False) -> str:
    """The events in a format, with ``links`` addresses and DOIs as links."""
    found = runs(events)
    return "".join(format.run(run) for run in (linked(found) if links else found))
