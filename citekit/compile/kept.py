"""A style's file → the compiled style, made or, if it has been made before, from the cache.

What is kept is the whole compiled style, pickled. It is found by the style's content, the
options, this Python and this citekit, and holds if the locale files are as they were.
"""

from __future__ import annotations

import marshal
import os
import pickle
import sys
from functools import cache
from importlib.util import source_hash
from io import BytesIO
from pathlib import Path
from types import CodeType
from typing import Any

from attrs import evolve

from citekit.compile.cache import keep, recall
from citekit.compile.compiled import CompiledStyle
from citekit.render.tree import Wrap
from citekit.style.locale import load_locale, locale_files

_PACKAGE = Path(__file__).resolve().parent.parent
_UNITS = ("compile", "records", "render", "style")
"""The packages whose code decides what is kept, or is in it."""


def compiled(
    xml: str | bytes, where: str, locale: str | None, count_articles: bool
) -> CompiledStyle:
    """The style in a CSL document, which errors call ``where``, in a locale.

    Raises :class:`~citekit.errors.StyleError` and :class:`~citekit.errors.LocaleError`.
    """
    made_from = (sys.version, _this_citekit(), xml, locale, count_articles)
    found = recall(made_from, _load)
    if found is None:
        found = _make(xml, where, locale, count_articles)
        keep(made_from, _dump(found))
    return found


def _make(xml: str | bytes, where: str, locale: str | None, count_articles: bool) -> CompiledStyle:
    from citekit.compile.compiler import compile_style  # noqa: PLC0415
    from citekit.style.parse import parse_style  # noqa: PLC0415

    style = evolve(parse_style(xml, where=where), count_articles=count_articles)
    return compile_style(style, load_locale(locale, style))


@cache
def _this_citekit() -> tuple[tuple[str, str, int, int], ...]:
    """Name, size and time of the files whose code matters: versions are too coarse."""
    found = []
    for unit in _UNITS:
        with os.scandir(_PACKAGE / unit) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    about = entry.stat()
                    found.append((unit, entry.name, about.st_size, about.st_mtime_ns))
    return tuple(sorted(found))


def _load(data: bytes) -> CompiledStyle | None:
    files, size = marshal.loads(data)
    if any(_hash(path) != expected for path, expected in files):
        return None
    found = pickle.loads(memoryview(data)[-size:])
    return found if isinstance(found, CompiledStyle) else None


def _dump(style: CompiledStyle) -> bytes:
    files = [(str(path), _hash(path)) for path in locale_files(style.locale.lang)]
    content = pickled(style)
    return marshal.dumps((files, len(content))) + content


def _hash(path: str | Path) -> bytes:
    return source_hash(Path(path).read_bytes())


# ---------------------------------------------------------------- pickling


def pickled(value: object) -> bytes:
    """A compiled style, or a part of it, for :func:`pickle.loads`."""
    stream = BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


class _Pickler(pickle.Pickler):
    """Knows code and wraps, some of which are compared by identity."""

    def __init__(self, stream: BytesIO, protocol: int) -> None:
        super().__init__(stream, protocol)
        self.shared = {
            id(value): (module, name)
            for module, content in list(sys.modules.items())
            if module.startswith("citekit.render.")
            for name, value in vars(content).items()
            if isinstance(value, Wrap)
        }

    def reducer_override(self, value: object) -> Any:
        """Code as marshal writes it, wraps as they are made or, those of a module, by name."""
        if isinstance(value, CodeType):
            return marshal.loads, (marshal.dumps(value),)
        if isinstance(value, Wrap):
            if id(value) in self.shared:
                return _shared, self.shared[id(value)]
            return _wrap, tuple(getattr(value, name) for name in _WRAP)
        return NotImplemented


def _shared(module: str, name: str) -> object:
    return getattr(sys.modules[module], name)


_WRAP = (
    "kind",
    "variable",
    "prefix",
    "suffix",
    "delimiter",
    "formatting",
    "quotes",
    "display",
    "marks",
    "markup",
)


def _wrap(*values: object) -> Wrap:
    return Wrap(**dict(zip(_WRAP, values, strict=True)))  # type: ignore[arg-type]
