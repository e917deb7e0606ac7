"""Regular expressions that are compiled when they are first used.

Compiling all that citekit has takes as long as Python's own start, and a citation needs few.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")

if TYPE_CHECKING:
    from re import Pattern


class _Lazy:
    """Stands for a pattern; has the methods of the pattern itself from their first use on."""

    __slots__ = (*_METHODS, "_flags", "_text")

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Asked only for what isn't there yet."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(text: str, flags: int = 0) -> Pattern[str]:
    """What :func:`re.compile` gives, as far as its methods go; an error shows at the first use."""
    return cast("Pattern[str]", _Lazy(text, flags))
