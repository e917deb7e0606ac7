"""Towns with their countries, for styles that want them: by the table ``data/places.toml``."""

from __future__ import annotations

from functools import cache

from citekit.archives.tables import load_table

__all__ = ["with_country"]


def with_country(place: str) -> str:
    """The town with its country; as it is, if the table knows neither town nor state."""
    known: dict[str, str] = load_table("places")["places"]
    if place in known:
        return known[place]
    _, comma, state = place.rpartition(", ")
    if comma and state in _states():
        return f"{place}, {load_table('places')['states']['country']}"
    return place


@cache
def _states() -> frozenset[str]:
    table = load_table("places")["states"]
    return frozenset((*table["names"].split(), *table["full"]))
