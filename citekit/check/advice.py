"""A schema's faults in a colleague's words: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from lxml import etree

from citekit.check.grammar import Pattern, inner
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
    here = label(element)
    if element.tag in owners and (parent := element.getparent()) is not None:
        here += f" in {label(parent)}"  # as it may have the attribute elsewhere
    what = f'{here} has an attribute "{_plain(name)}" that CSL doesn\'t know there'
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    if near:
        return what, f'did you mean "{near[0]}"?'
    if owners and len(owners) <= 4 and element.tag not in owners:
        return what, f"it belongs on {_or(map(_tag, sorted(owners)))}"
    return what, "remove it"


def conflict(element: etree._Element, name: str, rivals: Sequence[str]) -> Said:
    """An attribute that excludes another one, which is there, too."""
    others = f"together with {_and(rivals)}" if rivals else "here"
    return f"{label(element)} can't have {name} {others}", "keep what you mean, remove the rest"


def wrong_value(element: etree._Element, name: str, allowed: Sequence[Pattern]) -> Said:
    """A value that the attribute can't have."""
    value = str(element.get(name, ""))
    known = sorted({one.name for pattern in allowed for one in inner(pattern, "value")})
    data = [one for pattern in allowed for one in inner(pattern, "data")]
    if not value.strip():
        hint = _choices(name, known) if known else f"it must be {_expected(data)}"
        return f"{_plain(name)} on {label(element)} is empty", hint
    if not known:
        what = f'{_plain(name)}="{value}" on {label(element)} is not what CSL expects there'
        return what, f"it must be {_expected(data)}"
    is_list = any(True for pattern in allowed for _ in inner(pattern, "list"))
    words = [word for word in value.split() if word not in known] if is_list else [value]
    misfits = [w for w in words if name in _VARIABLES_IN and w in vocabulary.VARIABLES]
    unknown = [word for word in words if word not in misfits]
    if unknown:
        are = "are" if unknown[1:] else "is"
        what = f"{_and(map(_quoted, unknown))} in {name} on {label(element)} {are} unknown to CSL"
        if misfits:
            what += f", and {_and(map(_quoted, misfits))} can't be there"
        return what, _better(name, unknown, known)
    return _wrong_kind(element, name, misfits[0])


_VARIABLES_IN = ("variable", "is-numeric", "is-uncertain-date")


def _wrong_kind(element: etree._Element, name: str, variable: str) -> Said:
    if variable in vocabulary.DATE_VARIABLES:
        kind, right = "date", f'<date variable="{variable}" form="text"/>'
    elif variable in vocabulary.NAME_VARIABLES:
        kind, right = "name", f'<names variable="{variable}"/>'
    elif variable in vocabulary.NUMBER_VARIABLES:
        kind, right = "number", f'<number variable="{variable}"/>'
    else:
        kind, right = "text", f'<text variable="{variable}"/>'
    what = f'"{variable}" in {name} on {label(element)} is a {kind} variable, which can\'t be there'
    return what, f"render it with {right}" if name == "variable" else "remove it"


def _better(name: str, wrong: Sequence[str], known: Sequence[str]) -> str:
    meant = {}
    for word in wrong:
        near = get_close_matches(word.casefold(), known, n=1, cutoff=0.7)
        if name in _VARIABLES_IN and word in vocabulary.ALIASES:
            near = [vocabulary.ALIASES[word]]
        if near:
            meant[word] = _quoted(near[0])
    if meant and not wrong[1:]:
        return f"did you mean {meant[wrong[0]]}?"
    if meant:
        pairs = _and(f"{right} for {_quoted(word)}" for word, right in meant.items())
        return f"did you mean {pairs}?"
    if name == "term":
        return 'CSL has a fixed list of terms; write other words with value="…"'
    return _choices(name, known)


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


def double(child: etree._Element) -> Said:
    """A child that may be in its parent only once, or only together with the first of its kind."""
    return f"{label(_parent(child))} has more than one {label(child)}", "keep one, or join them"


def misplaced(child: etree._Element) -> Said:
    """A child that may be in its parent but not at this place."""
    what = f"{label(child)} stands in the wrong order in {label(_parent(child))}"
    return what, _order(child)


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
        local = etree.QName(child).localname
        shown = f"{child.prefix}:{local}" if child.prefix else local
        what = f"<{shown}> in {label(_parent(child))} is not in the namespace of CSL"
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


def _choices(name: str, words: Sequence[str]) -> str:
    if len(words) == 1:
        return f"the only value is {words[0]}"
    if len(words) <= _LISTED:
        return f"known are {', '.join(words)}"
    return f"section “{_SECTIONS.get(name, 'Appendix')}” of the specification lists what there is"


def _quoted(word: str) -> str:
    return f'"{word}"'


def _expected(data: Iterable[Pattern]) -> str:
    return _or(dict.fromkeys(map(_kind, data))) or "something else"


def _kind(data: Pattern) -> str:
    assert data.source is not None
    limits = [each.text for each in data.source if each.get("name") == "minExclusive"]
    return _DATA.get(data.name, data.name) + "".join(f" greater than {limit}" for limit in limits)


def _or(words: Iterable[str]) -> str:
    return _listed(words, "or")


def _and(words: Iterable[str]) -> str:
    return _listed(words, "and")


def _listed(words: Iterable[str], last: str) -> str:
    *others, end = list(words) or [""]
    return f"{', '.join(others)} {last} {end}" if others else end
