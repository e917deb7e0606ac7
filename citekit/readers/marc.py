"""Fields of MARC 21 → a record, without the punctuation of ISBD; what CSL can't take is lost.

Sources: "MARC 21 Format for Bibliographic Data" of the Library of Congress; ISBD (2011), A.3, on
the punctuation that is written before each element; ``data/marc.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import Factory, define, frozen

from citekit.readers.items import Item, Loss
from citekit.readers.keys import Keys
from citekit.readers.tables import load_table
from citekit.readers.tagged import to_doi
from citekit.records.date import Date
from citekit.records.name import Name
from citekit.records.record import Record

__all__ = ["Field", "clean", "to_item"]

_ABBREVIATED = re.compile(
    r"(?:^|[\s.(\[-])(?:\w|inc|co|corp|ltd|dept|ed|eds|vol|no|jr|sr|st|etc|univ|rev|ca|bd|hrsg"
    r"|aufl|e\.g|i\.e|ph\.d|pt|ser|assoc|govt|intl)\.$",
    re.IGNORECASE,
)
"""A full stop that is part of the last word: of an initial, or of an abbreviation."""
_MARKS = tuple("/:;,=+")
_MOST_MARKS = 50
_YEARS = re.compile(r"(?:[cp©]|(?P<about>ca\.? ?|circa ))?(?P<year>\d{4})(?P<doubt>\?)?")
_EDITION = re.compile(
    r"(?P<number>\d+)(?:st|nd|rd|th|\.|e|de|ª|ème)? ?"
    r"(?:ed\.?|edition|éd\.?|Aufl\.?|Auflage|uitg\.?)?"
)
_PAGES = re.compile(r"(?<!\d)(?P<number>\d++) ?(?:p|pp|pages|S|Seiten|s|leaves)\b")
_PART = re.compile(
    r"(?:vol\.?|v\.|bd\.?|t\.) ?(?P<volume>[\w/]+)|(?:no\.?|nr\.?|issue) ?(?P<issue>[\w/-]+)"
    r"|(?:pages|pp?\.?|s\.) ?(?P<page>\w+(?:[-–]\w+)?)",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:jr|sr)\.?|[IVX]+\.?", re.IGNORECASE)


@frozen(slots=True)
class Field:
    """A field: its tag and indicators; ``values`` are code and text of each subfield.

    A control field has one value, of the code ``""``.
    """

    tag: str
    indicators: str
    values: tuple[tuple[str, str], ...]

    def get(self, code: str) -> str:
        """The text of the first subfield of that code."""
        return next((text for name, text in self.values if name == code), "")


def to_item(leader: str, fields: Sequence[Field], keys: Keys) -> Item:
    """The record of a leader and its fields, and every subfield that isn't in it as a loss."""
    return _Conversion(leader, fields).item(keys)


def clean(text: str) -> str:
    """A value without the punctuation of ISBD at its end, and without brackets around it."""
    text = " ".join(text.split())
    for _ in range(_MOST_MARKS):
        bare = text[:-1].rstrip() if text.endswith(_MARKS) else text
        if bare.endswith(".") and not bare.endswith("...") and not _ABBREVIATED.search(bare[-8:]):
            bare = bare[:-1].rstrip()
        if re.fullmatch(r"\[[^\[\]]*\]|\([^()]*\)", bare):
            bare = bare[1:-1].strip()
        if bare == text:
            break
        text = bare
    return text


@define(slots=True)
class _Conversion:
    """A record on its way; ``taken`` are the places of the subfields that are in it."""

    leader: str
    fields: Sequence[Field]
    taken: set[tuple[int, str]] = Factory(set)
    texts: dict[str, str] = Factory(dict)
    names: dict[str, list[Name]] = Factory(dict)
    dates: dict[str, Date] = Factory(dict)

    def item(self, keys: Keys) -> Item:
        kind = self.type()
        self.plain()
        self.titles()
        self.people()
        self.imprint()
        self.extent(kind)
        self.host()
        self.thesis()
        self.subjects()
        number = next((field.get("") for field in self.fields if field.tag == "001"), "").strip()
        title = self.texts.get("title", "")
        names = {variable: tuple(people) for variable, people in self.names.items()}
        key = keys.keep(number) if number else keys.make(names, self.dates, title)
        record = Record.from_parts(key, kind, texts=self.texts, names=names, dates=self.dates)
        return Item(record, tuple(self.losses(key)))

    def type(self) -> str:
        table = load_table("marc")
        if any(field.tag == "502" for field in self.fields):
            return "thesis"
        kind = str(table["types"].get(self.leader[6:7], "document"))
        return str(table["levels"].get(self.leader[7:8], kind)) if kind == "book" else kind

    def all(self, *tags: str) -> Iterator[tuple[int, Field]]:
        return ((at, field) for at, field in enumerate(self.fields) if field.tag in tags)

    def take(self, at: int, codes: str) -> list[str]:
        """The cleaned texts of a field's subfields of these codes, which are done with then."""
        found = [(code, clean(text)) for code, text in self.fields[at].values if code in codes]
        self.taken |= {(at, code) for code, _ in found}
        return [text for _, text in found if text]

    def plain(self) -> None:
        for variable, places in load_table("marc")["texts"].items():
            for place in places:
                if text := self.first(place[:3], place[3:]):
                    self.texts.setdefault(variable, text)
                    break
        if "edition" in self.texts and (found := _EDITION.fullmatch(self.texts["edition"])):
            self.texts["edition"] = found["number"]
        if "ISBN" in self.texts:
            self.texts["ISBN"] = self.texts["ISBN"].split(" ")[0]
        notes = [text for at, _ in self.all("500") for text in self.take(at, "a")]
        if notes:
            self.texts["note"] = ". ".join(notes)
        self.language()

    def first(self, tag: str, codes: str) -> str:
        """The texts of the first field of a tag that has these subfields, if it is about this."""
        for at, field in self.all(tag):
            if tag == "024" and (field.indicators[:1] != "7" or field.get("2").lower() != "doi"):
                continue
            if tag == "856" and field.indicators[1:] == "2":  # a related resource
                continue
            if texts := self.take(at, codes):
                return to_doi(texts[0]) if tag == "024" else " ".join(texts)
        return ""

    def language(self) -> None:
        coded = [field.get("")[35:38] for _, field in self.all("008")]
        coded += [text[:3] for at, _ in self.all("041") for text in self.take(at, "a")]
        code = next((code for code in coded if re.fullmatch("[a-z]{3}", code)), "und")
        if code not in ("und", "mul", "zxx"):
            self.texts["language"] = load_table("marc")["languages"].get(code, code)

    def titles(self) -> None:
        for at, field in self.all("245"):
            parts = ["".join(self.take(at, "a")[:1]), "".join(self.take(at, "b")[:1])]
            # What follows "=" is the title in another language.
            joint = " = " if field.get("a").rstrip().endswith("=") else ": "
            whole = joint.join(filter(None, parts))
            self.texts["title"] = ". ".join(filter(None, [whole, ", ".join(self.take(at, "np"))]))
            self.take(at, "c")
            break
        for at, field in self.all("240"):
            if field.get("l"):  # a translation
                self.texts["original-title"] = " ".join(self.take(at, "a"))
                self.take(at, "l")

    def people(self) -> None:
        main = any(self.all("100", "110"))
        statements = next((one.get("c") for _, one in self.all("245")), "").split(";")
        for at, field in self.all("100", "110", "700", "710"):
            if field.get("t"):  # a work inside this one
                continue
            name = self.name(at, field)
            variable = self.role(at, field, statements, main)
            if name is not None:
                self.names.setdefault(variable, []).append(name)

    def name(self, at: int, field: Field) -> Name | None:
        self.take(at, "d")  # years of life tell namesakes apart in catalogues only
        if field.tag.endswith("10"):
            return Name(literal=". ".join(texts)) if (texts := self.take(at, "ab")) else None
        whole = "".join(self.take(at, "a")[:1])
        if field.indicators[:1] == "0":
            parts = [" ".join(filter(None, [whole, *self.take(at, "b")])), *self.take(at, "c")]
            return Name(literal=", ".join(parts)) if whole else None
        family, _, given = (part.strip() for part in whole.partition(","))
        suffix = field.get("c").rstrip(" ,")
        suffix = suffix if _SUFFIX.fullmatch(suffix) else " ".join(self.take(at, "b"))
        if suffix == field.get("c").rstrip(" ,"):
            self.take(at, "c")
        return Name(family, given, suffix=suffix) if family else None

    def role(self, at: int, field: Field, statements: list[str], main: bool) -> str:
        """What a name's relator says; else what the statement of responsibility says of it."""
        roles = load_table("mods")["roles"]
        said = [re.sub(r"[^\w ]", "", text).lower() for text in self.take(at, "e4")]
        said = [re.sub(r"^httpidlocgovvocabularyrelators", "", word) for word in said]
        known = next((roles[word] for word in said if word in roles), "")
        if known or said:
            return str(known or "contributor")
        if field.tag in ("100", "110"):
            return "author"
        family = field.get("a").partition(",")[0].strip()
        own = next((one for one in statements if family and family in one), "")
        if not own:
            return "contributor" if main or statements != [""] else "author"
        words = own.lower().replace(",", " ").replace("[", " ").replace("]", " ").split()
        table = load_table("marc")["statement"]
        return str(next((table[word] for word in words if word in table), "author"))

    def imprint(self) -> None:
        published = [
            at for at, field in self.all("260", "264")
            if field.tag == "260" or field.indicators[1:] in ("1", "0", "3")
        ]  # fmt: skip
        for at in published[:1]:
            for variable, code in {"publisher-place": "a", "publisher": "b"}.items():
                text = "; ".join(self.take(at, code))
                if text and not re.fullmatch(r"S\. ?[ln]\.?|.* not identified", text, re.I):
                    self.texts[variable] = text
            if said := self.take(at, "c"):
                self.dates["issued"] = _date(said[0])
        for at, field in self.all("264"):
            if field.indicators[1:] == "4":  # copyright
                self.dates.setdefault("issued", _date(" ".join(self.take(at, "c"))))
        year = next((field.get("")[7:11] for _, field in self.all("008")), "")
        issued = self.dates.get("issued", Date())
        if not issued.start and re.fullmatch(r"[12]\d{3}", year) and not issued.literal:
            self.dates["issued"] = Date(int(year))

    def extent(self, kind: str) -> None:
        for at, field in self.all("300"):
            found = _PAGES.search(field.get("a"))
            if found:
                self.texts["number-of-pages"] = found["number"]
                self.take(at, "a")
            if kind in ("map", "graphic", "manuscript", "collection"):
                parts = self.take(at, "c" if found else "abc")
                self.texts["dimensions"] = ", ".join(parts)
            break

    def host(self) -> None:
        for at, field in self.all("773"):
            for label, text in _parts(field.get("g")):
                self.texts.setdefault(label, text)
            year = re.search(r"\b(1[4-9]|20)\d\d\b", field.get("g"))
            if "issued" not in self.dates and year:
                self.dates["issued"] = Date(int(year[0]))
            if any(_parts(field.get("g"))):
                self.take(at, "g")
            if name := " ".join(self.take(at, "a")):
                family, _, given = (part.strip() for part in name.partition(","))
                person = Name(family, given) if given else Name(literal=name)
                self.names["container-author"] = [person]
            break

    def thesis(self) -> None:
        for at, _ in self.all("502"):
            degree, school = self.take(at, "b"), self.take(at, "c")
            if degree or school:
                self.texts["genre"] = " ".join(degree)
                self.texts.setdefault("publisher", " ".join(school))
            elif whole := self.take(at, "a"):
                genre, _, rest = whole[0].partition("--")
                self.texts["genre"] = genre.strip()
                school_, _, _year = rest.rpartition(",")
                self.texts.setdefault("publisher", school_.strip() or rest.strip())
            break

    def subjects(self) -> None:
        words: dict[str, None] = {}
        for at, _ in self.all("600", "610", "611", "630", "648", "650", "651", "653"):
            words["--".join(self.take(at, "abcdtxyzv"))] = None
        if any(words):
            self.texts["keyword"] = ", ".join(filter(None, words))

    def losses(self, key: str) -> Iterator[Loss]:
        table = load_table("marc")
        present = {field.tag for field in self.fields}
        for at, field in enumerate(self.fields):
            if field.tag in table["ignored"]["fields"] or (
                table["doubled"].get(field.tag) in present
            ):
                continue
            for code, text in field.values:
                if (
                    (at, code) not in self.taken
                    and code not in [*table["ignored"]["codes"]]
                    and text
                ):
                    yield Loss(key, field.tag + code, text, "CSL has no variable for it")


def _parts(text: str) -> Iterable[tuple[str, str]]:
    """``Vol. 2, no. 4 (1998), p. 1-10`` → volume, issue and pages."""
    for found in _PART.finditer(text):
        yield next((label, said) for label, said in found.groupdict().items() if said)


def _date(text: str) -> Date:
    """``c1999``, ``[1999?]``, ``[ca. 1880]``, ``1999-2003``, ``1999-``; else words."""
    bare = re.sub(r"[\[\]]", "", text).strip(" .,")
    first, dash, last = bare.partition("-")
    begin, end = _YEARS.fullmatch(first.strip()), _YEARS.fullmatch(last.strip())
    if begin is None or (last.strip() and end is None):
        corrected = re.search(r"\bi\. ?e\. (\d{4})", bare)
        listed = re.match(r"(\d{4}), [c©]\d{4}$", bare)
        found = corrected or listed
        return Date(int(found[1])) if found else Date(literal=bare)
    circa = any(one["about"] or one["doubt"] for one in (begin, end) if one) or None
    if dash:
        return Date(int(begin["year"]), end=(int(end["year"]) if end else 0,), circa=circa)
    return Date(int(begin["year"]), circa=circa)
