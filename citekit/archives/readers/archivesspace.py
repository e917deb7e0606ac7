"""ArchivesSpace: archival objects as its API gives them, with what they refer to resolved.

Ask the API for ``?resolve[]=resource&resolve[]=repository&resolve[]=linked_agents&
resolve[]=top_container``; what isn't resolved is told.

Source: https://archivesspace.github.io/archivesspace/api/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from citekit.archives.readers.source import Draft, Problems, list_of, text_of
from citekit.archives.readers.stream import elements
from citekit.archives.record import Statement
from citekit.archives.tables import load_table

__all__ = ["drafts", "fits"]

_OBJECTS = ("archival_object", "digital_object")


def fits(value: object) -> bool:
    """Whether a JSON value is ArchivesSpace's."""
    return isinstance(value, dict) and "jsonmodel_type" in value


def drafts(paths: Iterable[Path], problems: Problems) -> Iterator[Draft]:
    """The archival and digital objects of all files; raises ``ReaderError``."""
    for path in paths:
        for _, value in elements(path, ("results",)):
            key = text_of(value, "ref_id") or text_of(value, "digital_object_id")
            key = key or text_of(value, "uri").rpartition("/")[2]
            kind = text_of(value, "jsonmodel_type")
            if kind not in _OBJECTS:
                if kind:
                    problems.tell(f"{path}: a {kind} is no archival object: left out")
                continue
            if value.get("publish") is False:
                problems.tell(f"{key} isn't published: left out")
                continue
            yield key, list(_statements(value, key, problems))


def _statements(item: dict[str, Any], key: str, problems: Problems) -> Iterator[Statement]:
    for name, field in load_table("mappings/archivesspace")["fields"].items():
        yield Statement(field, text_of(item, name), name)
    for date in list_of(item, "dates"):
        yield _date(date)
    for link in list_of(item, "linked_agents"):
        yield from _agent(link, key, problems)
    if where := _location(item):
        yield Statement("location", where, "instances, component_id")
    resource = _resolved(item.get("resource"), "resource", key, problems)
    yield Statement("collection", text_of(resource, "title"), "resource: title")
    repository = _resolved(item.get("repository"), "repository", key, problems)
    yield Statement("repository", text_of(repository, "name"), "repository: name")
    for language in list_of(item, "lang_materials"):
        code = text_of(_part(language, "language_and_script"), "language")
        yield Statement("language", code, "lang_materials")
    for note in [*list_of(item, "notes"), *list_of(resource, "notes")]:
        if text_of(note, "type") == "prefercite":
            texts = [text_of(part, "content") for part in list_of(note, "subnotes")]
            yield Statement("citation", " ".join(texts), "note: prefercite")
    for version in list_of(item, "file_versions")[:1]:
        yield Statement("url", text_of(version, "file_uri"), "file_versions")


def _date(date: Any) -> Statement:
    kinds = {"creation": "date.created", "publication": "date.issued", "issued": "date.issued",
             "digitized": "date.digitised", "modified": "date.digitised"}  # fmt: skip
    field = kinds.get(text_of(date, "label"), "date.other")
    begin, end = text_of(date, "begin"), text_of(date, "end")
    mark = {"approximate": "~", "questionable": "?", "inferred": "?"}.get(
        text_of(date, "certainty"), ""
    )
    text = f"{begin}/{end}" if begin and end and begin != end else f"{begin}{mark}"
    return Statement(field, text if begin else text_of(date, "expression"), "dates")


def _agent(link: Any, key: str, problems: Problems) -> Iterator[Statement]:
    role, relator = text_of(link, "role"), text_of(link, "relator")
    roles: dict[str, str] = load_table("names")["roles"]
    field = roles.get(relator, "creator") if role == "creator" else "nothing"
    agent = _resolved(link, "linked agent", key, problems)
    kind = text_of(agent, "jsonmodel_type")
    name = _part(agent, "display_name")
    if kind == "agent_person" and text_of(name, "rest_of_name"):
        text = f"{text_of(name, 'primary_name')}, {text_of(name, 'rest_of_name')}"
        yield Statement(field, text, f"linked_agents: {role}", hint="person")
        return
    parts = [text_of(name, part) for part in
             ("primary_name", "subordinate_name_1", "subordinate_name_2")]  # fmt: skip
    text = ". ".join(part for part in parts if part) or text_of(agent, "title")
    hint = {"agent_person": "person", "agent_corporate_entity": "body"}.get(kind, "")
    yield Statement(field, text, f"linked_agents: {role}", hint=hint)


def _location(item: dict[str, Any]) -> str:
    for instance in list_of(item, "instances"):
        sub = _part(instance, "sub_container")
        top = _part(_part(sub, "top_container"), "_resolved")
        pairs = [(text_of(top, "type") or "box", text_of(top, "indicator"))]
        pairs += [(text_of(sub, f"type_{n}"), text_of(sub, f"indicator_{n}")) for n in "23"]
        found = [f"{kind} {number}".strip() for kind, number in pairs if number]
        if found:
            return ", ".join(found)
    return text_of(item, "component_id")


def _resolved(value: Any, what: str, key: str, problems: Problems) -> dict[str, Any]:
    found = _part(value, "_resolved")
    if value and not found:
        problems.tell(f"{key}: the {what} {text_of(value, 'ref')} isn't resolved: left out")
    return found


def _part(value: Any, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}
