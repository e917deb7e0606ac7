"""The prose of a source → where a thing is kept, or where its editors found it.

"Fond 89, opis 9, Russian State Archive, Moscow" is taken apart by the words of
``data/holdings.toml``. A source that the editors *accessed* on some day is no archive but
what they took the text from: it is kept apart, and so is the day.
"""

from __future__ import annotations

import re
from functools import cache

from attrs import evolve, field, frozen

from citekit.archives.dates import read_date
from citekit.archives.places import with_country
from citekit.archives.record import Holding, Provenance, Said, SaidDate
from citekit.archives.tables import load_table

__all__ = ["ReadSource", "is_location", "read_source"]


@frozen(slots=True)
class ReadSource:
    """What a source says: sender and recipient, credits, holding or provenance.

    ``credits`` are parts such as "Translated by Gary Goldberg".
    """

    sender: str = ""
    recipient: str = ""
    credits: tuple[str, ...] = ()
    date_text: str = ""
    holding: Holding = field(factory=Holding)
    provenance: Provenance | None = None
    is_read: bool = True


_ACCESSED = re.compile(
    r"[,;.]?\s*[(\[]?\s*(?:last\s+)?(?:accessed|retrieved|viewed|consulted|visited)"
    r"(?:\s+on)?:?\s+([^()\[\]]*?[0-9]{4}[-0-9]*)\s*[)\]]?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"((?:[^\W\d_a-z]\S*\s+){1,6})to\s+([^\W\d_a-z]\S*(?:\s+\S+){0,5})\Z")
_CREDIT = re.compile(r"[^\W\d_]+(?:ed|ion) by ", re.I)
_ABBREVIATION = re.compile(r"\s*\((?:[A-ZÁČŠŽ][\w.]*|[A-Z. ]+)\)\Z")
_NUMBERED = re.compile(r"\d|\b[IVXLC]+\b|\b[A-Z]{1,4}\b")
_DAY = re.compile(r"[^\W\d_]{3,}\.? [0-9]{1,2}\Z")
_MOST_WORDS = 14


def read_source(text: str, origin: str) -> ReadSource:
    """Take a source apart; ``is_read`` is false for prose that says nothing citable."""
    said = Said(text, origin)
    text, accessed = _without_access(text, origin)
    parts = _segments(text)
    segments = [part for part in parts if not _CREDIT.match(part)]
    found = ReadSource(credits=tuple(part for part in parts if _CREDIT.match(part)))
    letter = _LETTER.match(segments[0]) if segments else None
    if letter and not is_location(segments[0]):
        found = evolve(found, sender=letter[1].strip(), recipient=letter[2])
        segments = segments[1:]
        if segments and (date := read_date(segments[0]).date) and date.start:
            found = evolve(found, date_text=segments[0])
            segments = segments[1:]
    if accessed is not None:
        return evolve(found, provenance=_provenance(said, segments, accessed))
    holding = _holding(segments, origin)
    if holding is None:
        return evolve(found, is_read=not segments)
    return evolve(found, holding=holding)


def _without_access(text: str, origin: str) -> tuple[str, SaidDate | None]:
    match = _ACCESSED.search(text)
    if match is None:
        return text, None
    date = read_date(match[1]).date
    if date is None:
        return text, None
    rest = text[: match.start()] + text[match.end() :]
    return rest.strip(" .,;"), SaidDate(date, match[1], origin, "accessed")


def _segments(text: str) -> list[str]:
    """The parts between commas and semicolons; a comma in brackets parts nothing."""
    text = re.sub(r"\. (?=[^\W\d_]+(?:ed|ion) by )", "; ", text)
    parts = re.split(r"[,;]\s*(?![^()]*\))", text)
    sentences = [part for whole in parts for part in re.split(r"(?<=\w{5})\.\s+(?=[A-Z])", whole)]
    bare = [_without_stop(part.strip()) for part in sentences if part.strip(" .")]
    return _with_years(bare)


def _without_stop(part: str) -> str:
    """Without the full stop of a sentence; that of "D.C." stays."""
    return part if re.search(r"\b[^\W\d_]\.[^\W\d_]\.\Z", part) else part.rstrip(" .")


def _with_years(parts: list[str]) -> list[str]:
    """The parts with "November 10" and "1989" as one."""
    joined: list[str] = []
    for part in parts:
        if re.fullmatch(r"[12][0-9]{3}", part) and joined and _DAY.search(joined[-1]):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined


# ------------------------------------------------------------ where it is kept


def is_location(text: str) -> bool:
    """Whether a text says where in a collection a thing is: "box 5", "f. 89"."""
    lower = text.casefold()
    return any(
        lower == word or (lower.startswith(f"{word} ") and _NUMBERED.search(text[len(word) :]))
        for word in _words("locations")
    ) or bool(re.fullmatch(r"[A-Z]{1,6}[-/. ]?\d[\w./-]*", text))


def _holding(segments: list[str], origin: str) -> Holding | None:
    locations = [_lower_keyword(part) for part in segments if is_location(part)]
    names = [part for part in segments if not is_location(part)]
    at = next((i for i, part in enumerate(names) if _has("repositories", part)), None)
    if any(len(part.split()) > _MOST_WORDS for part in names):
        return None
    if at is None:
        return _without_repository(_said(locations, origin), names, origin)
    repository = _ABBREVIATION.sub("", names[at])
    after = names[at + 1 :]
    if after and _has("repositories", after[0]):
        repository += f", {_ABBREVIATION.sub('', after.pop(0))}"
    # Large to small, "Muzeum Plakatu, Poster Collection", or with numbers that nothing tells.
    locations += [part for part in after if re.search(r"\d", part)]
    after = [part for part in after if not re.search(r"\d", part)]
    place = _place([part for part in after if not _has("collections", part)])
    collections = [*names[:at], *(part for part in after if part not in place)]
    return Holding(
        location=_said(locations, origin),
        collection=_said(collections, origin),
        repository=Said(repository, origin),
        place=_said(place, origin),
    )


def _said(parts: list[str], origin: str) -> Said | None:
    return Said(", ".join(parts), origin) if parts else None


def _place(parts: list[str]) -> list[str]:
    """The town at the end of parts, with its state; what is in capitals is an abbreviation."""
    if len(parts) > 1 and with_country(", ".join(parts[-2:])) != ", ".join(parts[-2:]):
        return parts[-2:]
    return [] if not parts or parts[-1].isupper() else parts[-1:]


def _without_repository(location: Said | None, names: list[str], origin: str) -> Holding | None:
    collections = [part for part in names if _has("collections", part)]
    if not names:
        return Holding(location) if location else None
    if location and len(names) == 2 and with_country(names[1]) != names[1]:
        # "SAPMO-BArch, DY 30/2351, Berlin": whose name says nothing, but stands before a town.
        return Holding(location, repository=Said(names[0], origin), place=Said(names[1], origin))
    if len(names) == len(collections) or (location and len(names) == 1):
        return Holding(location=location, collection=Said(", ".join(names), origin))
    return None


def _lower_keyword(text: str) -> str:
    """In lower case, as styles capitalise what begins an entry: "fond 89". "RG 59" stays."""
    word = text.split(maxsplit=1)[0]
    return text if word.isupper() or not word.isalpha() else word.lower() + text[len(word) :]


def _has(key: str, text: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold())
    return any(word in _words(key) for word in words)


# ------------------------------------------------------------ where it was found


def _provenance(said: Said, segments: list[str], accessed: SaidDate) -> Provenance:
    segments = [part for part in segments if not re.match(r"https?://", part)]
    name, rest = (segments[0], segments[1:]) if segments else ("", [])
    initials = "".join(word[0] for word in re.findall(r"[A-Z]\w*", name))
    short = next((part for part in rest if part.isupper() and part == initials), "")
    rest = [part for part in rest if part != short]
    return Provenance(
        said,
        name=Said(name, said.origin) if name else None,
        collection=Said(", ".join(rest), said.origin) if rest else None,
        abbreviation=Said(short, said.origin) if short else None,
        accessed=accessed,
    )


@cache
def _words(key: str) -> frozenset[str]:
    words = load_table("holdings")[key]
    return frozenset(words.split() if isinstance(words, str) else words)
