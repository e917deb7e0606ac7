"""Names as people type them: particles inside the family or given name, suffixes behind a comma.

CSL keeps particles and suffixes apart from the name; many files don't. The
rules are those that the programs which write such files were made for:

- ``family``: lower-case words at its start are the non-dropping particle ("van
  der Berg"); so is the start of a lower-case word up to its last apostrophe or
  hyphen ("d'Alembert", "al-Hakim");
- ``given``: lower-case words at its end are the dropping particle ("Ludwig van");
  what follows a comma is the suffix ("John, Jr."), and ``,!`` asks for the
  suffix to be printed after a comma;
- a family name in ASCII double quotes is whole; the quotes go;
- a name with a non-dropping particle of its own, without given name, or with
  ``parse-names`` false is left alone.

Source: csl-data.json names ``parse-names`` without saying how; the behaviour
was learned from what citeproc-js prints.
"""

from __future__ import annotations

from typing import Any

import attrs

from citekit.patterns import pattern
from citekit.records.name import Flag, Name

__all__ = ["is_plain", "parse_name"]

_SPACED = pattern(r"['’-]?(?P<first>[^\W\d_])[^ ]* +(?=[^ ])")
_JOINED = pattern(r"['’-]?(?P<first>[^\W\d_])[^ ]*['’-](?=[^ ])")
_WORD = pattern(r"['’-]?(?P<first>[^\W\d_])")


def parse_name(name: Name) -> Name:
    """The name with particles and suffix in fields of their own; the same object if it has none."""
    if is_plain(name) or name.literal or _is_false(name.parse_names):
        return name
    family = name.family
    if len(family) > 2 and family[0] == family[-1] == '"':
        return attrs.evolve(name, family=family[1:-1])
    if name.non_dropping_particle or not name.given or not family:
        return name
    changes = _split_suffix(name) | _split_family(family)
    changes |= _split_given(changes.get("given", name.given))
    return attrs.evolve(name, **changes) if changes else name


def is_plain(name: Name) -> bool:
    """Quickly: whether a name has nothing to parse, as nearly all of them."""
    given = name.given
    return (
        name.family[:1].isupper()
        and "," not in given
        and (" " not in given or given[given.rfind(" ") + 1 :][:1].isupper())
    )


def _is_false(flag: Flag | None) -> bool:
    if isinstance(flag, str):
        return flag.strip().lower() in ("", "false", "0", "no")
    return flag is not None and not flag


def _is_lower(letter: str) -> bool:
    return letter != letter.upper()


def _split_suffix(name: Name) -> dict[str, Any]:
    given, comma, suffix = name.given.partition(",")
    if not comma or name.suffix:
        return {}
    changes: dict[str, Any] = {"given": given.strip()}
    if suffix.startswith("!"):
        suffix = suffix[1:]
        changes["comma_suffix"] = True
    return changes | {"suffix": suffix.strip()}


def _split_family(family: str) -> dict[str, Any]:
    end = 0
    while (match := _SPACED.match(family, end)) and _is_lower(match["first"]):
        end = match.end()
    match = _JOINED.match(family, end)
    if match and _is_lower(match["first"]):
        end = match.end()
    if not end:
        return {}
    particle = family[:end]
    # The space after "de'" says that it is not to be joined as in "d'Alembert".
    if particle.rstrip(" ")[-1] not in "'’":
        particle = particle.rstrip(" ")
    return {"non_dropping_particle": particle, "family": family[end:]}


def _split_given(given: str) -> dict[str, Any]:
    start = len(given)
    while (space := given.rfind(" ", 0, start)) > 0:
        match = _WORD.match(given, space + 1, start)
        if match is None or not _is_lower(match["first"]):
            break
        while space and given[space - 1] == " ":
            space -= 1
        if not space:
            break
        start = space
    if start == len(given):
        return {}
    return {"given": given[:start], "dropping_particle": given[start:].strip(" ")}
