"""Packages that only some formats need: loaded when they are, or asked for by name."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from citekit.errors import WriterError


def load(module: str, package: str, extra: str) -> Any:
    """The module of a package; a WriterError with what to install if it isn't there."""
    try:
        return import_module(module)
    except ImportError as error:
        raise WriterError(
            f"{extra.upper()} needs the package {package}, which is not installed",
            hint=f"pip install 'citekit-csl[{extra}]'",
        ) from error
