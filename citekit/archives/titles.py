"""Titles: which language they are in, when there is none, and sentence case in English.

A style that sets titles in headline style knows where capitals go; the other way is a
matter of knowing names from words. :func:`sentence_case` lowers only the words that
``data/english.toml`` lists, and :func:`language_of` says "en" only of what shows it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from citekit.archives.tables import load_table
from citekit.archives.text import plain

__all__ = [
    "is_common_word",
    "is_file_name",
    "is_foreign",
    "is_shouted",
    "is_untitled",
    "language_of",
    "language_tag",
    "sentence_case",
    "sentence_case_of_parts",
    "without_full_stop",
]

_UNTITLED = re.compile(
    r"[\[(]?\s*(?:untitled|no title|title unknown|not titled|ohne titel|o\. ?t\.|bez názvu|"
    r"bez tytułu|sans titre|sin título|без названия|unknown|n/a|-+|\?+)\s*[\])]?[.]?",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"[\w-]+\.(?:jpe?g|tiff?|png|gif|pdf|mp[34]|wav|docx?|mov|jp2|txt)|"
    r"(?:IMG|DSC[NF]?|SCAN|PICT|MVI|P)[-_]?\d{3,}\w*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def is_untitled(text: str) -> bool:
    """Whether a title only says that there is none."""
    return _UNTITLED.fullmatch(text.strip()) is not None


def is_file_name(text: str) -> bool:
    """Whether a text is the name of a file: "IMG_0466", "scan_001.tif"."""
    return _FILE_NAME.fullmatch(text.strip()) is not None


def is_shouted(text: str) -> bool:
    """Whether a title of several words is typed in capitals only."""
    return len(text.split()) > 1 and text.isupper() and sum(map(str.isalpha, text)) > 8


def without_full_stop(text: str) -> str:
    """The title without a full stop at its end, if that isn't an abbreviation's."""
    return text[:-1] if re.search(r"(?<![.])[^\W\d_]{4,}[\])”\"]?\.\Z", text) else text


# ------------------------------------------------------------ language


def language_tag(text: str) -> str:
    """BCP 47's tag for what a catalogue writes for a language; "" if it is unknown."""
    word = re.split(r"[;,/]", text)[0].strip().casefold()
    names: dict[str, str] = load_table("languages")["names"]
    if word in names:
        return names[word]
    return word if re.fullmatch(r"[a-z]{2}(?:-[a-z0-9]{2,8})*", word) else ""


def language_of(title: str, stated: str = "") -> str:
    """The language of a title, given that of its record; "" if that can't be told.

    A title in letters that the stated language doesn't use, or with small words of
    another one only, isn't in the stated language.
    """
    text = plain(title)
    letters = [c for c in text if c.isalpha()]
    latin = sum(1 for c in letters if _LATIN.match(c))
    if letters and latin < len(letters) / 2:
        return stated if stated in _NON_LATIN else ""
    if stated in _NON_LATIN - {"sr"}:
        stated = ""
    words = [word.casefold() for word in _WORD.findall(text)]
    counts = {
        language: sum(word in small for word in words) for language, small in _small().items()
    }
    english = counts.pop("en")
    others = max(counts.values())
    foreign_letters = any(c in _FOREIGN for c in text)
    if stated == "en":
        return "en" if english or not (others > 1 or (foreign_letters and len(words) < 3)) else ""
    if english > others and (not stated or english > 1 or not counts.get(stated, 0)):
        return "en"
    common = sum(is_common_word(word) for word in words)
    if not stated and not foreign_letters and common * 3 > len(words) * 2:
        return "en"
    return stated


def is_foreign(title: str) -> bool:
    """Whether a title shows that it isn't English: by its letters or its small words."""
    text = plain(title)
    words = [word.casefold() for word in _WORD.findall(text)]
    letters = [c for c in text if c.isalpha()]
    if any(word in _small()["en"] for word in words):
        return False
    return (
        sum(1 for c in letters if _LATIN.match(c)) < len(letters) / 2
        or any(c in _FOREIGN for c in text)
        or any(word in small for small in _small().values() for word in words)
    )


_NON_LATIN = frozenset({"ru", "uk", "bg", "be", "mk", "sr", "el", "he", "yi", "ar", "fa", "zh",
                        "ja", "ko", "ka", "hy"})  # fmt: skip
_FOREIGN = frozenset("ąćęłńśźżáčďěňřšťúůýžőűäöüßàâçèêëîïôûñăâțșđÁČŘŠŽŁŚŻÄÖÜ")


@cache
def _small() -> dict[str, frozenset[str]]:
    table = load_table("languages")["small_words"]
    return {language: frozenset(words) for language, words in table.items()}


# ------------------------------------------------------------ sentence case


def sentence_case(title: str, capitals: Collection[str] = ()) -> str:
    """An English title with capitals only where its first word, a colon or a name asks for them.

    Only words that are known to be no names are changed, so a name is never lowered;
    a word that is unknown keeps its capital, as do those of ``capitals``.
    """
    words = list(_WORD.finditer(title))
    keep = _kept(title, words)
    keep = [kept or match[0] in capitals for kept, match in zip(keep, words, strict=True)]
    result, at = [], 0
    for number, match in enumerate(words):
        word = match[0]
        lowered = word if keep[number] else word[0].lower() + word[1:]
        result += [title[at : match.start()], lowered]
        at = match.end()
    return "".join(result) + title[at:]


def sentence_case_of_parts(title: str) -> str:
    """A title in another language whose part behind a colon may be English: that part only."""
    parts = title.split(": ")
    return ": ".join(sentence_case(part) if _is_english(part) else part for part in parts)


def _is_english(text: str) -> bool:
    words = _WORD.findall(text)
    known = sum(_is_common(_stem(word)) for word in words)
    return known * 2 > len(words) and not any(c in _FOREIGN for c in text)


def _kept(title: str, words: list[re.Match[str]]) -> list[bool]:
    """For each word whether it keeps its letters: it begins, is a name, or is part of one."""
    english = _english()
    keep = []
    for number, match in enumerate(words):
        word = match[0]
        before = title[: match.start()].rstrip(" \"“‘'«(")
        begins = number == 0 or before.endswith((":", "?", "!", ".", "—")) or _in_tag(title, match)
        stem = _stem(word)
        known = _is_common(stem)
        rest = title[match.end() : match.end() + 3]
        numbered = word == "No" and re.match(r"\. ?\d", rest) is not None
        dated = word == "March" and title[match.end() :][:2].strip().isdigit()
        keep.append(
            begins
            or dated
            or numbered
            or not word[0].isupper()
            or word[1:] != word[1:].lower()
            or not known
        )
    _keep_phrases(words, keep)
    for number in range(1, len(words)):
        follows = title[words[number - 1].end() : words[number].start()] == " "
        part = words[number][0].casefold() in english["parts"]
        if follows and part and keep[number - 1] and _is_name(words, number - 1, title):
            keep[number] = True
    for number in range(len(words) - 2, -1, -1):
        follows = title[words[number].end() : words[number + 1].start()] == " "
        if follows and words[number][0].casefold() in english["leading"]:
            keep[number] = keep[number] or _is_name(words, number + 1, title)
    return keep


def _is_name(words: list[re.Match[str]], number: int, title: str) -> bool:
    """Whether a word is a name rather than a common word that begins the title."""
    word = words[number][0]
    return word[0].isupper() and not _is_common(_stem(word))


def is_common_word(word: str) -> bool:
    """Whether a word is an English one that is no name."""
    return _is_common(_stem(word))


@cache
def _is_common(stem: str) -> bool:
    """Whether a word is no name: one of the table's, or made from another by an ending."""
    english = _english()
    if stem in english["common"] or stem in english["small"]:
        return True
    if stem in english["names"]:
        return False
    return any(base in english["common"] for base in _bases(stem)) or any(
        stem.endswith(ending) and len(stem) >= len(ending) + 3 for ending in english["endings"]
    )


def _bases(word: str) -> Iterator[str]:
    """What a word may be a form of: "stopped" of "stop", "tries" of "try", "making" of "make"."""
    if word.endswith(("ies", "ied")):
        yield f"{word[:-3]}y"
    for ending in ("s", "es", "d", "ed", "ing", "ly"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2:
            yield base
            yield f"{base}e"
            if base[-1] == base[-2]:
                yield base[:-1]


def _keep_phrases(words: list[re.Match[str]], keep: list[bool]) -> None:
    spoken = [match[0] for match in words]
    for phrase in _english()["phrases"]:
        parts = phrase.split()
        for at in range(len(spoken) - len(parts) + 1):
            if spoken[at : at + len(parts)] == parts:
                keep[at : at + len(parts)] = [True] * len(parts)


def _in_tag(title: str, match: re.Match[str]) -> bool:
    return title[max(0, match.start() - 2) : match.start()].endswith(("<", "</"))


def _stem(word: str) -> str:
    return re.sub(r"['’]s?\Z", "", word.casefold())


@cache
def _english() -> dict[str, frozenset[str]]:
    table = load_table("english")
    return {
        "small": frozenset(table["small"].split()),
        "common": frozenset(table["common"].split()),
        "names": frozenset(table["names"].split()),
        "endings": frozenset(table["endings"].split()),
        "parts": frozenset(table["parts_of_names"].split()),
        "leading": frozenset(table["leading"].split()),
        "phrases": frozenset(phrase.strip() for phrase in table["phrases"].split("|")),
    }
