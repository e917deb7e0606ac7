"""Bodies of requests and answers of ``/v1``: the one table that reading and OpenAPI share"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from citekit.integrations.web.formats import FileFormat, InputFormat, OutputFormat, TargetFormat
from citekit.records.vocabulary import LOCATOR_LABELS

Label = Annotated[str, Meta(description=f"One of: {', '.join(sorted(LOCATOR_LABELS))}")]


class Source(Struct, forbid_unknown_fields=True, kw_only=True):
    """Records: ``records`` as CSL-JSON, or ``text`` in a format that is found out or named."""

    records: list[dict[str, Any]] | None = None
    text: str | None = None
    format: InputFormat | None = None


class BibliographyRequest(Source, forbid_unknown_fields=True, kw_only=True):
    """Records, and how their bibliography is printed."""

    style: str = "apa"
    locale: str | None = None
    output: OutputFormat = "html"


class CiteRequest(Struct, forbid_unknown_fields=True, kw_only=True):
    """One citation of one record, as :class:`citekit.Cite` takes it."""

    id: str
    locator: str = ""
    label: Label = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False


class CitationsRequest(BibliographyRequest, forbid_unknown_fields=True, kw_only=True):
    """Records, and which citations of them are printed: by default one of each."""

    cites: list[CiteRequest] | None = None


class FileRequest(Source, forbid_unknown_fields=True, kw_only=True):
    """Records, and the file that their bibliography is to be."""

    style: str = "apa"
    locale: str | None = None
    output: FileFormat = "html"
    title: str = ""


class ConvertRequest(Source, forbid_unknown_fields=True, kw_only=True):
    """Records, and the format that they are written in."""

    to: TargetFormat


class CheckRequest(Source, forbid_unknown_fields=True, kw_only=True):
    """Records to check, or the XML of a style."""

    style: str | None = None


class Warned(Struct):
    """What is doubtful, lost or missing, and where as far as it is known.

    ``field`` is a variable of the record, or "style" for what the style does to it.
    """

    record: str | None
    field: str | None
    message: str


class Printed(Struct):
    """A citation or an entry; ``id`` is that of its record."""

    id: str
    content: str


class BibliographyAnswer(Struct):
    """Entries in the order of the style, and all of them as a whole."""

    style: str
    locale: str
    entries: list[Printed]
    content: str
    warnings: list[Warned]


class CitationsAnswer(Struct):
    """Citations in the order in which they were asked for."""

    style: str
    locale: str
    citations: list[Printed]
    warnings: list[Warned]


class ConvertAnswer(Struct):
    """A file of records; ``errors`` are the entries that couldn't be read."""

    content: str
    losses: list[Warned]
    errors: list[Warned]


class StyleProblem(Struct):
    """One thing wrong in a style."""

    line: int
    severity: str
    message: str
    hint: str


class CheckAnswer(Struct):
    """What is wrong with a style, or doubtful in records."""

    problems: list[StyleProblem]
    warnings: list[Warned]


class StyleSummary(Struct):
    """A style as a list shows it; ``parent`` is the id of the style that it stands for."""

    id: str
    name: str
    title: str
    parent: str | None
    citation_format: str | None


class StylesAnswer(Struct):
    """The first styles that have the words, and how many there are."""

    styles: list[StyleSummary]
    total: int


class Health(Struct):
    """The service is up."""

    status: str


class Error(Struct, omit_defaults=True):
    """What is wrong, what to do about it, and with which field."""

    type: str
    message: str
    hint: str | None = None
    field: str | None = None


class ErrorAnswer(Struct):
    """The body of every answer that is an error."""

    error: Error
