"""A server for assistants (Model Context Protocol): format, check, convert, find styles.

Records come as text in the request and never from files; styles are those installed.
Source: the Model Context Protocol's specification, "Tools" and "Resources".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal

from citekit import (
    Citation,
    Cite,
    CitekitError,
    ReaderError,
    Reading,
    Record,
    Style,
    StyleNotFoundError,
    find_style,
    read,
    search_styles,
    write,
)
from citekit import check_style as problems_of
from citekit.integrations.release import version

if TYPE_CHECKING:
    from mcp.server import MCPServer

__all__ = ["server"]

_MOST_STYLES = 200

_INSTRUCTIONS = """\
Never write a citation from memory of a style's rules: pass the metadata to
`format_citations` and use what it gives. It takes records in any format: CSL-JSON, BibTeX, RIS
and others. Find a style's name with `find_styles` first if you don't know it. Tell the user the
warnings and losses. Don't invent metadata that the user or the source hasn't given: leave such
fields out.
"""


@dataclass(frozen=True)
class CiteOf:
    """One record that a citation cites. label: page, chapter, verse … (a locator label of CSL)."""

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False


@dataclass(frozen=True)
class FormattedEntry:
    """An entry of a bibliography, and the id of its record."""

    id: str
    text: str


@dataclass(frozen=True)
class FormattedDocument:
    """Citations in the order they were asked for; the bibliography in the style's order."""

    citations: list[str]
    bibliography: list[FormattedEntry]
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class RecordsReport:
    """The ids of the records that could be read, and all that is wrong with them."""

    ids: list[str]
    problems: list[str]


@dataclass(frozen=True)
class StyleProblem:
    """Something that is wrong with a style, by line."""

    line: int
    severity: Literal["error", "warning"]
    message: str
    hint: str


@dataclass(frozen=True)
class Converted:
    """Records in another format; ``losses`` is what that format has no place for."""

    text: str
    losses: list[str]


@dataclass(frozen=True)
class StyleFound:
    """A style: ``name`` is what the other tools take; ``parent`` the style it stands for."""

    name: str
    title: str
    parent: str | None
    citation_format: str | None


@dataclass(frozen=True)
class StylesFound:
    """The first styles found, and how many there are in all."""

    styles: list[StyleFound]
    total: int


def server() -> MCPServer[Any]:
    """The server, ready to ``run("stdio")``.

    Raises :class:`~citekit.errors.CitekitError` if the package mcp isn't installed.
    """
    try:
        from mcp.server import MCPServer  # noqa: PLC0415
        from mcp_types import ToolAnnotations  # noqa: PLC0415
    except ImportError as error:
        raise CitekitError(
            "the server for assistants needs the package mcp 2, which is not installed",
            hint="pip install 'citekit-csl[mcp]'",
        ) from error
    made: MCPServer[Any] = MCPServer(
        "citekit", version=version(), instructions=_INSTRUCTIONS, log_level="WARNING"
    )
    harmless = ToolAnnotations(read_only_hint=True, open_world_hint=False, idempotent_hint=True)
    for tool in (format_citations, check_records, check_style, convert, find_styles):
        made.tool(annotations=harmless)(_with_tool_errors(tool))
    made.resource(
        "citekit://styles/{name}", title="The XML of a CSL style", mime_type="application/xml"
    )(style_xml)
    return made


# ------------------------------------------------------------ tools


def format_citations(
    style: str,
    records: str | list[dict[str, Any]],
    citations: list[list[CiteOf]] | None = None,
    locale: str | None = None,
    records_format: str | None = None,
    output: Literal["text", "html"] = "text",
) -> FormattedDocument:
    """Format citations and the bibliography of a document in a CSL style.

    style: a name such as "apa", "chicago-notes-bibliography"; find_styles knows all.
    records: the cited works, as the text of a CSL-JSON, BibTeX, RIS … file, or as a list of
    CSL-JSON objects. records_format names the format of the text if it can't be told.
    citations: each a list of the records cited in one place, in the order of the document, so
    that "ibid.", numbers and year suffixes are right; without it each record is cited once.
    locale: a language such as "de-DE", by default the style's own.
    """
    loaded = Style.load(style, locale, library_only=True)
    found = _read(records, records_format)
    asked = [_citation(one) for one in citations or [[CiteOf(each.id)] for each in found]]
    result = loaded.process(found.records, asked)
    shown: Callable[[Any], str] = lambda one: one.html if output == "html" else one.text  # noqa: E731
    return FormattedDocument(
        [shown(one) for one in result.citations],
        [FormattedEntry(one.id, shown(one)) for one in result.bibliography.entries],
        [*result.warnings, *_problems(found)],
    )


def check_records(
    records: str | list[dict[str, Any]],
    style: str | None = None,
    records_format: str | None = None,
) -> RecordsReport:
    """Check records before they are cited: what can't be read, what no CSL style will print.

    With a style also: for which records it prints nothing. Arguments are those of format_citations.
    """
    found = _read(records, records_format)
    problems = _problems(found)
    if style is not None:
        loaded = Style.load(style, library_only=True)
        problems += loaded.process(found.records, [one.id for one in found]).warnings
    return RecordsReport([one.id for one in found], problems)


def check_style(xml: str) -> list[StyleProblem]:
    """Check a CSL style, given as the XML of its .csl file: all that is wrong with it, by line."""
    return [StyleProblem(p.line, p.severity, p.what, p.hint) for p in problems_of(xml)]


def convert(
    records: str | list[dict[str, Any]], to: str, records_format: str | None = None
) -> Converted:
    """Convert records to another format: csl-json, biblatex, bibtex, ris, mods, cff, hayagriva ….

    Everything that gets lost is told. The other arguments are those of format_citations.
    """
    found = _read(records, records_format)
    written = write(found, to)
    return Converted(written.text, [*map(str, (*found.errors, *found.losses, *written.losses))])


def find_styles(words: str, limit: int = 20) -> StylesFound:
    """Find CSL styles by words of their names or titles, such as "chicago notes" or "nature"."""
    found = search_styles(words.split())
    shown = [
        StyleFound(one.name, one.title, one.parent, one.citation_format)
        for one in found[: max(1, min(limit, _MOST_STYLES))]
    ]
    return StylesFound(shown, len(found))


# ------------------------------------------------------------ resources


def style_xml(name: str) -> str:
    """The CSL XML of a style by its name; of a dependent style, that of its parent."""
    from mcp.server.mcpserver.exceptions import ResourceNotFoundError  # noqa: PLC0415

    try:
        return find_style(name, library_only=True).data.decode("utf-8")
    except StyleNotFoundError as error:
        raise ResourceNotFoundError(str(error)) from error


# ------------------------------------------------------------ what they have in common


def _with_tool_errors(tool: Callable[..., object]) -> Callable[..., object]:
    """The same, with citekit's errors as those of the tool, which the assistant reads."""
    from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415

    @wraps(tool)
    def wrapped(*args: object, **kwargs: object) -> object:
        try:
            return tool(*args, **kwargs)
        except CitekitError as error:
            raise ToolError(str(error)) from error

    return wrapped


def _read(records: str | list[dict[str, Any]], format: str | None) -> Reading:
    """Records of a text. As bytes, which are never taken for a path."""
    if isinstance(records, str):
        found = read(records.encode("utf-8", "replace"), format)
    else:
        found = read(json.dumps(records).encode(), "csl-json")
    if not found.records:
        details = "; ".join(str(error) for error in found.errors)
        raise ReaderError(
            f"there are no records in it{': ' if details else ''}{details}",
            hint="give CSL-JSON, BibTeX, RIS or another format as text, or CSL-JSON objects",
        )
    return found


def _problems(found: Reading) -> list[str]:
    return [*map(str, (*found.errors, *found.losses)), *_doubts(found.records)]


def _doubts(records: Sequence[Record]) -> list[str]:
    return [f"record {one.id!r}: {doubt}" for one in records for doubt in one.doubts()]


def _citation(cites: list[CiteOf]) -> Citation:
    return Citation([Cite(**vars(one)) for one in cites])
