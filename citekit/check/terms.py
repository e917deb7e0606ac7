"""Terms that a style prints though no locale has them, and locales that don't exist.

Source: CSL 1.0.2, sections "Terms" and "Locale Fallback".
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from citekit.check.findings import Findings
from citekit.errors import LocaleError
from citekit.records.vocabulary import ALIASES
from citekit.style import nodes
from citekit.style.attributes import label
from citekit.style.locale import Locale, load_locale
from citekit.style.xml import CS

_TERM_OF = {number: term for term, number in ALIASES.items() if number.endswith("-number")}
"""Locales name some terms otherwise than the variables that they label."""


def check_terms(root: etree._Element, style: nodes.Style, findings: Findings) -> None:
    """Add terms that print nothing in the style's own language, as warnings.

    A language that has no term takes that of en-US, so such a term is found in
    no other language either, unless the style has it for that one.
    """
    if style.default_locale:
        try:
            load_locale(style.default_locale, style)
        except LocaleError as error:
            what = f'default-locale="{style.default_locale}": {error.what}; en-US is used'
            findings.warn(root, what, error.hint)
    locale = load_locale(None, style)
    for element, names in _used(root):
        form = element.get("form", "long").strip()
        if names and all(locale.term(name, form) is None for name in names):
            findings.warn(element, *_missing(element, names, form, locale))


def _used(root: etree._Element) -> Iterator[tuple[etree._Element, list[str]]]:
    """Yield the elements that print terms, with the terms that each may print."""
    for element in root.iter(f"{CS}text", f"{CS}label"):
        if element.tag == f"{CS}text":
            name = element.get("term", "").strip()
            yield element, [name] if name else []
        elif (names := element.getparent()) is not None and names.tag == f"{CS}names":
            yield element, _labelled(names)
        elif (variable := element.get("variable", "").strip()) not in ("", "locator"):
            yield element, [_TERM_OF.get(variable, variable)]


def _labelled(names: etree._Element) -> list[str]:
    """Return the variables that the label of a ``cs:names`` serves, those of substitutes too."""
    variables = names.get("variable", "").split()
    for other in names.iterfind(f"{CS}substitute//{CS}names"):
        variables += other.get("variable", "").split()
    return variables


def _missing(
    element: etree._Element, names: list[str], form: str, locale: Locale
) -> tuple[str, str]:
    shown = " or ".join(f'"{name}"' for name in names)
    forms = "" if form == "long" else f" in the form {form}"
    what = (
        f"{label(element)} prints nothing: neither the style nor {locale.lang} has a term {shown}"
    )
    return what + forms, "define it in a <locale> of the style, or remove this"
