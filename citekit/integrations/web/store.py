"""Records that the service keeps: read when it starts, found by id or DOI"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import frozen

from citekit import Record, read
from citekit.integrations.web.failures import RequestError

_DOI = re.compile(r"10\.\d{4,9}/\S+")


@frozen(slots=True)
class Store:
    """The records, by their ids and, in small letters, their DOIs."""

    by_id: Mapping[str, Record]
    by_doi: Mapping[str, Record]

    @classmethod
    def of(cls, files: Iterable[str]) -> Store:
        """The records of files in any format; what of these can't be read is left out.

        Raises :class:`~citekit.errors.CitekitError` for a file that can't be read at all.
        """
        by_id = {record.id: record for file in files for record in read(file)}
        found = {_doi(record.texts.get("DOI", "")): record for record in by_id.values()}
        return cls(by_id, {doi: record for doi, record in found.items() if doi})

    def find(self, name: str) -> Record:
        """The record with this id or DOI; raises :class:`RequestError` if there is none."""
        record = self.by_id.get(name) or self.by_doi.get(_doi(name))
        if record is None:
            raise RequestError(404, "NotFound", f"there is no record {name[:100]!r}")
        return record


def _doi(text: str) -> str:
    found = _DOI.search(text)
    return found[0].casefold() if found else ""
