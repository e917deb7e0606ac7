"""The whole pipeline: style, records and citations → citations, bibliography, warnings.

1. register: which records take part, in the order in which they are cited
2. sort the bibliography, number its entries           (:mod:`.sort`)
3. find the position of every cite                     (:mod:`.position`)
4. tell apart what would look the same                 (:mod:`.disambiguate`)
5. render each citation: sort, render, group, collapse (:mod:`.citation`)
6. render the bibliography                             (:mod:`.bibliography`)

Nothing is kept between runs: the same arguments give the same result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from attrs import frozen

from citekit.compile.compiled import CompiledStyle
from citekit.errors import RecordError
from citekit.processor.bibliography import Entry, render_bibliography
from citekit.processor.citation import RenderedCitation, render_citation
from citekit.processor.cites import Citation, numbered
from citekit.processor.disambiguate import disambiguate
from citekit.processor.position import Placed, first_notes, place
from citekit.processor.registry import Registry
from citekit.records.record import Record


@frozen(slots=True)
class Processed:
    """Citations in the order given, entries in the order of the bibliography, and warnings."""

    citations: tuple[RenderedCitation, ...]
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...]


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
    """Steps 1 to 4; arguments and errors as for :func:`process`."""
    listed = numbered(citations, style.style.class_ == "note")
    registry = Registry(style, _registered(records, listed, uncited))
    rows = place(listed, style.style.citation.near_note_distance)
    disambiguate(registry, first_notes(listed))
    return Prepared(registry, tuple(listed), tuple(tuple(row) for row in rows))


def process(
    style: CompiledStyle,
    records: Sequence[Record],
    citations: Sequence[Citation] = (),
    *,
    uncited: bool | Collection[str] = True,
) -> Processed:
    """Format a document.

    ``records`` may hold more than is cited; with ``uncited`` all of them are in
    the bibliography, without it only those cited, and with a collection of ids
    these as well. The last of several records with one id counts.

    Raises :class:`~citekit.errors.RecordError` if an id is cited that no record has.
    """
    prepared = prepare(style, records, citations, uncited)
    pairs = list(zip(prepared.citations, prepared.rows, strict=True))
    rendered = tuple(render_citation(prepared.registry, *pair) for pair in pairs)
    entries, warnings = render_bibliography(prepared.registry)
    if style.bibliography is None and not citations:
        warnings.append("the style has no bibliography")
    for citation, output in zip(citations, rendered, strict=True):
        if output.is_blank:
            warnings.append(nothing_printed(citation))
    return Processed(rendered, tuple(entries), tuple(warnings))


def nothing_printed(citation: Citation) -> str:
    """The warning about a citation that is blank."""
    ids = ", ".join(cite.id for cite in citation.cites)
    return f"citation of {ids}: the style prints nothing for it"


def _registered(
    records: Iterable[Record], citations: Iterable[Citation], uncited: bool | Collection[str]
) -> list[Record]:
    """The records that take part, cited ones first in order of citation."""
    by_id = {record.id: record for record in records}
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
