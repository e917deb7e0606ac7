"""``citekit bibliography``: the bibliography of all records."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

import click

from citekit.api import Style
from citekit.cli import atomic, inputs, options, page, report
from citekit.output.runs import Format, render

_MODULES = {
    ".md": "markdown",
    ".tex": "latex",
    ".typ": "typst",
    ".rtf": "rtf",
    ".rst": "rst",
    ".adoc": "asciidoc",
    ".wiki": "mediawiki",
    ".xml": "jats",
}
"""Endings, and the modules of ``citekit.output`` that write such files."""


@click.command(
    short_help="Print the bibliography of all records.",
    epilog="""\b
Examples:
  citekit bibliography letters.json --style apa
  citekit bibliography letters.json books.json --style apa -o references.html
  citekit bibliography --style apa --format html < letters.json
""",
)
@options.files
@click.option(
    "--style",
    metavar="NAME",
    required=True,
    shell_complete=options.complete_style,
    help=options.STYLE_HELP,
)
@options.locale
@click.option(
    "--format",
    "format_",
    type=click.Choice((*options.FORMATS, *sorted(_MODULES.values()))),
    help="What to print; by default as the ending of the output file says, else text.",
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(dir_okay=False),
    help="Write to this file, HTML as a complete page.",
)
def command(
    files: tuple[str, ...],
    style: str,
    locale: str | None,
    format_: str | None,
    output: str | None,
) -> None:
    """Print the bibliography of the records of CSL-JSON files.

    Without FILE, or for "-", records come from standard input. Records that the
    style prints nothing for are named on standard error.
    """
    loaded = Style.load(style, locale)
    library = inputs.read(files)
    result = loaded.process(library.records)
    bibliography = result.bibliography
    to_file = output is not None and output != "-"
    if to_file and options.from_settings("format_"):
        format_ = None  # the ending of the file says more
    format_ = format_ or _format_of(output)
    if format_ in _MODULES.values():
        written: Format = cast(Format, import_module(f"citekit.output.{format_}"))
        rows = [(entry.id, render(entry.events, written)) for entry in bibliography.entries]
        content = written.document(rows)
    elif format_ == "text":
        content = bibliography.text
    elif to_file:
        content = page.html_page(bibliography, lang=loaded.compiled.locale.lang)
    else:
        content = bibliography.html
    if output is not None and to_file:
        atomic.write(output, f"{content}\n")
    else:
        click.echo(content, nl=bool(content))
    warnings = [*library.doubts(library.records), *result.warnings]
    if library.records and not bibliography.entries and not result.warnings:
        warnings.append(f"the style {style} has no bibliography")
    report.warn(warnings)


def _format_of(output: str | None) -> str:
    ending = Path(output or "").suffix.casefold()
    if ending in _MODULES:
        return _MODULES[ending]
    return "html" if ending in (".html", ".htm", ".xhtml") else "text"
