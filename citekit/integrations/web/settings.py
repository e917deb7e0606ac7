"""Settings of the web service: its limits, who may call it from other sites, its threads"""

from __future__ import annotations

from attrs import frozen


@frozen(slots=True)
class Settings:
    """What ``citekit serve`` can be told.

    ``max_bytes`` and ``max_records`` bound a request; ``timeout`` is in seconds, for its
    arrival and again for its answer. ``origins`` are those of other sites whose pages may
    call the service, ``("*",)`` for all, ``()`` for none. ``records`` are files whose records the
    service keeps, to answer by their ids and DOIs.
    """

    max_bytes: int = 4_000_000
    max_records: int = 2_000
    timeout: float = 30.0
    threads: int = 4
    origins: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
