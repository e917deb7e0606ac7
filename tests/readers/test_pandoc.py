"""biblatex as pandoc reads it, a black box beside our reader, on a library of 202 entries.

What differs on principle is said here and, with its authority, in docs/formats.md.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import citekit
from citekit.writers.csl_json import to_object

LIBRARY = Path(__file__).parent / "pandoc" / "library.bib"
AGREEMENT = 0.95
ONLY_OURS = {
    "archive", "archive_location", "director", "illustrator", "producer", "organizer",
    "compiler", "issued",
}  # fmt: skip
"""What pandoc leaves out where biblatex says it: eprints of any archive, roles, dates in words."""
Item = dict[str, Any]


def test_pandoc_agrees() -> None:
    pypandoc = pytest.importorskip("pypandoc", reason="pip install pypandoc_binary")
    said = pypandoc.convert_file(str(LIBRARY), "csljson", format="biblatex")
    theirs = {item["id"]: item for item in json.loads(said)}
    ours = {record.id: to_object(record) for record in citekit.read(LIBRARY)}
    assert list(ours) == list(theirs)
    outcome: Counter[bool] = Counter()
    differing: Counter[str] = Counter()
    for key, item in theirs.items():
        mine, other = _normal(ours[key]), _normal(item)
        for field in mine.keys() | other.keys():
            if field in ONLY_OURS and field not in other:
                continue
            same = mine.get(field) == other.get(field)
            outcome[same] += 1
            if not same:
                differing[field] += 1
    assert outcome[True] / outcome.total() >= AGREEMENT, differing


def _normal(item: Item) -> Item:
    """An item without what the two express differently on principle."""
    fields = {name: _value(value) for name, value in item.items()}
    if fields.get("type") == "":
        fields["type"] = "document"
    if "event" in fields:
        fields["event-title"] = fields.pop("event")
    if "language" in fields:
        fields["language"] = fields["language"][:2]
    fields.pop("title-short", None)
    return fields


def _value(value: Any) -> Any:
    if isinstance(value, str):
        bare = re.sub(r'<span class="nocase">(.*?)</span>', r"\1", value)
        return re.sub(r"\s+", " ", bare).strip().casefold()
    if isinstance(value, dict) and "date-parts" in value:
        parts = [list(map(int, part)) for part in value["date-parts"]]
        season = value.get("season")
        if season is not None:
            parts[0].append(20 + int(season))
        return {"date-parts": parts, "circa": bool(value.get("circa"))}
    if isinstance(value, list):
        return [_name(one) for one in value]
    return value


def _name(name: Any) -> Any:
    """A name by what is printed of it: particles may be told apart or not."""
    if not isinstance(name, dict):
        return name
    keys = ("dropping-particle", "non-dropping-particle", "family", "literal")
    family = "".join("".join(name.get(key, "").split()) for key in keys)
    return family.casefold(), name.get("given", ""), name.get("suffix", "")
