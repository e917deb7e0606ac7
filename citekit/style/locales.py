"""``cs:locale``, of a style or a locale file: from XML to nodes.

Source: CSL 1.0.2, section "Locale Files - Structure".
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from citekit.style import nodes
from citekit.style.attributes import Attributes, Problems, label, values
from citekit.style.elements import build_date
from citekit.style.terms import TERM_FORMS
from citekit.style.xml import CS

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_DATE_FORMS = values("numeric text")
_GENDERS = values("masculine feminine")
_MATCH = values("last-digit last-two-digits whole-number")


def parse_locale(element: etree._Element, problems: Problems) -> nodes.LocaleData:
    """Return what a ``cs:locale`` element defines; what can't be used becomes a warning."""
    attributes = Attributes(element, problems)
    attributes.drop("version")
    lang = element.get(XML_LANG, "").strip() or None
    attributes.done()
    terms: list[nodes.Term] = []
    dates: dict[str, nodes.Date] = {}
    options: dict[str, bool | None] = {}
    for child in element:
        if child.tag == f"{CS}terms":
            terms += _terms(child, problems)
        elif child.tag == f"{CS}date":
            _add_date(child, dates, problems)
        elif child.tag == f"{CS}style-options":
            options |= _style_options(child, problems)
        elif child.tag != f"{CS}info":
            problems.warn(child, f"{label(child)} has no meaning in <locale>; it is ignored")
    return nodes.LocaleData(lang=lang, terms=tuple(terms), dates=dates, **options)


def _style_options(element: etree._Element, problems: Problems) -> dict[str, bool | None]:
    attributes = Attributes(element, problems)
    options = {
        "punctuation_in_quote": attributes.flag("punctuation-in-quote", None),
        "limit_day_ordinals_to_day_1": attributes.flag("limit-day-ordinals-to-day-1", None),
    }
    attributes.done()
    return {name: value for name, value in options.items() if value is not None}


def _add_date(element: etree._Element, dates: dict[str, nodes.Date], problems: Problems) -> None:
    attributes = Attributes(element, problems)
    form: Any = attributes.choice("form", _DATE_FORMS, None)
    if form is None:
        problems.warn(element, '<date> in <locale> needs form="text" or "numeric"; it is ignored')
        return
    attributes.drop("variable")
    dates[form] = build_date(attributes, "", form)


def _terms(element: etree._Element, problems: Problems) -> list[nodes.Term]:
    terms = []
    for child in element:
        attributes = Attributes(child, problems)
        name = attributes.word("name")
        if child.tag != f"{CS}term" or not name:
            problems.warn(child, f"{label(child)} in <terms> is no term with a name; it is ignored")
            continue
        single, multiple = _texts(child)
        terms.append(
            nodes.Term(
                name=name,
                form=attributes.choice("form", TERM_FORMS, "long"),
                single=single,
                multiple=multiple,
                gender=attributes.choice("gender", _GENDERS, None),
                gender_form=attributes.choice("gender-form", _GENDERS, None),
                match=attributes.choice("match", _MATCH, None),
            )
        )
        attributes.done()
    return terms


def _texts(element: etree._Element) -> tuple[str, str]:
    """Return singular and plural, exactly as given; one stands in for the other."""
    if not len(element):
        text = element.text or ""
        return text, text
    single = element.find(f"{CS}single")
    multiple = element.find(f"{CS}multiple")
    if single is None:
        single = multiple
    if multiple is None:
        multiple = single
    if single is None or multiple is None:
        return "", ""
    return single.text or "", multiple.text or ""
