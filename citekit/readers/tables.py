"""The tables of formats (which type, which field is what), kept as TOML in ``data``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["load_table"]

_FOLDER = Path(__file__).resolve().parent / "data"


@cache
def load_table(name: str) -> dict[str, Any]:
    """The table ``data/NAME.toml``; callers don't change it."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
