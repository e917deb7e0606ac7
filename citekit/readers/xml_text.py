"""XML texts, parsed without trust: nothing is looked up, and nothing grows.

Their errors are those of :mod:`citekit.readers`.
"""

from __future__ import annotations

import re

from lxml import etree

from citekit.errors import ReaderError

__all__ = ["line_of", "parse", "text_of"]

_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
"""Its encoding is of no account any more: the text is decoded."""
_PLACE = re.compile(r"(?:, see \w+\.)?,? line \d+, column \d+.*", re.DOTALL)
_NO_ENTITIES = "write what it stands for in its place, for example é for &eacute;"
_DIAGNOSES = (
    ("amplification factor|entity reference loop|huge entity", "its entities (<!ENTITY …>) grow",
     "delete its <!DOCTYPE …>, and write what the entities stand for in their places"),
    ("Excessive depth", "its elements are nested more than 256 deep", "check what wrote it"),
    ("(?i)huge text node|too long", "one text in it has more than 10 MB", "shorten it"),
    ("Char 0x0 out of", "it has a NUL byte", "delete it, or export the file anew"),
    (r"Entity '(\w+)' not defined", r"&\1; is not defined", _NO_ENTITIES),
    ("Premature end|Couldn't find end of|not (?:terminated|finished)", "the file ends too early",
     "it was probably cut off: export it anew"),
    ("Start tag expected|Document is empty", "this is no XML", "check which file it is"),
)  # fmt: skip
"""What libxml2 says, what that means, and what to do."""


def parse(text: str, where: str) -> etree._Element:
    """The root of an XML text.

    Entities in texts are neither looked up nor left out: such a file is refused, as is one that
    declares entities that grow. A document type is never loaded. Raises
    :class:`~citekit.errors.ReaderError` with the line for these, and for what is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    found = _DECLARATION.match(text)
    # With its line breaks, so that lines count as they do in the file.
    start = "\n" * found[0].count("\n") if found else ""
    data = (start + text[found.end() if found else 0 :]).encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = f"line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) else ""
        what, hint = _diagnosis(str(getattr(error, "msg", None) or error))
        place = ", ".join(filter(None, (where, line)))
        raise ReaderError(what, where=place, hint=hint) from error
    if root is None:
        raise ReaderError("this XML has no element", where=where, hint="check the file")
    for entity in root.iter(etree.Entity):
        place = ", ".join(filter(None, (where, f"line {line_of(entity)}")))
        what = f"it refers to the entity {entity.text}, which may be any text or file"
        raise ReaderError(what, where=place, hint=_NO_ENTITIES)
    return root


def _diagnosis(said: str) -> tuple[str, str]:
    """What is wrong in plain words, as far as libxml2's own are known, and what to do."""
    for pattern, what, hint in _DIAGNOSES:
        if found := re.search(pattern, said):
            return found.expand(what), hint
    what = f"this is no well-formed XML: {_PLACE.sub('', said)}"
    return what, "export the file anew, or correct it there"


def text_of(element: etree._Element | None) -> str:
    """All text in an element, with single spaces."""
    if element is None:
        return ""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def line_of(element: etree._Element) -> int:
    """The line that an element begins in, 1 where it isn't known."""
    line: int | None = getattr(element, "sourceline", None)
    return line or 1
