"""The whole pipeline, and its first half: all that is decided before anything is printed.

1. register: which records take part, in the order in which they are cited
2. sort the bibliography, number its entries           (:mod:`.sort`)
3. find the position of every cite                     (:mod:`.position`)
4. tell apart what would look the same                 (:mod:`.disambiguate`);
   the first cite of a citation is the one that its sort puts first, so if the style
   looks at positions, these are found once more where cites are sorted
5. render each citation: sort, render, group, collapse (:mod:`.citation`)
6. render the bibliography                             (:mod:`.bibliography`)

The last two yield one tree after the other, so that each can be printed and dropped.

Nothing is kept between runs: the same arguments give the same result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from attrs import frozen

from citekit.compile.compiled import CompiledStyle
from citekit.errors import RecordError
from citekit.processor.citation import in_order
from citekit.processor.cites import Citation, numbered
from citekit.processor.disambiguate import disambiguate
from citekit.processor.position import Placed, first_notes, place
from citekit.processor.registry import Registry
from citekit.records.record import Record


@frozen(slots=True)
class Prepared:
    """A document before anything is rendered: all that its output depends on."""

    registry: Registry
    citations: tuple[Citation, ...]
    rows: tuple[tuple[Placed, ...], ...]
    """The cites of each citation, placed."""


def prepare(
    style: CompiledStyle,
    records: Iterable[Record],
    citations: Iterable[Citation],
    uncited: bool | Collection[str],
) -> Prepared:
    """Steps 1 to 4.

    ``records`` may hold more than is cited; with ``uncited`` all of them are in
    the bibliography, without it only those cited, and with a collection of ids
    these as well. The last of several records with one id counts.

    Raises :class:`~citekit.errors.RecordError` if an id is cited that no record has.
    """
    listed = numbered(citations, style.style.class_ == "note")
    registry = Registry(style, _registered(records, listed, uncited))
    distance = style.style.citation.near_note_distance
    rows = place(listed, distance)
    disambiguate(registry, first_notes(listed))
    if style.tests_position and style.citation.sort:
        listed = [in_order(registry, one, row) for one, row in zip(listed, rows, strict=True)]
        rows = place(listed, distance)
    return Prepared(registry, tuple(listed), tuple(tuple(row) for row in rows))


def nothing_printed(citation: Citation) -> str:
    """The warning about a citation that is blank."""
    ids = ", ".join(cite.id for cite in citation.cites)
    return f"citation of {ids}: the style prints nothing for it"


def _registered(
    records: Iterable[Record], citations: Sequence[Citation], uncited: bool | Collection[str]
) -> list[Record]:
    """The records that take part, cited ones first in order of citation."""
    by_id = {record.id: record for record in records}
    if uncited is True and not citations:
        return list(by_id.values())
    cited = (cite.id for citation in citations for cite in citation.cites)
    also = (by_id if uncited else ()) if isinstance(uncited, bool) else uncited
    chosen: dict[str, Record] = {}
    for record_id in chain(cited, also):
        record = by_id.get(record_id)
        if record is None:
            raise RecordError(
                "cited, but there is no record of that id",
                where=f"record {record_id}",
                hint="check the id of the cite, or add the record",
            )
        chosen.setdefault(record_id, record)
    return list(chosen.values())
