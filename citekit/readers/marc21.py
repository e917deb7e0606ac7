"""MARC 21 in its transmission format (ISO 2709), in UTF-8 or MARC-8 → records.

Sources: "MARC 21 Specifications for Record Structure, Character Sets, and Exchange Media" of the
Library of Congress. The records are taken apart by pymarc.
"""

from __future__ import annotations

import logging
import re
import unicodedata
import warnings
from collections.abc import Iterator
from typing import Any

from citekit.errors import ReaderError
from citekit.readers.items import Item
from citekit.readers.keys import Keys
from citekit.readers.marc import Field, to_item

__all__ = ["iter_items"]

_END = b"\x1d"
_NUMBER = re.compile(rb"\x1e([\w -]{1,40})\x1e")
_MISPLACED = re.compile(r"(?:^|\s)[\u0300-\u036f\ufe20-\ufe2f]{2}")
"""Accents upon nothing: what text of another encoding becomes when it is read as MARC-8."""


def iter_items(text: str, where: str, keys: Keys | None = None) -> Iterator[Item]:
    """The records in turn; of ``text`` each character is a byte, or it was decoded from UTF-8.

    Raises :class:`~citekit.errors.ReaderError` if pymarc isn't installed.
    """
    try:
        import pymarc  # noqa: PLC0415
    except ImportError as error:
        raise ReaderError(
            "MARC 21 needs the package pymarc, which is not installed",
            where=where,
            hint="pip install 'citekit-csl[marc]', or export the records as MARCXML",
        ) from error
    # What pymarc finds strange is no matter for the terminal of a program without logging.
    logger = logging.getLogger("pymarc")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    keys = keys or Keys()
    for number, chunk in enumerate(_chunks(text), 1):
        try:
            record = _record(pymarc, chunk)
        except Exception as error:  # whatever a broken record makes pymarc raise
            yield Item(error=_broken(error, number, chunk, where))
        else:
            fields = [*map(_field, record.fields)]
            yield to_item(str(record.leader), fields, keys)


def _chunks(text: str) -> Iterator[bytes]:
    """The records, by their terminators: lengths that are wrong shift no other record."""
    try:
        data = text.encode("latin-1")
    except UnicodeEncodeError:
        data = text.encode("utf-8", "replace")
    length = data[:5].lstrip()
    if length.isdigit() and data.find(_END) + 1 != int(length):
        again = text.encode("utf-8", "replace")
        data = again if again.find(_END) + 1 == int(length) else data
    return (chunk.lstrip() + _END for chunk in data.split(_END) if chunk.strip(b"\0\r\n \x1a"))


def _record(pymarc: Any, chunk: bytes) -> Any:
    """The record of pymarc, from UTF-8 also where the leader forgets to say so."""
    # A length that is wrong is no reason to lose a record that has an end.
    whole = b"%05d" % min(len(chunk), 99999) + chunk[5:]
    marc8 = chunk[9:10] != b"a" and not _is_utf8(chunk)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of a subfield's code that is no letter; it is told as lost
        record = pymarc.Record(data=whole, force_utf8=not marc8, hide_utf8_warnings=True)
    if marc8 and any(
        _MISPLACED.search(unicodedata.normalize("NFC", text[:1000])) for text in _texts(record)
    ):
        raise ValueError("its bytes aren't MARC-8, as the leader says; perhaps Windows-1251")
    return record


def _is_utf8(chunk: bytes) -> bool:
    """Whether it is UTF-8, and can't be MARC-8, whose letters beyond ASCII look otherwise."""
    try:
        return not chunk.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _texts(record: Any) -> Iterator[str]:
    for field in record.fields:
        if not field.control_field:
            yield from (one.value for one in field.subfields)


def _field(field: Any) -> Field:
    if field.control_field:
        return Field(field.tag, "", (("", field.data or ""),))
    values = tuple((one.code, one.value) for one in field.subfields)
    return Field(field.tag, "".join(field.indicators), values)


def _broken(error: Exception, number: int, chunk: bytes, where: str) -> ReaderError:
    control = _NUMBER.search(chunk)
    named = control[1].decode("ascii", "replace").strip() if control else ""
    parts = (where, f"record {number}", f"control number {named}" if named else "")
    what = str(error) or type(error).__name__
    hint = "export the record anew, or as MARCXML"
    return ReaderError(f"a broken record: {what}", where=", ".join(filter(None, parts)), hint=hint)
