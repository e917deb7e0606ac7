"""Python's collector of cycles rests while a document of some size is formatted.

It walks over all objects that are alive, records and all, again and again as new ones
pile up: a sixth of the time that a bibliography of 1,000 takes, and more of larger ones.
Output has hardly any cycles, and all else is freed by its reference counts as ever.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock

_LARGE = 100
"""Records and cites from which on it matters."""

_lock = Lock()
_resting = 0


_AS_IT_IS = nullcontext()


def collector_at_rest(size: int) -> AbstractContextManager[None]:
    """Switch the collector off for a document of this size, and on again if it was on.

    Of several threads that do so the last one switches it on.
    """
    return _AS_IT_IS if size < _LARGE else _at_rest()


@contextmanager
def _at_rest() -> Iterator[None]:
    global _resting  # noqa: PLW0603 - the collector is one for all threads, too
    if not (gc.isenabled() or _resting):
        yield
        return
    with _lock:
        _resting += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _resting -= 1
            if not _resting:
                gc.enable()
