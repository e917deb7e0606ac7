"""Records that seem to be of the same thing: by DOI, ISBN, or title and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from citekit.cli.inputs import Library
from citekit.cli.report import Told
from citekit.records.record import Record


def duplicates(library: Library) -> Iterator[Told]:
    """What to tell of them: both records, their files, and what they share."""
    first: dict[tuple[str, ...], Record] = {}
    for record in library.records:
        for shared in _marks(record):
            other = first.setdefault(shared, record)
            if other is not record:
                where, hint = library.sources[record.id], "leave one of them out"
                same = f"the same {shared[0]} as {other.id!r} of {library.sources[other.id]}"
                yield Told(
                    kind="duplicate",
                    where=where,
                    record=record.id,
                    field=shared[0],
                    value=shared[1],
                    message=same,
                    hint=hint,
                    text=f"{where}, record {record.id!r}: {same}; {hint}",
                )
                break


def _marks(record: Record) -> Iterator[tuple[str, ...]]:
    texts = record.texts
    if doi := re.search(r"10\.\d{4,9}/\S+", texts.get("DOI", "").casefold()):
        yield "DOI", doi[0]
    chapter = texts.get("container-title")  # whose ISBN is that of the whole book
    for isbn in () if chapter else _isbns(texts.get("ISBN", "")):
        yield "ISBN", isbn
    issued = record.dates.get("issued")
    title = "".join(re.findall(r"\w+", re.sub("<[^>]*>", "", texts.get("title", "")).casefold()))
    if title and issued and issued.start:
        yield "title and year", title, str(issued.start[0]), texts.get("volume", "")


def _isbns(text: str) -> Sequence[str]:
    """The ISBNs, each by the nine digits that its forms of 10 and 13 digits share."""
    found = re.findall(r"(?:97[89])?\d{9}[\dXx]", re.sub("[-‐–]", "", text))
    return [each[-10:-1] for each in found]
