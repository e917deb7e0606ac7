"""Work that takes long: never on the event loop, where it would hold up all other requests"""

from __future__ import annotations

import asyncio


class EventLoopError(Exception):
    """Raised on the event loop by work that has to be done again in a thread."""


def leave_event_loop() -> None:
    """Raise :class:`EventLoopError` if this is the thread of the event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise EventLoopError
