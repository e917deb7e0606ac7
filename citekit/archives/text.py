"""Texts of catalogues → the text that a citation can take: no HTML but CSL's own markup."""

from __future__ import annotations

import html
import re
import unicodedata
from html.parser import HTMLParser

__all__ = ["clean", "plain"]

_KEPT = {
    "i": "i",
    "em": "i",
    "emph": "i",
    "cite": "i",
    "b": "b",
    "strong": "b",
    "sup": "sup",
    "sub": "sub",
}
_SILENT = frozenset({"script", "style", "template", "head"})
_INLINE = frozenset(_KEPT) | {"a", "span", "small", "u", "abbr", "q", "font", "mark", "code", "wbr"}
_TAGS = (
    _INLINE
    | _SILENT
    | frozenset(
        """p div br hr ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table thead tbody tr td th blockquote pre
    img section article figure figcaption html body header footer address s strike del ins tt
    center nobr""".split()
    )
)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>|<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Invisible: zero-width space, joiners' friends, soft hyphen, byte order mark, directional marks.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffe]|[\x00-\x08\x0e-\x1f\x7f]")
_CSL_MARKUP = re.compile(r"</?(?:i|b|sup|sub)>")
_AMPERSAND = "\ue000"
_MOST_ROUNDS = 4


def clean(text: str) -> str:
    """The text in NFC, with single spaces, entities decoded and HTML turned into CSL's markup.

    ``<em>`` and the like become ``<i>``, ``<b>``, ``<sup>`` and ``<sub>``; all other tags go,
    with what scripts and style sheets hold. "<" that begins no HTML tag stays. Text that was
    escaped twice is decoded twice.
    """
    for _ in range(_MOST_ROUNDS):
        has_tags = any(_is_tag(match) for match in _TAG.finditer(text))
        if has_tags:
            text = _Stripper(text).result()
        decoded = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        if decoded == text:
            break
        text = decoded
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = " ".join(text.split())
    return _without_empty_markup(text)


def plain(text: str) -> str:
    """A cleaned text without CSL's markup, too."""
    return _CSL_MARKUP.sub("", text)


def _without_stray(text: str) -> str:
    """The text with "<" escaped where it begins no tag of HTML: "a < 5", "<x@y.org>"."""
    result, at = [], 0
    for match in _TAG.finditer(text):
        result.append(text[at : match.start()].replace("<", "&lt;"))
        result.append(match[0] if _is_tag(match) else html.escape(match[0]))
        at = match.end()
    return "".join([*result, text[at:].replace("<", "&lt;")])


def _is_tag(match: re.Match[str]) -> bool:
    return match[1] is None or match[1].lower() in _TAGS


def _without_empty_markup(text: str) -> str:
    """Without tags around nothing, and without two spaces on both sides of a tag."""
    previous = ""
    while text != previous:
        previous = text
        text = re.sub(r"<(i|b|sup|sub)>(\s*)</\1>", r"\2", text)
        text = re.sub(r" ((?:</?(?:i|b|sup|sub)>)+) ", r" \1", text)
        text = " ".join(text.split())
    return text


class _Stripper(HTMLParser):
    """Takes tags off; those that CSL knows stay, closed in the right order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self.open: list[str] = []
        self.silent = 0
        # Entities aren't the parser's, which would put ";" behind every "&" with letters.
        self.feed(_without_stray(text).replace("&", _AMPERSAND))
        self.close()

    def result(self) -> str:
        closing = "".join(f"</{tag}>" for tag in reversed(self.open))
        return ("".join(self.parts) + closing).replace(_AMPERSAND, "&")

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _KEPT:
            self.open.append(_KEPT[tag])
            self.parts.append(f"<{_KEPT[tag]}>")
        elif tag not in _INLINE:
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _KEPT:
            self._close(_KEPT[tag])
        elif tag not in _INLINE:
            self.parts.append(" ")

    def _close(self, tag: str) -> None:
        if tag not in self.open:
            return
        while True:
            last = self.open.pop()
            self.parts.append(f"</{last}>")
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)
