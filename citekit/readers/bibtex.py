"""BibTeX and biblatex → records, each field that CSL has no place for reported as lost.

Which field is which variable is in ``data/bibtex.toml``; here is what depends on more
than one field. Source: as named there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from attrs import Factory, define, evolve

from citekit.errors import ReaderError
from citekit.readers.bib_entries import Entry, iter_entries, sections
from citekit.readers.bib_inheritance import PARTS, Inheritance
from citekit.readers.bib_names import split_list, to_names
from citekit.readers.items import Item, Loss
from citekit.readers.keys import Keys
from citekit.readers.latex import to_text, unknown_commands
from citekit.readers.raw_dates import parse_raw
from citekit.readers.tables import load_table
from citekit.readers.tagged import to_doi
from citekit.readers.text_file import Text, blocks
from citekit.records.date import Date
from citekit.records.edtf import interpret
from citekit.records.name import Name
from citekit.records.record import Record

__all__ = ["iter_items", "read_entries"]

_REFERS = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]([^{}\"]*+)[}\"]", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)--?(\d+)", re.ASCII)
_DASHES = re.compile(r"(?<!\s)\s*+[-–—]++\s*+")
_YEAR = re.compile(r"-?\d{1,9}", re.ASCII)
_SHORT = re.compile(r"\d{1,2}", re.ASCII)
_CASED = {"title", "booktitle", "maintitle", "shorttitle", "origtitle", "series", "eventtitle"}
_ADDED = frozenset(
    f"{prefix}{kind}"
    for prefix in ("", "book", "main", "journal")
    for kind in ("subtitle", "titleaddon")
)
"""Fields that go on with a title; most entries have none."""
_EPRINT = frozenset("eprint eprinttype archiveprefix eprintclass primaryclass".split())
_EDITORS = ("editor", "editora", "editorb", "editorc")
_LISTS = frozenset("publisher location institution organization school".split())
_WHOLES = frozenset("book collection mvbook mvcollection mvproceedings proceedings".split())
_GENRES = ("mastersthesis", "phdthesis", "techreport")
_NUMBERED = frozenset("report patent standard legislation legal_case manuscript software".split())


def iter_items(text: Text, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The entries of a BibTeX text in turn; particles are part of family names."""
    return read_entries(text, where, keys or Keys(), dropping=False)


def read_entries(text: Text, where: str, keys: Keys, *, dropping: bool) -> Iterator[Item]:
    """The entries in turn; ``dropping`` as in :func:`citekit.readers.bib_names.to_names`.

    Entries that others inherit from are looked for first, so that they may stand
    anywhere; only they are kept, and the keys of all.
    """
    inheritance = Inheritance(_parents(text, where))
    seen: set[str] = set()
    for entry in iter_entries(text, where):
        if isinstance(entry, ReaderError):
            yield Item(error=entry)
        elif entry.key in seen:
            yield Item(error=_twice(entry, where))
        elif entry.type not in ("xdata", "set"):
            fields, missed = inheritance.fields(entry)
            named = entry if entry.key else _with_key(entry, fields, keys, seen, dropping)
            seen.add(named.key)
            conversion = _Conversion(named, fields, dropping)
            for missing in missed:
                conversion.lose(*missing)
            yield conversion.item()


def _with_key(
    entry: Entry, fields: dict[str, str], keys: Keys, seen: set[str], dropping: bool
) -> Entry:
    """An entry without a key with one that is made of what it holds, and isn't in use so far."""
    record = _Conversion(entry, dict(fields), dropping).item().record
    key = ""
    while record is not None and (not key or key in seen):
        key = keys.make(record.names, record.dates, record.texts.get("title", ""))
    return evolve(entry, key=key)


def _parents(text: Text, where: str) -> dict[str, Entry]:
    """The entries that others refer to, by key."""
    if not any("crossref" in lower or "xdata" in lower for lower in _overlapping(text)):
        return {}
    wanted = {
        key.strip().lower()
        for section in sections(text)
        for keys in _REFERS.findall(section)
        for key in keys.split(",")
    }
    parents: dict[str, Entry] = {}
    for entry in iter_entries(text, where) if wanted else ():
        if isinstance(entry, Entry) and entry.key.lower() in wanted:
            parents.setdefault(entry.key, entry)
    return parents


def _overlapping(text: Text) -> Iterator[str]:
    """The text in lower case, in pieces that share the length of a word."""
    end = ""
    for block in blocks(text):
        piece = end + block.lower()
        yield piece
        end = piece[-10:]


def _twice(entry: Entry, where: str) -> ReaderError:
    places = [where, f"line {entry.line}", f"entry {entry.key!r}"]
    return ReaderError(
        "another entry has this key, too; the first one counts",
        where=", ".join(filter(None, places)),
        hint="give one of them another key",
    )


@define(slots=True)
class _Conversion:
    """One entry on its way to a record; fields are taken one after the other."""

    entry: Entry
    fields: dict[str, str]
    dropping: bool
    texts: dict[str, str] = Factory(dict)
    names: dict[str, tuple[Name, ...]] = Factory(dict)
    dates: dict[str, Date] = Factory(dict)
    losses: list[Loss] = Factory(list)

    def item(self) -> Item:
        known = load_table("bibtex")
        kind = known["types"].get(self.entry.type, "document")
        if self.entry.type not in known["types"]:
            self.lose("entry type", self.entry.type, "it is no type that BibTeX or biblatex knows")
        for word in self.entry.undefined:
            self.lose("@string", word, "it is not defined; its name stands for it")
        if kind == "article-journal" and "entrysubtype" in self.fields:
            kind = known["subtypes"].get(self.take("entrysubtype").lower(), kind)
        if "useprefix=true" in self.fields.get("options", "").replace(" ", ""):
            self.dropping = False
            self.fields.pop("options")
        if kind == "patent":
            self.put("jurisdiction", self.take("location"))
        self.commands()
        self.titles()
        self.numbers(kind)
        self.eprint()
        self.plain()
        self.people()
        self.times()
        self.rest()
        record = Record.from_parts(
            self.entry.key,
            kind,
            texts=self.texts,
            names={key: people for key, people in self.names.items() if people},
            dates=self.dates,
        )
        return Item(record, tuple(self.losses))

    def take(self, name: str) -> str:
        """A field's text; the field is done with."""
        value = self.fields.pop(name, "")
        if value.isalnum() or not value:
            return value
        if name in _verbatim():
            value = value.replace("\\_", "_").replace("\\%", "%").replace("\\&", "&")
            return to_doi(value) if name == "doi" else value
        return to_text(value, protects_case=name in _CASED)

    def put(self, variable: str, text: str) -> bool:
        if not text or variable in self.texts:
            return not text
        self.texts[variable] = text
        return True

    def lose(self, field: str, value: str, why: str) -> None:
        self.losses.append(Loss(self.entry.key, field, value, why))

    def titled(self, name: str) -> str:
        """A title with its subtitle and addition."""
        title, prefix = self.take(name), name.removesuffix("title")
        sub, addon = self.take(f"{prefix}subtitle"), self.take(f"{prefix}titleaddon")
        whole = title + (" " if title.endswith(("?", "!", ":")) else ": ") + sub
        whole = whole if title and sub else title or sub
        return f"{whole}. {addon}" if whole and addon else whole or addon

    def titles(self) -> None:
        if "journal" in self.fields and "journaltitle" not in self.fields:
            self.fields["journaltitle"] = self.fields.pop("journal")
        take = self.take if self.fields.keys().isdisjoint(_ADDED) else self.titled
        title, book, main = take("title"), take("booktitle"), take("maintitle")
        if book and title and self.entry.type in _WHOLES:
            if book != title:
                self.lose("booktitle", book, "only what is part of a book has one")
            book = ""
        journal = take("journaltitle")
        if main and not book and self.entry.type not in PARTS:
            title, book = main, ""
            self.put("volume-title", to_text(self.entry.fields.get("title", "")))
        elif main:
            self.put("volume-title", book)
            book = main
        self.put("title", title)
        for container in (journal, book):
            if not self.put("container-title", container):
                self.lose("booktitle", container, "there is a journal, too")

    def numbers(self, type: str) -> None:
        number = self.take("number")
        if type in _NUMBERED:
            self.put("number", number)
        elif type.startswith(("article", "review")):
            self.put("issue", number)
        else:
            self.put("collection-number" if "series" in self.fields else "number", number)
        if "issue" in self.texts and self.fields.get("issue"):
            self.lose("issue", self.take("issue"), "there is a number, too")
        if found := _RANGE.fullmatch(self.fields.get("pages", "")):
            del self.fields["pages"]
            self.put("page", f"{found[1]}-{found[2]}")
        else:
            self.put("page", _DASHES.sub("-", self.take("pages")))
        genre = self.fields.pop("type", "")
        if not genre and self.entry.type in _GENRES:
            genre = self.entry.type
        if genre:
            known = load_table("bibtex")["genres"].get(genre.lower())
            self.put("genre", known or to_text(genre))
        language = self.fields.pop("langid", "") or self.fields.pop("language", "")
        if language:
            known = load_table("bibtex")["languages"].get(language.lower())
            self.put("language", known or language)

    def eprint(self) -> None:
        if self.fields.keys().isdisjoint(_EPRINT):
            return
        kind = self.take("eprinttype") or self.take("archiveprefix")
        section = self.take("eprintclass") or self.take("primaryclass")
        number = self.take("eprint")
        if not number:
            if kind or section:
                self.lose("eprinttype", kind or section, "there is no eprint")
            return
        name = kind.lower()
        if name in ("pubmed", "pmid", "pmcid", "pmc"):
            self.put("PMID" if name in ("pubmed", "pmid") else "PMCID", number)
            return
        self.put("archive", kind)
        self.put("archive_location", f"{number} [{section}]" if section else number)
        if name in load_table("bibtex")["eprints"] and not self.fields.get("url"):
            self.put("URL", load_table("bibtex")["eprints"][name].format(number))

    def plain(self) -> None:
        texts = load_table("bibtex")["texts"]
        # Of two fields for one variable the first in the table counts.
        for name in sorted(texts.keys() & self.fields.keys(), key=_ranks().__getitem__):
            variable, value = texts[name], self.fields[name]
            if name in _LISTS and "and" in value:
                self.fields[name] = "; ".join(split_list(value))
            text = self.take(name)
            if not self.put(variable, text):
                self.lose(name, text, f"{variable} has a value already")
        note, addendum = self.take("note"), self.take("addendum")
        self.put("note", f"{note}. {addendum}" if note and addendum else note or addendum)

    def people(self) -> None:
        table = load_table("bibtex")
        roles = table["names"]
        for field in _EDITORS:
            if field in self.fields:
                role = self.take(f"{field}type").lower() or "editor"
                roles = {**roles, field: table["roles"].get(role, "contributor")}
                if role not in table["roles"]:
                    self.lose(f"{field}type", role, "CSL has no variable for this role")
        for field, variable in roles.items():
            if field not in self.fields:
                continue
            people, others = to_names(self.fields.pop(field), dropping=self.dropping)
            self.names[variable] = self.names.get(variable, ()) + tuple(people)
            if others:
                self.lose(field, "others", "CSL can't say that there are more names")

    def times(self) -> None:
        dates = load_table("bibtex")["dates"]
        for field in dates if not self.fields.keys().isdisjoint(dates) else ():
            if field in self.fields:
                self.dates[dates[field]] = _date(self.fields.pop(field))
        year, month, day = (self.fields.pop(part, "") for part in ("year", "month", "day"))
        if "issued" in self.dates or not (year or month or day):
            return
        self.dates["issued"] = _from_parts(year, month, day)

    def commands(self) -> None:
        """Tell what of LaTeX isn't understood."""
        for field, value in self.fields.items():
            if "\\" in value and field not in _verbatim():
                for command in unknown_commands(value):
                    self.lose(field, command, "this command isn't known; its argument is kept")

    def rest(self) -> None:
        why = "CSL has no variable for it"
        for field, value in self.fields.items():
            if field not in ("crossref", "xdata") and value:
                self.lose(field, value, load_table("bibtex")["reasons"].get(field, why))


@cache
def _verbatim() -> frozenset[str]:
    """The fields whose text is no LaTeX."""
    return frozenset(load_table("bibtex")["verbatim"]["fields"])


@cache
def _ranks() -> dict[str, int]:
    """The order of the fields in the table of texts."""
    return {name: rank for rank, name in enumerate(load_table("bibtex")["texts"])}


def _date(text: str) -> Date:
    """A date of biblatex: EDTF, whose ``~`` is no space of TeX here; else words."""
    said = interpret(text.replace(" ", ""))
    if said is None:
        return parse_raw(Date(raw=to_text(text)))
    end = (0,) if said.open_ended else said.end
    return Date(*said.start, end=end, season=said.season, circa=said.circa or None)


@lru_cache(maxsize=1024)
def _from_parts(year: str, month: str, day: str) -> Date:
    year, month, day = to_text(year), to_text(month), to_text(day)
    if not _YEAR.fullmatch(year):
        words = " ".join(filter(None, (day, month, year)))
        return parse_raw(Date(raw=re.sub(r"[–—]+", "-", words)))
    if _SHORT.fullmatch(month) and 1 <= int(month) <= 12:
        known = _SHORT.fullmatch(day) and 1 <= int(day) <= 31
        return Date(int(year), int(month), int(day)) if known else Date(int(year), int(month))
    if not month:
        return Date(int(year))
    return parse_raw(Date(raw=" ".join(filter(None, (month, day, year)))))
