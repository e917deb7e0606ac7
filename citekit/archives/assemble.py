"""Statements of a source → an archival record: every value parsed, every doubt told.

Readers only say which field each value is about (:mod:`citekit.archives.fields`); what the
values mean is found out here, the same way for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, evolve, field

from citekit.archives.dates import read_date
from citekit.archives.describe import Description, describe
from citekit.archives.fields import AGENT_FIELDS, DATE_FIELDS
from citekit.archives.findings import Finding
from citekit.archives.holdings import read_source
from citekit.archives.names import read_name, split_names
from citekit.archives.record import (
    Agent,
    ArchivalRecord,
    Holding,
    Provenance,
    Said,
    SaidDate,
    Statement,
)
from citekit.archives.site import Site
from citekit.archives.text import clean, plain
from citekit.archives.titles import (
    is_file_name,
    is_foreign,
    is_shouted,
    is_untitled,
    language_of,
    language_tag,
    without_full_stop,
)

__all__ = ["assemble"]

SETTINGS = "site settings"
_ADDRESSES = ("http", "urn:", "ark:", "hdl:")
_WITH_MARKUP = frozenset({"title", "alternative", "title.translated", "citation"})


def assemble(id: str, statements: Iterable[Statement], site: Site | None = None) -> ArchivalRecord:
    """The record that these statements describe, with the site's settings applied."""
    return _Assembly(id, Site() if site is None else site, tuple(statements)).record()


@define
class _Assembly:
    id: str
    site: Site
    raw: tuple[Statement, ...]
    statements: list[Statement] = field(init=False, factory=list)
    findings: list[Finding] = field(init=False, factory=list)
    agents: list[Agent] = field(init=False, factory=list)

    def record(self) -> ArchivalRecord:
        self.statements = self._cleaned()
        title, gloss, original, language = self._titles()
        self._agents()
        dates = self._dates()
        holding, provenance = self._source(dates)
        if provenance is not None and provenance.accessed is not None:
            dates.append(provenance.accessed)
        described = self._described(title)
        publisher, by_site = self._publisher()
        identifiers, doi = self._identifiers(described)
        number = self._form_number(described, identifiers)
        holding = self._with_shelfmark(holding, identifiers, number)
        holding = self._without_creators_own(holding)
        self._tell_unused()
        return ArchivalRecord(
            id=self.id,
            kind=described.kind,
            form=described.form,
            form_number=number,
            title=title,
            gloss=gloss,
            original_title=original,
            language=language,
            agents=tuple(self.agents),
            dates=tuple(dates),
            place=self.first("interview_place"),
            medium=described.medium,
            dimensions=described.dimensions,
            duration=described.duration,
            publisher=publisher,
            is_published_by_site=by_site,
            holding=holding,
            provenance=provenance,
            item=self.first("item"),
            identifiers=identifiers,
            doi=doi,
            url=self._url(),
            site_title=self._setting("title", "site_title"),
            site_publisher=self._setting("publisher", "site_publisher"),
            site_collection=self.first("site_collection"),
            description=self.first("description"),
            subjects=tuple(self.all("subject")),
            rights=tuple(self.all("rights")),
            preferred_citation=self.first("citation"),
            statements=tuple(self.statements),
            findings=tuple(dict.fromkeys(self.findings)),
        )

    # -------------------------------------------------------- the statements

    def _cleaned(self) -> list[Statement]:
        """The statements with clean texts, the site's elements and values, none twice."""
        own = self.site.records.get(self.id, {})
        found: dict[Statement, None] = {}
        for said in self.raw:
            target = self.site.elements.get(said.origin, said.field)
            if target in own:
                continue
            text = clean(said.text)
            text = _trimmed(text if target in _WITH_MARKUP else plain(text))
            if not text.strip(" .,;:-–—/|"):
                if said.text.strip():
                    self.tell("value-empty", said.origin, said.text, "left out: nothing in it")
                continue
            if text.casefold() in ("null", "none", "nan", "undefined") and target != "title":
                self.tell("value-empty", said.origin, said.text, "left out: no value")
                continue
            cleaned = evolve(said, field=target, text=text)
            if cleaned in found:
                self.tell("value-doubled", said.origin, text, "the same twice: taken once")
            found[cleaned] = None
        for name, values in own.items():
            found |= {Statement(name, value, SETTINGS): None for value in values}
        return list(found)

    def all(self, *fields: str) -> list[Said]:
        return [
            Said(each.text, each.origin, each.language, each.hint)
            for name in fields
            for each in self.statements
            if each.field == name
        ]

    def first(self, *fields: str) -> Said | None:
        return next(iter(self.all(*fields)), None)

    def tell(self, kind: str, field: str, value: str, done: str, overrule: str = "") -> None:
        self.findings.append(Finding(self.id, kind, field, value, done, overrule))

    def how(self, name: str, example: str = "…") -> str:
        return f'[records.{self.id}] {name} = "{example}" in the site\'s settings'

    def _setting(self, key: str, name: str) -> Said | None:
        value: str = getattr(self.site, key)
        return Said(value, SETTINGS) if value else self.first(name)

    # -------------------------------------------------------- titles

    def _titles(self) -> tuple[Said | None, Said | None, Said | None, str]:
        stated = self.first("language")
        tag = language_tag(stated.text) if stated else ""
        if stated and not tag:
            done = "no language that citekit knows: capitals are printed as typed"
            self.tell("language-unknown", stated.origin, stated.text, done, self.how("language"))
        titles = [title for title in self.all("title") if self._is_title(title)]
        known = {title.text for title in titles}
        others = [*titles[1:], *(a for a in self.all("alternative") if a.text not in known)]
        if not titles:
            return None, None, None, tag or self.site.language
        title = self._tidy(titles[0])
        language = title.language or language_of(title.text, tag or self.site.language)
        gloss = original = None
        for other in [*self.all("title.translated"), *others]:
            spoken = other.language or language_of(other.text, "")
            if gloss is None and language != "en" and spoken == "en":
                gloss = self._tidy(other)
            elif (
                original is None and language == "en" and (other.language or is_foreign(other.text))
            ):
                original = self._tidy(other)
            else:
                self.tell("title-several", other.origin, other.text, "another title: not printed",
                          self.how("title"))  # fmt: skip
                continue
            role = "its translation" if other is not original and gloss else "the original's"
            self.tell("title-several", other.origin, other.text, f"taken for {role}",
                      self.how("title"))  # fmt: skip
        return title, gloss, original, language

    def _is_title(self, title: Said) -> bool:
        if is_untitled(title.text):
            self.tell("title-none", title.origin, title.text, "says that there is no title",
                      self.how("title"))  # fmt: skip
            return False
        if is_file_name(title.text):
            self.tell("title-file-name", title.origin, title.text, "a file's name: not printed",
                      self.how("title"))  # fmt: skip
            return False
        return True

    def _tidy(self, title: Said) -> Said:
        if is_shouted(plain(title.text)):
            self.tell("title-capitals", title.origin, title.text, "capitals printed as typed",
                      self.how("title"))  # fmt: skip
        return evolve(title, text=without_full_stop(title.text))

    # -------------------------------------------------------- names

    def _agents(self) -> None:
        language = self.first("language")
        tag = language_tag(language.text) if language else ""
        for name, role in AGENT_FIELDS.items():
            for said in self.all(name):
                for text in [said.text] if said.hint else split_names(said.text):
                    self.agents += self._read_agents(text, role, said.origin, tag, said.hint)
        if any(agent.role == "interviewee" for agent in self.agents):
            # The one who speaks is the author; a creator beside is who made the recording.
            order = {"interviewee": 0}
            self.agents.sort(key=lambda agent: order.get(agent.role, 1))

    def _read_agents(
        self, text: str, role: str, origin: str, language: str, hint: str = ""
    ) -> list[Agent]:
        own = self.site.names.get(text)
        if own is not None:
            return [Agent(own, role, SETTINGS)]
        read = read_name(text, language=language, hint=hint)
        for kind, done in read.doubts:
            self.tell(kind, origin, text, done,
                      f'[names] "{text}" = {{ family = "…", given = "…" }}'
                      ' or { literal = "…" } in the site\'s settings')  # fmt: skip
        if read.name is None:
            return []
        said = read.role if read.role and role in ("creator", "contributor") else role
        if said == "contributor" and not read.role:
            self.tell("role-unknown", origin, text, "a contributor whose part isn't said",
                      self.how("translator"))  # fmt: skip
        if said == "other":
            self.tell("role-unused", origin, text, "not printed: citations don't name this role")
            return []
        agent = Agent(read.name, said, origin)
        known = [each for each in self.agents if (each.name, each.role) == (read.name, said)]
        return [] if known else [agent]

    # -------------------------------------------------------- dates

    def _dates(self) -> list[SaidDate]:
        found: list[SaidDate] = []
        for name, kind in DATE_FIELDS.items():
            for said in self.all(name):
                if (date := self._read_date(said, kind)) is not None:
                    found.append(date)
        told = [date for date in found if date.kind in ("created", "issued")]
        created = [date for date in told if date.kind == "created"] or told
        if len(created) > 1 and len({date.date for date in created}) > 1:
            self._choose(created)
        return found

    def _choose(self, dates: list[SaidDate]) -> None:
        for date in dates[1:]:
            done = f"several dates: {dates[0].text!r} is printed, this one isn't"
            self.tell("date-several", date.origin, date.text, done, self.how("date", dates[0].text))

    def _read_date(self, said: Said, kind: str) -> SaidDate | None:
        read = read_date(said.text)
        if read.doubt is not None:
            self.tell(read.doubt.kind, said.origin, said.text, read.doubt.done,
                      self.how("date", "1989-11-30"))  # fmt: skip
        if read.date is None:
            return None
        return SaidDate(read.date, said.text, said.origin, kind, read.is_approximate,
                        read.is_uncertain, read.words)  # fmt: skip

    # -------------------------------------------------------- source and holding

    def _source(self, dates: list[SaidDate]) -> tuple[Holding, Provenance | None]:
        holding, provenance = self._stated_holding(), None
        for said in self.all("source"):
            read = read_source(plain(said.text), said.origin)
            for credit in read.credits:
                self.agents += self._read_agents(credit, "contributor", said.origin, "")
            self._correspondents(read.sender, read.recipient, said)
            self._compare_dates(read.date_text, dates, said)
            if read.provenance is not None:
                provenance = provenance or read.provenance
            elif not read.is_read:
                self.tell("source-unread", said.origin, said.text, "not printed: it says in no form"
                          " that is known where the thing is kept",
                          self.how("repository"))  # fmt: skip
            else:
                holding = self._merged(holding, read.holding, said)
        return holding, provenance

    def _stated_holding(self) -> Holding:
        return Holding(*(self.first(n) for n in ("location", "collection", "repository", "place")))

    def _merged(self, stated: Holding, read: Holding, said: Said) -> Holding:
        parts = ("location", "collection", "repository", "place")
        new = {p: getattr(read, p) for p in parts if getattr(stated, p) is None}
        told = ", ".join(f"{part} {value.text!r}" for part, value in new.items() if value)
        if told:
            self.tell("source-parsed", said.origin, said.text, f"taken apart: {told}",
                      self.how("repository"))  # fmt: skip
        return evolve(stated, **new)

    def _correspondents(self, sender: str, recipient: str, said: Said) -> None:
        """A source that says "A to B" names the recipient, if A is the creator."""
        if not recipient or self._has("recipient"):
            return
        creators = [agent for agent in self.agents if agent.role == "creator"]
        if any(_is_called(agent, sender) for agent in creators):
            self.agents += self._read_agents(recipient, "recipient", said.origin, "")
            self.tell("recipient-guessed", said.origin, said.text,
                      f"the recipient is taken to be {recipient!r}",
                      self.how("recipient"))  # fmt: skip
        else:
            self.tell("source-differs", said.origin, said.text,
                      f"names {sender!r}, who isn't the creator: no recipient taken from it",
                      self.how("recipient"))  # fmt: skip

    def _has(self, role: str) -> bool:
        return any(agent.role == role for agent in self.agents)

    def _compare_dates(self, text: str, dates: list[SaidDate], said: Said) -> None:
        if not text:
            return
        date = read_date(text).date
        if date is not None and dates and date.start != dates[0].date.start:
            self.tell("source-differs", said.origin, said.text,
                      f"its date {text!r} isn't the record's, {dates[0].text!r}, which is printed",
                      self.how("date"))  # fmt: skip

    def _without_creators_own(self, holding: Holding) -> Holding:
        """The archive of the creator itself, and nowhere in it, says no more than the creator."""
        repository = holding.repository
        creators = [agent.text for agent in self.agents if agent.role == "creator"]
        if repository is None or holding.location or holding.collection:
            return holding
        if any(repository.text.startswith(f"{name} ") for name in creators):
            self.tell("holding-unused", repository.origin, repository.text,
                      "not printed: the creator's own archive, without a place in it",
                      self.how("location"))  # fmt: skip
            return Holding()
        return holding

    # -------------------------------------------------------- form, identifiers, the rest

    def _described(self, title: Said | None) -> Description:
        described = describe(self.all, self.site, title)
        for kind, origin, value, done in described.doubts:
            self.tell(kind, origin, value, done, self.how("form"))
        is_interview = any(agent.role == "interviewee" for agent in self.agents)
        return evolve(described, kind="interview") if is_interview else described

    def _identifiers(self, described: Description) -> tuple[tuple[Said, ...], Said | None]:
        found, doi = [], self.first("doi")
        item = self.first("item")
        for said in self.all("identifier"):
            text = said.text
            bare = text.removeprefix("https://doi.org/").removeprefix("doi:")
            if bare.startswith("10.") and "/" in bare:
                doi = doi or evolve(said, text=bare)
            elif is_file_name(text):
                self.tell("identifier-file-name", said.origin, text, "a file's name: not printed")
            elif item is None or text.lstrip("#") != item.text:
                found.append(said)
        return tuple(found), doi

    def _form_number(self, described: Description, identifiers: tuple[Said, ...]) -> Said | None:
        if (stated := self.first("number")) is not None:
            return stated
        local = [each for each in identifiers if not each.text.startswith(("http", "urn:"))]
        if not described.is_numbered or not local:
            return None
        # The word stands in the middle of a line: "cable no. 1234".
        return evolve(local[0], text=re.sub(r"\ANo\.? ?(?=\d)", "no. ", local[0].text))

    def _with_shelfmark(
        self, holding: Holding, identifiers: tuple[Said, ...], number: Said | None
    ) -> Holding:
        """In a holding archive, an identifier of the thing is where it is found."""
        local = [
            each for each in identifiers
            if not (_is_number(each, number) or each.text.startswith(_ADDRESSES))
        ]  # fmt: skip
        for said in identifiers:
            used = _is_number(said, number) or (local and said == local[0] and holding.repository)
            if not used:
                self.tell("identifier-unused", said.origin, said.text, "not printed",
                          self.how("location"))  # fmt: skip
        if holding.repository is None or not local or holding.location is not None:
            return holding
        self.tell("identifier-location", local[0].origin, local[0].text,
                  "printed as the place in the archive", self.how("location"))  # fmt: skip
        return evolve(holding, location=local[0])

    def _publisher(self) -> tuple[Said | None, bool]:
        """The publisher, and whether it is the site's; of the site, as its settings name it."""
        said = self.first("publisher")
        if said is None:
            return None, False
        own = self._setting("publisher", "site_publisher")
        known = [each.text for each in (own, self.first("site_publisher")) if each]
        if any(_is_same_body(said.text, name) for name in known):
            return own, True
        return said, False

    def _url(self) -> Said | None:
        if self.site.item_url:
            item = self.first("item")
            number = item.text if item else self.id
            root = self.site.url.rstrip("/")
            return Said(self.site.item_url.format(id=number, root=root), SETTINGS)
        return self.first("url")

    def _tell_unused(self) -> None:
        """Fields that no style prints."""
        reasons = {
            "coverage": "not printed: what the thing is about, not where it was made",
            "relation": "not printed: how it belongs to the thing isn't said",
            "date.digitised": "not printed: the date of the copy, not of the thing",
            "date.other": "not printed: what happened on that date isn't said",
        }
        for name, done in reasons.items():
            for said in self.all(name):
                self.tell("field-unused", said.origin, said.text, done,
                          f'[elements] "{said.origin}" = "…" in the site\'s settings')  # fmt: skip


def _trimmed(text: str) -> str:
    """Without punctuation that parts nothing: before a text, or a comma and the like behind it."""
    return re.sub(r"\A[.,;:\s]+(?=[^\W_.])|[,;:\s]+\Z", "", text) or text


def _is_number(identifier: Said, number: Said | None) -> bool:
    """Whether an identifier is the number of the form, which may be written otherwise."""
    return number is not None and identifier.text.casefold() == number.text.casefold()


def _is_called(agent: Agent, text: str) -> bool:
    """Whether a text names an agent: in full, or by family name and beginning of given name."""
    called, spoken = agent.text.casefold(), text.casefold()
    family, given = agent.name.family.casefold(), agent.name.given.casefold()
    if called == spoken:
        return True
    return bool(family and given) and spoken.endswith(family) and spoken[0] == given[0]


def _is_same_body(text: str, name: str) -> bool:
    """Whether two names of publishers are those of one: equal, or one with its parent."""
    short, long = sorted((text.casefold(), name.casefold()), key=len)
    return bool(short) and (short == long or long.startswith(f"{short},"))
