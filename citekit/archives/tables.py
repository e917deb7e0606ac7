"""The tables of this package: what readers, parsers and profiles know, kept as TOML."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["load_table", "table_names"]

_FOLDER = Path(__file__).resolve().parent / "data"


@cache
def load_table(name: str) -> dict[str, Any]:
    """The table ``data/NAME.toml``; callers don't change it."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def table_names(folder: str) -> list[str]:
    """The names of the tables in a folder of ``data``, in order, for :func:`load_table`."""
    return [f"{folder}/{path.stem}" for path in sorted((_FOLDER / folder).glob("*.toml"))]
