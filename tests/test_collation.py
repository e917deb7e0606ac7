"""The order of texts: by language, beyond Latin, and as the reference processor has it."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyuca.collator import Collator_9_0_0

from citekit import Style
from citekit.errors import LocaleError
from citekit.readers import csl_json
from citekit.render.name_parts import SORT_PART
from citekit.render.names import SORT_NAME
from citekit.style.alphabets import LETTERS, alphabet_of
from citekit.style.collation import Collation, collation
from tests.reference import Job, Result

DATA = Path(__file__).with_name("data") / "collation.json"
ORDERS: dict[str, list[str]] = json.loads(DATA.read_text(encoding="utf-8"))

# The first key beyond Latin reads a table.
patient = settings(deadline=None)

STYLE = """
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Sorted</title><id>sorted</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography>
    <sort><key variable="KEY" sort="ascending"/></sort>
    <layout><text variable="number"/></layout>
  </bibliography>
</style>
"""


def in_order(texts: Sequence[str], lang: str = "en-US", kind: Collation = "built-in") -> list[str]:
    keys = collation(kind, lang)(texts)
    return [texts[index] for index in sorted(range(len(texts)), key=keys.__getitem__)]


# ---------------------------------------------------------------- languages


def test_letters_of_latin_that_are_not_of_english() -> None:
    """They are sorted without the table of the Unicode algorithm, and as by it."""
    letters = [*LETTERS, *"abcdefghijklmnopqrstuvwxyz", "iz", "nz", "zz"]
    assert in_order(letters) == sorted(letters, key=Collator_9_0_0().sort_key)


@pytest.mark.parametrize("lang", ORDERS)
@patient
@given(data=st.data())
def test_order_of_a_language(lang: str, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(ORDERS[lang]))
    assert in_order(shuffled, lang) == ORDERS[lang]


@pytest.mark.parametrize("lang", ORDERS)
def test_order_of_decomposed_and_capital_letters(lang: str) -> None:
    changed = [unicodedata.normalize("NFD", text) for text in reversed(ORDERS[lang])]
    assert in_order(changed, lang) == changed[::-1]
    if lang != "tr-TR":  # where capitals of i and ı aren't those of other languages
        capitals = [text.upper() for text in reversed(ORDERS[lang])]
        assert in_order(capitals, lang) == capitals[::-1]


@pytest.mark.parametrize("lang", ORDERS)
def test_order_of_pyicu(lang: str) -> None:
    pytest.importorskip("icu", reason="PyICU is not installed")
    assert in_order(ORDERS[lang][::-1], lang, "icu") == ORDERS[lang]


def test_pyicu_knows_languages_that_the_built_in_collation_does_not() -> None:
    pytest.importorskip("icu", reason="PyICU is not installed")
    pinyin = ["阿", "北京", "日本", "上海", "中文"]
    assert in_order(pinyin[::-1], "zh-CN", "icu") == pinyin
    assert in_order(pinyin, "zh-CN") == sorted(pinyin)


def test_the_reference_has_the_same_order(
    reference: Callable[[Sequence[Job]], list[Result]],
) -> None:
    jobs = [
        Job(style=style("title"), items=titles(order[::-1]), lang=lang, text=True)
        for lang, order in ORDERS.items()
    ]
    printed = [[int(entry.strip()) for entry in result.entries] for result in reference(jobs)]
    expected = [list(range(len(order), 0, -1)) for order in ORDERS.values()]
    assert dict(zip(ORDERS, printed, strict=True)) == dict(zip(ORDERS, expected, strict=True))


# ---------------------------------------------------------------- what counts

SAME = [
    "Muller MÜLLER müller Mu\u0308ller Mül-ler “Müller” Müller?",
    "strasse straße STRASSE",
    "oneill O’Neill O'Neill O‘Neill",
    "aerozone ærozone Ærozone",
    "Лев лев ЛЕВ",
    "Άγρας αγρας ΑΓΡΑΣ",
    "かな カナ ｶﾅ",
    "v.7 v07 V7 v٧",
]


@pytest.mark.parametrize("line", SAME)
def test_case_accents_punctuation_do_not_count(line: str) -> None:
    keys = collation("built-in", "en-US")(line.split())
    assert [key == keys[0] for key in keys] == [True] * len(keys)


IN_ORDER = {
    "words before letters": ["de la", "de Zayas", "dela", "de-lb"],
    "spaces of all kinds": ["a\u00a0b", "a c", "a\u2003d", "ab"],
    "numbers by value": ["a", "a 9", "a 10", "a 010 b", "a 100", "a1", "a1.5", "a1.10", "a2", "aa"],
    "huge numbers": ["1" + "0" * 40, "2" + "0" * 40, "1" + "0" * 5000, "a"],
    "digits, Latin, the rest": ["9", "z", "þ", "α", "я", "中"],
    "names": ["Smith", "Smith\x01Adams", "Smith\x02\x02A", "Smith Jones", "Smithe", "Smith-Jones"],
    "names beyond Latin": ["Лев", "Лев\x01А", "Лев\x02\x02А", "Лев А", "Лева"],
}


@pytest.mark.parametrize("texts", IN_ORDER.values(), ids=IN_ORDER)
@pytest.mark.parametrize("more", [[], ["Ж"]], ids=["plain", "unicode"])
def test_what_comes_first(texts: list[str], more: list[str]) -> None:
    ordered = in_order([*texts[::-1], *more])
    assert [text for text in ordered if text not in more] == texts


@pytest.mark.parametrize("key", ["names", "names beyond Latin"])
def test_separators_of_names_under_pyicu(key: str) -> None:
    pytest.importorskip("icu", reason="PyICU is not installed")
    assert in_order(IN_ORDER[key][::-1], "en-US", "icu") == IN_ORDER[key]


def test_separators_are_those_of_names() -> None:
    assert (SORT_NAME, SORT_PART) == ("\x01", "\x02")


# Letters that plain keys know; the others make a sort use the Unicode Collation Algorithm.
LATIN = [
    chr(code)
    for code in [*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x1E00, 0x1F00)]
    if chr(code).isalnum() or chr(code) == " "
]


@patient
@given(st.lists(st.text(LATIN, max_size=6), min_size=2, max_size=2))
def test_latin_letters_compare_alike_in_both_kinds_of_keys(texts: list[str]) -> None:
    alone = collation("built-in", "en-US")(texts)
    with_others = collation("built-in", "en-US")([*texts, "Ж"])
    assert (alone[0] < alone[1]) == (with_others[0] < with_others[1])
    assert (alone[0] == alone[1]) == (with_others[0] == with_others[1])


@pytest.mark.parametrize("lang", [*ORDERS, "en-US"])
@patient
@given(texts=st.lists(st.text(max_size=8), max_size=6))
def test_any_text_has_a_key(lang: str, texts: list[str]) -> None:
    ordered = in_order(texts, lang)
    assert sorted(ordered) == sorted(texts)
    assert in_order(ordered, lang) == ordered


def test_an_alphabet_has_the_letters_that_it_is_made_of() -> None:
    assert alphabet_of("en-US") == {}
    assert alphabet_of("sv-SE") == alphabet_of("sv-FI")
    assert alphabet_of("sr-Latn-RS")
    assert not alphabet_of("sr-Cyrl-RS")
    czech = alphabet_of("cs-CZ")
    assert czech["h"] == "h"
    assert czech["ch"].startswith("h")
    assert alphabet_of("hu-HU")["ssz"] == alphabet_of("hu-HU")["sz"] * 2


# ---------------------------------------------------------------- in a style


def style(variable: str) -> str:
    return STYLE.replace("KEY", variable)


def titles(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"id": str(number), "type": "book", "title": text, "number": str(number)}
        for number, text in enumerate(texts, 1)
    ]


def numbers(xml: str, items: list[dict[str, Any]], lang: str | None = None) -> list[int]:
    found = Style.from_xml(xml, lang).bibliography(csl_json.loads(json.dumps(items)))
    return [int(entry.text) for entry in found.entries]


def test_the_locale_of_the_style_decides() -> None:
    items = titles(["Öberg", "Zorn", "Oz"])
    assert numbers(style("title"), items) == [1, 3, 2]
    assert numbers(style("title"), items, "sv") == [3, 2, 1]
    swedish = style("title").replace("<style ", '<style default-locale="sv-SE" ')
    assert numbers(swedish, items) == [3, 2, 1]
    assert numbers(swedish, items, "en-US") == [1, 3, 2]


@pytest.mark.parametrize("direction", ["ascending", "descending"])
def test_equal_keys_keep_their_order_and_empty_ones_come_last(direction: str) -> None:
    xml = style("title").replace("ascending", direction)
    items = titles(["Etude", "", "étude", "???", "ÉTUDE", " "])
    expected = [4, 1, 3, 5] if direction == "ascending" else [1, 3, 5, 4]
    assert numbers(xml, items) == [*expected, 2, 6]


def test_names_beyond_latin_in_a_style() -> None:
    names = [("Толстой", "Лев"), ("Толстая", "Татьяна"), ("Толстой", "Алексей"), ("Adams", "A.")]
    items = titles([""] * 4)
    for item, (family, given_name) in zip(items, names, strict=True):
        item["author"] = [{"family": family, "given": given_name}]
    assert numbers(style("author"), items) == [4, 2, 3, 1]
    assert numbers(style("author"), items, "ru-RU") == [2, 3, 1, 4]


# ---------------------------------------------------------------- packages


def test_latin_needs_no_other_package() -> None:
    """The table of the Unicode Collation Algorithm is read only when it is needed."""
    script = (
        "import sys\n"
        "from citekit.style.collation import collation\n"
        "collation('built-in', 'sv-SE')(['Åberg', 'Zorn', 'Muñoz'])\n"
        "assert not {'pyuca', 'icu'} & set(sys.modules)\n"
        "collation('built-in', 'sv-SE')(['Åberg', 'Лев'])\n"
        "assert 'pyuca' in sys.modules\n"
        "assert 'icu' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_without_pyicu_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    collation.cache_clear()
    monkeypatch.setitem(sys.modules, "icu", None)
    with pytest.raises(LocaleError) as caught:
        Style.load("apa", collation="icu")
    assert "pip install 'citekit-csl[icu]'" in caught.value.hint


def test_no_such_collation() -> None:
    with pytest.raises(LocaleError, match="no collation 'ICU'"):
        Style.load("apa", collation="ICU")  # type: ignore[arg-type]


def test_a_style_sorted_by_pyicu() -> None:
    pytest.importorskip("icu", reason="PyICU is not installed")
    records = csl_json.loads(json.dumps(titles(["中文", "北京", "Zorn"])))
    chosen = Style.from_xml(style("title"), "zh-CN", collation="icu")
    assert [entry.text for entry in chosen.bibliography(records).entries] == ["2", "1", "3"]
