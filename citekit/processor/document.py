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

from collections.abc import Sequence

from attrs import frozen

from citekit.compile.compiled import CompiledStyle
from citekit.errors import RecordError
from citekit.processor.bibliography import Entry, render_bibliography
from citekit.processor.citation import RenderedCitation, render_citation
from citekit.processor.cites import Citation
from citekit.processor.disambiguate import disambiguate
from citekit.processor.position import place
from citekit.processor.registry import Registry
from citekit.records.record import Record


@frozen(slots=True)
class Processed:
    """Citations in the order given, entries in the order of the bibliography, and warnings."""

    citations: tuple[RenderedCitation, ...]
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...]


def process(
    style: CompiledStyle,
    records: Sequence[Record],
    citations: Sequence[Citation] = (),
    *,
    uncited: bool = True,
) -> Processed:
    """Format a document.

    ``records`` may hold more than is cited; with ``uncited`` all of them are in
    the bibliography, without it only those cited. The last of several records
    with one id counts.

    Raises :class:`~citekit.errors.RecordError` if a citation cites an id that no record has.
    """
    registry = Registry(style, _registered(records, citations, uncited))
    placed = place(citations, style.style.citation.near_note_distance)
    disambiguate(registry)
    rendered = tuple(render_citation(registry, row) for row in placed)
    entries, warnings = render_bibliography(registry)
    if style.bibliography is None and not citations:
        warnings.append("the style has no bibliography")
    for citation, output in zip(citations, rendered, strict=True):
        if output.is_blank:
            ids = ", ".join(cite.id for cite in citation.cites)
            warnings.append(f"citation of {ids}: the style prints nothing for it")
    return Processed(rendered, tuple(entries), tuple(warnings))


def _registered(
    records: Sequence[Record], citations: Sequence[Citation], uncited: bool
) -> list[Record]:
    """The records that take part, cited ones first in order of citation."""
    by_id = {record.id: record for record in records}
    chosen: dict[str, Record] = {}
    for citation in citations:
        for cite in citation.cites:
            record = by_id.get(cite.id)
            if record is None:
                raise RecordError(
                    "cited, but there is no record of that id",
                    where=f"record {cite.id}",
                    hint="check the id of the cite, or add the record",
                )
            chosen.setdefault(cite.id, record)
    if uncited:
        for record in by_id.values():
            chosen.setdefault(record.id, record)
    return list(chosen.values())
