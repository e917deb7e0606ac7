"""Omeka Classic as it answers: JSON made from the short form of ``data/records.toml``."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ROOT = "http://archive.example.org"
_BESIDE = ("id", "about", "item_type", "item_type_metadata", "public")


def short_records() -> list[dict[str, Any]]:
    """The records of ``data/records.toml``."""
    records: list[dict[str, Any]] = tomllib.loads((DATA / "records.toml").read_text("utf-8"))[
        "record"
    ]
    return records


def answer(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Site, collections and items in one object."""
    site = {
        "omeka_url": ROOT,
        "omeka_version": "3.1",
        "title": "Archive of the Turn",
        "author": "Center for Archives, Example University",
    }
    return {"site": site, "items": [item(record) for record in records]}


def item(record: dict[str, Any]) -> dict[str, Any]:
    """One item of ``/api/items``."""
    number = record["id"]
    texts = [
        _text("Dublin Core", name, value)
        for name, values in record.items()
        if name not in _BESIDE
        for value in values
    ]
    for name, values in record.get("item_type_metadata", {}).items():
        texts += [_text("Item Type Metadata", name, value) for value in values]
    item_type = record.get("item_type")
    return {
        "id": int(number),
        "url": f"{ROOT}/api/items/{number}",
        "public": record.get("public", True),
        "item_type": {"id": 1, "name": item_type} if item_type else None,
        "collection": None,
        "tags": [],
        "element_texts": texts,
    }


def _text(set_name: str, element: str, value: str) -> dict[str, Any]:
    return {
        "html": value.startswith("html:"),
        "text": value.removeprefix("html:"),
        "element_set": {"name": set_name},
        "element": {"name": element},
    }


def write(path: Path, value: object) -> Path:
    """A value as a JSON file."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
    return path
