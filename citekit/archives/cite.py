"""Citing archival records: a style with the profile for it, and what it leaves unprinted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from attrs import define, frozen

from citekit.api import Formatted, Style
from citekit.archives.findings import Finding
from citekit.archives.overlays import Overlay, apply_overlay, overlay_for
from citekit.archives.profiles import Encoded, Profile, load_profile, profile_for
from citekit.archives.record import ArchivalRecord, SaidDate
from citekit.archives.site import Site
from citekit.archives.view import View
from citekit.processor.cites import Citation, Cite
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

    ``overlay`` is None where there is none or it was switched off. Make one with :meth:`load`.
    """

    name: str
    style: Style
    profile: Profile
    overlay: Overlay | None
    site: Site

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
        """The style of that name, with the profile that fits it or the one that is named.

        Raises :class:`~citekit.errors.StyleError` and :class:`~citekit.errors.LocaleError` as
        :meth:`citekit.Style.load` does, :class:`~citekit.errors.ReaderError` for the profile.
        """
        found = find_style(name)
        info = parse_style(found.data, where=str(found.path)).info
        chosen = load_profile(profile) if profile else profile_for(info, found.id)
        overlay = overlay_for(info) if overlays else None
        data = apply_overlay(found.data, overlay) if overlay else found.data
        style = Style.from_xml(data, found.default_locale if locale is None else locale)
        return cls(found.name, style, chosen, overlay, Site() if site is None else site)

    @cached_property
    def has_bibliography(self) -> bool:
        """Whether the style has a bibliography at all."""
        return self.style.compiled.style.bibliography is not None

    def lines(self, record: ArchivalRecord, *, accessed: SaidDate | None = None) -> Lines:
        """Citation and bibliography entry of one record.

        ``accessed`` is the day on which the reader saw it; that of the site's editors belongs
        to the record and never stands for it.
        """
        view = View(record, self.site, accessed)
        told = self.profile.encode(view, "citation")
        result = self.style.process([told.record], [Citation([Cite(record.id)])])
        citation, entry, encoded = result.citations[0], None, told
        if self.has_bibliography:
            encoded = self.profile.encode(view, "bibliography")
            entries = self.style.process([encoded.record]).bibliography.entries
            entry = next(iter(entries), None)
        findings = self._findings(view, encoded, citation, entry)
        return Lines(self.name, citation, entry, tuple(findings))

    def _findings(
        self, view: View, encoded: Encoded, citation: Formatted, entry: Formatted | None
    ) -> list[Finding]:
        found = []
        for scope, line in (("citation", citation), ("bibliography", entry)):
            if (line is None or not line.text.strip()) and (scope, self.has_bibliography) != (
                "bibliography",
                False,
            ):
                done = f"{self.name} prints no {scope} line for it"
                found.append(Finding(view.record.id, "line-empty", scope, "", done))
        line = citation if entry is None else entry
        printed = variables_of(line)
        told = {f for variable in printed for f in encoded.fields.get(variable, ())}
        for field, value in _fields(view):
            if field not in told:
                done = f"{self.name} doesn't print it"
                found.append(Finding(view.record.id, "field-unprinted", field, value, done))
        return found


def variables_of(line: Formatted) -> frozenset[str]:
    """The CSL variables that are in a formatted line."""
    return frozenset(event.wrap.variable for event in line.events if isinstance(event, Open))


_FIELDS: Sequence[str] = """title gloss original_title form_number medium dimensions duration
    interview_place location collection repository place site item url doi""".split()
_ROLES = """recipient translator editor compiler interviewer contributor director producer
    illustrator composer performer""".split()


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
    others = {"rights": view.record.rights, "subject": view.record.subjects}
    found += [
        (name, "; ".join(each.text for each in said)) for name, said in others.items() if said
    ]
    if view.record.description is not None:
        found.append(("description", view.record.description.text))
    return found
