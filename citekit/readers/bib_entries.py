"""A .bib text → its entries: what stands between @ and the closing brace, fields not interpreted.

The text is read in sections that begin where a line looks like an entry; only one is in
memory. A value that is not closed before the next section goes on in it (a line of an abstract
may look like an entry), but not for longer than a few.

Source: the BibTeX documentation (btxdoc, btxhak), "Entries" and "@STRING". Braces
count even behind a backslash, as for BibTeX. What is in ``@comment{…}``, and outside of
values all from a ``%`` to the end of its line, is left out, as biber has it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice

from attrs import frozen

from citekit.errors import ReaderError
from citekit.readers.bib_commands import Commands
from citekit.readers.text_file import Text, blocks

__all__ = ["Entry", "iter_entries", "sections"]

_AT = re.compile(r"%[^\n]*+|@\s*([A-Za-z][\w:.-]*)\s*([{(])")
_COMMENT = re.compile(r"\s*@\s*comment\s*\{", re.IGNORECASE)
_NEXT = re.compile(r"\n[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]")
_KEY = re.compile(r"\s*+([^\s,={}\"]*+)\s*+(?=[,})])")
_FIELD = re.compile(r"\s*([^\s=,{}()\"#%]+)\s*=\s*")
_PLAIN_FIELD = re.compile(
    r"[ \t\n,]*+([A-Za-z_-]++)[ \t\n]*+=[ \t\n]*+(?:\{((?:[^{}]++|\{[^{}]*+\})*+)\}"
    r"|\"([^\"{}]*+)\"|([0-9]++)|([A-Za-z]++))[ \t\n]*+(?=[,})])"
)
"""Most fields: braces with one level of braces in them at most, plain text in quotes, one word."""
_SIMPLE = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r'[{}"]')
_WORD = re.compile(r"[^\s,{}()\"#%=]+")
_GAP = re.compile(r"(?:\s++|%[^\n]*+)*+")
_MOST_JOINED = 8
"""Sections in which a value may go on,"""
_MOST_HELD = 1000
"""and a comment."""
_MOST_EXPANDED = 8_000_000
_MOST_TIMES = 20
_SHORT = 1000
"""Abbreviations of abbreviations can turn a few lines into gigabytes: they may stand for that
many characters and that many times those of the file; short ones aren't counted."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@frozen(slots=True)
class Entry:
    """An entry: its type in lower case, its key, its fields by lower-case name, and its line.

    The key is ``""`` where there is none.
    ``undefined`` are the abbreviations that no ``@string`` defines; their names stand for them.
    """

    type: str
    key: str
    fields: dict[str, str]
    line: int
    undefined: tuple[str, ...] = ()


class _Macros(dict[str, str]):
    """The abbreviations by their names in lower case.

    ``undefined`` notes what isn't there, ``left`` is for how many characters more they may stand.
    """

    def __init__(self) -> None:
        super().__init__({name[:3].lower(): name for name in _MONTHS})
        self.commands = Commands()
        self.undefined: list[str] = []
        self.left = _MOST_EXPANDED

    def value(self, word: str, at: int) -> str:
        """What stands for the word at that place."""
        value = self.get(word.lower())
        if value is None:
            self.undefined.append(word)
            return word
        if len(value) > self.left:
            raise _EntryError(
                "its abbreviations (@string) stand for far more text than is here", at
            )
        self.left -= len(value)
        return value


class _EntryError(Exception):
    """An entry that can't be read; what is wrong and where, and whether more text may help."""

    def __init__(self, what: str, at: int, *, unfinished: bool = False) -> None:
        super().__init__(what)
        self.at = at
        self.key = ""
        self.unfinished = unfinished


def sections(text: Text) -> Iterator[str]:
    """The text in pieces, each but the first from a line that looks like the start of an entry.

    What a comment has of such lines stays in its piece, if it ends at all.
    """
    held: list[str] = []
    depth = 0
    for piece in _pieces(text):
        if not held and not _COMMENT.match(piece):
            yield piece
            continue
        held.append(piece)
        depth += piece.count("{") - piece.count("}")
        if depth <= 0:
            yield "".join(held)
        elif len(held) == _MOST_HELD:
            yield from held
        else:
            continue
        held, depth = [], 0
    yield from held


def _pieces(text: Text) -> Iterator[str]:
    rest, searched = "", 0
    for block in blocks(text):
        rest += block
        start = 0
        for match in _NEXT.finditer(rest, searched):
            yield rest[start : match.start() + 1]
            start = match.start() + 1
        rest = rest[start:]
        # The start of an entry may be cut in two by the block's end, but not its line break.
        searched = max(0, rest.rfind("\n"))
    yield rest


def iter_entries(text: Text, where: str) -> Iterator[Entry | ReaderError]:
    """Each entry in turn, or the error in its place; ``@string`` is resolved, comments left out.

    After an error, reading goes on with the next entry that begins on a line of its own.
    """
    macros = _Macros()
    waiting = sections(text)
    ahead: deque[str] = deque()
    line = 1
    while section := ahead.popleft() if ahead else next(waiting, ""):
        macros.left += _MOST_TIMES * len(section)
        entries, error = _section(section, line, macros)
        if error is not None and error.unfinished:
            ahead.extend(islice(waiting, _MOST_JOINED - 1 - len(ahead)))
            if whole := _continued(section, len(entries), ahead, line, macros):
                (section, entries), error = whole, None
        yield from entries
        if error is not None:
            at = line + section.count("\n", 0, error.at)
            places = [where, f"line {at}", f"entry {error.key}"]
            yield ReaderError(
                str(error),
                where=", ".join(filter(None, places)),
                hint="correct the entry; the others are read",
            )
        line += section.count("\n")


def _continued(
    section: str, read: int, ahead: deque[str], line: int, macros: _Macros
) -> tuple[str, list[Entry]] | None:
    """The section with those ahead that its last entry goes on in, taken off there; its entries.

    None if that can't be read with all of them; ``read`` is how many entries before it can.
    """
    entries, error = _section(section + "".join(ahead), line, macros)
    if error is not None and len(entries) == read:
        return None  # what doesn't end in all of them doesn't in fewer
    for count in range(len(ahead)):
        section += ahead[count]
        entries, error = _section(section, line, macros)
        if error is None:
            for _ in range(count + 1):
                ahead.popleft()
            return section, entries
    return None


def _section(text: str, line: int, macros: _Macros) -> tuple[list[Entry], _EntryError | None]:
    """The entries of a section that begins in that line, up to the first that can't be read."""
    entries: list[Entry] = []
    position = counted = 0
    with_commands, expanded = macros.commands.used_in(text), macros.commands.expanded
    while match := _AT.search(text, position):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if match[1] is None:
            position = match.end()
            continue
        kind = match[1].lower()
        key = ""
        try:
            if kind == "comment":
                position = _balanced(text, match.end() - 1) if match[2] == "{" else match.end()
                continue
            if kind == "preamble":
                preamble, position = _value(text, match.end(), macros)
                macros.commands.define(preamble)
                continue
            start = match.end()
            if kind != "string":
                key, start = _key(text, start)
            macros.undefined = []
            fields, position = _fields(text, start, macros)
        except _EntryError as error:
            error.key = key or match[0]
            return entries, error
        if kind == "string":
            macros.update(fields)  # with the blanks at their ends, which # joins texts by
        else:
            fields = {name: value.strip() for name, value in fields.items()}
            if with_commands:
                fields = {name: expanded(value) for name, value in fields.items()}
            entries.append(Entry(kind, key, fields, line, tuple(macros.undefined)))
    return entries, None


def _key(text: str, start: int) -> tuple[str, int]:
    match = _KEY.match(text, start)
    if match is None and _FIELD.match(text, start):
        return "", start
    if match is None:
        raise _EntryError("the key is missing or holds what no key can hold", start)
    return match[1], match.end()


def _fields(text: str, position: int, macros: _Macros) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while True:
        while plain := _PLAIN_FIELD.match(text, position):
            value = plain[plain.lastindex or 0]
            if plain.lastindex == 5:
                value = macros.get(value.lower(), "")
                if not value or len(value) > _SHORT:
                    break
            fields.setdefault(plain[1].lower(), value)
            position = plain.end()
        position = _skip(text, position)
        while text[position : position + 1] == ",":
            position = _skip(text, position + 1)
        if text[position : position + 1] in ("}", ")"):
            return fields, position + 1
        match = _FIELD.match(text, position)
        if match is None:
            ends = position >= len(text)
            what = "the entry never ends" if ends else "expected 'field = value'"
            raise _EntryError(what, position, unfinished=ends)
        value, position = _value(text, match.end(), macros)
        fields.setdefault(match[1].lower(), value)
        position = _skip(text, position)
        if position == len(text):
            raise _EntryError(f"the entry never ends; its last field is {match[1]}", position)
        if text[position] not in (",", "}", ")"):
            raise _EntryError(f"a comma is missing after the field {match[1]}", position)


def _skip(text: str, position: int) -> int:
    match = _GAP.match(text, position)
    return match.end() if match else position


def _value(text: str, position: int, macros: _Macros) -> tuple[str, int]:
    parts = []
    while True:
        part, position = _part(text, _skip(text, position), macros)
        parts.append(part)
        after = _skip(text, position)
        if text[after : after + 1] != "#":
            return "".join(parts), position
        position = after + 1


def _part(text: str, position: int, macros: _Macros) -> tuple[str, int]:
    if match := _SIMPLE.match(text, position):
        return match[1], match.end()
    first = text[position : position + 1]
    if first == "{":
        end = _balanced(text, position)
        return text[position + 1 : end - 1], end
    if first == '"':
        end = _quoted(text, position)
        return text[position + 1 : end - 1], end
    match = _WORD.match(text, position)
    if match is None:
        raise _EntryError("a value is missing", position)
    word = match[0]
    if word.isdecimal():
        return word, match.end()
    return macros.value(word, position), match.end()


def _balanced(text: str, start: int) -> int:
    depth = 0
    for match in _BRACE.finditer(text, start):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.end()
    raise _EntryError("a brace is never closed", start, unfinished=True)


def _quoted(text: str, start: int) -> int:
    depth = 0
    for match in _QUOTE.finditer(text, start + 1):
        if match[0] == '"' and not depth:
            return match.end()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    raise _EntryError("a quotation mark is never closed", start, unfinished=True)
