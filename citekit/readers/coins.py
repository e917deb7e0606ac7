"""COinS, citations hidden in the spans of an HTML page → records, by way of the tags of RIS.

Sources: "OpenURL COinS: A Convention to Embed Bibliographic Metadata in HTML"; ANSI/NISO
Z39.88-2004, the formats journal, book, dissertation, patent and dc in keys and values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl

from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.ris import to_item
from citekit.readers.tagged import Field

__all__ = ["TAGS", "TYPES", "iter_items"]

TAGS = {
    "atitle": "TI", "title": "TI", "btitle": "TI", "jtitle": "T2", "stitle": "J2", "series": "T3",
    "date": "DA", "volume": "VL", "issue": "IS", "spage": "SP", "epage": "EP", "pages": "SP",
    "issn": "SN", "eissn": "SN", "isbn": "SN", "pub": "PB", "publisher": "PB", "place": "PP",
    "edition": "ET", "language": "LA", "description": "AB", "inst": "PB", "tpages": "SP",
    "number": "M1", "subject": "KW", "degree": "M3", "source": "T2",
}  # fmt: skip
"""Keys of Z39.88, without ``rft.``, and the tags of RIS for them."""
TYPES = {
    "article": "JOUR", "book": "BOOK", "bookitem": "CHAP", "proceeding": "CPAPER",
    "conference": "CONF", "report": "RPRT", "dissertation": "THES", "patent": "PAT",
    "preprint": "UNPB", "issue": "JFULL", "document": "GEN", "unknown": "GEN",
}  # fmt: skip
_NAMES = {"aulast", "aufirst", "au", "aucorp", "creator", "auinit", "contributor"}
_IGNORED = {"genre", "type", "ctx_ver", "rft_val_fmt", "rfr_id", "ctx_id", "ctx_tim", "url_ver"}


_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|(<span\b(?:[^<>"']|"[^"]*"|'[^']*')*+>)""", re.DOTALL | re.IGNORECASE
)
"""Comments and spans; the parser is given the latter only, as it fails on some of the rest."""


class _Spans(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.line = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "Z3988" in (given.get("class") or "").split() and given.get("title"):
            self.found.append((self.line, given["title"] or ""))


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The citations of a page in turn."""
    spans = _Spans()
    counted = 0
    for match in _TAG.finditer(text):
        spans.line += text.count("\n", counted, match.start())
        counted = match.start()
        spans.reset()  # of a span that makes no sense nothing is left for the next
        spans.feed(match[1] or "")
    keys = keys or Keys()
    for line, title in spans.found:
        yield to_item(_as_ris(title, line), where, keys)


def _as_ris(title: str, line: int) -> list[Field]:
    pairs = [(key.removeprefix("rft."), " ".join(value.split()))
             for key, value in parse_qsl(title, max_num_fields=None)]  # fmt: skip
    given = dict(reversed(pairs))
    kind = given.get("genre") or given.get("type", "")
    form = given.get("rft_val_fmt", "").rsplit(":", 1)[-1]
    guess = {"journal": "article", "dissertation": "dissertation", "patent": "patent",
             "book": "book"}.get(form, "document")  # fmt: skip
    ris_type = TYPES.get(kind) or TYPES.get(guess if not kind else "", kind)
    fields = [Field("TY", ris_type, line, True)]
    fields += [Field("AU", name, line, False) for name in _names(pairs)]
    part = "atitle" in given
    for key, value in pairs:
        if key in _NAMES or key in _IGNORED or not value:
            continue
        tag, said = TAGS.get(key, key), value
        if part and key in ("title", "btitle"):
            tag = "T2"
        if key in ("rft_id", "identifier"):
            tag, said = _identifier(value)
        fields.append(Field(tag, said, line, False))
    return fields


def _identifier(value: str) -> tuple[str, str]:
    if value.startswith("info:doi/"):
        return "DO", value.removeprefix("info:doi/")
    if value.startswith("urn:isbn:"):
        return "SN", value.removeprefix("urn:isbn:")
    return ("UR", value) if value.startswith(("http://", "https://")) else ("rft_id", value)


def _names(pairs: list[tuple[str, str]]) -> Iterator[str]:
    """The names as RIS has them; people as ``au`` may be written either way round."""
    first = dict(reversed(pairs))
    seen: set[str] = set()
    for key, value in pairs:
        name = ""
        if key == "aulast":
            name = f"{value}, {first.get('aufirst') or first.get('auinit', '')}"
        elif key == "aucorp":
            name = value.replace(",", " ")
        elif key in ("au", "creator"):
            given, _, family = value.rpartition(" ")
            name = value if "," in value or not given else f"{family}, {given}"
        if name and name not in seen:
            seen.add(name)
            yield name
