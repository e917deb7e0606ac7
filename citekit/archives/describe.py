"""What a thing is: its kind, the form it is called by, its medium, size and length."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from attrs import field, frozen

from citekit.archives.record import Said
from citekit.archives.site import Site
from citekit.archives.tables import load_table
from citekit.archives.text import plain

__all__ = ["Description", "describe"]


@frozen(slots=True)
class Description:
    """``is_numbered`` if an identifier goes with the form; ``doubts`` are kind, origin, value
    and what was done.
    """

    kind: str
    form: Said | None = None
    is_numbered: bool = False
    medium: Said | None = None
    dimensions: Said | None = None
    duration: Said | None = None
    doubts: tuple[tuple[str, str, str, str], ...] = field(default=())


_MIME = re.compile(r"(?:image|audio|video|text|application)/[\w.+-]+", re.IGNORECASE)
_UNIT = r"(mm|cm|m|in\.?|inches|ft\.?|px|pixels)(?!\w)"
_SIZE = re.compile(rf"(\d+(?:[.,/ ]\d+)*)\s*(?:{_UNIT})?\s*[x×X]\s*(\d+(?:[.,/ ]\d+)*)\s*{_UNIT}")
_SCALE = re.compile(r"(?:scale\s*:?\s*)?(1\s?:\s?[0-9][0-9., ]*)", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:\.\d+)?")
_ISO_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?", re.IGNORECASE)


def describe(all: Callable[..., list[Said]], site: Site, title: Said | None) -> Description:
    """Find out what a thing is from all that its record says of it.

    ``all`` gives the values of fields. The words of the type count most, then the original
    format, then the source's own class of the thing, then the format.
    """
    doubts: list[tuple[str, str, str, str]] = []
    form, kind, unknown = None, "", None
    for said in all("form", "type", "medium", "item_type", "format"):
        word, beside = _word(said.text)
        word, found = _kind_of(word, site)
        if found is None:
            is_words = said.origin.rpartition(":")[2].strip() not in _CARRIERS
            unknown = unknown or (said if is_words and all("type").count(said) else None)
            continue
        if beside and found[1]:
            doubts.append(("form-note", said.origin, said.text, f"not printed: {beside!r}"))
        if form is None and found[1]:
            form = Said(word, said.origin)
            kind = found[0]
        kind = kind or found[0]
    if form is None and unknown is not None:
        form = Said(_lower_first(_word(unknown.text)[0]), unknown.origin)
        done = f"an unknown type: printed as {form.text!r}, treated as {kind or 'document'}"
        doubts.append(("type-unknown", unknown.origin, unknown.text, done))
    if not kind:
        kind = "document"
        if title is None or form is None:
            doubts.append(("type-absent", "Type", "", "no type that is known: treated as document"))
    if form is None and title is None:
        form = Said(load_table("kinds")[kind].get("name", kind), "Type")
        doubts.append(("form-absent", "Type", "", f"neither title nor form: called {form.text!r}"))
    numbered = form is not None and bool(load_table("kinds")[kind].get("number"))
    return Description(
        kind, form, numbered, _medium(all), _size(all), _duration(all), tuple(doubts)
    )


_CARRIERS = frozenset({"Format", "Medium"})


def _word(text: str) -> tuple[str, str]:
    """The word of a type and what is beside it: "Letter (excerpt)" → "letter", "excerpt"."""
    text = plain(text)
    match = re.fullmatch(r"([^(,;:\[]+?)\s*(?:[(\[](.*?)[)\]]?|[,;:].*)?", text)
    return (_lower_first(match[1]), match[2] or "") if match else (_lower_first(text), "")


def _lower_first(text: str) -> str:
    """In lower case, if nothing but its first letters is capital: "Press Release", not "USSR"."""
    words = text.split()
    return " ".join(
        word.lower() if word.istitle() or word[1:].islower() else word for word in words
    )


def _kind_of(word: str, site: Site) -> tuple[str, tuple[str, bool] | None]:
    """The word in the singular; the kind that it stands for, and whether it is to be printed."""
    for each in (word, word.removesuffix("s")):
        key = each.casefold()
        if key in site.types:
            return each, (site.types[key], True)
        if key in _index():
            return each, _index()[key]
    return word, None


@cache
def _index() -> dict[str, tuple[str, bool]]:
    index: dict[str, tuple[str, bool]] = {}
    for kind, words in load_table("kinds").items():
        index |= dict.fromkeys(words["classes"], (kind, False))
        index |= {word: (kind, True) for word in words["forms"] if word not in index}
    return index


def _medium(all: Callable[..., list[Said]]) -> Said | None:
    """What the thing is made of: of a format the words that are neither form nor MIME type."""
    for said in all("medium", "format"):
        text = plain(said.text)
        if (
            _SCALE.fullmatch(text)
            or _is_file_format(text)
            or _SIZE.search(text)
            or _index().get(_word(text)[0].casefold())
        ):
            continue
        return Said(_lower_first(text), said.origin)
    return None


def _is_file_format(text: str) -> bool:
    table = load_table("formats")
    lower = text.casefold().strip(" .")
    words = re.findall(r"[\w-]+", lower)
    known = table["files"].split()
    is_phrase = lower in table["phrases"] or all(word in known for word in words)
    return is_phrase or _MIME.fullmatch(text) is not None


def _size(all: Callable[..., list[Said]]) -> Said | None:
    for said in all("dimensions", "extent", "format", "medium"):
        if match := _SCALE.fullmatch(plain(said.text)):
            return Said(f"scale {match[1]}", said.origin)
        if match := _SIZE.search(said.text):
            text = f"{match[1]} × {match[3]} {match[4]}"
            return None if match[4] in ("px", "pixels") else Said(text, said.origin)
    return None


def _duration(all: Callable[..., list[Said]]) -> Said | None:
    for said in all("duration"):
        match = _CLOCK.fullmatch(said.text) or _ISO_DURATION.fullmatch(said.text)
        if match is None:
            return said
        units = zip(match.groups(), ("hr.", "min.", "sec."), strict=True)
        told = [f"{int(number)} {unit}" for number, unit in units if number and int(number)]
        return Said(", ".join(told), said.origin) if told else None
    return None
