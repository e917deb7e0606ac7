"""Locale fallback, form fallback and ordinals."""

from __future__ import annotations

import pytest

from citekit.errors import LocaleError
from citekit.style import available_locales, load_locale, nodes
from citekit.style.locale import Gender
from citekit.style.ordinals import Ordinals
from citekit.style.terms import TERMS, canonical_term
from tests.style.styles import style

PLAIN = style()


def in_style(lang: str, *terms: str, options: str = "") -> str:
    attribute = f'xml:lang="{lang}"' if lang else ""
    return f"<locale {attribute}>{options}<terms>{''.join(terms)}</terms></locale>"


def term(name: str, text: str, attributes: str = "") -> str:
    return f'<term name="{name}" {attributes}>{text}</term>'


# ---------------------------------------------------------------- which locale

CODES = [
    ("en-US", "en-US", "January"),
    ("en_gb", "en-GB", "January"),
    ("DE-at", "de-AT", "Jänner"),
    ("de", "de-DE", "Januar"),
    ("de-LU", "de-LU", "Januar"),
    ("sr", "sr-Latn-RS", "Januar"),
    ("sr-Cyrl", "sr-Cyrl", "Јануар"),
    ("sr-Cyrl-ME", "sr-Cyrl-ME", "Јануар"),
    ("zh-Hant-TW", "zh-Hant-TW", "一月"),
    ("no", "nb-NO", "januar"),
    ("ca", "ca-AD", "gener"),
    ("ar", "ar", "يناير"),
    (" fr ", "fr-FR", "janvier"),
    ("en-US-x-sort-ja", "en-US", "January"),
]


@pytest.mark.parametrize(("asked", "lang", "january"), CODES)
def test_code(asked: str, lang: str, january: str) -> None:
    locale = load_locale(asked, PLAIN)
    assert (locale.lang, locale.term("month-01")) == (lang, january)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("german", "de-DE"), ("dde", "de"), ("xx-YY", "citekit locales"), ("", "citekit locales")],
)
def test_unknown_code(asked: str, hint: str) -> None:
    with pytest.raises(LocaleError) as caught:
        load_locale(asked, PLAIN)
    assert hint in caught.value.hint
    assert repr(asked) in caught.value.what


@pytest.mark.parametrize(
    ("default", "lang", "january"),
    [
        ("", "en-US", "January"),
        ("fr", "fr-FR", "janvier"),
        ("de-CH", "de-CH", "Januar"),
        ("gx", "gx", "January"),
    ],
)
def test_default_of_the_style(default: str, lang: str, january: str) -> None:
    locale = load_locale(None, style(attributes=f'class="note" default-locale="{default}"'))
    assert (locale.lang, locale.term("month-01")) == (lang, january)


def test_a_language_that_only_the_style_knows() -> None:
    found = style(before=in_style("gx", term("and", "und so")))
    assert load_locale("gx", found).term("and") == "und so"
    assert load_locale("gx", found).term("month-01") == "January"


# ---------------------------------------------------------------- where a term comes from

FALLBACK = [
    # locales of the style, from the one that counts most
    (["de-AT", "de", ""], "de-AT"),
    (["de", ""], "de"),
    ([""], ""),
    (["de-CH", "fr", "en-US", "d"], None),
]


@pytest.mark.parametrize(("langs", "winner"), FALLBACK)
@pytest.mark.parametrize("backwards", [False, True])
def test_locales_of_the_style(langs: list[str], winner: str | None, backwards: bool) -> None:
    elements = [in_style(lang, term("and", f"from {lang}")) for lang in langs]
    before = "".join(reversed(elements) if backwards else elements)
    found = load_locale("de-AT", style(before=before)).term("and")
    assert found == ("und" if winner is None else f"from {winner}")


def test_a_bare_language_uses_the_primary_dialect_in_the_style() -> None:
    found = style(before=in_style("de-DE", term("and", "plus")))
    assert load_locale("de", found).term("and") == "plus"


def test_secondary_dialect_falls_back_to_the_primary_one_for_dates() -> None:
    found = style(
        before='<locale xml:lang="de"><date form="text"><date-part name="year"/></date></locale>'
    )
    locale = load_locale("de-AT", found)
    assert locale.date("text") == nodes.Date(
        variable="", form="text", parts=(nodes.DatePart(name="year"),)
    )
    assert locale.date("numeric") == load_locale("de-AT", PLAIN).date("numeric") is not None
    assert locale.date("other") is None


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", (True, False)),
        ('<locale><style-options punctuation-in-quote="false"/></locale>', (False, False)),
        (
            '<locale><style-options punctuation-in-quote="false"/></locale><locale xml:lang="en">'
            '<style-options punctuation-in-quote="true" limit-day-ordinals-to-day-1="true"/>'
            "</locale>",
            (True, True),
        ),
    ],
)
def test_options(before: str, expected: tuple[bool, bool]) -> None:
    locale = load_locale("en-US", style(before=before))
    assert (locale.punctuation_in_quote, locale.limit_day_ordinals_to_day_1) == expected


# ---------------------------------------------------------------- forms

FORMS = [
    ({"long": "L"}, "verb-short", "L"),
    ({"long": "L", "verb": "V"}, "verb-short", "V"),
    ({"long": "L", "short": "S"}, "symbol", "S"),
    ({"long": "L", "short": "S"}, "verb", "L"),
    ({"long": "L", "verb": "V", "symbol": "Y"}, "short", "L"),
    ({"short": "S"}, "long", None),
    ({"long": "L", "short": ""}, "symbol", ""),
    ({"long": "L"}, "no-such-form", "L"),
    ({}, "long", None),
]


@pytest.mark.parametrize(("defined", "form", "expected"), FORMS)
def test_form_fallback(defined: dict[str, str], form: str, expected: str | None) -> None:
    terms = [term("own", text, f'form="{name}"') for name, text in defined.items()]
    locale = load_locale("en", style(before=in_style("", *terms)))
    assert locale.term("own", form) == expected


def test_locale_fallback_precedes_form_fallback() -> None:
    # A long form nearer by doesn't hide the short form further off.
    locale = load_locale("en", style(before=in_style("en", term("page", "PAGE"))))
    assert locale.term("page") == "PAGE"
    assert locale.term("page", "short") == "p."


def test_plural_and_empty() -> None:
    locale = load_locale("en", style(before=in_style("", term("and", ""))))
    assert (locale.term("page"), locale.term("page", plural=True)) == ("page", "pages")
    assert locale.term("and") == ""
    assert locale.term("no such term") is None


@pytest.mark.parametrize("name", ["editor-translator", "editortranslator"])
@pytest.mark.parametrize("asked", ["editor-translator", "editortranslator"])
def test_former_names_of_terms(name: str, asked: str) -> None:
    locale = load_locale("en", style(before=in_style("", term(name, "both"))))
    assert locale.term(asked) == "both"


@pytest.mark.parametrize(
    ("lang", "quotes"), [("en", "“”‘’"), ("de", "„“‚‘"), ("de-CH", "«»‹›"), ("sv", "””’’")]
)
def test_quotes(lang: str, quotes: str) -> None:
    locale = load_locale(lang, PLAIN)
    assert quotes == "".join(
        (
            locale.open_quote,
            locale.close_quote,
            locale.open_inner_quote,
            locale.close_inner_quote,
        )
    )


def test_gender() -> None:
    french = load_locale("fr", PLAIN)
    assert french.gender("edition") == "feminine"
    assert french.gender("month-01") == "masculine"
    assert french.gender("and") is None
    # Another text is still the same noun, unless the style says otherwise.
    renamed = style(before=in_style("fr", term("edition", "éd.")))
    assert load_locale("fr", renamed).gender("edition") == "feminine"
    changed = style(before=in_style("fr", term("edition", "tirage", 'gender="masculine"')))
    assert load_locale("fr", changed).gender("edition") == "masculine"


# ---------------------------------------------------------------- ordinals

ORDINALS: list[tuple[str, Gender | None, str]] = [
    ("en", None, "0th 1st 2nd 3rd 4th 10th 11th 12th 13th 21st 22nd 23rd 101st 111th 112th 213th"),
    ("fr", None, "1ᵉ 2ᵉ 21ᵉ"),
    ("fr", "masculine", "1ᵉʳ 2ᵉ 21ᵉ"),
    ("fr", "feminine", "1ʳᵉ 2ᵉ 21ᵉ"),
    ("de", "feminine", "1. 2. 11."),
    ("ca", "masculine", "1r 2n 3r 4t 5è"),
    ("ca", None, "5a"),
]


@pytest.mark.parametrize(("lang", "gender", "expected"), ORDINALS)
def test_ordinal(lang: str, gender: Gender | None, expected: str) -> None:
    locale = load_locale(lang, PLAIN)
    for word in expected.split():
        number = int("".join(c for c in word if c in "0123456789"))
        assert locale.ordinal(number, gender) == word


@pytest.mark.parametrize(
    ("lang", "gender", "words"),
    [
        ("en", None, ["first", "second", "tenth", "11th"]),
        ("fr", "masculine", ["premier", "deuxième", "dixième", "11ᵉ"]),
        ("ca", "feminine", ["primera", "segona", "desena", "11a"]),
        ("ca", None, ["primera", "segona", "desena", "11a"]),
    ],
)
def test_long_ordinal(lang: str, gender: Gender | None, words: list[str]) -> None:
    locale = load_locale(lang, PLAIN)
    assert [locale.long_ordinal(number, gender) for number in (1, 2, 10, 11)] == words


def ordinals(*terms: nodes.Term) -> Ordinals:
    return Ordinals().override(terms)


def suffix(name: str, **attributes: str) -> nodes.Term:
    return nodes.Term(name=name, single=name[-2:], **attributes)  # type: ignore[arg-type]


MATCHES = [
    # match of ordinal-03, numbers that it applies to, numbers that it doesn't
    (None, (3, 13, 23, 103, 113), (2, 30)),
    ("last-digit", (3, 13, 23, 103, 113), (2, 30)),
    ("last-two-digits", (3, 103, 203), (13, 23, 113)),
    ("whole-number", (3,), (13, 23, 103)),
]


@pytest.mark.parametrize(("match", "applies", "not_applies"), MATCHES)
def test_match_of_one_digit(
    match: str, applies: tuple[int, ...], not_applies: tuple[int, ...]
) -> None:
    found = ordinals(suffix("ordinal"), suffix("ordinal-03", match=match))
    assert {found.ordinal(n, None) for n in applies} == {f"{n}03" for n in applies}
    assert {found.ordinal(n, None) for n in not_applies} == {f"{n}al" for n in not_applies}


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (None, ["1313", "11313", "303", "21313"]),
        ("last-two-digits", ["1313", "11313", "303", "21313"]),
        ("whole-number", ["1313", "11303", "303", "21303"]),
    ],
)
def test_two_digits_win(match: str | None, expected: list[str]) -> None:
    found = ordinals(
        suffix("ordinal"),
        suffix("ordinal-03"),
        suffix("ordinal-13", match=match),  # type: ignore[arg-type]
    )
    assert [found.ordinal(n, None) for n in (13, 113, 3, 213)] == expected


def test_redefining_one_ordinal_replaces_all() -> None:
    found = style(before=in_style("en", term("ordinal", "o")))
    locale = load_locale("en", found)
    assert [locale.ordinal(n) for n in (1, 2, 11)] == ["1o", "2o", "11o"]
    assert locale.long_ordinal(1) == "first"


def test_ordinals_of_csl_1_0() -> None:
    old = [term(f"ordinal-0{n}", text) for n, text in ((1, "st"), (2, "nd"), (3, "rd"), (4, "th"))]
    locale = load_locale("en", style(before=in_style("", *old)))
    expected = "1st 2nd 3rd 4th 5th 10th 11th 12th 13th 21st 111th 122nd"
    assert [locale.ordinal(int(word[:-2])) for word in expected.split()] == expected.split()


# ---------------------------------------------------------------- the files


def test_every_locale_loads() -> None:
    assert len(available_locales()) > 50
    for code in available_locales():
        locale = load_locale(code, PLAIN)
        assert locale.lang == code
        assert locale.term("and") is not None
        assert locale.date("text")
        assert locale.date("numeric")
        assert locale.ordinal(1).startswith("1")


def test_every_term_of_the_default_locale_is_known() -> None:
    english = load_locale("en-US", PLAIN)
    names = {name for name, _ in english._terms}
    assert names <= {canonical_term(name) for name in TERMS}
    assert len(names) > 150
