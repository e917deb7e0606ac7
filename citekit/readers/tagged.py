"""Files of tagged lines (RIS, Refer, PubMed) → fields, and what their values have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from citekit.readers.text_file import Text, lines
from citekit.records.date import Date
from citekit.records.name import Name

__all__ = ["Field", "iter_fields", "to_date", "to_doi", "to_name"]

_DATE = re.compile(
    r"(?P<year>\d{4})(?:[-/. ](?P<month>\d{1,2}|[A-Za-z]{3,9}))?(?:[-/. ](?P<day>\d{1,2}))?"
    r"(?:/*(?:/(?P<other>[^/].*))?)"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


@frozen(slots=True)
class Field:
    """A tag and its value, the lines that go on joined by spaces; ``line`` is where it begins.

    ``opens`` is true after an empty line. The text before the first tag has the tag ``""``.
    """

    tag: str
    value: str
    line: int
    opens: bool


def iter_fields(text: Text, pattern: re.Pattern[str]) -> Iterator[Field]:
    """The fields of a text; a line begins one if ``pattern`` finds a tag and a value in it."""
    tag, parts, start, opens, empty = "", [""], 1, True, True
    for number, line in enumerate(lines(text), 1):
        found = pattern.match(line)
        if found is None:
            empty = not line.strip()
            parts.append(line.strip())
            continue
        if tag or any(parts):
            yield Field(tag, " ".join(filter(None, parts)), start, opens)
        tag, parts, start, opens, empty = found[1].upper(), [found[2].strip()], number, empty, False
    if tag or any(parts):
        yield Field(tag, " ".join(filter(None, parts)), start, opens)


def to_name(text: str) -> Name:
    """``Family, Given, Suffix``; what has no comma, or one at its end only, is a body."""
    family, *rest = (part.strip() for part in text.split(","))
    given = rest[0] if rest else ""
    if not family or not any(rest):
        return Name(literal=text.strip().rstrip(",").rstrip())
    if len(rest) > 2:
        return Name(family, ", ".join(rest))
    return Name(family, given, suffix=rest[1] if len(rest) > 1 else "")


def to_date(text: str) -> Date:
    """``1988/10/06/``, ``1988-10-06``, ``1988 Oct 6``, ``1988///Winter``; else a literal."""
    text = text.strip()
    found = _DATE.fullmatch(text)
    if found is None:
        return Date(literal=text.lstrip("/"))
    month = _month(found["month"] or "")
    season = _SEASONS.get((found["month"] or found["other"] or "").lower())
    if season is not None:
        return Date(int(found["year"]), season=season)
    other = found["other"] or ""
    if month is None or (other and other.lower() != "circa"):
        return Date(literal=text.rstrip("/"))
    day = int(found["day"]) if found["day"] else 0
    parts = [int(found["year"]), *([month] if month else []), *([day] if month and day else [])]
    if day > 31 or (day and not month):
        return Date(literal=text.rstrip("/"))
    return Date(date_parts=[parts], circa=True if other else None)


def _month(text: str) -> int | None:
    """The month's number, 0 for none, None for what is no month."""
    if not text or text.isdigit():
        return int(text or 0) if int(text or 0) <= 12 else None
    name = text[:3].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else None


def to_doi(text: str) -> str:
    """A DOI without the address or the ``doi:`` before it."""
    return _DOI.sub("", text.strip(), count=1)
