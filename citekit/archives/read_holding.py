"""Where the thing of a record is kept: what is stated, what its source says, its shelfmark."""

from __future__ import annotations

from attrs import evolve

from citekit.archives.dates import read_date
from citekit.archives.holdings import read_source
from citekit.archives.read_agents import Agents
from citekit.archives.record import Holding, Provenance, Said, SaidDate
from citekit.archives.values import Values

__all__ = ["is_number", "read_sources", "with_shelfmark", "without_creators_own"]

_ADDRESSES = ("http", "urn:", "ark:", "hdl:")


def read_sources(
    values: Values, agents: Agents, dates: list[SaidDate]
) -> tuple[Holding, Provenance | None]:
    """Where the thing is kept, and where its editors found it; credits go to the agents."""
    parts = ("location", "collection", "repository", "place")
    holding = Holding(*(values.first(part) for part in parts))
    provenance: Provenance | None = None
    for said in values.all("source"):
        read = read_source(said.text, said.origin)
        for credit in read.credits:
            agents.named(credit, "contributor", said.origin)
        agents.correspondents(read.sender, read.recipient, said)
        _compare_dates(read.date_text, dates, said, values)
        if read.provenance is not None:
            provenance = provenance or read.provenance
        elif not read.is_read:
            values.tell(
                "source-unread",
                said.origin,
                said.text,
                "not printed: it says in no form that is known where the thing is kept",
                values.how("repository"),
            )
        else:
            holding = _merged(holding, read.holding, said, values)
    return holding, provenance


def _merged(stated: Holding, read: Holding, said: Said, values: Values) -> Holding:
    parts = ("location", "collection", "repository", "place")
    new = {p: getattr(read, p) for p in parts if getattr(stated, p) is None}
    told = ", ".join(f"{part} {value.text!r}" for part, value in new.items() if value)
    if told:
        values.tell(
            "source-parsed",
            said.origin,
            said.text,
            f"taken apart: {told}",
            values.how("repository"),
        )
    return evolve(stated, **new)


def _compare_dates(text: str, dates: list[SaidDate], said: Said, values: Values) -> None:
    if not text:
        return
    date = read_date(text).date
    if date is not None and dates and date.start != dates[0].date.start:
        values.tell(
            "source-differs",
            said.origin,
            said.text,
            f"its date {text!r} isn't the record's, {dates[0].text!r}, which is printed",
            values.how("date"),
        )


def without_creators_own(holding: Holding, agents: Agents) -> Holding:
    """The archive of the creator itself, and nowhere in it, says no more than the creator."""
    repository = holding.repository
    creators = [agent.text for agent in agents.of("creator")]
    if repository is None or holding.location or holding.collection:
        return holding
    if any(repository.text.startswith(f"{name} ") for name in creators):
        agents.values.tell(
            "holding-unused",
            repository.origin,
            repository.text,
            "not printed: the creator's own archive, without a place in it",
            agents.values.how("location"),
        )
        return Holding()
    return holding


def with_shelfmark(
    holding: Holding, identifiers: tuple[Said, ...], number: Said | None, values: Values
) -> Holding:
    """In a holding archive, an identifier of the thing is where it is found."""
    local = [
        each
        for each in identifiers
        if not (is_number(each, number) or each.text.startswith(_ADDRESSES))
    ]
    for said in identifiers:
        used = is_number(said, number) or (local and said == local[0] and holding.repository)
        if not used:
            values.tell(
                "identifier-unused", said.origin, said.text, "not printed", values.how("location")
            )
    if holding.repository is None or not local or holding.location is not None:
        return holding
    values.tell(
        "identifier-location",
        local[0].origin,
        local[0].text,
        "printed as the place in the archive",
        values.how("location"),
    )
    return evolve(holding, location=local[0])


def is_number(identifier: Said, number: Said | None) -> bool:
    """Whether an identifier is the number of the form, which may be written otherwise."""
    return number is not None and identifier.text.casefold() == number.text.casefold()
