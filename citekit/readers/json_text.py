"""Bytes or text → JSON values, with errors that say where the text goes wrong and why.

Source: RFC 8259. What Python's own reader lets pass is refused here: NaN and
infinities, a key that an object has twice, halves of surrogate pairs, numbers
and nesting too large to handle.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from typing import NoReturn

from citekit.errors import ReaderError
from citekit.patterns import pattern

__all__ = ["decode", "parse", "record_lines"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATE = pattern("[\ud800-\udfff]")
_ESCAPED_SURROGATE = pattern(r"\\u[dD][89a-fA-F]")
# Possessive, so that a text of many megabytes leaves nothing to come back to.
_TOKEN = pattern(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_ATOM = pattern(r'"(?:[^"\\]++|\\.)*+"|[^\s"\[\]{},:]+', re.DOTALL)
_MOST_DIGITS = 500


def decode(data: bytes, *, where: str = "", lenient: bool = False) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    With ``lenient``, UTF-16 and UTF-32 are read too if a byte order mark says so.
    Raises :class:`~citekit.errors.ReaderError` naming the likely encoding.
    """
    bom, encoding = next((pair for pair in _BOMS if data.startswith(pair[0])), (b"", "utf-8"))
    if encoding != "utf-8" and not lenient:
        raise _not_utf8(f"the file is {_family(encoding)}, not UTF-8", where)
    if not bom and b"\0" in data[:4]:
        raise _not_utf8("the file looks like UTF-16 or UTF-32, not UTF-8", where)
    try:
        return data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise _not_utf8(f"the file is broken {_family(encoding)}", where) from error
        at = len(bom) + error.start
        line = data.count(b"\n", 0, at) + 1
        raise _not_utf8(
            f"not UTF-8: byte 0x{data[at]:02x} at offset {at}"
            " (the file may be Windows-1252 or Latin-1)",
            f"{where}, line {line}" if where else f"line {line}",
        ) from error


def _family(encoding: str) -> str:
    return encoding.upper().removesuffix("-LE").removesuffix("-BE")


def _not_utf8(what: str, where: str) -> ReaderError:
    return ReaderError(
        what, where=where, hint="save it as UTF-8 (for example: iconv -f ENCODING -t UTF-8)"
    )


def parse(text: str, *, where: str = "", lenient: bool = False) -> object:
    """The JSON value of a text.

    With ``lenient``, NaN and infinities are read as null, the last of a key's
    values in one object counts, and half a surrogate pair becomes U+FFFD.
    Raises :class:`~citekit.errors.ReaderError` with line and column.
    """
    text = text.removeprefix("\ufeff")
    checks = _Checks()
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=None if lenient else checks.pairs,
            parse_constant=checks.constant,
            parse_float=checks.float,
            parse_int=checks.int,
        )
        if _has_surrogates(text):
            value = checks.surrogates(value)
    except json.JSONDecodeError as error:
        _raise_syntax(error, text, where)
    except RecursionError as error:
        raise ReaderError(
            "brackets are nested too deeply to be a bibliography",
            where=where,
            hint="check that the file is CSL-JSON",
        ) from error
    found = checks.fatal if lenient else checks.fatal + checks.found
    if found:
        _raise_found(found, text, where)
    return value


class _Checks:
    """Hooks of the JSON reader that note what it would let pass.

    A finding is what it is and the text to look for to find its line.
    """

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.fatal: list[tuple[str, str]] = []

    def pairs(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        value = dict(pairs)
        if len(value) != len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            owner = f" (id {value['id']!r})" if isinstance(value.get("id"), str) else ""
            self.found.append((f'the key "{twice}" twice in one object{owner}', ""))
        return value

    def constant(self, name: str) -> None:
        self.found.append((f"{name}, which is no JSON number", name))

    def float(self, digits: str) -> float | None:
        number = float(digits)
        if math.isfinite(number):
            return number
        self.found.append((f"the number {digits[:20]}, which is too large", digits))
        return None

    def int(self, digits: str) -> int | None:
        if len(digits) <= _MOST_DIGITS:
            return int(digits)
        self.fatal.append((f"a number of {len(digits)} digits ({digits[:12]}…)", digits))
        return None

    def surrogates(self, value: object) -> object:
        whole = _without_surrogates(value)
        if whole != value:
            self.found.append(("half a surrogate pair (a broken character, as in \\ud83d)", ""))
        return whole


def _raise_found(found: list[tuple[str, str]], text: str, where: str) -> NoReturn:
    """All of it in one error, with the line of the first as far as it can be found."""
    sought = found[0][1]
    place = next((m.start() for m in _ATOM.finditer(text) if sought and m[0] == sought), None)
    if place is not None:
        line = f"line {text.count(chr(10), 0, place) + 1}"
        where = f"{where}, {line}" if where else line
    more = f" and {len(found) - 20} more" if len(found) > 20 else ""
    raise ReaderError(
        f"found {'; '.join(what for what, _ in found[:20])}{more}",
        where=where,
        hint="correct the program that wrote the file, or give large numbers as strings",
    )


def _has_surrogates(text: str) -> bool:
    return bool(_ESCAPED_SURROGATE.search(text) or _SURROGATE.search(text))


def _without_surrogates(value: object) -> object:
    """The value with U+FFFD for every surrogate; an equal value if there is none."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value


def _raise_syntax(error: json.JSONDecodeError, text: str, where: str) -> NoReturn:
    place = f"line {error.lineno}, column {error.colno}"
    what, hint = _diagnosis(error, text)
    raise ReaderError(what, where=f"{where}, {place}" if where else place, hint=hint) from error


def _diagnosis(error: json.JSONDecodeError, text: str) -> tuple[str, str]:
    """What is wrong at the place where the JSON reader gave up, and what to do."""
    rest = text[error.pos :]
    before = text[: error.pos].rstrip()
    if error.msg.startswith("Illegal trailing comma"):  # Python 3.13 points at the comma
        return f"a comma before {rest[1:].lstrip()[0]}", "remove the comma"
    if not text.strip():
        return "the file is empty", "a file without records holds []"
    if error.msg.startswith("Unterminated string") and '"' not in rest[1:]:
        return (
            f"the text that begins here never ends{_open_brackets(text)}",
            "the file was probably cut off; fetch or export it again",
        )
    if not rest.strip():
        return (
            f"the text ends too early{_open_brackets(text)}",
            "the file was probably cut off; fetch or export it again",
        )
    if error.msg.startswith("Extra data"):
        return (
            "more text after the end of the JSON value",
            "put all records into one array: [ {…}, {…} ]",
        )
    if error.msg.startswith("Invalid control character"):
        return "a line break or other control character in a text", "write it as \\n or \\t"
    if error.msg.startswith("Invalid \\"):
        return "a backslash that begins no JSON escape", "write a backslash as \\\\"
    if before.endswith(",") and rest[:1] in "]}":
        return f"a comma before {rest[0]}", "remove the comma"
    if rest[0] in "'’‘“”":
        return f"{rest[0]} where JSON wants a straight double quote", 'write "…"'
    if rest.startswith(("//", "/*", "#")):
        return "a comment; JSON has none", "remove it"
    if rest[0] in "@<%":
        return f"this is not JSON (it has {rest[0]!r} here)", "give BibTeX and XML to their readers"
    return (
        f"not JSON: {error.msg[0].lower()}{error.msg[1:]}, found {rest[:12]!r}",
        "correct the text here",
    )


def _open_brackets(text: str) -> str:
    """In which record a text was cut, as far as brackets tell."""
    depth = records = 0
    for token in _TOKEN.findall(text):
        if token in ("[", "{"):
            depth += 1
            records += token == "{" and depth == 2
        elif token in ("]", "}"):
            depth -= 1
    if depth <= 0:
        return ""
    brackets = "1 bracket" if depth == 1 else f"{depth} brackets"
    inside = f" inside record {records}" if depth > 1 and records else ""
    return f"{inside}, with {brackets} still open"


def record_lines(text: str) -> list[int]:
    """The line on which each record begins, in an array or under a key ("items") of an object."""
    level = 2 if text.lstrip("\ufeff \t\r\n").startswith("[") else 3
    lines: list[int] = []
    depth = line = position = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in ("[", "{"):
            depth += 1
            if token == "{" and depth == level:
                line += text.count("\n", position, match.start())
                position = match.start()
                lines.append(line + 1)
        elif token in ("]", "}"):
            depth -= 1
    return lines
