"""Flat output → settled: what :mod:`citekit.output.settle` does to trees, in the plain cases.

Its module tells the rules. Here a mark shows every place where one may apply; where
something uncommon meets, :class:`~citekit.flat.marks.NotFlatError` leaves it to the tree.
"""

from __future__ import annotations

import re

from citekit.flat.marks import (
    AFFIX,
    AFTER_QUOTE,
    AMPERSAND,
    BEGINS,
    COLUMN,
    ENDS,
    GREATER,
    LESS,
    NUMBERED,
    ODD,
    PARENTHESIS,
    PREFIX,
    QUOTED,
    SPACED,
    TAGGED,
    TERM,
    TEXT,
    UNQUOTED,
    NotFlatError,
)
from citekit.output.html import raised, tags
from citekit.output.punctuation import KEEP_LEFT, MEETING, PUNCTUATION
from citekit.output.quotes import Typography
from citekit.patterns import pattern
from citekit.render.tree import Open, Wrap

_NESTED = pattern(f"{BEGINS}[^{ENDS}]*{BEGINS}")
_NESTED_QUOTATION = pattern(f"{QUOTED}[^{UNQUOTED}]*{QUOTED}")
_QUOTATION_MARK = pattern(f"{QUOTED}(.)|{UNQUOTED}[^{AFTER_QUOTE}]*")
_CLOSED = f"{UNQUOTED}[^{AFTER_QUOTE}]*{AFTER_QUOTE}"
_AFTER_QUOTATION = pattern(
    f"({_CLOSED}(?:{_CLOSED})*(?:{ENDS}[^{TAGGED}]*{TAGGED})*)((?:[{AFFIX}{PREFIX}][.,])+)"
)
_PAIR = "|".join(
    f"[{mark}](?<=[{''.join(pair[0] for pair in sorted(MEETING) if pair[1] == mark)}]{AFFIX}.)"
    for mark in sorted(PUNCTUATION)
)
_SIMPLY_MEETING = pattern(f"{AFFIX}(?:{_PAIR}| (?<=\\s{AFFIX}.))")
_MEETING = pattern(
    f"{AFFIX}(?:{_PAIR}| (?<=\\s{AFFIX}.)|[ .,:;!?](?<=[{TAGGED}{AFTER_QUOTE}]{AFFIX}.))"
)
_MEETING_TAG = pattern(
    f"{BEGINS}[^{TAGGED}]*+{TAGGED}"
    f"(?:[{AFFIX}{PREFIX}]|[^{BEGINS}{ENDS}]*+(?:{BEGINS}|(?<=[.,:;!?\\s{AFTER_QUOTE}{TAGGED}]){ENDS}))"
)
"""Formatting in another one, or that may meet what is beside it."""
_MEETING_QUOTATION = pattern(f"{AFTER_QUOTE}{AFFIX}[.,:;!?]")
_MEETING_REST = pattern(f"(?<=[.,:;!?{TAGGED}{AFTER_QUOTE}])[{PREFIX}{TEXT}][.,:;!?]")
_TAGS = pattern(f"[{BEGINS}{ENDS}][^{TAGGED}]*{TAGGED}")
_MARKS = bytes([*range(1, 9), *range(0x0E, 0x17)])
_ASCII = bytes(range(0x80))
_MAY_BE_RAISED = re.compile(
    rb"\xc2[\xaa\xb2\xb3\xb9\xba]|[\xca\xcb\xdb\xe1\xea\xf0]|\xe2[\x81\x84\x85\xb1\xb5]|\xe3\x86"
)
"""Superscript characters and others, in UTF-8, which is looked through much faster."""


def settled(text: str, typography: Typography, capitalize: bool) -> str:
    """Flat output with all settled that is marked, its marks still in it.

    ``capitalize`` asks for a capital on a term with which it begins.

    Raises :class:`~citekit.flat.marks.NotFlatError` where that takes a tree.
    """
    if ODD in text or text[:1].isspace():
        raise NotFlatError
    meeting = _SIMPLY_MEETING
    if BEGINS in text and _MEETING_TAG.search(text):
        if _NESTED.search(text):
            raise NotFlatError
        meeting = _MEETING
    if QUOTED in text:
        if _NESTED_QUOTATION.search(text):
            text = _alternated(text, typography)
        if typography.punctuation_in_quote:
            text = _AFTER_QUOTATION.sub(_moved, text)
        if _MEETING_QUOTATION.search(text):
            meeting = _MEETING
    text = meeting.sub(_met, text)
    if PREFIX in text or TEXT in text:
        for met in _MEETING_REST.finditer(text):
            _keep_both(text, met.start(), met[0][-1])
    if capitalize and TERM in text:
        _check_first_term(text)
    if text.count(PARENTHESIS) > 1:
        raise NotFlatError
    return text


def _moved(match: re.Match[str]) -> str:
    """Commas or full stops behind a quotation, in it."""
    before = match.string[match.start() - 1]
    if before in f"{TAGGED}{AFTER_QUOTE}":
        raise NotFlatError
    moved = ""
    for mark in match[2][1::2]:
        if before + mark not in KEEP_LEFT:
            moved += mark
            before = mark
    return f"{moved}{match[1]}"


def _alternated(text: str, typography: Typography) -> str:
    """Quotations in quotations, with the other marks."""
    marks: list[tuple[str, str]] = []
    outer = typography.open_quote, typography.close_quote
    inner = typography.open_inner, typography.close_inner
    if len(outer[0]) > 1 or len(inner[0]) > 1:
        raise NotFlatError  # with a space

    def mark(match: re.Match[str]) -> str:
        opening = match[1]
        if opening is None:
            return f"{UNQUOTED}{marks.pop()[1]}"
        own, other = (outer, inner) if opening == outer[0] else (inner, outer)
        marks.append(other if marks and marks[-1][0] == opening else own)
        return f"{QUOTED}{marks[-1][0]}"

    return _QUOTATION_MARK.sub(mark, text)


def _met(match: re.Match[str]) -> str:
    """An affix where something may meet: what remains of its mark and first character."""
    text, at, mark = match.string, match.start(), match[0][1]
    if mark in ". " and text[at - 1] == mark:
        return ""  # nearly always
    before, opened, quoted = _before(text, at)
    if mark == " ":
        return match[0] if opened or quoted or not before.isspace() else ""
    pair = before + mark
    if quoted:
        if mark in ".," and pair not in MEETING:
            return match[0]
    elif not opened and pair in ("..", ",,"):
        return ""
    elif pair not in MEETING:
        return match[0]
    raise NotFlatError


def _before(text: str, at: int) -> tuple[str, bool, bool]:
    """The last character before, and whether formatting began or a quotation ended since."""
    opened = quoted = False
    while at:
        last = text[at - 1]
        if last == TAGGED:
            at = max(text.rfind(BEGINS, 0, at), text.rfind(ENDS, 0, at))
            opened = opened or text[at] == BEGINS
        elif last == AFTER_QUOTE:
            quoted = True
            at = text.rfind(UNQUOTED, 0, at)
        elif last < " ":
            at -= 1
            if last == SPACED:
                return "", opened, quoted
        else:
            return last, opened, quoted
    return "", opened, quoted


def _keep_both(text: str, at: int, mark: str) -> None:
    before, _, quoted = _before(text, at)
    if quoted or before + mark in MEETING:
        raise NotFlatError


def _check_first_term(text: str) -> None:
    """A term with which an entry begins takes a capital: a tree has to see to that."""
    before = _TAGS.sub("", text[: text.index(TERM)])
    if not any(map(str.isalnum, before[before.rfind(NUMBERED) + 1 :])):
        raise NotFlatError


def check_columns(text: str) -> None:
    """What would go out of its column: a space at the end of the second, a mark at its start."""
    after = text[text.index(COLUMN) + 1 :][:1]
    if after in ("", AFFIX, PREFIX, TEXT) or _before(text, len(text))[0].isspace():
        raise NotFlatError
    if SPACED in text and bare(_TAGS.sub("", text))[-1:].isspace():
        raise NotFlatError


_MARGIN, _INLINE = (tags(Open(Wrap(display=one))) for one in ("left-margin", "right-inline"))


def html(text: str) -> str:
    """Settled flat output as HTML, as :func:`citekit.output.html.render` has it."""
    if COLUMN in text:
        margin, inline = text.split(COLUMN)
        text = f"{_MARGIN[0]}{margin}{_MARGIN[1]}{_INLINE[0]}{inline}{_INLINE[1]}"
    if AMPERSAND in text or LESS in text or GREATER in text:
        text = text.replace(AMPERSAND, "&#38;").replace(LESS, "&#60;").replace(GREATER, "&#62;")
    data = _unmarked(text)
    text = data.decode("utf-8", "surrogatepass")
    if data.isascii() or not _MAY_BE_RAISED.search(data.translate(None, _ASCII)):
        return text
    return raised(text)


def plain_text(text: str) -> str:
    """Settled flat output as plain text, as :func:`citekit.output.text.render` has it."""
    first, column, rest = bare(_TAGS.sub("", text)).partition(COLUMN)
    space = "" if not column or first.endswith((" ", "\n")) else " "
    return f"{first}{space}{rest}".rstrip("\n")


def bare(text: str) -> str:
    """Flat output that has no tags, without its marks."""
    if AMPERSAND in text or LESS in text or GREATER in text:
        text = text.replace(AMPERSAND, "&").replace(LESS, "<").replace(GREATER, ">")
    return _unmarked(text).decode("utf-8", "surrogatepass")


def _unmarked(text: str) -> bytes:
    """The text in UTF-8, of which it is fastest to take out marks."""
    return text.encode("utf-8", "surrogatepass").translate(None, _MARKS)
