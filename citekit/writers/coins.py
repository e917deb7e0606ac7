"""Records → COinS: an empty span of HTML for each, for the page that shows its citation.

Sources: as named in :mod:`citekit.readers.coins`.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlencode

from citekit.readers import coins
from citekit.readers.items import Loss
from citekit.records.record import Record
from citekit.writers.losses import iter_checked
from citekit.writers.ris import to_fields

__all__ = ["iter_text"]

_FORMS = {"article": "journal", "dissertation": "dissertation", "patent": "patent",
          "proceeding": "book"}  # fmt: skip


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """A line for each record; ``lost`` is told what each can't say in COinS."""
    return iter_checked(records, _entry, coins.iter_items, lost)


def _entry(record: Record) -> str:
    (_, kind), *fields = to_fields(record)
    genre = next((name for name, tag in coins.TYPES.items() if tag == kind), "document")
    form = _FORMS.get(genre, "book")
    pairs = [("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}")]
    pairs += [("rft.genre", genre), *_names(record)]
    keys = {tag: key for key, tag in reversed(coins.TAGS.items())}
    if record.type in ("article-journal", "chapter", "paper-conference"):
        keys["T2"] = "jtitle" if form == "journal" else "btitle"
    else:
        keys["TI"] = "btitle" if form == "book" else "title"
    for tag, value in fields:
        if tag == "DO":
            pairs.append(("rft_id", f"info:doi/{value}"))
        elif tag == "UR":
            pairs.append(("rft_id", value))
        elif tag == "SN":
            pairs.append(("rft.issn" if record.texts.get("ISSN") == value else "rft.isbn", value))
        elif tag in keys and tag not in ("AU", "PY"):
            pairs.append((f"rft.{keys[tag]}", value))
    said = urlencode([(key, value) for key, value in pairs if value], errors="replace")
    return f'<span class="Z3988" title="{html.escape(said)}"></span>\n'


def _names(record: Record) -> Iterator[tuple[str, str]]:
    """The first person in parts, the others whole; bodies as such."""
    alone = True
    for name in record.names.get("author", ()):
        if name.literal or not name.given:
            yield "rft.aucorp", name.literal or name.family
        elif alone:
            yield "rft.aulast", name.family
            yield "rft.aufirst", name.given
            alone = False
        else:
            yield "rft.au", f"{name.family}, {name.given}"
