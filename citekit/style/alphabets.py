"""Alphabets: letters and scripts that stand elsewhere in a language than they usually do.

The data are the tailorings of Unicode's Common Locale Data Repository for the
languages that have a locale file, as far as they are about single letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

# By language: a letter, then those that come after all words in it, in this order;
# "=" stands between letters that count as the same.
_ALPHABETS = {
    "cs": "c č, h ch, r ř, s š, z ž",
    "cy": "c ch, d dd, f ff, g ng, l ll, p ph, r rh, t th",
    "da": "y=ü=ű, th=þ, z æ=ä ø=ö=ő å=aa",
    "es": "n ñ",
    "et": "s š z ž, w õ ä ö ü",
    "fa": "آ ا, و ه",
    "fi": "n=ŋ, t=ŧ, y=ü, z=ʒ å ä=æ ö=ø",
    "gl": "n ñ",
    "hr": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "hu": "c cs, d dz dzs, g gy, l ly, n ny, o ö=ő, s sz, t ty, u ü=ű, z zs",
    "is": "a á, d ð, e é, i í, o ó, u ú, y ý, z þ æ=ä ö=ø å",
    "lt": "c č, i=y, s š, z ž",
    "lv": "c č, g ģ, i=y, k ķ, l ļ, n ņ, r ŗ, s š, z ž",
    "nb": "y=ü=ű, th=þ, z æ=ä=ę ø=ö=ő=œ å=aa",
    "nn": "y=ü=ű, th=þ, z æ=ä=ę ø=ö=ő=œ å=aa",
    "pl": "a ą, c ć, e ę, l ł, n ń, o ó, s ś, z ź ż",
    "ro": "a ă â, i î, s ș=ş, t ț=ţ",
    "sk": "a ä, c č, h ch, o ô, r ř, s š, z ž",
    "sl": "c č ć, d đ, s š, z ž",
    "sr-Latn": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "sv": "y=ü=ű, th=þ, z å ä=æ=ę ö=ø=ő=œ=ô",
    "tl": "n ñ ng",
    "tr": "c ç, g ğ, h ı, o ö, s ş, u ü",
    "uk": "г ґ, і ї",
    "vi": "a ă â, d đ, e ê, o ô ơ, u ư",
}

# Of the scripts that come before Latin where they are at home: first and last letter.
_SCRIPTS = {
    "ar": "ءݻ",
    "bg": "аӏ",
    "el": "αϸ",
    "fa": "ءݻ",
    "he": "את",
    "hi": "ऄ्",
    "hy": "աֆ",
    "km": "ក្",
    "ko": "ᄀퟻ",
    "mn": "аӏ",
    "ru": "аӏ",
    "sr": "аӏ",
    "th": "กๅ",
    "uk": "аӏ",
    "zh": "一𠀀",
}
# Letters of Latin that are letters of their own in all languages, where the Unicode
# Collation Algorithm has them: a letter, then those between it and the next of a to z.
_BETWEEN = """
    aⱥɐɑ bƀɓƃ cȼƈɕ dɖɗƌ eɇǝəɛɘɜ fƒ gǥɠɣƣ hƕɦⱨⱶ iıɨɩ jɉɟ kƙⱪ lƚⱡɫɬɭƛ mɱ nɲƞɳŋ oɔɵɷȣ
    pƥɸ qɋĸ rɍɹɽ sʂȿʃ tŧⱦƭʈ uʉɯʊ vʋʌ wⱳ yɏƴȝ zƶȥɀⱬʒƹþƿƨƽƅʔɂʕ
"""
_PRIVATE = 0xE000  # letters of nobody, which every collation puts behind all others


@cache
def alphabet_of(lang: str) -> Mapping[str, str]:
    """The letters, some of several characters, with their own place in a language.

    What a letter maps to sorts there: the Swedish å is a z and a private letter. Empty
    for languages in which letters stand where the Unicode Collation Algorithm has them.
    """
    rules = _of_language(_ALPHABETS, lang)
    alphabet: dict[str, str] = {}
    for group in filter(None, rules.split(", ")):
        anchors, *moved = group.split()
        anchor, *same = anchors.split("=")
        alphabet.update(dict.fromkeys([anchor, *same], anchor))
        for rank, letters in enumerate(moved, 1):
            alphabet.update(dict.fromkeys(letters.split("="), f"{anchor}{chr(_PRIVATE + rank)}"))
    if lang.startswith("hu"):  # a long digraph doubles its first letter only: ssz for sz and sz
        alphabet |= {k[0] + k: value * 2 for k, value in alphabet.items() if len(k) > 1}
    return MappingProxyType(alphabet)


LETTERS = {
    letter: f"{letters[0]}{chr(_PRIVATE + 0x100 + rank)}"
    for letters in _BETWEEN.split()
    for rank, letter in enumerate(letters[1:])
}
"""What letters that aren't in an alphabet of the language sort as: see :func:`alphabet_of`."""


def own_script(lang: str) -> str:
    """First and last letter of the script that a language puts before Latin; ``""`` if none."""
    return "" if lang.startswith("sr-Latn") else _of_language(_SCRIPTS, lang)


def _of_language(table: Mapping[str, str], lang: str) -> str:
    """What the table says of a language, in its script if that makes a difference."""
    language, *subtags = lang.split("-")
    return table.get("-".join([language, *subtags[:1]])) or table.get(language, "")
