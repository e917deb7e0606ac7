"""Omeka Classic's CSV export: a column for each element, a row for each item.

Columns are headed "Dublin Core:Title" or "Dublin Core : Title", or with the element alone.
Several values in one cell are parted by what most cells use, "^^" or "|".

Source: the plugins CSV Export and CSV Import, https://omeka.org/classic/docs/Plugins/
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from citekit.archives.readers.source import Draft, Problems, mapped
from citekit.archives.record import Statement
from citekit.archives.tables import load_table
from citekit.errors import ReaderError
from citekit.readers import json_text

__all__ = ["drafts"]

_SETS = ("Dublin Core", "Item Type Metadata")
_MOST_CELL = 10_000_000


def drafts(path: Path, problems: Problems) -> Iterator[Draft]:
    """The rows of a CSV file; raises :class:`~citekit.errors.ReaderError`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReaderError(f"can't be read: {error.strerror or error}", where=str(path)) from error
    text = json_text.decode(data, where=str(path), lenient=True).removeprefix("\ufeff")
    csv.field_size_limit(_MOST_CELL)
    head = text[:10_000].splitlines()[0] if text else ""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        names = [_element(cell) for cell in next(rows, [])]
        if "Dublin Core: Title" not in names:
            raise ReaderError(
                "no column is headed 'Dublin Core:Title'",
                where=str(path),
                hint="the first row has to name the elements, as the plugin CSV Export does",
            )
        for number, row in enumerate(rows, 1):
            if any(cell.strip() for cell in row):
                yield _row(names, row, number)
    except csv.Error as error:
        where = f"{path}, line {rows.line_num}"
        raise ReaderError(f"this is no CSV: {error}", where=where) from error


def _element(head: str) -> str:
    """The element of a heading; "Title" alone is Dublin Core's."""
    set_name, colon, name = (part.strip() for part in head.strip().partition(":"))
    if colon:
        return f"{set_name}: {name}"
    fields = load_table("mappings/omeka-classic")["fields"]
    known = (f"{each}: {set_name}" for each in _SETS)
    return next((each for each in known if each in fields), set_name)


def _row(names: list[str], row: list[str], number: int) -> Draft:
    elements = []
    around = []
    others = load_table("mappings/omeka-csv")["fields"]
    for name, cell in zip(names, row, strict=False):
        if ":" in name:
            elements += [(name, value, "") for value in _values(cell)]
        else:
            field = others.get(name.casefold(), "nothing")
            around += [Statement(field, value, name) for value in _values(cell)]
    key = next((said.text for said in around if said.field == "item"), str(number))
    return key, [*mapped("omeka-classic", elements), *around]


def _values(cell: str) -> list[str]:
    mark = next((mark for mark in ("^^", "|") if mark in cell), None)
    values = cell.split(mark) if mark else [cell]
    return [value.strip() for value in values if re.search(r"\S", value)]
