"""XML from anywhere, read without trust.

A style may come from an upload, so nothing in it may open a file or a
connection, grow in memory or exhaust the stack: document type declarations are
refused as a whole (with them entities, the only way XML grows), size and depth
are bounded before anything else looks at the content.

Source: CSL 1.0.2, sections "Namespacing" and "XML Declaration".
"""

from __future__ import annotations

import codecs
import re
from typing import cast

from lxml import etree

from citekit.errors import StyleError
from citekit.style.library import MAX_BYTES
from citekit.style.problems import Problem

CSL_NAMESPACE = "http://purl.org/net/xbiblio/csl"
CS = f"{{{CSL_NAMESPACE}}}"
"""Prefix of the tag of every CSL element as lxml writes it."""

MAX_DEPTH = 64
"""The official styles nest at most 18 elements."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_TEXT_ENCODING = re.compile(
    r"utf-(8|16|32)(-[bl]e)?|ascii|iso8859-\d+|cp\d+|koi8-\w|mac-\w+|gb\w+|big5|shift_jis|euc_\w\w"
)
"""Some of Python's other encodings decompress, or take quadratic time."""
_PROLOG_ITEM = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)


def load_xml(data: str | bytes, *, where: str = "") -> etree._Element:
    """Return the root element of an XML document, comments left out.

    ``data`` may be text, whatever encoding its XML declaration names, or bytes
    in any encoding that a byte order mark or the declaration tells (else
    UTF-8); ``where`` names it in errors.

    Raises :class:`~citekit.errors.StyleError` when it is too large or nested
    too deep, has a document type declaration or is no well-formed XML.
    """
    if len(data) > MAX_BYTES:
        raise StyleError(
            f"this has {len(data):,} bytes, more than the {MAX_BYTES:,} that citekit reads",
            where=where,
            hint="is it a CSL style? The largest official one has 0.25 MB",
        )
    text = (data if isinstance(data, str) else _decode(data, where)).removeprefix("\ufeff")
    text = _DECLARATION.sub(_blank, text, count=1) if text.lstrip().startswith("<?xml") else text
    _refuse_doctype(text, where)
    try:
        root = etree.fromstring(text.encode("utf-8"), _parser())
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise _not_xml(error, text, where) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype_error(1, where)
    _check_depth(root, where)
    return root


def line_of(element: etree._Element) -> int:
    """Return the line an element begins on."""
    return cast("int | None", element.sourceline) or 0


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _decode(data: bytes, where: str) -> str:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if encoding is None:
        declared = _ENCODING.match(data.lstrip()[:200])
        encoding = declared.group(1).decode("ascii") if declared else "utf-8"
    if not _is_text_encoding(encoding):
        raise StyleError(
            f"its XML declaration names the encoding {encoding!r}, which citekit doesn't know",
            where=where,
            hint="save it as UTF-8",
        )
    try:
        return data.decode(encoding)
    except ValueError as error:
        raise StyleError(
            f"it isn't text in the encoding {encoding}: {error}",
            where=where,
            hint="this may be a binary file; a style is XML, best saved as UTF-8",
        ) from error


def _is_text_encoding(encoding: str) -> bool:
    try:
        return _TEXT_ENCODING.fullmatch(codecs.lookup(encoding).name) is not None
    except LookupError:
        return False


def _blank(match: re.Match[str]) -> str:
    """Keep the line numbers of what follows the XML declaration."""
    return "\n" * match.group().count("\n")


def _refuse_doctype(text: str, where: str) -> None:
    position = 0
    while item := _PROLOG_ITEM.match(text, position):
        position = item.end()
    if text[position : position + 9].upper() != "<!DOCTYPE":
        return
    if re.match(r"<!doctype\s+html\b", text[position : position + 40], re.IGNORECASE):
        raise StyleError("this looks like a web page (HTML), not a style", where=where, hint=_HTML)
    raise _doctype_error(text.count("\n", 0, position) + 1, where)


def _doctype_error(line: int, where: str) -> StyleError:
    problem = Problem(
        line,
        "a document type declaration (<!DOCTYPE …>) is not allowed: "
        "its entities could make the style grow without bound or read other files",
        "remove it and write out its entities; CSL needs none",
    )
    return StyleError(str(problem), where=where, problems=[problem])


_HTML = "download the style itself: the .csl file, or “raw” on GitHub"


def _not_xml(error: Exception, text: str, where: str) -> StyleError:
    start = text.lstrip()[:200].lower()
    line = getattr(error, "lineno", None) or 1
    reason = str(getattr(error, "msg", None) or error)
    if "depth" in reason.lower():
        return _too_deep(line, where)
    if not start:
        what, hint = "this is empty", "give the content of a .csl file"
    elif re.match(r"<(html|head|body)\b", start):
        what, hint = "this looks like a web page (HTML), not a style", _HTML
    elif start[0] in "{[":
        what = "this looks like JSON, not a style"
        hint = "a style is XML; is this a file of records (CSL-JSON)?"
    elif start[0] == "@":
        what = "this looks like BibTeX, not a style"
        hint = "a style is XML; is this a file of records?"
    elif start[0] != "<":
        what = "this isn't XML"
        hint = "a style begins with <style …>; Style.load takes one by its name"
    else:
        what = f"this isn't well-formed XML: {reason}"
        hint = "the style may be cut off or damaged; download it again or fix that line"
    problem = Problem(line, what, hint)
    return StyleError(str(problem), where=where, problems=[problem])


def _too_deep(line: int, where: str) -> StyleError:
    problem = Problem(
        line,
        f"elements are nested more than {MAX_DEPTH} deep",
        "move the inner ones to a macro",
    )
    return StyleError(str(problem), where=where, problems=[problem])


def _check_depth(root: etree._Element, where: str) -> None:
    level, depth = [root], 1
    while level := [child for element in level for child in element]:
        depth += 1
        if depth > MAX_DEPTH:
            raise _too_deep(line_of(level[0]), where)
