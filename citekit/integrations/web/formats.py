"""The formats that requests can name: of records, and of what is printed"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Literal, cast

from citekit.api import Formatted
from citekit.output.runs import Format, render

InputFormat = Literal[
    "datacite", "crossref", "schema-org", "zotero", "csl-json", "endnote-xml", "pubmed-xml",
    "coins", "marc21", "marcxml", "mods", "nbib", "ris", "refer", "biblatex", "bibtex", "cff",
    "csl-yaml", "hayagriva",
]  # fmt: skip
TargetFormat = Literal[
    "csl-json", "csl-yaml", "biblatex", "bibtex", "ris", "endnote-xml", "mods", "coins", "cff",
    "schema-org", "hayagriva",
]  # fmt: skip
OutputFormat = Literal[
    "html", "text", "markdown", "latex", "typst", "rtf", "rst", "asciidoc", "mediawiki", "jats"
]


def printed(formatted: Formatted, output: str) -> str:
    """A citation or an entry in a format."""
    if output == "html":
        return formatted.html
    return formatted.text if output == "text" else render(formatted.events, _module(output))


def whole(entries: Sequence[tuple[str, str]], output: str) -> str:
    """Entries that are printed already, as a bibliography."""
    if output == "html":
        rows = "".join(f'  <div class="csl-entry">{content}</div>\n' for _, content in entries)
        return f'<div class="csl-bib-body">\n{rows}</div>'
    if output == "text":
        return "\n".join(content for _, content in entries)
    return _module(output).document(list(entries))


def _module(output: str) -> Format:
    return cast(Format, import_module(f"citekit.output.{output}"))
