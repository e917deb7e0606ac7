"""A site's settings: what its catalogue doesn't say, and what it says in words of its own.

A small TOML file, all of it optional; ``docs/archives.md`` shows one with every table.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from citekit.archives.fields import FIELDS
from citekit.archives.tables import load_table
from citekit.errors import CitekitError, ReaderError
from citekit.records.name import Name

__all__ = ["Site", "load_site"]


@frozen(slots=True)
class Site:
    """The settings of one site.

    ``elements`` names the field of a record for elements of the source, ``types`` the kind of
    thing for its words, ``places`` the form of a town with its country, ``names`` the parts of
    names, ``profiles`` the profile of styles (a name, or a file with one), ``records`` values
    by record id and field that count more than the source's. ``house`` is the site's own style.
    """

    title: str = ""
    publisher: str = ""
    url: str = ""
    item_url: str = ""
    language: str = ""
    house: str = ""
    styles: tuple[str, ...] = ()
    elements: Mapping[str, str] = field(factory=dict)
    types: Mapping[str, str] = field(factory=dict)
    places: Mapping[str, str] = field(factory=dict)
    names: Mapping[str, Name] = field(factory=dict)
    capitals: tuple[str, ...] = ()
    profiles: Mapping[str, str] = field(factory=dict)
    records: Mapping[str, Mapping[str, tuple[str, ...]]] = field(factory=dict)


_TEXTS = ("title", "publisher", "url", "item_url", "language", "house")
_TABLES = ("site", "elements", "types", "places", "names", "profiles", "records")
_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping_particle", "non_dropping_particle")


def load_site(path: str | os.PathLike[str]) -> Site:
    """Read a site's settings from a TOML file.

    Raises :class:`~citekit.errors.ReaderError` naming the table and key that is wrong.
    """
    where = os.fspath(path)
    try:
        data = tomllib.loads(Path(where).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, OSError):
            what = f"the settings can't be read: {error.strerror or error}"
        else:
            what = f"these are no settings in TOML: {error}"
        raise ReaderError(what, where=where, hint="see docs/archives.md for an example") from error
    return parse_site(data, where=where)


def parse_site(data: Mapping[str, Any], *, where: str = "") -> Site:
    """Settings from the tables of a TOML file; errors as for :func:`load_site`."""
    check = _Check(where)
    check.keys("", data, _TABLES)
    site = check.table(data, "site")
    check.keys("site", site, (*_TEXTS, "styles", "capitals"))
    check.template("site", site, "item_url")
    elements = check.texts(data, "elements")
    for element, target in elements.items():
        if target not in FIELDS:
            raise check.error(
                f"[elements] {element}: there is no field {target!r}",
                f"use one of: {', '.join(sorted(FIELDS))}; or 'nothing'",
            )
    types = check.texts(data, "types")
    for word, kind in types.items():
        if kind not in load_table("kinds"):
            raise check.error(
                f"[types] {word}: there is no kind {kind!r}",
                f"use one of: {', '.join(load_table('kinds'))}",
            )
    return Site(
        **{key: check.text("site", site, key) for key in _TEXTS},
        styles=check.list("site", site, "styles"),
        capitals=check.list("site", site, "capitals"),
        elements=elements,
        types={word.casefold(): kind for word, kind in types.items()},
        places=check.texts(data, "places"),
        profiles=check.texts(data, "profiles"),
        names={
            name: check.named(name, parts) for name, parts in check.table(data, "names").items()
        },
        records=_records(check, check.table(data, "records")),
    )


def _records(check: _Check, table: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    records = {}
    for key, values in table.items():
        if not isinstance(values, dict):
            raise check.error(f"[records.{key}] is no table", 'write [records.22] date = "1989"')
        for name in values:
            if name not in FIELDS:
                raise check.error(
                    f"[records.{key}] there is no field {name!r}",
                    f"use one of: {', '.join(sorted(FIELDS))}",
                )
        records[key] = {name: check.list(f"records.{key}", values, name) for name in values}
    return records


@frozen
class _Check:
    where: str

    def error(self, what: str, hint: str) -> CitekitError:
        return ReaderError(what, where=self.where, hint=hint)

    def keys(self, table: str, data: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in data:
            if key not in known:
                raise self.error(
                    f"there is no setting {f'[{table}] {key}' if table else f'[{key}]'}",
                    f"use one of: {', '.join(known)}",
                )

    def table(self, data: Mapping[str, Any], key: str) -> dict[str, Any]:
        value = data.get(key, {})
        if not isinstance(value, dict):
            raise self.error(f"{key} is no table", f"write [{key}] on a line of its own")
        return value

    def text(self, table: str, data: Mapping[str, Any], key: str) -> str:
        value = data.get(key, "")
        if not isinstance(value, str):
            raise self.error(f"[{table}] {key} is no text", "put it into quotation marks")
        return value.strip()

    def template(self, table: str, data: Mapping[str, Any], key: str) -> None:
        try:
            self.text(table, data, key).format(id="1", root="http://a.org")
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            hint = 'write "{root}/items/show/{id}", with no other names in braces'
            raise self.error(f"[{table}] {key} can't be filled in", hint) from error

    def texts(self, data: Mapping[str, Any], key: str) -> dict[str, str]:
        table = self.table(data, key)
        return {name: self.text(key, table, name) for name in table}

    def list(self, table: str, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = data.get(key, [])
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in values):
            raise self.error(f"[{table}] {key} is no text or list of texts", "quote each text")
        return tuple(values)

    def named(self, name: str, parts: object) -> Name:
        if not isinstance(parts, dict) or not parts or set(parts) - set(_NAME_PARTS):
            raise self.error(
                f"[names] {name}: these are no parts of a name",
                'write { family = "…", given = "…" } or { literal = "…" }',
            )
        text = {part: self.text(f"names.{name}", parts, part) for part in _NAME_PARTS}
        return Name(
            text["family"],
            text["given"],
            literal=text["literal"],
            suffix=text["suffix"],
            dropping_particle=text["dropping_particle"],
            non_dropping_particle=text["non_dropping_particle"],
        )
