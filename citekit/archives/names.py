"""Names of catalogues → names of people in parts, or of bodies as a whole, and their roles.

One text may hold several names, with ";" between; a comma never parts names. Read are
"Last, First", with life dates, suffixes, particles and roles behind; a name without comma is
a person's if nothing in ``data/names.toml`` says that it is a body's, which is told.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from attrs import evolve, field, frozen

from citekit.archives.tables import load_table
from citekit.archives.text import plain
from citekit.archives.titles import is_common_word
from citekit.records.name import Name

__all__ = ["ReadName", "read_name", "split_names"]


@frozen(slots=True)
class ReadName:
    """A name that was read; ``name`` is None for "Anonymous" and its like.

    ``role`` is what was said beside the name ("" if nothing). ``doubts`` are pairs of a kind
    of finding and what was done.
    """

    name: Name | None
    role: str = ""
    doubts: tuple[tuple[str, str], ...] = field(default=())


_LIFE_DATES = re.compile(
    r",?\s*\(?\s*(?:b\.|d\.|born|died|fl\.|active|ca\.?|nar\.|ur\.|geb\.)?\s*"
    r"(?:ca\.?\s*)?[0-9]{3,4}\??\s*(?:[-–—]\s*(?:ca\.?\s*)?(?:[0-9]{2,4}\??)?)?\s*\)?\.?\s*\Z",
    re.IGNORECASE,
)
_ROLE_AT_END = re.compile(r"\s*[(\[]([^()\[\]]{2,40})[)\]]\s*\Z")
_ROLE_AT_START = re.compile(
    r"((?:[^\W\d_]+ )?by|from|to|translator|editor|photographer|interviewer|interviewee|recipient|"
    r"sender)(?::\s*|(?<=by)\s+)(?=\S)",
    re.IGNORECASE,
)
_E_MAIL = re.compile(r"\s*[<(\[]?\S+@\S+\.\w+[>)\]]?")
_URL = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?)+\Z")
_ATTRIBUTED = re.compile(r"(?:attributed to|probably|possibly|presumably)\s+", re.IGNORECASE)
_OTHERS = re.compile(
    r",?\s+(?:et al\.?|and others|u\. ?a\.|i in(?:ni|\.)|a kol\.)\s*\Z", re.IGNORECASE
)
_MOST_GIVEN = 3
_ACRONYM = re.compile(r"[A-Z]{2,}[0-9]*\Z")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")


def split_names(text: str) -> list[str]:
    """The names in a text: parted by ";", by lines, by "|", and by an "and" between two people."""
    parts = [part.strip() for part in re.split(r"\s*[;|\n]\s*", text)]
    return [name for part in parts if part.strip(" ,.\u00a0") for name in _pair(part)]


def _pair(text: str) -> list[str]:
    """Two or one: "Adam Michnik and Jacek Kuroń" are two; "Ministry of War and Marine" is one."""
    halves = re.split(r"\s+(?:and|&|und|et)\s+", text)
    if len(halves) == 2 and not any(map(is_body, halves)):
        whole = all(len(half.split()) in (2, 3) for half in halves) and "," not in text
        inverted = all(re.fullmatch(r"[^,]+, [^,]+", half) for half in halves)
        if whole or inverted:
            return halves
    # An agency and its photographer: "Reuters/Jan Novák".
    halves = re.split(r"\s*/\s*", text)
    if len(halves) == 2 and "," not in text and any(len(half.split()) > 1 for half in halves):
        return [half for half in halves if half]
    return [text]


def read_name(text: str, *, language: str = "", hint: str = "") -> ReadName:
    """Read one name, with the role that is said beside it.

    ``language`` is that of the record: in some, family names come first; ``hint`` is "person"
    or "body" if the source says it.
    """
    text, role = _without_role(plain(text).strip(" ,;"))
    text = text.strip(" ,;")
    bare = text.strip("[]()?. ").casefold()
    if not bare or bare in _words("nobody"):
        done = "taken for nobody's name: not printed"
        return ReadName(None, role, (("name-nobody", done),))
    if _URL.match(text):
        return ReadName(None, role, (("name-is-url", "not printed: no name, but an address"),))
    text, told = _without_attribution(text)
    text = _E_MAIL.sub("", text).strip(" ,") or text
    text = _LIFE_DATES.sub("", text).strip(" ,") or text
    text = _without_brackets(text)
    if _is_nobody(text):
        return ReadName(None, role, (("name-nobody", "taken for nobody's name: not printed"),))
    if hint == "body" or (not hint and is_body(text)):
        read = _hierarchy(text, role)
    elif "," in text:
        read = _inverted(text, role)
    else:
        read = _direct(text, role, language)
    return evolve(read, doubts=(*told, *read.doubts))


def _is_nobody(text: str) -> bool:
    """Whether a name says that it isn't known, perhaps with what is: "unidentified woman"."""
    bare = text.strip("[]()?. ").casefold()
    return bare in _words("nobody") or bare.partition(" ")[0] in _words("nobody_first")


def _without_attribution(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The name without "attributed to", "?" and "et al.", which citations can't say."""
    doubts: list[tuple[str, str]] = []
    if match := _ATTRIBUTED.match(text):
        text = text[match.end() :]
        doubts.append(("name-attributed", "printed as if it were certain"))
    elif text.endswith("?"):
        text = text.rstrip("? ")
        doubts.append(("name-attributed", "printed as if it were certain"))
    if match := _OTHERS.search(text):
        text = text[: match.start()]
        doubts.append(("name-others", "printed without the others, who aren't named"))
    return text, tuple(doubts)


def is_body(text: str) -> bool:
    """Whether a name is that of a body, as far as its words tell."""
    words = [word.strip(".").casefold() for word in _WORD.findall(text.replace(".", ". "))]
    if any(word in _words("body") for word in words):
        return True
    if "," in text:
        # "King, Robert L., Jr." is a person; "Foreign Office, London" was seen above.
        return False
    if len(words) > 1 and all(is_common_word(word) for word in words):
        return True  # "Public Against Violence"
    inner = words[1:-1]
    if any(word in _words("body_particles") for word in inner):
        return True
    parts = text.split()
    if len(parts) == 1 or parts[0].casefold() in _words("articles"):
        return True
    if parts[0].casefold() in _words("regnal"):
        return True  # "Pope John Paul II" isn't turned round either
    if len(parts) > 1 and parts[-1][:1].islower() and parts[-1].isalpha():
        return True  # "Československá televize": the last word of a person's name is a name
    if any(part.isdigit() for part in parts):
        return True  # "Antenne 2"
    return text != text.upper() and any(_ACRONYM.match(each) and len(each) > 3 for each in parts)


def _hierarchy(text: str, role: str) -> ReadName:
    """Read "United States. Central Intelligence Agency", the Library of Congress's way.

    The whole is kept, as the part alone may be anybody's ("Ministry of Foreign Affairs").
    """
    parts = [""]
    for part in re.split(r"(?<=[^\W\d_]{3})\.\s+(?=[^\W\d_])", text):
        word = parts[-1].rpartition(" ")[2].casefold()
        if not parts[-1] or word in _words("abbreviations") or part[0].islower():
            parts[-1] = f"{parts[-1]}. {part}" if parts[-1] else part
        else:
            parts.append(part)
    name = ", ".join(parts)
    doubts = (("name-hierarchy", f"printed as {name!r}"),) if len(parts) > 1 else ()
    return ReadName(_body(name), role, doubts)


def _body(text: str) -> Name:
    return Name(literal=text.strip())


# ------------------------------------------------------------ people


def _inverted(text: str, role: str) -> ReadName:
    """Read "Last, First", perhaps with a suffix behind another comma."""
    family, *rest = [part.strip() for part in text.split(",")]
    rest = [part for part in rest if part]
    suffix = ""
    for part in list(rest):
        if part.strip(".").casefold() in _words("suffixes"):
            suffix = part
            rest.remove(part)
        elif part.strip(".").casefold() in _words("regnal"):
            return ReadName(_body(f"{part} {family}"), role)  # "John Paul II, Pope"
        elif part.split()[0].strip(".").casefold() in _words("honorifics"):
            rest.remove(part)
    if not family or not rest:
        return _direct(f"{family or text} {suffix}".strip(), role, "")
    doubts: tuple[tuple[str, str], ...] = ()
    if len(rest) > 1:
        left = ", ".join(rest[1:])
        doubts = (("name-parts", f"{left!r} is taken for no part of the name: not printed"),)
    return ReadName(_person(family, rest[0], suffix), role, doubts)


def _direct(text: str, role: str, language: str) -> ReadName:
    words = text.split()
    while len(words) > 2 and words[0].strip(".").casefold() in _words("honorifics"):
        words = words[1:]
    suffix = ""
    if len(words) > 2 and words[-1].strip(".,").casefold() in _words("suffixes"):
        suffix = words.pop()
    if len(words) < 2 or words[0].strip(".").casefold() in _words("honorifics"):
        return ReadName(_body(text), role)
    if language in load_table("names")["family_first"]:
        done = "printed in this order everywhere, as the family name may come first"
        return ReadName(_body(" ".join(words)), role, (("name-order", done),))
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _words("particles"):
        start -= 1
    if start > _MOST_GIVEN and not any(_INITIALS.match(word) for word in words):
        done = "taken for a body: more words than most people's names have"
        return ReadName(_body(" ".join(words)), role, (("name-guessed", done),))
    given, family = " ".join(words[:start]), " ".join(words[start:])
    done = f"taken for a person: given name {given!r}, family name {family!r}"
    return ReadName(_person(family, given, suffix), role, (("name-guessed", done),))


def _person(family: str, given: str, suffix: str) -> Name:
    """A person; particles behind the given name ("Richard von") are dropping ones."""
    words = given.split()
    start = len(words)
    while start > 1 and words[start - 1].casefold() in _words("particles"):
        start -= 1
    dropping = " ".join(words[start:])
    before = family.split()
    count = 0
    while count < len(before) - 1 and before[count] in _words("particles"):
        count += 1
    return Name(
        " ".join(before[count:]),
        " ".join(words[:start]),
        suffix=suffix,
        comma_suffix=True if suffix and suffix.strip(".").casefold() in ("jr", "sr") else None,
        dropping_particle=dropping,
        non_dropping_particle=" ".join(before[:count]),
    )


# ------------------------------------------------------------ what stands beside names


def _without_role(text: str) -> tuple[str, str]:
    """The name without a role in brackets, behind a comma, or before it."""
    if (match := _ROLE_AT_END.search(text)) and (role := _role(match[1])):
        return text[: match.start()], role
    head, comma, last = text.rpartition(",")
    if comma and (role := _role(last)) and head.strip():
        return head, role
    if (match := _ROLE_AT_START.match(text)) and (role := _role(match[1].rstrip(":"))):
        return text[match.end() :], role
    return text, ""


def _role(words: str) -> str:
    """The role that words stand for, the first of several ("translator and editor")."""
    roles: dict[str, str] = load_table("names")["roles"]
    parts = [words, *re.split(r"\s+(?:and|und|et)\s+|\s*[/&,]\s*", words)]
    found = (roles.get(part.strip(" .").casefold()) for part in parts)
    return next((role for role in found if role), "")


def _without_brackets(text: str) -> str:
    """Without "(RGANI)" or "[pseud.]" behind the name; brackets around the whole go, too."""
    if re.fullmatch(r"\[[^\[\]]+\]", text):
        text = text[1:-1]
    shorter = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z", "", text).strip()
    return shorter or text


@cache
def _words(key: str) -> frozenset[str]:
    words: Any = load_table("names")[key]
    return frozenset(words.split() if isinstance(words, str) else words)
