"""RIS → records, each tag that CSL has no place for reported as lost.

Which tag is which variable is in ``data/ris.toml``; here is what depends on more than one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import Factory, define

from citekit.errors import ReaderError
from citekit.readers.items import Item, Loss
from citekit.readers.keys import Keys
from citekit.readers.raw_dates import parse_raw
from citekit.readers.tables import load_table
from citekit.readers.tagged import Field, iter_fields, to_date, to_doi, to_name
from citekit.readers.text_file import Text
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record

__all__ = ["iter_items", "to_item"]

_LINE = re.compile(r"\ufeff?\s*([A-Z][A-Z0-9]) {1,2}-(?!-)[ \t]*(.*)")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_ASIDE = re.compile(r"\([^()]*\)")
_JOINED = {"KW": ", ", "AB": " ", "N2": " ", "N1": " "}
"""Tags that may come several times, and what stands between their values then."""
_PERIODICAL = ("article-journal", "article-magazine", "article-newspaper", "periodical")


def iter_items(text: Text, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The entries of a RIS text in turn, from TY to ER."""
    keys = keys or Keys()
    for fields in _entries(text):
        yield to_item(fields, where, keys)


def _entries(text: Text) -> Iterator[list[Field]]:
    entry: list[Field] = []
    for field in iter_fields(text, _LINE):
        if field.tag in ("TY", "ER") and any(one.tag for one in entry):
            yield entry
        if field.tag in ("TY", "ER"):
            entry = []
        if field.tag != "ER":
            entry.append(field)
    if any(one.tag for one in entry):
        yield entry


def to_item(fields: list[Field], where: str, keys: Keys) -> Item:
    """One entry, its first field its type."""
    if fields[0].tag != "TY":
        place = ", ".join(filter(None, (where, f"line {fields[0].line}")))
        return Item(
            error=ReaderError(
                f"an entry begins with TY, this one with {fields[0].tag}",
                where=place,
                hint="write a line such as 'TY  - JOUR' before it",
            )
        )
    left = [field for field in fields[1:] if field.value]
    tags = frozenset(field.tag for field in left)
    return _Conversion(left, tags).item(fields[0].value, keys)


@define(slots=True)
class _Conversion:
    """An entry on its way: ``left`` are the fields not taken yet, ``tags`` all that it has."""

    left: list[Field]
    tags: frozenset[str]
    texts: dict[str, str] = Factory(dict)
    names: dict[str, tuple[Name, ...]] = Factory(dict)
    dates: dict[str, Date] = Factory(dict)

    def item(self, kind: str, keys: Keys) -> Item:
        known = load_table("ris")["types"].get(kind.strip().upper())
        csl_type = known or "document"
        self._take_names()
        self._take_dates(csl_type)
        self._take_pages(csl_type)
        self._take_numbers(csl_type)
        self._take_texts(csl_type)
        wanted = self._take("ID") or self._take("LB")
        title = self.texts.get("title", "")
        key = keys.keep(wanted) if wanted else keys.make(self.names, self.dates, title)
        lost = [Loss(key, field.tag, field.value, "CSL has no variable for it")
                for field in self.left]  # fmt: skip
        if known is None:
            lost.insert(0, Loss(key, "TY", kind, "there is no such type; it is a document now"))
        return Item(
            Record.from_parts(key, csl_type, texts=self.texts, names=self.names, dates=self.dates),
            tuple(lost),
        )

    def _take(self, tag: str) -> str:
        """The value of the first field of that tag, of all if they can be joined."""
        if tag not in self.tags:
            return ""
        found = [field for field in self.left if field.tag == tag]
        if tag in _JOINED:
            self.left = [field for field in self.left if field.tag != tag]
            return _JOINED[tag].join(field.value for field in found)
        if not found:
            return ""
        self.left = [field for field in self.left if field != found[0]]
        return found[0].value

    def _take_names(self) -> None:
        for variable, tags in load_table("ris")["names"].items():
            if self.tags.isdisjoint(tags):
                continue
            found = [field for field in self.left if field.tag in tags]
            if found:
                self.names[variable] = tuple(to_name(field.value) for field in found)
                self.left = [field for field in self.left if field.tag not in tags]

    def _take_dates(self, type: str) -> None:
        given = {tag: text for tag in ("DA", "PY", "Y1") if (text := self._take(tag))}
        year = given.get("PY", "")
        if year.isdigit() and "DA" in given and not to_date(given["DA"]).start:
            given["DA"] = f"{year} {given['DA']}"  # "6 October", as EndNote has it, without a year
        dates = {text: _date(text) for text in given.values()}
        if dates:
            best = max(dates.values(), key=_precision)
            self.dates["issued"] = best
            for tag, text in given.items():
                if dates[text].start != best.start[: len(dates[text].start)]:
                    self.left.append(Field(tag, text, 0, False))
        second = self._take("Y2")
        if second:
            variable = "event-date" if type == "paper-conference" else "accessed"
            self.dates[variable] = to_date(second)

    def _take_pages(self, type: str) -> None:
        first, last = self._take("SP"), self._take("EP")
        alone = first and not last and first.isdigit()
        if alone and type in ("book", "thesis", "report"):
            self.texts["number-of-pages"] = first
        elif first or last:
            both = first and last and last != first and "-" not in first
            self.texts["page"] = f"{first}-{last}" if both else first or last

    def _take_numbers(self, type: str) -> None:
        """SN is an ISSN or an ISBN by its form, in doubt by the type."""
        for field in [field for field in self.left if field.tag == "SN"]:
            bare = _ASIDE.sub("", field.value).strip()
            variable = "ISSN" if _ISSN.fullmatch(bare) or type in _PERIODICAL else "ISBN"
            if variable not in self.texts:
                self.texts[variable] = field.value
                self.left.remove(field)

    def _take_texts(self, type: str) -> None:
        tags = dict(load_table("ris")["texts"])
        if type in load_table("ris")["whole"]["types"]:
            tags |= {
                name: value for name, value in load_table("ris")["whole"].items() if name != "types"
            }
        for variable, names in tags.items():
            if self.tags.isdisjoint(names):
                continue
            value = next((text for tag in names if (text := self._take(tag))), "")
            if value:
                self.texts[variable] = to_doi(value) if variable == "DOI" else value


def _date(text: str) -> Date:
    """Of what is no date of RIS, a date in words, if it is one of those."""
    date = to_date(text)
    return date if date.start or not date.literal else parse_raw(Date(raw=date.literal))


def _precision(date: Date) -> int:
    return len(date.start) * 2 + (date.season is not None) if not date.literal else 0
