"""A record as the templates of profiles see it: fields by name, each with what it is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from attrs import define, frozen

from citekit.archives import date_words
from citekit.archives.places import with_country
from citekit.archives.record import Agent, ArchivalRecord, Said, SaidDate
from citekit.archives.site import Site
from citekit.archives.text import plain

__all__ = ["Value", "View", "spoken_names"]


@frozen(slots=True)
class Value:
    """A text, and the fields of the record that it tells."""

    text: str
    fields: frozenset[str]


_INTERVIEW = re.compile(r"\b(interview|oral history|rozhovor|wywiad|conversation)\b", re.IGNORECASE)


@define
class View:
    """Gives the fields of one record by the names that templates have for them."""

    record: ArchivalRecord
    site: Site
    accessed: SaidDate | None = None

    def names(self, role: str) -> tuple[Agent, ...]:
        """The agents of a role; "author" is who speaks or made the thing."""
        record = self.record
        if role == "author":
            return record.agents_of("interviewee") or record.agents_of("creator")
        return record.agents_of(role)

    def date(self, name: str) -> SaidDate | None:
        """The date called "date", "accessed" (the reader's) or "provenance.accessed"."""
        if name == "date":
            return self.record.date
        if name == "accessed":
            return self.accessed
        provenance = self.record.provenance
        return provenance.accessed if provenance else None

    def text(self, name: str) -> Value | None:
        """The text of a field; None where there is none."""
        if name in self._texts:
            return self._texts[name]
        role = name.removesuffix(".beside")
        if role != name and not self.names("author"):
            return None  # without an author, styles print this role in the author's place
        agents = self.names(role)
        return Value(spoken_names(agents), frozenset({role})) if agents else None

    def has(self, name: str) -> bool:
        """Whether a field has a value."""
        if name in ("date", "accessed"):
            return self.date(name) is not None
        return self.text(name) is not None

    @cached_property
    def _texts(self) -> Mapping[str, Value]:
        record, found = self.record, dict[str, Value]()
        holding, provenance = record.holding, record.provenance

        def put(name: str, said: Said | None, *fields: str) -> None:
            if said is not None and said.text:
                found[name] = Value(said.text, frozenset(fields or {name}))

        for name in ("title", "gloss", "original_title", "form", "form_number", "medium",
                     "dimensions", "duration", "item", "url", "doi"):  # fmt: skip
            put(name, getattr(record, name))
        for name in ("location", "collection", "repository", "place"):
            put(name, getattr(holding, name))
        if provenance is not None:
            for name in ("name", "collection", "abbreviation"):
                put(f"provenance.{name}", getattr(provenance, name), "provenance")
        put("site", record.site_title)
        put("interview_place", record.place)
        put("abstract", record.description)
        if record.subjects:
            subjects = "; ".join(said.text for said in record.subjects)
            found["keyword"] = Value(subjects, frozenset({"keyword"}))
        put("site.publisher.any", record.site_publisher, "publisher")
        if record.is_published_by_site:
            put("site.publisher", record.publisher, "publisher")
        if record.language:
            found["language"] = Value(record.language, frozenset())
        if any(name in found for name in ("location", "collection", "repository")):
            found["holding"] = Value("", frozenset())
        found |= self._dates()
        self._derive(found)
        return found

    def _dates(self) -> dict[str, Value]:
        """The date in words, if it has any; one that is approximate in full and as its year."""
        date, told = self.record.date, frozenset({"date"})
        if date is None:
            return {}
        if words := date.words or date.date.literal:
            return {"date.words": Value(words, told)}
        if not date.is_approximate:
            return {}
        year = date_words.words(date.date, date_words.ENGLISH | {"form": "year"})
        full = date_words.words(date.date)
        found = {"date.circa": full, "date.circa.year": year}
        return {name: Value(text, told) for name, text in found.items() if text}

    def _derive(self, found: dict[str, Value]) -> None:
        if place := found.get("place"):
            full = self.site.places.get(place.text) or with_country(place.text)
            found["place.full"] = Value(full, place.fields)
        if (own := self._own_title()) is not None:
            found["title.own"] = own
        form = found.get("form")
        if form is not None and not self._title_says(form.text):
            found["form.untold"] = form
        if (full_description := self._description(found)) is not None:
            found["description.full"] = full_description
            if not self._is_told(form):
                found["description"] = full_description
            if "form_number" in full_description.fields:
                found["description.numbered"] = full_description

    def _description(self, found: Mapping[str, Value]) -> Value | None:
        """What the thing is: "letter to Mikhail Gorbachev", "cable 89 WARSAW 07712"."""
        form, number = found.get("form"), found.get("form_number")
        recipients = self.record.agents_of("recipient")
        if recipients:
            # A letter is one even if its source doesn't say it; what else it is isn't known.
            unsaid = "letter" if self.record.kind == "letter" else "addressed"
            text = f"{form.text if form else unsaid} to {spoken_names(recipients)}"
            return Value(text, frozenset({"form", "recipient"}))
        if form is not None and number is not None:
            return Value(f"{form.text} {number.text}", frozenset({"form", "form_number"}))
        return form

    def _is_told(self, form: Value | None) -> bool:
        """Whether the title says the form already, and who is written to."""
        recipients = self.record.agents_of("recipient")
        if form is None and not recipients:
            return False
        if form is not None and not self._title_says(form.text):
            return False
        return self.record.form_number is None and all(
            self._title_says(agent.name.family or agent.name.literal) for agent in recipients
        )

    def _title_says(self, words: str) -> bool:
        title = self.record.title
        if title is None or not words:
            return False
        last = re.escape(words.rsplit(maxsplit=1)[-1].casefold())
        return re.search(rf"\b{last}s?\b", plain(title.text).casefold()) is not None

    def _own_title(self) -> Value | None:
        """The title of an interview, if it says more than that it is one and with whom."""
        title = self.record.title
        if title is None:
            return None
        rest = plain(title.text).casefold()
        for agent in self.names("author"):
            for part in (agent.name.given, agent.name.family, agent.name.literal):
                rest = rest.replace(part.casefold(), " ") if part else rest
        words = re.findall(r"\w+", _INTERVIEW.sub(" ", rest))
        if rest != plain(title.text).casefold() and not set(words) - _EMPTY:
            return None
        return Value(title.text, frozenset({"title"}))


_EMPTY = frozenset({"with", "of", "by", "an", "a", "the", "s", "z", "mit", "avec"})


def spoken_names(agents: tuple[Agent, ...], *, initials: bool = False) -> str:
    """Join names, "A", "A and B", "A, B, and C", each name as it is spoken."""
    names = [_initials(agent) if initials else agent.text for agent in agents]
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _initials(agent: Agent) -> str:
    name = agent.name
    if not name.family:
        return agent.text
    letters = re.sub(r"([^\W\d_])[^\W\d_]*\.?", r"\1.", name.given).replace(".-", ".-")
    return " ".join(p for p in (letters, name.dropping_particle, name.non_dropping_particle,
                                name.family) if p)  # fmt: skip
