"""Rows → sections by type, year, author or keyword, with headings in the bibliography's language.

Source: CSL 1.0.2, Appendix II, for the terms that headings are made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from citekit.errors import WriterError
from citekit.output.listing import Row, Section
from citekit.records.record import Record
from citekit.render.capitals import capitalize_first
from citekit.style.collation import collation
from citekit.style.locale import Locale, language

GroupBy = Literal["type", "year", "author", "keyword"]

_NO_KEYWORD = {
    "ca": "Sense paraula clau",
    "cs": "Bez klíčového slova",
    "da": "Uden nøgleord",
    "de": "Ohne Schlagwort",
    "en": "Without keyword",
    "es": "Sin palabra clave",
    "fi": "Ilman avainsanaa",
    "fr": "Sans mot-clé",
    "hu": "Kulcsszó nélkül",
    "it": "Senza parola chiave",
    "ja": "キーワードなし",
    "nb": "Uten nøkkelord",
    "nl": "Zonder trefwoord",
    "nn": "Utan nøkkelord",
    "pl": "Bez słowa kluczowego",
    "pt": "Sem palavra-chave",
    "ro": "Fără cuvânt-cheie",
    "ru": "Без ключевого слова",
    "sk": "Bez kľúčového slova",
    "sv": "Utan nyckelord",
    "uk": "Без ключового слова",
    "zh": "无关键词",
    "zh-TW": "無關鍵詞",
}
"""What CSL has no term for; in other languages it is said in English."""


def grouped(
    rows: Sequence[Row], records: Mapping[str, Record], group_by: GroupBy, lang: str
) -> list[Section]:
    """A section for each group, in the alphabetical order of the headings, the newest year first.

    Rows that are in no group come last.

    Raises :class:`~citekit.errors.WriterError` for a ``group_by`` that isn't known.
    """
    if group_by not in get_args(GroupBy):
        raise WriterError(
            f"entries can't be grouped by {group_by!r}",
            hint=f"take one of {', '.join(get_args(GroupBy))}",
        )
    locale = language(lang)
    groups: dict[str, list[Row]] = {}
    keys: dict[str, str] = {}
    without: list[Row] = []
    for row in rows:
        record = records.get(row.id)
        found = _KEYS[group_by](record) if record else []
        for key in found:
            heading = _heading(key, group_by, locale)
            keys[heading] = key
            groups.setdefault(heading, []).append(row)
        without += [] if found else [row]
    if group_by == "year":
        order = sorted(groups, key=lambda heading: -int(keys[heading]))
    else:
        places = collation("built-in", locale.lang)(list(groups))
        order = [heading for _, heading in sorted(zip(places, groups, strict=True))]
    sections = [Section(heading, tuple(groups[heading])) for heading in order]
    return sections + ([Section(_without(group_by, locale), tuple(without))] if without else [])


def _type(record: Record) -> list[str]:
    return [record.type or "document"]


def _year(record: Record) -> list[str]:
    issued = record.dates.get("issued")
    return [str(issued.start[0])] if issued and issued.start else []


def _author(record: Record) -> list[str]:
    names = record.names.get("author") or record.names.get("editor")
    if not names:
        return []
    first = names[0]
    family = first.literal or f"{first.non_dropping_particle} {first.family}".strip()
    return [", ".join(filter(None, (family, first.given)))]


def _keywords(record: Record) -> list[str]:
    words = (word.strip() for word in re.split("[,;]", record.texts.get("keyword", "")))
    return list(dict.fromkeys(word for word in words if word))


_KEYS: dict[str, Callable[[Record], list[str]]] = {
    "type": _type,
    "year": _year,
    "author": _author,
    "keyword": _keywords,
}


def _heading(key: str, group_by: GroupBy, locale: Locale) -> str:
    """What stands above a group: its key but for types and for years before Christ."""
    if group_by == "type":
        return capitalize_first(locale.term(key) or re.sub("[-_]", " ", key))
    if group_by == "year" and key.startswith("-"):
        return f"{key[1:]} {(locale.term('bc') or 'BC').strip()}"
    return key


def _without(group_by: GroupBy, locale: Locale) -> str:
    """What stands above the rows that are in no group; every record has a type."""
    if group_by == "keyword":
        known = (locale.lang, locale.lang.partition("-")[0], "en")
        return next(_NO_KEYWORD[lang] for lang in known if lang in _NO_KEYWORD)
    term = locale.term("no date" if group_by == "year" else "anonymous")
    return capitalize_first(term or "?")
