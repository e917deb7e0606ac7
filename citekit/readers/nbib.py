"""PubMed's NBIB (MEDLINE) format → records, each field that CSL has no place for told as lost.

Source: "MEDLINE/PubMed Data Element (Field) Descriptions" of the National Library of Medicine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.ris import to_item
from citekit.readers.tagged import Field, iter_fields
from citekit.readers.text_file import Text
from citekit.records.record import Record

__all__ = ["AS_RIS", "OWN_KEY", "TYPES", "iter_items"]

_LINE = re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3}) *- (.*)")
AS_RIS = {
    "TI": "TI", "BTI": "BT", "JT": "T2", "TA": "J2", "VI": "VL", "IP": "IS", "AB": "AB",
    "LA": "LA", "CN": "AU", "FAU": "AU", "FED": "A2", "PB": "PB", "PL": "PP", "CTI": "T3",
    "OT": "KW", "EN": "ET", "DP": "DA", "GN": "N1", "ISBN": "SN",
}  # fmt: skip
TYPES = {
    "journal article": "JOUR", "book": "BOOK", "book chapter": "CHAP", "dataset": "DATA",
    "academic dissertation": "THES", "technical report": "RPRT", "newspaper article": "NEWS",
    "patent": "PAT", "legal case": "CASE", "legislation": "STAT", "preprint": "UNPB",
    "motion picture": "MPCT", "maps": "MAP",
}  # fmt: skip
"""Types of publications → RIS's; the first of an entry's that is here counts."""
OWN_KEY = "KEY: "
"""How the number of another owner (OID) begins that is a citation key of citekit's."""
_BOOKKEEPING = frozenset(
    "OWN STAT DCOM LR CRDT EDAT MHDA PHST PMCR DEP SO JID SB AU ED PST GR AD AUID IR FIR".split()
)
"""Fields about PubMed's own work, or said again in others (AU in FAU, SO in the rest)."""
_NUMBER = re.compile(r"(\S+) \[(doi|pii|isbn)\]", re.IGNORECASE)


def iter_items(text: Text, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The entries in turn; each begins with its PMID."""
    keys = keys or Keys()
    entry: list[Field] = []
    for field in iter_fields(text, _LINE):
        if field.tag == "PMID" and entry:
            yield _item(entry, where, keys)
            entry = []
        if field.tag:
            entry.append(field)
    if entry:
        yield _item(entry, where, keys)


def _item(entry: list[Field], where: str, keys: Keys) -> Item:
    full = {field.tag for field in entry}
    kinds = [field.value.lower() for field in entry if field.tag == "PT"]
    kind = next((ris for name, ris in TYPES.items() if name in kinds), "JOUR")
    fields = [Field("TY", kind, entry[0].line, True)]
    numbers: dict[str, str] = {}
    own = ""
    for field in entry:
        number = _NUMBER.match(field.value) if field.tag in ("LID", "AID") else None
        if field.tag == "OID" and field.value.startswith(OWN_KEY):
            own = field.value.removeprefix(OWN_KEY)
        elif field.tag in ("PMID", "PMC") and field.value:
            numbers[{"PMC": "PMCID"}.get(field.tag, field.tag)] = field.value
        elif number is not None and number[2].lower() == "doi":
            numbers["DOI"] = number[1]
        elif field.tag == "IS":
            fields.append(evolve(field, tag="SN", value=field.value.split(" ")[0]))
        elif field.tag == "PG":
            fields.append(evolve(field, tag="SP"))
        elif field.tag == "AU" and "FAU" not in full:
            fields.append(evolve(field, value=re.sub(r" (?=[A-Z]+$)", ", ", field.value)))
        elif field.tag not in _BOOKKEEPING and number is None and field.tag != "PT":
            fields.append(evolve(field, tag=AS_RIS.get(field.tag, field.tag)))
    if key := own or numbers.get("PMID"):
        fields.append(Field("ID", key, entry[0].line, False))
    item = to_item(fields, where, keys)
    return item if item.record is None else evolve(item, record=_with(item.record, numbers))


def _with(record: Record, numbers: dict[str, str]) -> Record:
    return Record.from_parts(
        record.id,
        record.type,
        texts={**record.texts, **numbers},
        names=record.names,
        dates=record.dates,
    )
