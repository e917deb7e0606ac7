"""Which styles a site's records are printed in: short names, the house style, the default."""

from __future__ import annotations

from collections.abc import Sequence

from citekit.archives.site import Site
from citekit.archives.tables import load_table
from citekit.errors import StyleNotFoundError

__all__ = ["style_names"]


def style_names(wanted: Sequence[str], site: Site) -> dict[str, str]:
    """The names of styles by the short names they were asked for with, in order.

    Without any, those of the site's settings, else house style, Chicago, MLA and APA.
    Raises :class:`~citekit.errors.StyleNotFoundError` for "house" if the site has no style.
    """
    table = load_table("styles")
    names: dict[str, str] = {**table["names"], "house": site.house}
    chosen = wanted or site.styles
    if not chosen:
        chosen = [name for name in table["default"] if name != "house" or site.house]
    if "house" in chosen and not site.house:
        raise StyleNotFoundError(
            "the site has no house style",
            hint='name it in the site\'s settings: [site] house = "omeka-classic"',
        )
    return {name: names.get(name, name) for name in chosen}
