"""IIIF Presentation 3: manifests, one in a file or several in a list.

The metadata of a manifest are pairs of a label and a value in any language, as each archive
has them: labels are looked up in ``data/mappings/iiif.toml``. ``navDate`` is for navigation
and is not taken for the date of the thing.

Source: https://iiif.io/api/presentation/3.0/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from citekit.archives.readers.source import Draft, Problems, list_of, text_of
from citekit.archives.readers.stream import elements
from citekit.archives.record import Statement
from citekit.archives.tables import load_table
from citekit.archives.titles import language_tag

__all__ = ["drafts", "fits"]


def fits(value: object) -> bool:
    """Whether a JSON value is a manifest or collection of IIIF 3."""
    contexts = [each for each in list_of(value, "@context") if isinstance(each, str)]
    is_iiif = any("iiif.io/api/presentation/3" in each for each in contexts)
    named = text_of(value, "type") in ("Manifest", "Collection")
    return is_iiif or (named and bool(list_of(value, "items")))


def drafts(paths: Iterable[Path], problems: Problems) -> Iterator[Draft]:
    """The manifests of all files; raises :class:`~citekit.errors.ReaderError`."""
    for path in paths:
        for _, value in elements(path):
            if text_of(value, "type") == "Collection":
                count = len(list_of(value, "items"))
                problems.tell(f"{path}: a collection only names its {count} manifests: left out")
            elif isinstance(value, dict):
                yield text_of(value, "id") or path.stem, list(_statements(value, problems))


def _statements(manifest: dict[str, Any], problems: Problems) -> Iterator[Statement]:
    yield from _in_languages("title", manifest.get("label"), "label")
    labels: dict[str, str] = load_table("mappings/iiif")["fields"]
    for pair in list_of(manifest, "metadata"):
        names = [said.text for said in _in_languages("", _get(pair, "label"), "")]
        known = (labels.get(name.casefold().strip(" :")) for name in names)
        field = next((each for each in known if each), "")
        origin = f"metadata: {names[0] if names else ''}"
        if not field:
            problems.tell(
                f"{text_of(manifest, 'id')}: the label {', '.join(names)!r} isn't known, so not "
                f'used; to use it: [elements] "{origin}" = "…" in the site\'s settings'
            )
        yield from _in_languages(field or "nothing", _get(pair, "value"), origin)
    yield from _in_languages("description", manifest.get("summary"), "summary")
    for provider in list_of(manifest, "provider"):
        yield from _in_languages("repository", _get(provider, "label"), "provider")
    for whole in list_of(manifest, "partOf"):
        yield from _in_languages("site_collection", _get(whole, "label"), "partOf")
    for page in list_of(manifest, "homepage")[:1]:
        yield Statement("url", text_of(page, "id"), "homepage")
    yield Statement("rights", text_of(manifest, "rights"), "rights")


def _in_languages(field: str, value: Any, origin: str) -> Iterator[Statement]:
    """The texts of a language map, English ones first: they are what the site itself says."""
    if isinstance(value, str):
        yield Statement(field, value, origin)
    if not isinstance(value, dict):
        return
    order = sorted(value, key=lambda language: not language.startswith("en"))
    for language in order:
        for text in list_of(value, language):
            if isinstance(text, str):
                yield Statement(field, text, origin, language_tag(language))


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
