"""Records of a source in all the forms that tests compare, a day of access for each reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from citekit.archives.cite import Citer, Lines
from citekit.archives.dates import read_date
from citekit.archives.record import ArchivalRecord, SaidDate
from citekit.archives.site import Site

STYLES = {
    "house": "making-the-history-of-1989",
    "chicago": "chicago-notes-bibliography",
    "author-date": "chicago-author-date",
    "mla": "modern-language-association",
    "apa": "apa",
}

SITE = Site(publisher="Roy Rosenzweig Center for History and New Media")


@cache
def citer(style: str) -> Citer:
    """The citer of a style by its name in :data:`STYLES`, or its own."""
    return Citer.load(STYLES.get(style, style), site=SITE)


def day(text: str) -> SaidDate:
    """The reader's day of access."""
    date = read_date(text).date
    assert date is not None
    return SaidDate(date, text, "reader", "accessed")


def printed(style: str, record: ArchivalRecord, accessed: str = "2024-03-05") -> Lines:
    """A record in one style. Only MLA is told the day: the others print it nowhere or seldom."""
    return citer(style).lines(record, accessed=day(accessed) if style == "mla" else None)


def lines(record: ArchivalRecord) -> Iterator[tuple[str, str]]:
    """Each line that a reader sees, as text with ``*…*`` for italics, with its name."""
    for style in STYLES:
        result = printed(style, record)
        if style not in ("mla", "apa"):
            yield f"{style}, citation", starred(result.citation.html)
        assert result.entry is not None
        yield f"{style}, entry", starred(result.entry.html)


def starred(html: str) -> str:
    """HTML as text in which italics are ``*…*``; roman inside italics stands outside."""
    text, stack, italic = "", ["roman"], False
    for token in re.split(r"(<[^<>]*>)", html):
        if token.startswith("</"):
            stack.pop()
        elif token.startswith("<"):
            stack.append("italic" if token == "<i>" else "roman")
        elif token:
            wanted = stack[-1] == "italic"
            if wanted != italic:
                space = " " if text.endswith(" ") and italic else ""
                text = f"{text.rstrip(' ') if space else text}*{space}"
                italic = wanted
            text += token
    return unescape(text + ("*" if italic else ""))
