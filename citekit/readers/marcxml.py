"""MARCXML → records: one, or a ``collection``, also inside of other XML such as SRU's and OAI's.

Source: "MARC 21 XML Schema" of the Library of Congress.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from citekit.errors import ReaderError
from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.marc import Field, to_item
from citekit.readers.xml_text import line_of, parse

__all__ = ["iter_items"]


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The records in turn; raises :class:`~citekit.errors.ReaderError` for what is no XML."""
    keys = keys or Keys()
    before = None
    for leader in parse(text, where).iter("{*}leader"):
        record = leader.getparent()
        fields = [] if record is None or record is before else [*_fields(record)]
        before = record
        if fields:
            yield to_item(leader.text or "", fields, keys)
        else:
            place = ", ".join(filter(None, (where, f"line {line_of(leader)}")))
            hint = "a record has a controlfield or a datafield beside its leader"
            yield Item(error=ReaderError("this record has no fields", where=place, hint=hint))


def _fields(record: etree._Element) -> Iterator[Field]:
    for element in record.iterchildren("{*}controlfield", "{*}datafield"):
        tag = str(element.get("tag") or "")
        if etree.QName(element).localname == "controlfield":
            yield Field(tag, "", (("", element.text or ""),))
            continue
        indicators = "".join(str(element.get(name) or " ")[:1] for name in ("ind1", "ind2"))
        values = [(str(part.get("code") or ""), "".join(map(str, part.itertext())))
                  for part in element.iterchildren("{*}subfield")]  # fmt: skip
        yield Field(tag, indicators, tuple(values))
