r"""Commands of LaTeX that a .bib file defines in its ``@preamble`` → the texts that they stand for.

Source: btxdoc, "@PREAMBLE"; ``\newcommand`` and ``\def`` with plain arguments, as in BibTeX's own
xampl.bib. ``\noopsort`` is known without, as many files leave its definition to the document.
"""

from __future__ import annotations

import re

from attrs import define, field

__all__ = ["Commands"]

_KNOWN = {"noopsort": (1, ""), "href": (2, "#2 (#1)"), "textcolor": (2, "#2")}
"""Commands of several arguments, or of one that isn't printed, that need no definition."""
_DEFINED = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand)\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?:\[(\d)\]\s*)?\{"
    r"|\\def\s*\\([A-Za-z]+)\s*((?:#\d)*)\s*\{"
)
_DRAWN = re.compile(
    r"\\(?:ooalign|raise|lower|kern|[hv]box|[hv]rule|mathhexbox|char|csname|if[a-z]*)(?![A-Za-z])"
)
"""What is drawn, or depends on more than its arguments, is no text."""
_COMMAND = re.compile(r"\\([A-Za-z]++)\s*+")
_BRACE = re.compile(r"[{}]")
_PARAMETER = re.compile(r"#(\d)")
_MOST_ROUNDS = 5
_MOST_TIMES = 20


@define(slots=True)
class Commands:
    """The commands of a file by their names: the number of their arguments, and their text."""

    _known: dict[str, tuple[int, str]] = field(factory=_KNOWN.copy)
    _drawn: set[str] = field(factory=set)

    def define(self, preamble: str) -> None:
        """Add the commands that a preamble defines."""
        position = 0
        while found := _DEFINED.search(preamble, position):
            position = _closing(preamble, found.end() - 1)
            count = int(found[2] or 0) if found[1] else len(found[4]) // 2
            body = preamble[found.end() : position]
            if _DRAWN.search(body) or not self._drawn.isdisjoint(_COMMAND.findall(body)):
                self._drawn.add(found[1] or found[3])
            else:
                self._known[found[1] or found[3]] = (count, body)

    def used_in(self, text: str) -> bool:
        """Whether one of the commands is in a text."""
        if len(self._known) == len(_KNOWN):
            return any(f"\\{name}" in text for name in _KNOWN)
        return any(name in self._known for name in _COMMAND.findall(text))

    def expanded(self, text: str) -> str:
        """The text with what the commands stand for; as it is if that would grow without end."""
        longest = 1000 + _MOST_TIMES * len(text)
        for _ in range(_MOST_ROUNDS):
            if "\\" not in text or not self.used_in(text):
                break
            longer = self._once(text, longest)
            if len(longer) > longest:
                break
            text = longer
        return text

    def _once(self, text: str, longest: int) -> str:
        out: list[str] = []
        position = size = 0
        while (found := _COMMAND.search(text, position)) and size <= longest:
            out.append(text[position : found.start()])
            position = found.end()
            if found[1] in self._known:
                count, body = self._known[found[1]]
                given = []
                for _ in range(count):
                    argument, position = _argument(text, position)
                    given.append(argument)
                out.append(_filled(body, given))
            else:
                out.append(found[0])
            size += len(out[-1])
        return "".join([*out, text[position:]])


def _filled(body: str, given: list[str]) -> str:
    def one(found: re.Match[str]) -> str:
        number = int(found[1])
        return given[number - 1] if 0 < number <= len(given) else ""

    return _PARAMETER.sub(one, body)


def _argument(text: str, start: int) -> tuple[str, int]:
    """What stands in the next braces, or the next letter; and where it ends."""
    while text[start : start + 1].isspace():
        start += 1
    if text[start : start + 1] != "{":
        return text[start : start + 1], min(start + 1, len(text))
    end = _closing(text, start)
    return text[start + 1 : end], min(end + 1, len(text))


def _closing(text: str, start: int) -> int:
    """Where the brace at that place is closed; the text's end if it isn't."""
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(text)
