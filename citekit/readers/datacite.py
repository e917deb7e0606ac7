"""DataCite's JSON → records: an answer of its API, one record or a list.

Source: DataCite Metadata Schema 4.5 and its REST API; ``data/datacite.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from citekit.errors import ReaderError
from citekit.readers import json_text
from citekit.readers.fields import Fields, as_list, as_text
from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.tables import load_table
from citekit.readers.tagged import to_date, to_name
from citekit.records.date import Date
from citekit.records.edtf import interpret
from citekit.records.name import Name

__all__ = ["iter_items"]


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The records in turn."""
    value = json_text.parse(text, where=where, lenient=True)
    value = value.get("data", value) if isinstance(value, dict) else value
    keys = keys or Keys()
    for number, outer in enumerate(as_list(value), 1):
        inner = outer.get("attributes", outer) if isinstance(outer, dict) else None
        if isinstance(inner, dict):
            yield _item(inner, keys)
        else:
            place = ", ".join(filter(None, (where, f"record {number}")))
            hint = "a record is an object with titles and creators"
            yield Item(error=ReaderError("this is no record of DataCite", where=place, hint=hint))


def _item(record: Mapping[str, Any], keys: Keys) -> Item:
    table = load_table("datacite")
    fields = Fields(record)
    kind = fields.text("types.resourceTypeGeneral", "resourceTypeGeneral")
    fields.put_names("author", "creators", _person)
    _put_titles(fields)
    for one in as_list(fields.take("contributors")):
        if isinstance(one, dict) and (name := _person(one)):
            variable = table["contributors"].get(as_text(one.get("contributorType")), "contributor")
            fields.names[variable] = (*fields.names.get(variable, ()), name)
    for one in as_list(fields.take("dates")):
        variable = (
            table["dates"].get(as_text(one.get("dateType")), "") if isinstance(one, dict) else ""
        )
        if variable and variable not in fields.dates:
            fields.dates[variable] = _date(as_text(one.get("date")))
    if "issued" not in fields.dates and (year := fields.text("publicationYear")):
        fields.dates["issued"] = _date(year)
    _put_descriptions(fields)
    first, last = fields.text("container.firstPage"), fields.text("container.lastPage")
    if first:
        fields.texts["page"] = f"{first}-{last}" if last and last != first else first
    fields.put_texts(table["texts"])
    key = fields.texts.get("DOI", "")
    return fields.item(key, table["types"].get(kind, "document"), keys, table["ignored"]["keys"])


def _put_titles(fields: Fields) -> None:
    titles = [one for one in as_list(fields.take("titles")) if isinstance(one, dict)]
    by_type = {as_text(one.get("titleType")): as_text(one.get("title")) for one in titles[::-1]}
    title = ": ".join(filter(None, (by_type.get(""), by_type.get("Subtitle"))))
    if title:
        fields.texts["title"] = title
    if original := by_type.get("TranslatedTitle"):
        fields.texts["original-title"] = original


def _put_descriptions(fields: Fields) -> None:
    for one in as_list(fields.take("descriptions")):
        if isinstance(one, dict) and (text := as_text(one.get("description"))):
            kind = as_text(one.get("descriptionType"))
            fields.texts.setdefault("abstract" if kind in ("", "Abstract") else "note", text)
    subjects = [as_text(one.get("subject") if isinstance(one, dict) else one)
                for one in as_list(fields.take("subjects"))]  # fmt: skip
    if any(subjects):
        fields.texts["keyword"] = ", ".join(filter(None, subjects))


def _person(value: Any) -> Name | None:
    if not isinstance(value, dict):
        return None
    family, given = as_text(value.get("familyName")), as_text(value.get("givenName"))
    whole = as_text(value.get("name"))
    if family:
        return Name(family, given)
    if not whole:
        return None
    return Name(literal=whole) if value.get("nameType") == "Organizational" else to_name(whole)


def _date(text: str) -> Date:
    said = interpret(text.split("T", 1)[0])
    return to_date(text) if said is None else Date(*said.start, end=said.end)
