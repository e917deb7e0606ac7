"""Name lists of BibTeX (all three forms) and biblatex's extended names → names in parts.

Source: btxhak, "Names"; the biblatex manual, "Name Lists" and "Data Annotations"
(``given=Hans, family=Harman, prefix=von``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from citekit.readers.latex import is_composed, to_text
from citekit.records.name import Name

__all__ = ["split_list", "to_names"]

_EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix)\s*=", re.IGNORECASE)
_AND = re.compile(r"(?<!\s)\s++and\s++")
_PIECE = re.compile(r"[{}]|\s++and\s++|,|[\s~]++|[^{}\s,~]++")


def _pieces(text: str) -> list[tuple[int, str]]:
    """The text in pieces, each with the depth of braces that it stands in."""
    depth = 0
    found = []
    for piece in _PIECE.findall(text):
        depth -= piece == "}"
        found.append((depth, piece))
        depth += piece == "{"
    return found


def split_list(value: str) -> list[str]:
    """A list of BibTeX at its ``and``, except in braces."""
    if "{" not in value and "}" not in value:
        # Of text that has no blanks but single spaces.
        usual = value.isprintable() and "  " not in value
        parts = value.split(" and ") if usual else _AND.split(value)
        return [part for one in parts if (part := one.strip())]
    pieces: list[list[str]] = [[]]
    for depth, piece in _pieces(value):
        if depth <= 0 and piece.split() == ["and"] and piece != "and":
            pieces.append([])
        else:
            pieces[-1].append(piece)
    return [part for one in pieces if (part := "".join(one).strip())]


def to_names(value: str, *, dropping: bool) -> tuple[list[Name], bool]:
    """The names, and whether the list goes on (``and others``).

    A particle drops out when only the family name is given (``dropping``, biblatex's
    default) or is part of it (BibTeX).
    """
    people = split_list(value)
    others = bool(people) and people[-1] == "others"
    return [_name(person, dropping) for person in people if person != "others"], others


@lru_cache(maxsize=4096)
def _name(text: str, dropping: bool) -> Name:
    return _usual(text) or _any(text, dropping)


def _usual(text: str) -> Name | None:
    """A name of words with capitals, and without LaTeX: most are."""
    bare = text.replace(" ", "").replace(".", "").replace(",", "", 1)
    if not (text.istitle() and bare.isalpha()) or "  " in text or not is_composed(text):
        return None
    if "," not in text:
        given, _, family = text.rpartition(" ")
        return Name(family, given)
    family, _, given = text.partition(", ")
    return Name(family, given) if given else None


def _any(text: str, dropping: bool) -> Name:
    if text.startswith("{") and text.endswith("}") and _is_one_group(text):
        return Name(literal=to_text(text[1:-1]))
    if _EXTENDED.match(text):
        return _extended(text, dropping)
    parts = _words(text)
    if len(parts) == 1:
        given, particle, family = _first_von_last(parts[0])
        suffix: list[str] = []
    else:
        particle, family = _von_last(parts[0])
        # BibTeX knows two commas at most; of more nothing is left out.
        suffix, *last = parts[1:] if len(parts) > 2 else [[], parts[1]]
        given = ", ".join(map(" ".join, last)).split()
    if not any((family, given, particle)):
        return Name(literal=to_text(text))
    return _assembled(_join(family), _join(given), _join(particle), _join(suffix), dropping)


def _assembled(family: str, given: str, particle: str, suffix: str, dropping: bool) -> Name:
    return Name(
        family,
        given,
        suffix=suffix,
        dropping_particle=particle if dropping else "",
        non_dropping_particle="" if dropping else particle,
    )


def _is_one_group(text: str) -> bool:
    inner = _pieces(text)[1:-1]
    return all(depth > 0 for depth, _ in inner)


def _words(text: str) -> list[list[str]]:
    """The words of a name, in one list for each part between commas."""
    if "{" not in text and "}" not in text and "~" not in text:
        return [part.split() for part in text.split(",")]
    parts: list[list[list[str]]] = [[]]
    fresh = True
    for depth, piece in _pieces(text):
        if depth <= 0 and piece == ",":
            parts.append([])
            fresh = True
        elif depth <= 0 and not piece.strip(" \t\r\n~"):
            fresh = True
        elif fresh:
            parts[-1].append([piece])
            fresh = False
        else:
            parts[-1][-1].append(piece)
    return [["".join(word) for word in words] for words in parts]


def _is_lower(word: str) -> bool:
    """Whether a word belongs to the particle; one that begins with a brace doesn't."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    if word.isalpha():
        return word[0].islower()
    letters = [letter for letter in to_text(word) if letter.isalpha()]
    return bool(letters) and letters[0].islower()


def _first_von_last(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    lower = [number for number, word in enumerate(words[:-1]) if _is_lower(word)]
    if not lower:
        return words[:-1], [], words[-1:]
    return words[: lower[0]], words[lower[0] : lower[-1] + 1], words[lower[-1] + 1 :]


def _von_last(words: list[str]) -> tuple[list[str], list[str]]:
    lower = [number for number, word in enumerate(words[:-1]) if _is_lower(word)]
    end = lower[-1] + 1 if lower else 0
    return words[:end], words[end:]


def _join(words: list[str]) -> str:
    return to_text(" ".join(words))


def _extended(text: str, dropping: bool) -> Name:
    said = {}
    for part in _words(text):
        key, _, value = " ".join(part).partition("=")
        value = value.strip().strip('"')
        said[key.strip().lower()] = to_text(value)
    if "useprefix" in said:
        dropping = said["useprefix"] != "true"
    family, given, prefix, suffix = (
        said.get(key, "") for key in ("family", "given", "prefix", "suffix")
    )
    return _assembled(family, given, prefix, suffix, dropping)
