"""The formats that requests can name: of records, and of what is printed"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Literal, cast

from citekit import Formatted
from citekit.output import html
from citekit.output.formats import ENDINGS
from citekit.output.runs import Format, render
from citekit.readers import formats as readers
from citekit.writers import formats as writers

if TYPE_CHECKING:
    InputFormat = str
    TargetFormat = str
    FileFormat = str
else:  # those of the registries, for validation and for OpenAPI
    InputFormat = Literal[tuple(readers.FORMATS)]
    TargetFormat = Literal[tuple(writers.FORMATS)]
    FileFormat = Literal[tuple(name for name in ENDINGS if name != "wrapped")]
OutputFormat = Literal[
    "html",
    "text",
    "markdown",
    "pandoc",
    "latex",
    "typst",
    "rtf",
    "rst",
    "asciidoc",
    "org",
    "mediawiki",
    "jats",
]


def printed(formatted: Formatted, output: str) -> str:
    """A citation or an entry in a format."""
    if output == "html":
        return formatted.html
    return formatted.text if output == "text" else render(formatted.events, _module(output))


def whole(entries: Sequence[tuple[str, str]], output: str) -> str:
    """Entries that are printed already, as a bibliography."""
    if output == "html":
        return html.bibliography(content for _, content in entries)
    if output == "text":
        return "\n".join(content for _, content in entries)
    return _module(output).document(list(entries))


def _module(output: str) -> Format:
    return cast(Format, import_module(f"citekit.output.{output}"))
