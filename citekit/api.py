"""The public API over the pure core: load a style, cite, make bibliographies."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from citekit.compile import kept
from citekit.compile.compiled import CompiledStyle
from citekit.flat import settle as flat
from citekit.output import html, settle, text
from citekit.output.quotes import Typography
from citekit.output.settle import Event
from citekit.processor.bibliography import no_entry, render_bibliography
from citekit.processor.citation import RenderedCitation, flat_citation, render_citation
from citekit.processor.cites import Citation, Cite
from citekit.processor.collector import collector_at_rest
from citekit.processor.document import nothing_printed, prepare
from citekit.processor.position import Placed
from citekit.processor.registry import Registry
from citekit.readers.conventions import Conventions, apply
from citekit.records.record import Record
from citekit.render.tree import Piece
from citekit.style.collation import Collation
from citekit.style.collation import collation as find_collation
from citekit.style.find import find_style

if TYPE_CHECKING:
    from citekit.output.listing import Listing


_SEVERAL = 20
"""Citations from which on it pays to make a style's constants flat for them."""


def _listed(records: Record | Sequence[Record]) -> list[Record]:
    return [records] if isinstance(records, Record) else list(records)


@frozen(slots=True, eq=False)
class Formatted:
    """A formatted citation: ``html`` and ``text``, ``""`` when the style prints nothing.

    Two are equal when their HTML is.
    """

    _events: tuple[Event, ...] | Callable[[], tuple[Event, ...]]
    _flat: str | None = field(default=None, kw_only=True)

    @property
    def events(self) -> tuple[Event, ...]:
        """What the output formats read, see :mod:`citekit.output.settle`."""
        if callable(self._events):
            object.__setattr__(self, "_events", self._events())
        return self._events  # type: ignore[return-value]

    @property
    def html(self) -> str:
        """As HTML."""
        return html.render(self.events) if self._flat is None else flat.html(self._flat)

    @property
    def text(self) -> str:
        """As plain text."""
        return text.render(self.events) if self._flat is None else flat.plain_text(self._flat)

    def semantic_html(self, records: Record | Sequence[Record] = ()) -> str:
        """As HTML with spans that name fields and, with the records cited, people.

        ``<span class="csl-title">`` and the like; names are in spans of the class ``csl-name``
        whose ``data-name`` is the whole name, where the records tell whose it is.
        """
        from citekit.output.semantic import marked  # noqa: PLC0415 - seldom needed

        return html.render(marked(self.events, _listed(records)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formatted) and self.html == other.html

    def __hash__(self) -> int:
        return hash(self.html)

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[object, ...]:
        """With the events instead of what they are made from."""
        return type(self), (self.events,)


@frozen(slots=True, eq=False)
class Entry(Formatted):
    """A formatted bibliography entry; ``id`` is that of its record.

    ``is_blank`` if the style prints nothing for the record but, at most, its number.
    """

    id: str
    is_blank: bool = False

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.events, self.id, self.is_blank)


@frozen(slots=True)
class Bibliography:
    """Formatted entries in order, and how the style wants them set.

    ``line_spacing`` and ``entry_spacing`` are multiples of a line;
    ``second_field_align`` is "flush", "margin" or ``None``.
    """

    entries: tuple[Entry, ...]
    hanging_indent: bool = False
    second_field_align: str | None = None
    line_spacing: int = 1
    entry_spacing: int = 1

    @property
    def max_offset(self) -> int:
        """Characters of the widest first field that is set in the margin; 0 if there is none."""
        return max((len(text.label(entry.events)) for entry in self.entries), default=0)

    @property
    def html(self) -> str:
        """As HTML: a ``csl-bib-body`` with one ``csl-entry`` for each entry."""
        return html.bibliography(entry.html for entry in self.entries)

    @property
    def text(self) -> str:
        """As plain text, an entry a line."""
        return "\n".join(entry.text for entry in self.entries)

    def listing(
        self,
        records: Sequence[Record] = (),
        *,
        title: str = "",
        lang: str = "en-US",
        links: bool = True,
        ids: bool = True,
        **options: Any,
    ) -> Listing:
        """The bibliography as a file of its own: ``citekit.output.formats.write`` writes it.

        ``options`` are ``group_by``, ``highlight``, ``annotate``, ``numbered`` and ``semantic``
        of :func:`citekit.output.arrange.arrange`, which takes groups and annotations from
        ``records``. With ``links`` addresses and DOIs are links; with ``ids`` entries in HTML
        have ids, "ref-" and the record's, and roles that screen readers announce.

        Raises :class:`~citekit.errors.WriterError` for a ``group_by`` that isn't known.
        """
        from citekit.output.arrange import arrange  # noqa: PLC0415 - seldom needed
        from citekit.output.listing import Listing, Row  # noqa: PLC0415

        rows = [Row(entry.id, entry.events) for entry in self.entries]
        return Listing(
            sections=arrange(rows, {each.id: each for each in records}, lang=lang, **options),
            title=title,
            lang=lang,
            links=links,
            ids=ids,
            hanging_indent=self.hanging_indent,
            second_field_align=self.second_field_align,
            line_spacing=self.line_spacing,
            entry_spacing=self.entry_spacing,
        )

    def __str__(self) -> str:
        return self.text


@frozen(slots=True)
class Result:
    """A formatted document."""

    citations: tuple[Formatted, ...]
    bibliography: Bibliography
    warnings: tuple[str, ...]


@frozen(slots=True, eq=False)
class Style:
    """A CSL style in one locale, ready to format records; immutable and safe to share.

    Make one with :meth:`load` or :meth:`from_xml`.
    """

    compiled: CompiledStyle
    typography: Typography
    conventions: Conventions = field(factory=Conventions)

    @classmethod
    def load(
        cls,
        name: str | os.PathLike[str],
        locale: str | None = None,
        *,
        collation: Collation = "built-in",
        count_articles: bool = False,
        library_only: bool = False,
    ) -> Style:
        """The style of that name, id or file.

        ``name`` is a short name such as ``"apa"``, a style's id, or the path of a
        ``.csl`` file; ``locale`` a code such as ``"de-DE"``, by default the style's own.
        ``collation`` is what sorts letters: citekit itself or, with ``"icu"``, PyICU.
        With ``count_articles`` "The New York Times" sorts under T, as in other
        processors, and not under N, as CSL 1.0.2 has it ("Name-part Order"). With
        ``library_only`` no path is opened, only a style that is installed.

        Raises :class:`~citekit.errors.StyleNotFoundError`,
        :class:`~citekit.errors.StyleError`, :class:`~citekit.errors.LocaleError`, the
        last for a collation that isn't installed too.
        """
        found = find_style(name, library_only=library_only)
        chosen = found.default_locale if locale is None else locale
        return cls._of(found.data, str(found.path), chosen, collation, count_articles)

    @classmethod
    def from_xml(
        cls,
        xml: str | bytes,
        locale: str | None = None,
        *,
        collation: Collation = "built-in",
        count_articles: bool = False,
    ) -> Style:
        """The style in a CSL document; options and errors as for :meth:`load`."""
        return cls._of(xml, "", locale, collation, count_articles)

    @classmethod
    def _of(
        cls,
        xml: str | bytes,
        where: str,
        locale: str | None,
        collation: Collation,
        count_articles: bool,
    ) -> Style:
        compiled = kept.compiled(xml, where, locale, count_articles)
        find_collation(collation, compiled.locale.lang)  # now, not when records are sorted
        return cls(evolve(compiled, collation=collation), Typography.of(compiled.locale))

    def cite(self, records: Record | Sequence[Record], **options: Any) -> Formatted:
        """A citation of one or several records on its own.

        ``options`` are those of :class:`~citekit.processor.cites.Cite` (``locator``,
        ``label``, ``prefix`` …) and apply to each of them.
        """
        listed = _listed(records)
        citation = Citation([Cite(record.id, **options) for record in listed])
        return self.process(listed, [citation], bibliography=False).citations[0]

    def bibliography(self, records: Record | Sequence[Record]) -> Bibliography:
        """The bibliography of the records, in the order the style sorts them."""
        listed = _listed(records)
        return self.process(listed).bibliography

    def process(
        self,
        records: Sequence[Record],
        citations: Sequence[Citation | Cite | str] = (),
        *,
        uncited: bool | Collection[str] = True,
        bibliography: bool = True,
    ) -> Result:
        """Format a document: its citations in order, and its bibliography.

        A citation of a single record may be given as its cite or its id. With
        ``uncited`` all records are in the bibliography, else only those cited, and
        those whose ids it holds. The last of several records with one id counts. Without
        ``bibliography`` the citations alone are printed, as they are in a document that has one.

        Raises :class:`~citekit.errors.RecordError` if an id is cited that no record has.
        """
        asked = [c if isinstance(c, Citation) else Citation(c) for c in citations]
        with collector_at_rest(len(records) + len(asked)):
            return self._process(records, asked, uncited, bibliography)

    def _process(
        self,
        records: Sequence[Record],
        asked: list[Citation],
        uncited: bool | Collection[str],
        listed: bool,
    ) -> Result:
        prepared = [self.prepare(record) for record in records]
        document = prepare(self.compiled, prepared, asked, uncited)
        cited = []
        blank = []
        several = len(asked) >= _SEVERAL
        for citation, row in zip(document.citations, document.rows, strict=True):
            printed = flat_citation(document.registry, citation, row) if several else None
            if printed is not None:
                events = partial(self._citation_events, document.registry, citation, row)
                cited.append(Formatted(events, flat=printed))
                continue
            rendered = render_citation(document.registry, citation, row)
            cited.append(self.format_citation(rendered))
            if rendered.is_blank:
                blank.append(nothing_printed(citation))
        if not listed:
            return Result(tuple(cited), Bibliography(()), tuple(blank))
        bibliography, warnings = self.render_entries(document.registry)
        if self.compiled.bibliography is None and not asked:
            warnings.append("the style has no bibliography")
        return Result(tuple(cited), bibliography, (*warnings, *blank))

    def bibliography_order(self, records: Sequence[Record]) -> list[str]:
        """The ids of the records in the order of the bibliography."""
        return Registry(self.compiled, [self.prepare(record) for record in records]).order

    def prepare(self, record: Record) -> Record:
        """The record as it is rendered: with the style's conventions applied."""
        return apply(record, self.conventions)

    def format_citation(self, citation: RenderedCitation) -> Formatted:
        """A citation that has been rendered, ready to print."""
        return Formatted(self._settle(citation.tree, self._in_notes))

    def _citation_events(
        self, registry: Registry, citation: Citation, row: Sequence[Placed]
    ) -> tuple[Event, ...]:
        return self.format_citation(render_citation(registry, citation, row)).events

    def render_entries(
        self, registry: Registry, selected: Callable[[Record], bool] = lambda _: True
    ) -> tuple[Bibliography, list[str]]:
        """The bibliography of the selected records of a registry, and warnings."""
        entries = []
        warnings = []
        events = self._events  # one for all entries
        for entry in render_bibliography(registry, selected):
            if entry.is_blank:
                warnings.append(no_entry(entry.id))
            if entry.flat is not None:
                entries.append(Entry(partial(events, entry.render), entry.id, flat=entry.flat))
            elif tree := entry.render():
                entries.append(Entry(self._settle(tree, True), entry.id, entry.is_blank))
        return self._bibliography(tuple(entries)), warnings

    def _events(self, render: Callable[[], Piece]) -> tuple[Event, ...]:
        return self._settle(render(), capitalize=True)

    @property
    def _in_notes(self) -> bool:
        return self.compiled.style.class_ == "note"

    def _settle(self, tree: Piece, capitalize: bool = False) -> tuple[Event, ...]:
        events = settle.settle(
            tree, self.typography, capitalize=capitalize, note_style=self._in_notes
        )
        return tuple(events)

    def _bibliography(self, entries: tuple[Entry, ...]) -> Bibliography:
        options = self.compiled.style.bibliography
        if options is None:
            return Bibliography(entries)
        return Bibliography(
            entries,
            hanging_indent=options.hanging_indent,
            second_field_align=options.second_field_align,
            line_spacing=options.line_spacing,
            entry_spacing=options.entry_spacing,
        )
