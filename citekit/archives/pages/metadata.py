"""A record for machines that read pages: COinS, Highwire's meta tags, schema.org's JSON-LD.

Sources: OpenURL COinS (https://web.archive.org/web/2017/http://ocoins.info/), Google Scholar's
inclusion guidelines for Highwire tags, https://schema.org/ArchiveComponent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from urllib.parse import urlencode

from citekit.archives.record import Agent, ArchivalRecord, Said
from citekit.archives.tables import load_table
from citekit.archives.text import plain
from citekit.records.date import Parts

__all__ = ["coins", "heading", "highwire", "json_ld"]


def heading(record: ArchivalRecord) -> str:
    """What a record is called in lists: its title, else what it is."""
    if record.title is not None:
        return plain(record.title.text)
    form = record.form.text if record.form else record.kind
    return f"[{form[:1].upper()}{form[1:]}]"


def authors(record: ArchivalRecord) -> tuple[Agent, ...]:
    """Who made the thing, or speaks in it."""
    return record.agents_of("interviewee") or record.agents_of("creator")


def coins(record: ArchivalRecord) -> str:
    """An empty span that reference managers read (OpenURL, Dublin Core)."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rfr_id", "info:sid/citekit"),
        ("rft.title", heading(record)),
        *(("rft.creator", agent.text) for agent in authors(record)),
        *(("rft.contributor", agent.text) for agent in record.agents_of("translator", "editor")),
        ("rft.date", _day(record, "-")),
        ("rft.type", _text(record.form) or record.kind),
        ("rft.publisher", _text(record.publisher) or _text(record.site_publisher)),
        ("rft.source", _text(record.holding.repository)),
        ("rft.relation", _text(record.site_title)),
        ("rft.language", record.language),
        ("rft.identifier", _text(record.url)),
    ]
    query = urlencode([(key, value) for key, value in pairs if value])
    return f'<span class="Z3988" title="{escape(query)}"></span>'


def highwire(record: ArchivalRecord) -> str:
    """The meta tags for the head of the record's page, a line each."""
    pairs = [
        ("citation_title", heading(record)),
        *(("citation_author", _inverted(agent)) for agent in authors(record)),
        ("citation_publication_date", _day(record, "/")),
        ("citation_publisher", _text(record.site_publisher)),
        ("citation_inbook_title", _text(record.site_title)),
        ("citation_language", record.language),
        ("citation_doi", _text(record.doi)),
        ("citation_public_url", _text(record.url)),
    ]
    return "".join(
        f'<meta name="{name}" content="{escape(value)}">\n' for name, value in pairs if value
    )


def json_ld(record: ArchivalRecord) -> str:
    """The record in schema.org's words, as a script element."""
    data = {name: value for name, value in _properties(record) if value}
    text = json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return f'<script type="application/ld+json">\n{text}\n</script>\n'


def _properties(record: ArchivalRecord) -> Iterator[tuple[str, object]]:
    holding = record.holding
    kinds: dict[str, str] = load_table("schema-org")["kinds"]
    is_letter = record.kind == "letter"
    yield "@context", "https://schema.org"
    yield "@type", ["ArchiveComponent", kinds.get(record.kind, "CreativeWork")]
    yield "@id", _text(record.url)
    yield "name", heading(record)
    yield "alternateName", _text(record.gloss) or _text(record.original_title)
    yield "genre", _text(record.form)
    yield "identifier", _text(record.item)
    yield "creator", [_agent(agent) for agent in authors(record)]
    if is_letter:
        yield "sender", [_agent(agent) for agent in authors(record)]
        yield "recipient", [_agent(agent) for agent in record.agents_of("recipient")]
    yield "translator", [_agent(agent) for agent in record.agents_of("translator")]
    yield "dateCreated", _day(record, "-")
    yield "inLanguage", record.language
    yield "itemLocation", _text(holding.location)
    if holding.repository is not None:
        place = _text(holding.place)
        archive = {"@type": "ArchiveOrganization", "name": holding.repository.text}
        yield "holdingArchive", archive | ({"address": place} if place else {})
    whole = _text(holding.collection) or _text(record.site_collection)
    if whole:
        yield "isPartOf", {"@type": "Collection", "name": whole}
    yield "url", _text(record.url)


def _agent(agent: Agent) -> dict[str, str]:
    kind = "Person" if agent.name.is_personal else "Organization"
    return {"@type": kind, "name": agent.text}


def _inverted(agent: Agent) -> str:
    name = agent.name
    if not name.is_personal:
        return name.literal
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    given = " ".join(part for part in (name.given, name.dropping_particle) if part)
    return f"{family}, {given}" if given else family


def _text(said: Said | None) -> str:
    return said.text if said is not None else ""


def _day(record: ArchivalRecord, mark: str) -> str:
    """The date of the thing in figures, as far as it is one; a range is its beginning."""
    said = record.date
    return _figures(said.date.start, mark) if said is not None and said.date.start else ""


def _figures(parts: Parts, mark: str) -> str:
    figures = [f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:] if 0 < part < 32)]
    return mark.join(figures)
