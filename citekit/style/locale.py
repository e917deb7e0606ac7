"""The terms, dates and options of one language, merged from a style and locale files.

Everything is merged when a :class:`Locale` is made, so that rendering only
looks things up. The locale files are those of the package citeproc-py, which
is located but never imported.

Source: CSL 1.0.2, sections "Locale Fallback" and "Terms".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import evolve, field, frozen

from citekit.errors import LocaleError, StyleError
from citekit.style.ordinals import Ordinals
from citekit.style.terms import FORM_FALLBACK, canonical_term

if TYPE_CHECKING:
    from citekit.style import nodes

DEFAULT = "en-US"
"""The locale that all others fall back to."""

Gender = Literal["masculine", "feminine"]

_RENAMED = {"no": "nb", "iw": "he", "in": "id", "fil": "tl"}
"""Other codes of languages that have a locale file."""
_OVERVIEW = "locales.json"


@frozen(slots=True, eq=False, kw_only=True)
class Locale:
    """What a language and a style say about terms, dates and punctuation.

    Made by :func:`load_locale`; never changes, so threads may share it.

    Source: CSL 1.0.2, section "Locale Files - Structure".
    """

    lang: str
    """The code asked for, in the usual spelling; a bare language became its primary dialect."""
    punctuation_in_quote: bool = False
    limit_day_ordinals_to_day_1: bool = False
    _terms: Mapping[tuple[str, str], tuple[str, str]] = field(repr=False)
    """Singular and plural by name and form."""
    _genders: Mapping[str, Gender] = field(repr=False)
    _dates: Mapping[str, nodes.Date] | None = field(repr=False)
    _ordinals: Ordinals = field(repr=False)

    def term(self, name: str, form: str = "long", plural: bool = False) -> str | None:
        """Return a term, ``None`` if no locale defines it in this form or one it falls back to.

        A term that is defined as empty gives "". Source: CSL 1.0.2, section "Terms".
        """
        name = canonical_term(name)
        found = self._terms.get((name, form))
        if found is None:
            for other in FORM_FALLBACK.get(form, ("long",)):
                if (found := self._terms.get((name, other))) is not None:
                    break
            else:
                return None
        return found[plural]

    def gender(self, name: str) -> Gender | None:
        """Return the gender of a noun (a number variable's term or a month), if it has one.

        Source: CSL 1.0.2, section "Gender-specific Ordinals".
        """
        return self._genders.get(canonical_term(name))

    def ordinal(self, number: int, gender: Gender | None = None) -> str:
        """Return the number with its ordinal suffix: "2nd".

        Source: CSL 1.0.2, section "Ordinal Suffixes".
        """
        return self._ordinals.ordinal(number, gender)

    def long_ordinal(self, number: int, gender: Gender | None = None) -> str:
        """Return the number as an ordinal in words, as far as there are any: "second", "12th".

        Source: CSL 1.0.2, section "Long Ordinals".
        """
        return self._ordinals.long_ordinal(number, gender)

    def date(self, form: str) -> nodes.Date | None:
        """Return the localized date format "text" or "numeric"; its ``variable`` is ``""``.

        Source: CSL 1.0.2, section "Localized Date Formats".
        """
        if self._dates is None:
            raise LookupError("a pickled locale has no date formats")
        return self._dates.get(form)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled without date formats: what uses a pickled locale has worked them in."""
        return _unpickled, (
            self.lang,
            self.punctuation_in_quote,
            self.limit_day_ordinals_to_day_1,
            self._terms,
            self._genders,
            self._ordinals,
        )

    @property
    def open_quote(self) -> str:
        """The mark that opens a quotation."""
        return self.term("open-quote") or ""

    @property
    def close_quote(self) -> str:
        """The mark that closes a quotation."""
        return self.term("close-quote") or ""

    @property
    def open_inner_quote(self) -> str:
        """The mark that opens a quotation within a quotation."""
        return self.term("open-inner-quote") or ""

    @property
    def close_inner_quote(self) -> str:
        """The mark that closes a quotation within a quotation."""
        return self.term("close-inner-quote") or ""


def _unpickled(
    lang: str,
    punctuation_in_quote: bool,
    limit_day_ordinals_to_day_1: bool,
    terms: Mapping[tuple[str, str], tuple[str, str]],
    genders: Mapping[str, Gender],
    ordinals: Ordinals,
) -> Locale:
    return Locale(
        lang=lang,
        punctuation_in_quote=punctuation_in_quote,
        limit_day_ordinals_to_day_1=limit_day_ordinals_to_day_1,
        terms=terms,
        genders=genders,
        dates=None,
        ordinals=ordinals,
    )


def load_locale(lang: str | None, style: nodes.Style) -> Locale:
    """Return the locale ``lang`` as ``style`` modifies it.

    ``lang`` is a code such as ``de-AT``, ``de`` or ``de_at``; a region or script
    without a file of its own falls back to the language's primary dialect.
    ``None`` means the style's own default, else ``en-US``.

    Raises :class:`~citekit.errors.LocaleError` for a language that neither a
    file nor the style knows; a *style's* unknown default counts as en-US.

    Source: CSL 1.0.2, section "Locale Fallback".
    """
    chosen = _spell(style.default_locale or DEFAULT if lang is None else lang)
    file = _file_for(chosen)
    if file is None:
        own = {_spell(data.lang).partition("-")[0] for data in style.locales if data.lang}
        if lang is not None and chosen.partition("-")[0] not in own:
            raise _unknown(lang)
        file = DEFAULT
    elif "-" not in chosen:
        chosen = file
    return _merge(chosen, [*_file_levels(file), *_style_levels(chosen, style)])


def language(lang: str) -> Locale:
    """Return the locale of a language as its files have it, without any style: en-US if unknown."""
    chosen = _spell(lang)
    file = _file_for(chosen) or DEFAULT
    return _merge(chosen if "-" in chosen else file, _file_levels(file))


def foreign_terms(lang: str, style: nodes.Style) -> Mapping[tuple[str, str], bool]:
    """Return all terms of a language by name and form: ``True`` for those it takes from en-US.

    Arguments and errors are those of :func:`load_locale`.
    """
    chosen = load_locale(lang, style).lang
    file = _file_for(chosen) or DEFAULT
    english, *own = _file_levels(file)
    found = dict.fromkeys(_term_keys([english]), True)
    if chosen.partition("-")[0] == DEFAULT.partition("-")[0]:
        own.append(english)
    return found | dict.fromkeys(_term_keys([*own, *_style_levels(chosen, style)]), False)


def locale_files(lang: str) -> list[Path]:
    """Return the files that a locale of this code, as :class:`Locale` has it, was made from."""
    codes = _file_codes(_file_for(lang) or DEFAULT)
    return [_directory() / _OVERVIEW, *map(_path, codes)]


@cache
def available_locales() -> tuple[str, ...]:
    """Return the codes of all locale files, sorted.

    Raises :class:`~citekit.errors.LocaleError` if citeproc-py is not installed.
    """
    codes = (path.stem.removeprefix("locales-") for path in _directory().glob("locales-*.xml"))
    return tuple(sorted(codes))


# ---------------------------------------------------------------- which file


def _spell(code: str) -> str:
    """Return a code as locale files spell it: ``sr_cyrl`` → ``sr-Cyrl``, ``DE_at`` → ``de-AT``."""
    language, *others = code.strip().replace("_", "-").split("-")
    subtags = [language.lower()]
    for subtag in others:
        if len(subtag) == 1:  # "x": what follows is private and means nothing to us
            break
        subtags.append(subtag.title() if len(subtag) == 4 else subtag.upper())
    return "-".join(subtags)


def _file_for(code: str) -> str | None:
    """Return the code of the locale file that serves ``code`` best."""
    files = available_locales()
    if code in files:
        return code
    language, *others = code.split("-")
    for wanted in _narrower(language, others):
        found = next((f for f in files if f == wanted or f.startswith(f"{wanted}-")), None)
        if found is not None:
            return found
    language = _RENAMED.get(language, language)
    primary = _primary_dialects().get(language)
    if primary is not None:
        return primary
    return next((f for f in files if f.partition("-")[0] == language), None)


def _narrower(language: str, others: list[str]) -> Iterator[str]:
    """Yield language-script and language-region for a code that has both, or more."""
    for subtag in others:
        yield f"{language}-{subtag}"


def _unknown(lang: str) -> LocaleError:
    from difflib import get_close_matches  # noqa: PLC0415

    names = _language_names()
    near = get_close_matches(_spell(lang), available_locales(), n=3)
    wanted = lang.strip().casefold()
    near += [
        code for name, code in names if name.startswith(wanted) and wanted and code not in near
    ]
    did_you_mean = f"did you mean {' or '.join(near[:4])}? " if near else ""
    return LocaleError(
        f"there is no locale {lang!r}",
        hint=did_you_mean + "`citekit locales` lists all; a code looks like en-GB, de or pt-BR",
    )


# ---------------------------------------------------------------- reading files


@cache
def _directory() -> Path:
    spec = find_spec("citeproc")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        directory = Path(place, "data", "locales")
        if directory.is_dir():
            return directory
    raise LocaleError(
        "the locale files are missing",
        hint="they come with the package citeproc-py: pip install citeproc-py",
    )


@cache
def _overview() -> Mapping[str, Mapping[str, object]]:
    import json  # noqa: PLC0415

    try:
        text = (_directory() / _OVERVIEW).read_text(encoding="utf-8")
        overview: Mapping[str, Mapping[str, object]] = json.loads(text)
    except (OSError, ValueError) as error:
        raise LocaleError(
            f"the list of locales can't be read: {error}", hint="reinstall citeproc-py"
        ) from error
    return overview


def _primary_dialects() -> Mapping[str, str]:
    return {key: str(code) for key, code in _overview().get("primary-dialects", {}).items()}


def _language_names() -> list[tuple[str, str]]:
    """Return the names of languages, in the language itself and English, with their codes."""
    listed = _overview().get("language-names", {})
    return [
        (str(name).casefold(), code)
        for code, names in listed.items()
        if isinstance(names, list)
        for name in names
    ]


def _path(code: str) -> Path:
    return _directory() / f"locales-{code}.xml"


@lru_cache(maxsize=16)
def _load_file(code: str) -> nodes.LocaleData:
    from citekit.style.attributes import Problems  # noqa: PLC0415
    from citekit.style.locales import parse_locale  # noqa: PLC0415
    from citekit.style.xml import load_xml  # noqa: PLC0415

    path = _path(code)
    try:
        return parse_locale(load_xml(path.read_bytes(), where=str(path)), Problems())
    except OSError as error:
        raise LocaleError(f"{path} can't be read: {error}", hint="reinstall citeproc-py") from error
    except StyleError as error:
        raise LocaleError(error.what, where=str(path), hint="reinstall citeproc-py") from error


# ---------------------------------------------------------------- merging


def _file_codes(code: str) -> list[str]:
    """Return the codes of the locale files that serve ``code``, those that count least first."""
    primary = _primary_dialects().get(code.partition("-")[0], code)
    return list(dict.fromkeys((DEFAULT, primary, code)))


def _file_levels(code: str) -> list[nodes.LocaleData]:
    return [_load_file(each) for each in _file_codes(code)]


def _term_keys(levels: Iterable[nodes.LocaleData]) -> list[tuple[str, str]]:
    return [(canonical_term(term.name), term.form) for data in levels for term in data.terms]


def _style_levels(code: str, style: nodes.Style) -> list[nodes.LocaleData]:
    """Return the style's own locales that apply to ``code``, those that count least first."""
    found = []
    for data in style.locales:
        own = _spell(data.lang) if data.lang else ""
        if not own or own == code or code.startswith(f"{own}-"):
            found.append((len(own), data))
    return [data for _, data in sorted(found, key=lambda pair: pair[0])]


def _merge(lang: str, levels: Iterable[nodes.LocaleData]) -> Locale:
    terms: dict[tuple[str, str], tuple[str, str]] = {}
    genders: dict[str, Gender] = {}
    dates: dict[str, nodes.Date] = {}
    ordinals = Ordinals()
    punctuation_in_quote = limit_day_ordinals = None
    for data in levels:
        own_terms = [_typographic(term) for term in data.terms]
        for term in own_terms:
            name = canonical_term(term.name)
            if term.gender_form is None:
                terms[name, term.form] = term.single, term.multiple
            if term.gender is not None and term.form == "long":
                genders[name] = term.gender
        dates.update(data.dates)
        ordinals = ordinals.override(own_terms)
        if data.punctuation_in_quote is not None:
            punctuation_in_quote = data.punctuation_in_quote
        if data.limit_day_ordinals_to_day_1 is not None:
            limit_day_ordinals = data.limit_day_ordinals_to_day_1
    return Locale(
        lang=lang,
        punctuation_in_quote=bool(punctuation_in_quote),
        limit_day_ordinals_to_day_1=bool(limit_day_ordinals),
        terms=terms,
        genders=genders,
        dates=dates,
        ordinals=ordinals,
    )


def _typographic(term: nodes.Term) -> nodes.Term:
    """The term with apostrophes as they are printed: "l’adresse"."""
    if term.name.endswith("-quote") or "'" not in term.single + term.multiple:
        return term
    single, multiple = (text.replace("'", "’") for text in (term.single, term.multiple))
    return evolve(term, single=single, multiple=multiple)
