"""Styles of the library, compiled once and shared by all threads; a name is never a path"""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock

from citekit import LocaleError, Style, StyleNotFoundError, find_style
from citekit.integrations.web.threads import leave_event_loop
from citekit.style.library import StyleSummary, style_path, summary

_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


_MOST = 200
_compiled: dict[tuple[str, str | None], Style] = {}
_keeping = Lock()
_locks = [Lock() for _ in range(16)]
"""Of each style one, so that several that want it wait for one of them to compile it."""


def load(name: str, locale: str | None) -> Style:
    """The style of this short name or id.

    Raises :class:`~citekit.errors.StyleNotFoundError` for one that isn't in the library,
    :class:`~citekit.errors.LocaleError`, and on the event loop
    :class:`~citekit.integrations.web.threads.EventLoopError` for one that isn't compiled yet.
    """
    key = name, locale
    style = _compiled.get(key)
    if style is not None:
        return style
    leave_event_loop()
    with _locks[hash(key) % len(_locks)]:
        style = _compiled.get(key)
        if style is None:
            style = _compile(name, locale)
            with _keeping:
                while len(_compiled) >= _MOST:
                    del _compiled[next(iter(_compiled))]
                _compiled[key] = style
    return style


def _compile(name: str, locale: str | None) -> Style:
    if locale is not None and not _LOCALE.fullmatch(locale):
        raise LocaleError(f"{locale[:40]!r} is no locale", hint="use a code such as de-DE")
    return Style.load(known(name), locale)


@lru_cache(maxsize=1000)
def known(name: str) -> str:
    """The short name of the style that is asked for by name, former name or id."""
    try:
        return find_style(name, library_only=True).name
    except StyleNotFoundError as error:
        near = error.suggestions
        raise StyleNotFoundError(
            error.what,
            hint=f"did you mean {' or '.join(near)}?" if near else "search at /v1/styles?q=WORDS",
            suggestions=near,
        ) from error


def summary_of(name: str) -> StyleSummary:
    """What the head of a style's file says. Raises as :func:`known` does."""
    path = style_path(known(name))
    assert path is not None  # known() has found it
    return summary(path)
