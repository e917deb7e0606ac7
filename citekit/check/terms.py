"""Terms that no locale has, or not the style's own language, and locales that don't exist.

Source: CSL 1.0.2, sections "Terms" and "Locale Fallback".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from citekit.check.findings import Findings
from citekit.errors import LocaleError
from citekit.records.vocabulary import ALIASES
from citekit.style import nodes
from citekit.style.attributes import label
from citekit.style.locale import DEFAULT, foreign_terms, load_locale
from citekit.style.terms import FORM_FALLBACK, canonical_term
from citekit.style.xml import CS

_TERM_OF = {number: term for term, number in ALIASES.items() if number.endswith("-number")}
"""Locales name some terms otherwise than the variables that they label."""


def check_terms(root: etree._Element, style: nodes.Style, findings: Findings) -> None:
    """Add terms that print nothing, or English in a style of another language, as warnings.

    Only the style's own language counts: other languages are the user's choice.
    """
    language = style.default_locale or DEFAULT
    try:
        locale = load_locale(language, style)
    except LocaleError as error:
        what = f'default-locale="{language}": {error.what}; {DEFAULT} is used'
        findings.warn(root, what, error.hint)
        locale = load_locale(DEFAULT, style)
    foreign = foreign_terms(locale.lang, style)
    for element, name in _used(root):
        form = element.get("form", "long").strip()
        shown = f'"{name}"' if form == "long" else f'"{name}" (form {form})'
        text = locale.term(name, form)
        if text is None:
            what = f"{label(element)} prints nothing: no locale has a term {shown}"
            findings.warn(element, what, "define it in a <locale> of the style, or remove this")
        elif _is_foreign(name, form, foreign) and any(map(str.isalpha, text)):
            what = f"the locale {language} has no term {shown}, so {label(element)} prints English"
            findings.warn(element, what, "define it in a <locale> of the style")


def _is_foreign(name: str, form: str, foreign: Mapping[tuple[str, str], bool]) -> bool:
    forms = (form, *FORM_FALLBACK.get(form, ("long",)))
    keys = ((canonical_term(name), each) for each in forms)
    return next((foreign[key] for key in keys if key in foreign), False)


def _used(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the elements that print terms, and the terms."""
    for element in root.iter(f"{CS}text", f"{CS}label"):
        variable = element.get("variable", "").strip()
        if element.tag == f"{CS}text":
            if name := element.get("term", "").strip():
                yield element, name
        elif variable and variable != "locator":
            yield element, _TERM_OF.get(variable, variable)
