from __future__ import annotations
from collections.abc import Sequence
from citekit.processor.position import Placed
from citekit.processor.registry import Registry


def disambiguate(registry: Registry, placed: Sequence[Sequence[Placed]]) -> None:
    """todo"""
