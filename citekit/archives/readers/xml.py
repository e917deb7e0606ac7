"""XML of catalogues, read without trust and an element at a time.

Nothing in a file may open another file or a connection, or grow: entities are never expanded,
document type declarations never loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from citekit.errors import ReaderError

__all__ = ["LANG", "attribute", "each", "local_name", "namespace", "root_tag", "text_of"]

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def root_tag(path: Path) -> str:
    """The tag of a file's root, in lxml's form; raises :class:`~citekit.errors.ReaderError`."""
    for element in _parse(path, ("start",), "*"):
        return str(element.tag)
    raise ReaderError("this XML has no element", where=str(path))


def each(path: Path, tag: str) -> Iterator[etree._Element]:
    """The elements of a tag, each when it is whole; it is emptied when the next is asked for.

    Raises :class:`~citekit.errors.ReaderError` with file and line.
    """
    for element in _parse(path, ("end",), tag):
        yield element
        element.clear()
        while element.getprevious() is not None:
            parent = element.getparent()
            if parent is None:
                break
            del parent[0]


def _parse(path: Path, events: tuple[str, ...], tag: str) -> Iterator[etree._Element]:
    try:
        with path.open("rb") as file:
            found: Any = etree.iterparse(
                file, events=events, tag=tag, resolve_entities=False, no_network=True,
                load_dtd=False, remove_comments=True, remove_pis=True,
            )  # fmt: skip
            for _, element in found:
                yield element
    except OSError as error:
        raise ReaderError(f"can't be read: {error.strerror or error}", where=str(path)) from error
    except etree.XMLSyntaxError as error:
        raise ReaderError(
            f"this is no well-formed XML: {error.msg}", where=f"{path}, line {error.lineno}"
        ) from error


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: etree._Element) -> str:
    """An element's namespace; "" for none."""
    return (etree.QName(element).namespace or "") if isinstance(element.tag, str) else ""


def text_of(element: etree._Element | None) -> str:
    """All text in an element, with single spaces."""
    if element is None:
        return ""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def attribute(element: etree._Element, name: str) -> str:
    """An attribute's value; "" if there is none."""
    return str(element.get(name) or "").strip()
