"""Records → PubMed's NBIB (MEDLINE), by the tags of RIS.

Source: "MEDLINE/PubMed Data Element (Field) Descriptions" of the National Library of Medicine.
An entry begins with its PMID, which is empty where there is none; a key that isn't the PMID
stands in OID, as the number of another owner.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator

from citekit.readers import nbib
from citekit.readers.items import Loss
from citekit.records.date import Date
from citekit.records.record import Record
from citekit.writers.losses import iter_checked
from citekit.writers.ris import to_fields

__all__ = ["iter_text"]

_WIDTH = 88
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SEASONS = {"1": "Spring", "2": "Summer", "3": "Autumn", "4": "Winter"}


def iter_text(records: Iterable[Record], lost: Callable[[Loss], None]) -> Iterator[str]:
    """The file entry by entry; ``lost`` is told what each record can't say in NBIB."""
    return iter_checked(records, _entry, nbib.iter_items, lost)


def _entry(record: Record) -> str:
    said = [_line(tag, value) for tag, value in _fields(record) if value or tag == "PMID"]
    return "\n".join([*said, "", ""])


def _line(tag: str, value: str) -> str:
    """A field, its value in lines of PubMed's width."""
    lines = textwrap.wrap(value, _WIDTH - 6, break_long_words=False, break_on_hyphens=False)
    return f"{tag:4}- " + "\n      ".join(lines)


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    (_, kind), *fields = to_fields(record)
    number = record.texts.get("PMID", "").strip()
    number = number if re.fullmatch(r"[0-9]+", number) else ""
    yield "PMID", number
    if record.id != number:
        yield "OID", nbib.OWN_KEY + " ".join(record.id.split())
    tags = {ris: tag for tag, ris in nbib.AS_RIS.items()}
    first, last = (next((value for tag, value in fields if tag == end), "") for end in ("SP", "EP"))
    for tag, value in fields:
        if tag == "AU":
            yield from _author(value)
        elif tag == "SP":
            yield "PG", f"{first}-{last}" if last else first
        elif tag == "SN":
            yield "IS" if record.texts.get("ISSN", "").split() == value.split() else "ISBN", value
        elif tag == "DO":
            yield "LID", f"{value} [doi]"
        elif tag in tags and tag != "DA":
            yield tags[tag], value
    if "issued" in record.dates:
        yield "DP", _date(record.dates["issued"])
    yield "PMC", record.texts.get("PMCID", "")
    yield "PT", next((name for name, ris in nbib.TYPES.items() if ris == kind), "").title()


def _author(value: str) -> Iterator[tuple[str, str]]:
    """A person in full and as PubMed's own "Doe JQ"; a body as such."""
    family, comma, given = value.partition(",")
    if comma:
        yield "FAU", value
        initials = "".join(word[0] for word in given.partition(",")[0].split())
        yield "AU", f"{family} {initials}".strip()
    else:
        yield "CN", value


def _date(date: Date) -> str:
    """``2001 Dec 27``, ``1999 Spring``; words stand alone."""
    if not date.start:
        return date.literal or date.raw
    year, month, day = (*date.start, 0, 0)[:3]
    named = _MONTHS[month - 1] if 1 <= month <= 12 else _SEASONS.get(str(date.season), "")
    return " ".join(filter(None, (f"{year:04}", named, str(day or ""))))
