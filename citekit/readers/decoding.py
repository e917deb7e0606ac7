"""The bytes of a file → its text, in the encoding that they tell; what is no text is named."""

from __future__ import annotations

import codecs
import re

from citekit.errors import ReaderError
from citekit.patterns import pattern
from citekit.readers.json_text import decode

__all__ = ["SIGNATURE", "refuse_binary", "to_text"]

_MARC21 = re.compile(rb"\s*\d{5}[acdnps][a-z]{2}.{4}\d{5}")
_DECLARED = (
    rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)|<meta\s[^>]*?charset\s*=\s*["']?([\w.:-]+)"""
    rb"|^%\s*Encoding:\s*([\w.:-]+)|^%.*-\*-.*coding:\s*([\w.:-]+)"
)
"""XML's and HTML's way to say it, JabRef's in a .bib file, and that of Emacs."""
_TEXT_ENCODING = pattern(
    r"utf-(8|16|32)(-[bl]e)?|ascii|iso8859-\d+|cp\d+|koi8-\w|mac-\w+|gb\w+|big5|shift_jis|euc_\w\w"
)
"""Some of Python's other encodings decompress, or take quadratic time."""
SIGNATURE = 100
"""How many bytes at the start tell what is no text."""
_EXPORT = "export the library from the program that wrote it, as .bib, .ris or .json"
_OFFICE = "a bibliography is read from .bib, .ris, .json and the like, not from a document"
_UNPACK = "unpack it, and give the file that is in it"
_BINARY = (
    (b"PK\3\4", b"[Content_Types].xml", "a document of Microsoft Office", _OFFICE),
    (b"PK\3\4", b"mimetypeapplication/vnd.oasis", "a document of LibreOffice", _OFFICE),
    (b"PK\3\4", b"mimetypeapplication/epub", "a book (EPUB)", _OFFICE),
    (b"PK\3\4", b"", "a ZIP archive", _UNPACK),
    (b"PK\5\6", b"", "an empty ZIP archive", _EXPORT),
    (b"\x1f\x8b", b"", "a gzip archive", _UNPACK),
    (b"BZh", b"1AY&SY", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\0", b"", "an xz archive", _UNPACK),
    (b"(\xb5/\xfd", b"", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf", b"", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a", b"", "a RAR archive", _UNPACK),
    (b"%PDF-", b"", "a PDF", _OFFICE),
    (b"{\\rtf", b"", "a document in RTF", _OFFICE),
    (b"\xd0\xcf\x11\xe0", b"", "a document of an old Microsoft Office", _OFFICE),
    (b"SQLite format 3\0", b"", "a database (SQLite)", _EXPORT),
    (b"\x89PNG", b"", "a picture", _OFFICE),
    (b"\xff\xd8\xff", b"", "a picture", _OFFICE),
)
"""How what is no text begins, what is in it soon after, what it is, and what to do."""


def to_text(data: bytes, where: str) -> str:
    """The text: in UTF-8, or as a byte order mark or the text itself says.

    Of MARC 21, which has encodings of its own and counts in bytes, each character is a byte.
    Raises :class:`~citekit.errors.ReaderError` for bytes that are no text, or in another
    encoding.
    """
    refuse_binary(data[:SIGNATURE], where)
    if _MARC21.match(data):
        return data.decode("latin-1")
    try:
        return decode(data, where=where, lenient=True)
    except ReaderError:
        declared = _declared(data[:2048])
        if not declared:
            raise
        try:
            return data.decode(declared)
        except UnicodeDecodeError as error:
            at = f"line {data.count(10, 0, error.start) + 1}"
            raise ReaderError(
                f"it says that its encoding is {declared}, but has byte 0x{data[error.start]:02x},"
                " which that hasn't",
                where=", ".join(filter(None, (where, at))),
                hint="save it as UTF-8",
            ) from error


def refuse_binary(head: bytes, where: str) -> None:
    """Raise :class:`~citekit.errors.ReaderError` for the start of what is no text."""
    for start, soon, what, hint in _BINARY:
        if head.startswith(start) and soon in head:
            raise ReaderError(f"this is {what}, not a text", where=where, hint=hint)


def _declared(head: bytes) -> str:
    """The encoding that a text names, if Python knows it; else nothing."""
    found = re.search(_DECLARED, head, re.IGNORECASE | re.MULTILINE)
    name = next(filter(None, found.groups()), b"").decode("ascii", "replace") if found else ""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return ""
    # What is no UTF-8 after all can only be another one.
    return name if _TEXT_ENCODING.fullmatch(known) and known != "utf-8" else ""
