"""Statements of a source → an archival record: every value parsed, every doubt told.

Readers only say which field each value is about (:mod:`citekit.archives.fields`); what the
values mean is found out here, the same way for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

from citekit.archives.dates import read_date
from citekit.archives.describe import Description, describe
from citekit.archives.fields import DATE_FIELDS
from citekit.archives.read_agents import Agents
from citekit.archives.read_holding import read_sources, with_shelfmark, without_creators_own
from citekit.archives.read_titles import read_titles
from citekit.archives.record import ArchivalRecord, Said, SaidDate, Statement
from citekit.archives.site import Site
from citekit.archives.titles import is_file_name
from citekit.archives.values import SETTINGS, Values

__all__ = ["assemble"]


def assemble(id: str, statements: Iterable[Statement], site: Site | None = None) -> ArchivalRecord:
    """The record that these statements describe, with the site's settings applied."""
    values = Values.of(id, statements, Site() if site is None else site)
    titles = read_titles(values)
    agents = Agents(values)
    agents.read()
    dates = _dates(values)
    holding, provenance = read_sources(values, agents, dates)
    if provenance is not None and provenance.accessed is not None:
        dates.append(provenance.accessed)
    described = _described(titles.title, agents, values)
    publisher, by_site = _publisher(values)
    identifiers, doi = _identifiers(values)
    number = _form_number(described, identifiers, values)
    url = _url(values, identifiers)
    unused = tuple(each for each in identifiers if url is None or each.text != url.text)
    holding = with_shelfmark(holding, unused, number, values)
    holding = without_creators_own(holding, agents)
    _tell_unused(values)
    return ArchivalRecord(
        id=values.id,
        kind=described.kind,
        form=described.form,
        form_number=number,
        title=titles.title,
        gloss=titles.gloss,
        original_title=titles.original,
        language=titles.language,
        agents=tuple(agents.found),
        dates=tuple(dates),
        place=values.first("interview_place"),
        medium=described.medium,
        dimensions=described.dimensions,
        duration=described.duration,
        publisher=publisher,
        is_published_by_site=by_site,
        holding=holding,
        provenance=provenance,
        item=values.first("item"),
        identifiers=identifiers,
        doi=doi,
        url=url,
        site_title=values.setting("title", "site_title"),
        site_publisher=values.setting("publisher", "site_publisher"),
        site_collection=values.first("site_collection"),
        description=values.first("description"),
        subjects=tuple(values.all("subject")),
        rights=tuple(values.all("rights")),
        preferred_citation=values.first("citation"),
        statements=tuple(values.statements),
        findings=tuple(dict.fromkeys(values.findings)),
    )


def _dates(values: Values) -> list[SaidDate]:
    found: list[SaidDate] = []
    for name, kind in DATE_FIELDS.items():
        for said in values.all(name):
            if (date := _read_date(said, kind, values)) is not None:
                found.append(date)
    told = [date for date in found if date.kind in ("created", "issued")]
    created = [date for date in told if date.kind == "created"] or told
    if len(created) > 1 and len({date.date for date in created}) > 1:
        _choose(created, values)
    return found


def _choose(dates: list[SaidDate], values: Values) -> None:
    for date in dates[1:]:
        done = f"several dates: {dates[0].text!r} is printed, this one isn't"
        values.tell("date-several", date.origin, date.text, done, values.how("date", dates[0].text))


def _read_date(said: Said, kind: str, values: Values) -> SaidDate | None:
    read = read_date(said.text)
    if read.doubt is not None:
        values.tell(
            read.doubt.kind,
            said.origin,
            said.text,
            read.doubt.done,
            values.how("date", "1989-11-30"),
        )
    if read.date is None:
        return None
    return SaidDate(
        read.date, said.text, said.origin, kind, read.is_approximate, read.is_uncertain, read.words
    )


def _described(title: Said | None, agents: Agents, values: Values) -> Description:
    described = describe(values.all, values.site, title)
    for kind, origin, value, done in described.doubts:
        values.tell(kind, origin, value, done, values.how("form"))
    return evolve(described, kind="interview") if agents.of("interviewee") else described


def _identifiers(values: Values) -> tuple[tuple[Said, ...], Said | None]:
    found, doi = [], values.first("doi")
    item = values.first("item")
    for said in values.all("identifier"):
        text = said.text
        bare = text.removeprefix("https://doi.org/").removeprefix("doi:")
        if bare.startswith("10.") and "/" in bare:
            doi = doi or evolve(said, text=bare)
        elif is_file_name(text):
            values.tell("identifier-file-name", said.origin, text, "a file's name: not printed")
        elif item is None or text.lstrip("#") != item.text:
            found.append(said)
    return tuple(found), doi


def _form_number(
    described: Description, identifiers: tuple[Said, ...], values: Values
) -> Said | None:
    if (stated := values.first("number")) is not None:
        return stated
    local = [each for each in identifiers if not each.text.startswith(("http", "urn:"))]
    if not described.is_numbered or not local:
        return None
    # The word stands in the middle of a line: "cable no. 1234".
    return evolve(local[0], text=re.sub(r"\ANo\.? ?(?=\d)", "no. ", local[0].text))


def _publisher(values: Values) -> tuple[Said | None, bool]:
    """The publisher, and whether it is the site's; of the site, as its settings name it."""
    said = values.first("publisher")
    if said is None:
        return None, False
    own = values.setting("publisher", "site_publisher")
    known = [each.text for each in (own, values.first("site_publisher")) if each]
    if any(_is_same_body(said.text, name) for name in known):
        return own, True
    return said, False


def _url(values: Values, identifiers: tuple[Said, ...]) -> Said | None:
    """The address of the thing's page: the site's, the source's, or a handle of it."""
    if values.site.item_url:
        item = values.first("item")
        number = item.text if item else values.id
        root = values.site.url.rstrip("/")
        return Said(values.site.item_url.format(id=number, root=root), SETTINGS)
    handle = next((each for each in identifiers if each.text.startswith("http")), None)
    return values.first("url") or handle


def _tell_unused(values: Values) -> None:
    """Fields that no style prints."""
    reasons = {
        "coverage": "not printed: what the thing is about, not where it was made",
        "relation": "not printed: how it belongs to the thing isn't said",
        "date.digitised": "not printed: the date of the copy, not of the thing",
        "date.other": "not printed: what happened on that date isn't said",
    }
    for name, done in reasons.items():
        for said in values.all(name):
            values.tell(
                "field-unused",
                said.origin,
                said.text,
                done,
                f'[elements] "{said.origin}" = "…" in the site\'s settings',
            )


def _is_same_body(text: str, name: str) -> bool:
    """Whether two names of publishers are those of one: equal, or one with its parent."""
    short, long = sorted((text.casefold(), name.casefold()), key=len)
    return bool(short) and (short == long or long.startswith(f"{short},"))
