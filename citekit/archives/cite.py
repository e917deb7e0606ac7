"""Citing archival records: a style with the profile for it, and what it leaves unprinted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import define, frozen

from citekit.api import Formatted, Style
from citekit.archives.findings import Finding
from citekit.archives.overlays import Overlay, apply_overlay, overlay_for
from citekit.archives.profiles import Encoded, Profile, load_profile, profile_for
from citekit.archives.record import ArchivalRecord, SaidDate
from citekit.archives.site import Site
from citekit.archives.tables import load_table
from citekit.archives.view import View
from citekit.render.tree import Open
from citekit.style.find import find_style
from citekit.style.parse import parse_style

__all__ = ["Citer", "Lines"]


@frozen(slots=True)
class Lines:
    """A record as one style prints it: citation and entry, and what is missing in both.

    ``entry`` is None for a style that has no bibliography. ``findings`` name the fields that
    the style doesn't print, and lines that come out empty.
    """

    style: str
    citation: Formatted
    entry: Formatted | None
    findings: tuple[Finding, ...]


@define(slots=False)
class Citer:
    """Prints archival records in one style: the official style, its profile, its overlay.

    ``overlay`` is None where there is none or it was switched off; ``source`` is the XML that is
    used. Make one with :meth:`load`.
    """

    name: str
    style: Style
    profile: Profile
    overlay: Overlay | None
    site: Site
    source: bytes

    @classmethod
    def load(
        cls,
        name: str,
        *,
        site: Site | None = None,
        locale: str | None = None,
        profile: str = "",
        overlays: bool = True,
    ) -> Citer:
        """The style of that name, with the profile that is named, the site's, or one that fits.

        Raises :class:`~citekit.errors.StyleError` and :class:`~citekit.errors.LocaleError` as
        :meth:`citekit.Style.load` does, :class:`~citekit.errors.ReaderError` for the profile.
        """
        found = find_style(name)
        info = parse_style(found.data, where=str(found.path)).info
        site = Site() if site is None else site
        wanted = profile or site.profiles.get(found.name, "")
        chosen = load_profile(wanted) if wanted else profile_for(info, found.id)
        overlay = overlay_for(info) if overlays else None
        data = apply_overlay(found.data, overlay) if overlay else found.data
        style = Style.from_xml(data, found.default_locale if locale is None else locale)
        return cls(found.name, style, chosen, overlay, site, data)

    @cached_property
    def has_bibliography(self) -> bool:
        """Whether the style has a bibliography at all."""
        return self.style.compiled.style.bibliography is not None

    @property
    def label(self) -> str:
        """What readers call the style."""
        labels: dict[str, str] = load_table("styles")["labels"]
        return labels.get(self.name) or self.style.compiled.style.info.title

    @property
    def is_note(self) -> bool:
        """Whether its citations are footnotes."""
        return self.style.compiled.style.info.citation_format == "note"

    def lines(self, record: ArchivalRecord, *, accessed: SaidDate | None = None) -> Lines:
        """Citation and bibliography entry of one record.

        ``accessed`` is the day on which the reader saw it; that of the site's editors belongs
        to the record and never stands for it.
        """
        view = View(record, self.site, accessed)
        told = [self.profile.encode(view, "citation")]
        citation = self.style.cite(told[0].record)
        lines: list[Formatted] = [citation]
        if self.has_bibliography:
            told.append(self.profile.encode(view, "bibliography"))
            lines += self.style.process([told[1].record]).bibliography.entries
        entry = lines[1] if len(lines) > 1 else None
        findings = [*self._empty(record, citation, entry), *self._unprinted(view, told, lines)]
        return Lines(self.name, citation, entry, tuple(findings))

    def _empty(
        self, record: ArchivalRecord, citation: Formatted, entry: Formatted | None
    ) -> Iterator[Finding]:
        """A finding for each line that is missing."""
        lines = {"citation": citation, "bibliography": entry}
        for scope, line in lines.items():
            if line is None and not self.has_bibliography:
                continue
            if line is None or not line.text.strip():
                done = f"{self.name} prints no {scope} line for it"
                yield Finding(record.id, "line-empty", scope, "", done)

    def _unprinted(
        self, view: View, encoded: Sequence[Encoded], lines: Sequence[Formatted]
    ) -> Iterator[Finding]:
        """A finding for each field of the record that is in none of the lines."""
        told: set[str] = set()
        for line, each in zip(lines, encoded, strict=False):
            for variable in variables_of(line):
                told |= each.fields.get(variable, frozenset())
        for field, value in _fields(view):
            if field not in told:
                done = f"{self.name} doesn't print it"
                yield Finding(view.record.id, "field-unprinted", field, value, done)


def variables_of(line: Formatted) -> frozenset[str]:
    """The CSL variables that are in a formatted line."""
    return frozenset(event.wrap.variable for event in line.events if isinstance(event, Open))


_FIELDS: Sequence[str] = """title gloss original_title form_number medium dimensions duration
    interview_place location collection repository place site item url doi""".split()
_ROLES = """recipient translator editor compiler interviewer contributor director producer
    illustrator composer performer host""".split()


def _fields(view: View) -> list[tuple[str, str]]:
    """The fields of a record that a citation could print, with their values."""
    found = [(name, value.text) for name in _FIELDS if (value := view.text(name))]
    if (form := view.text("form.untold")) is not None:
        found.append(("form", form.text))
    for role in ("author", *_ROLES):
        if view.names(role):
            found.append((role, "; ".join(agent.text for agent in view.names(role))))
    if (date := view.date("date")) is not None:
        found.append(("date", date.text))
    if view.record.publisher is not None:
        found.append(("publisher", view.record.publisher.text))
    if view.record.provenance is not None:
        found.append(("provenance", view.record.provenance.text.text))
    return found
