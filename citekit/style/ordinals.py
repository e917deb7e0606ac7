"""Ordinal numbers from the ordinal terms of a locale.

Source: CSL 1.0.2, sections "Ordinal Suffixes", "Long Ordinals" and
"Gender-specific Ordinals".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from citekit.patterns import pattern

if TYPE_CHECKING:
    from citekit.style.nodes import Term

_SUFFIX = pattern(r"ordinal(-\d\d)?")
_LONG = pattern(r"long-ordinal-\d\d")
_OLD_SCHEME = ("ordinal-01", "ordinal-02", "ordinal-03", "ordinal-04")

_Key = tuple[str, str | None]
_Ordinal = tuple[str, str | None]
"""A term's text, and the numbers that it is for (``match``)."""


@frozen(slots=True)
class Ordinals:
    """The ordinal terms in force, by name and gender form (``None`` is neuter)."""

    _suffixes: Mapping[_Key, _Ordinal] = field(factory=dict)
    _words: Mapping[_Key, _Ordinal] = field(factory=dict)

    def override(self, terms: Iterable[Term]) -> Ordinals:
        """Return these ordinals as a locale that counts more redefines them.

        Suffixes are replaced all together as soon as one is redefined, words singly
        but in all genders: a neuter left over would be of another language.
        """
        suffixes: dict[_Key, _Ordinal] = {}
        words: dict[_Key, _Ordinal] = {}
        for term in terms:
            if term.form != "long" or "ordinal" not in term.name:
                continue
            if _SUFFIX.fullmatch(term.name):
                suffixes[term.name, term.gender_form] = term.single, term.match
            elif _LONG.fullmatch(term.name):
                words[term.name, term.gender_form] = term.single, term.match
        redefined = {name for name, _ in words}
        kept = {key: term for key, term in self._words.items() if key[0] not in redefined}
        return Ordinals(suffixes or self._suffixes, kept | words)

    def ordinal(self, number: int, gender: str | None) -> str:
        """Return number and suffix."""
        return f"{number}{self._suffix(number, gender or self._stand_in('ordinal'))}"

    def long_ordinal(self, number: int, gender: str | None) -> str:
        """Return the number in words if there are any, else number and suffix."""
        term = None
        if 1 <= number <= 10:
            name = f"long-ordinal-{number:02}"
            term = self._words.get((name, gender)) or self._words.get((name, None))
            term = term or self._words.get((name, self._stand_in(name)))
        return self.ordinal(number, gender) if term is None else term[0]

    def _suffix(self, number: int, gender: str | None) -> str:
        if self._is_old_scheme():
            return self._old_suffix(number, gender)
        size = abs(number)
        if size % 100 >= 10:
            name = f"ordinal-{size % 100:02}"
            for text, match in self._variants(name, gender):
                if match != "whole-number" or size < 100:
                    return text
        for text, match in self._variants(f"ordinal-{size % 10:02}", gender):
            if _matches_digit(match, size):
                return text
        return next((text for text, _ in self._variants("ordinal", gender)), "")

    def _stand_in(self, name: str) -> str | None:
        """Return the gender to use without one where a locale has no neuter, as in Catalan."""
        terms = self._suffixes if name == "ordinal" else self._words
        if (name, None) in terms:
            return None
        return next((form for form in ("feminine", "masculine") if (name, form) in terms), None)

    def _variants(self, name: str, gender: str | None) -> Iterator[_Ordinal]:
        """Yield the term for this gender, then the neuter one."""
        for form in dict.fromkeys((gender, None)):
            if (term := self._suffixes.get((name, form))) is not None:
                yield term

    def _is_old_scheme(self) -> bool:
        """Tell whether these are ordinals of CSL 1.0, which had no term "ordinal"."""
        names = {name for name, _ in self._suffixes}
        return "ordinal" not in names and names.issuperset(_OLD_SCHEME)

    def _old_suffix(self, number: int, gender: str | None) -> str:
        last, last_two = abs(number) % 10, abs(number) % 100
        name = f"ordinal-0{last}" if last in (1, 2, 3) and last_two - last != 10 else "ordinal-04"
        return next((text for text, _ in self._variants(name, gender)), "")


def _matches_digit(match: str | None, size: int) -> bool:
    """Tell whether one of ordinal-00 to ordinal-09 with the right last digit applies."""
    if match == "whole-number":
        return size < 10
    return match != "last-two-digits" or size % 100 < 10
