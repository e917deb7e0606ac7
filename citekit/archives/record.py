"""The archival record: what an archivist knows of a thing, each value with its origin.

CSL's variables can't hold all of it (who the letter went to *and* what kind of
document it is; where the paper lies *and* which site shows it), and which of them a
value has to go into depends on the style. So it is kept in terms of its own here;
:mod:`citekit.archives.profiles` makes CSL records of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from citekit.archives.findings import Finding
from citekit.records.date import Date
from citekit.records.name import Name

__all__ = ["Agent", "ArchivalRecord", "Holding", "Provenance", "Said", "SaidDate", "Statement"]


@frozen(slots=True)
class Statement:
    """A value as its source has it, with the field of a record that it is about.

    ``origin`` is the source's name of its element ("Dublin Core: Creator"); ``hint`` is
    "person" or "body" where the source says which of them a name is.
    """

    field: str
    text: str
    origin: str
    language: str = ""
    hint: str = ""


@frozen(slots=True)
class Said:
    """A cleaned text, and the element of the source that it comes from."""

    text: str
    origin: str
    language: str = ""
    hint: str = ""


@frozen(slots=True)
class Agent:
    """A person or body with a role: "creator", "recipient", "translator", "interviewer" …"""

    name: Name
    role: str
    origin: str

    @property
    def text(self) -> str:
        """The name in the order in which it is spoken."""
        name = self.name
        parts = (name.given, name.dropping_particle, name.non_dropping_particle, name.family)
        spoken = " ".join(part for part in parts if part)
        return name.literal or (f"{spoken}, {name.suffix}" if name.suffix else spoken)


@frozen(slots=True)
class SaidDate:
    """A date: as CSL has it, as it was typed, and what it is the date of.

    ``kind`` is "created", "issued", "digitised", "accessed" …; ``is_approximate`` of
    "ca. 1989", ``is_uncertain`` of "1989?": CSL makes no difference, manuals do. ``words``
    say the date where CSL's parts don't ("between 1987 and 1989", "1980s").
    """

    date: Date
    text: str
    origin: str
    kind: str = "created"
    is_approximate: bool = False
    is_uncertain: bool = False
    words: str = ""


@frozen(slots=True)
class Holding:
    """Where the thing itself is kept: place in the collection, collection, archive, town."""

    location: Said | None = None
    collection: Said | None = None
    repository: Said | None = None
    place: Said | None = None


@frozen(slots=True)
class Provenance:
    """Where the site's editors found it: an edition or another site, and when they saw it."""

    text: Said
    name: Said | None = None
    collection: Said | None = None
    abbreviation: Said | None = None
    accessed: SaidDate | None = None


@frozen(slots=True, kw_only=True)
class ArchivalRecord:
    """One thing of a collection.

    ``kind`` is one of citekit's kinds of thing ("letter", "image" …), ``form`` what the
    source calls it ("open letter"); ``form_number`` the number that goes with that ("89
    WARSAW 07712" of a cable). ``gloss`` is the title's translation, ``original_title`` what
    the title is translated from. ``item`` is its number at the site, ``language`` that of
    the title. ``statements`` are all the source's values, ``findings`` the doubts about them.
    """

    id: str
    kind: str
    form: Said | None = None
    form_number: Said | None = None
    title: Said | None = None
    gloss: Said | None = None
    original_title: Said | None = None
    language: str = ""
    agents: tuple[Agent, ...] = ()
    dates: tuple[SaidDate, ...] = ()
    place: Said | None = None
    medium: Said | None = None
    dimensions: Said | None = None
    duration: Said | None = None
    publisher: Said | None = None
    is_published_by_site: bool = False
    holding: Holding = Holding()
    provenance: Provenance | None = None
    item: Said | None = None
    identifiers: tuple[Said, ...] = ()
    doi: Said | None = None
    url: Said | None = None
    site_title: Said | None = None
    site_publisher: Said | None = None
    site_collection: Said | None = None
    description: Said | None = None
    subjects: tuple[Said, ...] = ()
    rights: tuple[Said, ...] = ()
    preferred_citation: Said | None = None
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()

    def agents_of(self, *roles: str) -> tuple[Agent, ...]:
        """The agents that have one of these roles, in order."""
        return tuple(agent for agent in self.agents if agent.role in roles)

    @property
    def date(self) -> SaidDate | None:
        """The date of the thing itself: of its making, else of its publication."""
        return _first_of_kind(self.dates, "created") or _first_of_kind(self.dates, "issued")


def _first_of_kind(dates: Iterable[SaidDate], kind: str) -> SaidDate | None:
    return next((date for date in dates if date.kind == kind), None)
