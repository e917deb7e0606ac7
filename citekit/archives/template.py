"""Templates of profiles: texts with fields in braces, the first of several, several joined.

``"letter to {recipient}"`` gives nothing if there is no recipient; a list gives the first of
its templates that gives something; ``{join = ", ", of = […]}`` joins those that do.
``{title|sentence}`` passes a field through a filter.
"""

from __future__ import annotations

import re
from typing import Any

from citekit.archives.date_words import SEASONS
from citekit.archives.text import plain
from citekit.archives.titles import is_common_word, sentence_case, sentence_case_of_parts
from citekit.archives.view import Value, View, spoken_names

__all__ = ["fill", "lower_word", "problems_of"]

_FIELD = re.compile(r"\{([\w.]+)(?:\|(\w+))?\}")
_FILTERS = frozenset({"sentence", "capital", "keywords", "bare", "initials", "typed"})
_TITLES = frozenset({"title", "title.own", "gloss", "original_title"})


def fill(template: Any, view: View) -> Value | None:
    """What a template says of a record; None if it says nothing."""
    if isinstance(template, str):
        return _text(template, view)
    if isinstance(template, list):
        return next((found for each in template if (found := fill(each, view))), None)
    parts = [found for each in template["of"] if (found := fill(each, view))]
    if not parts:
        return None
    text = _join(template["join"], [part.text for part in parts])
    return Value(text, frozenset().union(*(part.fields for part in parts)))


def problems_of(template: Any) -> list[str]:
    """What is wrong with a template; nothing for a good one."""
    if isinstance(template, str):
        unknown = [match[2] for match in _FIELD.finditer(template)]
        return [f"there is no filter {name!r}" for name in unknown if name and name not in _FILTERS]
    if isinstance(template, list):
        return [problem for each in template for problem in problems_of(each)]
    if isinstance(template, dict) and set(template) == {"join", "of"}:
        return problems_of(template["of"])
    return ["a template is a text, a list of templates, or a table with join and of"]


def _text(template: str, view: View) -> Value | None:
    fields: set[str] = set()
    result, at = [], 0
    for match in _FIELD.finditer(template):
        value = view.text(match[1])
        if value is None:
            return None
        fields |= value.fields
        result += [template[at : match.start()], _filtered(value, match[1], match[2], view)]
        at = match.end()
    text = "".join(result) + template[at:]
    return Value(text, frozenset(fields)) if text else None


def _filtered(value: Value, name: str, how: str | None, view: View) -> str:
    text = value.text
    if name in _TITLES:
        return _title(text, name, how, view)
    if how == "capital":
        return _capital(text)
    if how == "keywords":
        return ", ".join(_keyword(part) for part in text.split(", "))
    if how == "typed":
        return f'<span class="nocase">{lower_word(text)}</span>'
    if how == "bare":
        return re.sub(r"^https?://", "", text)
    if how == "initials":
        return spoken_names(view.names(name.removesuffix(".beside")), initials=True)
    return text


def _title(text: str, name: str, how: str | None, view: View) -> str:
    """A title: what isn't known to be English keeps its capitals in every style."""
    is_english = name == "gloss" or (name != "original_title" and view.record.language == "en")
    if not is_english:
        text = sentence_case_of_parts(text) if how == "sentence" else text
        return f'<span class="nocase">{text}</span>'
    if how == "sentence" and not plain(text).isupper():
        return sentence_case(text, view.site.capitals)
    return text


def _keyword(text: str) -> str:
    """A part of a location with a capital: "Box 5"; abbreviations ("f. 89") stay."""
    return text if text.partition(" ")[0].endswith(".") else _capital(text)


def lower_word(text: str) -> str:
    """A date in words in the middle of a line: "between 1987 and 1989"; seasons are as names."""
    first = text.partition(" ")[0]
    is_word = is_common_word(first) and first not in SEASONS
    return text[:1].lower() + text[1:] if is_word else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _join(delimiter: str, parts: list[str]) -> str:
    """Joined; a part that ends with the delimiter's mark ("Washington, D.C.") lends it its own."""
    result = parts[0]
    for part in parts[1:]:
        mark = delimiter[1:] if result.endswith(delimiter[0]) else delimiter
        result += mark + part
    return result
