"""JSON values of requests → citekit's objects, and back for the results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from citekit import Bibliography, Changes, Citation, Cite, Formatted, Record, RecordError, Selection
from citekit.integrations.rpc.faults import INVALID_PARAMS, RequestError
from citekit.readers import csl_json

T = TypeVar("T")
_Fields = Mapping[str, Callable[[object, str], Any]]


def wrong(where: str, wanted: str, value: object) -> RequestError:
    """The error for a value of another type than is wanted."""
    names = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
    found = "null" if value is None else names.get(type(value), "a number")
    return RequestError(INVALID_PARAMS, f"this must be {wanted}, and is {found}", where=where)


def unknown(names: set[str], known: list[str], where: str) -> RequestError:
    """The error for names that aren't known here."""
    name = min(names)
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known) or 'none'}"
    return RequestError(INVALID_PARAMS, f"{name!r} is not known here", where=where, hint=hint)


def text(value: object, where: str) -> str:
    """A string."""
    if not isinstance(value, str):
        raise wrong(where, "a string", value)
    return value


def name(value: object, where: str) -> str:
    """A string, or a number as one: ids of records and locators may be either."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return text(value, where)


def flag(value: object, where: str) -> bool:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        raise wrong(where, "a boolean", value)
    return value


def whole(value: object, where: str) -> int:
    """A whole number that is not negative."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise RequestError(INVALID_PARAMS, "this must be a number: 0, 1, 2 …", where=where)
    return value


def listed(value: object, where: str, read: Callable[[object, str], T]) -> list[T]:
    """An array, each of its values read alike."""
    if not isinstance(value, list):
        raise wrong(where, "an array", value)
    return [read(one, f"{where}[{place}]") for place, one in enumerate(value)]


def names(value: object, where: str) -> list[str]:
    """An array of ids."""
    return listed(value, where, name)


def uncited(value: object, where: str) -> bool | list[str]:
    """All, none, or the ids of some."""
    return value if isinstance(value, bool) else names(value, where)


def records(value: object, where: str) -> list[Record]:
    """An array of items of CSL-JSON."""
    if not isinstance(value, list):
        raise wrong(where, "an array of CSL-JSON items", value)
    return csl_json.from_object(value, where=where)


def citation(value: object, where: str) -> Citation:
    """A citation: its object, an array of cites, or the id of the one record cited."""
    if isinstance(value, list):
        return Citation(listed(value, where, cite))
    if not isinstance(value, dict):
        return Citation(name(value, where))
    return _made(Citation, value, _CITATION, "cites", where)


def citations(value: object, where: str) -> list[Citation]:
    """An array of citations."""
    return listed(value, where, citation)


def cite(value: object, where: str) -> Cite:
    """A cite: its object, or the id of the record."""
    if not isinstance(value, dict):
        return Cite(name(value, where))
    return _made(Cite, value, _CITE, "id", where)


def selection(value: object, where: str) -> Selection:
    """Which records of the bibliography are wanted."""
    if not isinstance(value, dict):
        raise wrong(where, "an object", value)
    return _made(Selection, value, _SELECTION, "", where)


def _texts(value: object, where: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise wrong(where, "an object", value)
    return {key: text(one, f"{where}.{key}") for key, one in value.items()}


def _made(made: Callable[..., T], value: dict[str, Any], fields: _Fields, key: str, at: str) -> T:
    """An object of that class from a JSON object of these fields, of which ``key`` is needed."""
    if strange := value.keys() - fields.keys():
        raise unknown(strange, list(fields), at)
    if key and key not in value:
        raise RequestError(INVALID_PARAMS, f"{key!r} is missing", where=at)
    read = {one: fields[one](value[one], f"{at}.{one}") for one in value if value[one] is not None}
    try:
        return made(**read)
    except RecordError as error:
        raise RequestError(INVALID_PARAMS, error.what, where=at, hint=error.hint) from error


_CITE: _Fields = {
    "id": name,
    "locator": name,
    "label": text,
    "prefix": text,
    "suffix": text,
    "suppress_author": flag,
    "author_only": flag,
}
_CITATION: _Fields = {
    "cites": lambda value, where: listed(value, where, cite),
    "id": text,
    "note_number": whole,
    "mode": text,
    "infix": text,
    "chapter": text,
    "unsorted": flag,
}
_SELECTION: _Fields = {
    "types": names,
    "keywords": names,
    "fields": _texts,
    "chapters": names,
    "cited": flag,
    "excluding": selection,
}


def formatted(value: Formatted) -> dict[str, Any]:
    """A citation as a result."""
    return {"html": value.html, "text": value.text}


def changes(value: Changes) -> dict[str, Any]:
    """What an edit changed, as a result."""
    printed = [{"id": key, **formatted(one)} for key, one in value.citations.items()]
    return {
        "citations": printed,
        "removed": list(value.removed),
        "bibliography": value.bibliography,
    }


def bibliography(value: Bibliography) -> dict[str, Any]:
    """A bibliography as a result."""
    return {
        "entries": [{"id": entry.id, **formatted(entry)} for entry in value.entries],
        "hanging_indent": value.hanging_indent,
        "second_field_align": value.second_field_align,
        "line_spacing": value.line_spacing,
        "entry_spacing": value.entry_spacing,
        "max_offset": value.max_offset,
    }
