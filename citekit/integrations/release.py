"""Which release of citekit this is."""

from __future__ import annotations


def version() -> str:
    """The version that is installed; ``""`` for files that nobody has installed."""
    from importlib import metadata  # noqa: PLC0415 - takes longer to load than click

    try:
        return metadata.version("citekit-csl")
    except metadata.PackageNotFoundError:
        return ""
