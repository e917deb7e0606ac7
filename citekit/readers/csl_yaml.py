"""CSL-YAML → records: CSL-JSON written as YAML, as a list or under ``references``.

Source: csl-data.json; the manual of pandoc, "Specifying bibliographic data", for
``references`` and for dates as ``year``, ``month``, ``day``. Texts are taken as
CSL-JSON has them, with its tags; Markdown in them stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from citekit.errors import ReaderError
from citekit.readers import csl_json
from citekit.readers.items import Item
from citekit.readers.yaml_text import parse
from citekit.records.vocabulary import DATE_VARIABLES

__all__ = ["iter_items"]


def iter_items(text: str, where: str) -> Iterator[Item]:
    """The records in turn; raises as :func:`citekit.readers.csl_json.loads` does."""
    value = parse(text, where)
    if isinstance(value, dict):
        value = value.get("references", value)
    if not isinstance(value, list | dict):
        raise ReaderError(
            "there are no references in it",
            where=where,
            hint="give a list of items, or a mapping that has them under references",
        )
    items = [_with_dates(item) for item in (value if isinstance(value, list) else [value])]
    for record in csl_json.from_object(items, where=where, lenient=True):
        yield Item(record)


def _with_dates(item: object) -> object:
    if not isinstance(item, dict):
        return item
    return {key: _date(value) if key in DATE_VARIABLES else value for key, value in item.items()}


def _date(value: object) -> object:
    """A year, or pandoc's mappings of year, month and day (two are a range), as CSL-JSON."""
    if isinstance(value, int) and not isinstance(value, bool):
        return {"date-parts": [[value]]}
    ends: list[Any] = value if isinstance(value, list) else [value]
    if not ends or not all(isinstance(end, dict) and "year" in end for end in ends):
        return value
    rest = {key: part for key, part in ends[0].items() if key not in ("year", "month", "day")}
    parts = [
        [end[key] for key in ("year", "month", "day") if end.get(key) not in (None, "")]
        for end in ends
    ]
    return {"date-parts": parts, **rest}
