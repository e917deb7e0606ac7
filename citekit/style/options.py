"""Inheritable name options: from ``cs:style`` over its scopes down to ``cs:name``.

Source: CSL 1.0.2, sections "Name" and "Inheritable Name Options".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from attrs import field, frozen

from citekit.style import nodes
from citekit.style.attributes import Attributes, values

_PRECEDES = frozenset(get_args(nodes.Precedes))
_CHOICES = {
    "and": ("and_", values("text symbol")),
    "delimiter-precedes-et-al": ("delimiter_precedes_et_al", _PRECEDES),
    "delimiter-precedes-last": ("delimiter_precedes_last", _PRECEDES),
    "name-as-sort-order": ("name_as_sort_order", values("first all")),
}
_NUMBERS = {
    "et-al-min": "et_al_min",
    "et-al-use-first": "et_al_use_first",
    "et-al-subsequent-min": "et_al_subsequent_min",
    "et-al-subsequent-use-first": "et_al_subsequent_use_first",
}
_FLAGS = {"et-al-use-last": "et_al_use_last", "initialize": "initialize"}
_TEXTS = {"initialize-with": "initialize_with", "sort-separator": "sort_separator"}
_FORMS = frozenset(get_args(nodes.NameForm))


@frozen
class NameOptions:
    """What one level has set or inherited; a level below may set each again."""

    set: Mapping[str, Any] = field(factory=dict)
    """Values by the name of their field in :class:`~citekit.style.nodes.Name`."""
    names_delimiter: str | None = None

    def inherit(self, attributes: Attributes) -> NameOptions:
        """Return the options of the scope (or style) that has these attributes."""
        own = _read(attributes, form="name-form", delimiter="name-delimiter")
        return NameOptions(
            {**self.set, **own}, attributes.text("names-delimiter", self.names_delimiter)
        )

    def name(self, attributes: Attributes | None = None, **more: Any) -> nodes.Name:
        """Return the ``cs:name`` with these attributes, or none; ``more`` are its other fields."""
        own = _read(attributes, form="form", delimiter="delimiter") if attributes else {}
        return nodes.Name(**_settle_et_al({**self.set, **own}), **more)


def _read(attributes: Attributes, *, form: str, delimiter: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        field: attributes.choice(name, allowed, None)
        for name, (field, allowed) in _CHOICES.items()
        if name in attributes
    }
    found["form"] = attributes.choice(form, _FORMS, None)
    found["delimiter"] = attributes.text(delimiter, None)
    for name, number in _NUMBERS.items():
        found[number] = attributes.number(name, None)
    for name, flag in _FLAGS.items():
        found[flag] = attributes.flag(name, None)
    for name, text in _TEXTS.items():
        found[text] = attributes.text(name, None)
    return {key: value for key, value in found.items() if value is not None}


def _settle_et_al(options: dict[str, Any]) -> dict[str, Any]:
    """Switch abbreviation off unless both numbers of a pair are known."""
    first = options.get("et_al_min"), options.get("et_al_use_first")
    later = (
        options.get("et_al_subsequent_min", first[0]),
        options.get("et_al_subsequent_use_first", first[1]),
    )
    options["et_al_min"], options["et_al_use_first"] = _both(*first)
    options["et_al_subsequent_min"], options["et_al_subsequent_use_first"] = _both(*later)
    return options


def _both(minimum: int | None, use_first: int | None) -> tuple[int, int]:
    return (minimum, use_first) if minimum and use_first is not None else (0, 0)
