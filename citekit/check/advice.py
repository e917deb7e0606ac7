"""A schema's faults in a colleague's words: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from lxml import etree

from citekit.check.grammar import Grammar, Pattern, inner
from citekit.records import vocabulary
from citekit.style.attributes import label
from citekit.style.xml import CS, CSL_NAMESPACE

Said = tuple[str, str]
"""What is wrong, and a hint."""

_LISTED = 12
"""More than so many possibilities are not told one by one."""

_DATA = {
    "NMTOKEN": "letters, digits, and the signs - _ . : without spaces",
    "anyURI": "a URI such as http://www.zotero.org/styles/apa",
    "boolean": '"true" or "false"',
    "dateTime": "date and time such as 2024-05-31T12:00:00+00:00",
    "integer": "a whole number",
    "language": "the code of a language such as de or pt-BR",
    "nonNegativeInteger": "a whole number, 0 or more",
}
_FORMATS = {"issn": "an ISSN such as 1234-567X"}
_FORMATS |= {"eissn": _FORMATS["issn"], "issnl": _FORMATS["issn"]}
_RENDERING = frozenset(f"{CS}{n}" for n in "choose date group label names number text".split())


# ---------------------------------------------------------------- attributes


def missing_attribute(element: etree._Element, ways: Sequence[frozenset[str]]) -> Said:
    """An attribute that must be there isn't."""
    words = [" and ".join(sorted(way)) for way in ways]
    if label(element) in ("<if>", "<else-if>"):
        return f"{label(element)} tests nothing", f"add a condition: {_or(sorted(words))}"
    what = f"{label(element)} has no {_or(sorted(words))}"
    return what, "it needs one of them" if len(words) > 1 else "it needs one"


def unknown_attribute(
    element: etree._Element, name: str, known: Collection[str], owners: Sequence[str]
) -> Said:
    """An attribute that CSL doesn't know on this element, or not at all."""
    what = f'{label(element)} has an attribute "{_plain(name)}" that CSL doesn\'t know there'
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    if near:
        return what, f'did you mean "{near[0]}"?'
    if owners and len(owners) <= 4:
        return what, f"it belongs on {_or(map(_tag, sorted(owners)))}"
    return what, "remove it"


def conflict(element: etree._Element, name: str, rivals: Sequence[str]) -> Said:
    """An attribute that excludes another one, which is there, too."""
    others = f"together with {_and(rivals)}" if rivals else "here"
    return f"{label(element)} can't have {name} {others}", "keep what you mean, remove the rest"


def wrong_value(
    element: etree._Element, name: str, allowed: Sequence[Pattern], grammar: Grammar
) -> Said:
    """A value that the attribute can't have."""
    value = str(element.get(name, ""))
    known = sorted({one.name for pattern in allowed for one in inner(pattern, "value")})
    data = [one for pattern in allowed for one in inner(pattern, "data")]
    words = value.split()
    is_list = any(True for pattern in allowed for _ in inner(pattern, "list"))
    wrong = [word for word in words if word not in known] if is_list else [value]
    if not words:
        return f"{name} on {label(element)} is empty", _known(known) or _expected(data)
    if known:
        return _unknown_words(element, name, wrong, known)
    what = f'{_plain(name)}="{value}" on {label(element)} is not what CSL expects there'
    return what, f"it must be {_expected(data)}"


def _unknown_words(
    element: etree._Element, name: str, wrong: Sequence[str], known: Sequence[str]
) -> Said:
    quoted = _and(f'"{word}"' for word in wrong)
    if len(wrong) == 1 and name in _VARIABLES_IN and wrong[0] in vocabulary.VARIABLES:
        return _wrong_kind(element, name, wrong[0])
    is_are = "is" if len(wrong) == 1 else "are"
    what = f"{quoted} in {name} on {label(element)} {is_are} unknown to CSL"
    return what, _better(name, wrong, known)


_VARIABLES_IN = ("variable", "is-numeric", "is-uncertain-date")


def _wrong_kind(element: etree._Element, name: str, variable: str) -> Said:
    if variable in vocabulary.DATE_VARIABLES:
        kind, element_for = "a date", f'<date variable="{variable}" form="text"/>'
    elif variable in vocabulary.NAME_VARIABLES:
        kind, element_for = "names", f'<names variable="{variable}"/>'
    elif variable in vocabulary.NUMBER_VARIABLES:
        kind, element_for = "a number", f'<number variable="{variable}"/>'
    else:
        kind, element_for = "text", f'<text variable="{variable}"/>'
    what = f'"{variable}" is {kind}, which {name} on {label(element)} can\'t take'
    return what, "" if name != "variable" else f"render it with {element_for}"


def _better(name: str, wrong: Sequence[str], known: Sequence[str]) -> str:
    meant = []
    for word in wrong:
        near = get_close_matches(word.casefold(), known, n=1, cutoff=0.7)
        if name in _VARIABLES_IN and word in vocabulary.ALIASES:
            near = [vocabulary.ALIASES[word]]
        meant += near
    if len(meant) == len(wrong):
        return f"did you mean {_and(f'{chr(34)}{word}{chr(34)}' for word in meant)}?"
    if name == "term":
        return 'CSL has a fixed list of terms; write other words with value="…"'
    return _known(known) or f"section “{_SECTIONS[name]}” of the specification lists what there is"


_SECTIONS = {
    "type": "Appendix III - Types",
    "variable": "Appendix IV - Variables",
    "is-numeric": "Appendix IV - Variables",
    "is-uncertain-date": "Appendix IV - Variables",
    "name": "Appendix II - Terms",
    "locator": "Locators",
    "field": "Appendix I - Categories",
}


# ---------------------------------------------------------------- children and text


def missing_child(element: etree._Element, ways: Sequence[frozenset[str]]) -> Said:
    """A child that must be there isn't."""
    if {tag for way in ways for tag in way} >= _RENDERING:
        what = f"{label(element)} is empty"
        return what, "put something into it that renders, such as <text>, or remove it"
    words = [_and(map(_tag, sorted(way))) for way in ways]
    return f"{label(element)} has no {_or(sorted(words))}", "CSL requires it"


def misplaced(child: etree._Element, too_early: bool) -> Said:
    """A child that may be in its parent but not again, or not at this place."""
    place = label(_parent(child))
    others = [other for other in _parent(child) if other.tag == child.tag]
    if others[0] is not child and not too_early:
        return f"{place} has more than one {label(child)}", "keep one, or join them"
    return f"{label(child)} stands in the wrong order in {place}", _order(child)


def _order(child: etree._Element) -> str:
    before = child.getprevious()
    return f"it can't follow {label(before)}" if before is not None else "it can't come first"


def wrong_parent(child: etree._Element, parents: Sequence[str]) -> Said:
    """A child that CSL has elsewhere."""
    what = f"{label(child)} can't stand in {label(_parent(child))}"
    return what, f"it belongs in {_or(map(_tag, sorted(parents)))}" if parents else "remove it"


def unknown_element(child: etree._Element, known: Collection[str]) -> Said:
    """An element that CSL doesn't have at all."""
    tag = str(child.tag)
    if not tag.startswith(CS):
        what = f"<{_plain(tag)}> in {label(_parent(child))} is not in the namespace of CSL"
        return what, f'remove it, or write it with xmlns="{CSL_NAMESPACE}"'
    near = get_close_matches(_plain(tag), [_plain(each) for each in known], n=1)
    what = f"{label(child)} in {label(_parent(child))} is no element of CSL 1.0.2"
    return what, f"did you mean <{near[0]}>?" if near else "remove it"


def stray_text(element: etree._Element, text: str) -> Said:
    """Text where only elements or nothing may be."""
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    what = f"{label(element)} contains plain text: {shown}"
    return what, 'remove it; to print words write <text value="…"/>'


def wrong_text(element: etree._Element, text: str, data: Sequence[Pattern]) -> Said:
    """An element's text that isn't what it must be."""
    shown = " ".join(text.split())
    what = f'{label(element)} contains "{shown}"' if shown else f"{label(element)} is empty"
    return what, f"it must be {_FORMATS.get(_plain(str(element.tag))) or _expected(data)}"


# ---------------------------------------------------------------- words


def _parent(child: etree._Element) -> etree._Element:
    parent = child.getparent()
    assert parent is not None
    return parent


def _plain(name: str) -> str:
    if name.startswith("{http://www.w3.org/XML/1998/namespace}"):
        return f"xml:{name.rpartition('}')[2]}"
    return name.removeprefix(CS) if name.startswith(CS) else name


def _tag(name: str) -> str:
    return f"<{_plain(name)}>"


def _known(words: Sequence[str]) -> str:
    return f"known are {', '.join(words)}" if 0 < len(words) <= _LISTED else ""


def _expected(data: Iterable[Pattern]) -> str:
    kinds = dict.fromkeys(_DATA.get(one.name, one.name) for one in data)
    return _or(kinds) or "something else"


def _or(words: Iterable[str]) -> str:
    return _listed(words, "or")


def _and(words: Iterable[str]) -> str:
    return _listed(words, "and")


def _listed(words: Iterable[str], last: str) -> str:
    *others, end = list(words) or [""]
    return f"{', '.join(others)} {last} {end}" if others else end
