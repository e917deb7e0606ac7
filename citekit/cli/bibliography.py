"""``citekit bibliography``: the bibliography of all records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, get_args

import click

from citekit.api import Bibliography, Style
from citekit.cli import atomic, inputs, options
from citekit.cli.duplicates import duplicates
from citekit.cli.progress import Progress
from citekit.cli.report import Report, Told, reporting
from citekit.errors import WriterError
from citekit.output import formats
from citekit.output.groups import GroupBy
from citekit.output.listing import Listing


@click.command(
    short_help="Print the bibliography of all records.",
    epilog="""\b
Examples:
  citekit bibliography letters.json --style apa
  citekit bibliography letters.json books.json --style apa -o references.html
  citekit bibliography --style apa --format html < letters.json
  citekit bibliography letters.json --style apa --highlight "Ada Lovelace"
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
    type=click.Choice(tuple(formats.ENDINGS)),
    help="What to print; by default as the ending of the output file says, else text.",
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(dir_okay=False),
    help="Write to this file, HTML as a complete page.",
)
@click.option("--title", metavar="TEXT", default="", help="A title above the bibliography.")
@click.option("--group-by", type=click.Choice(get_args(GroupBy)), help="Groups with headings.")
@click.option("--highlight", metavar="NAME", default="", help="Print this name in bold.")
@click.option("--annotate", is_flag=True, help="Print each record's annotation below its entry.")
@click.option("--numbered", is_flag=True, help="Number entries, if the style doesn't.")
@click.option(
    "--links/--no-links",
    default=None,
    help="Addresses and DOIs as links; by default so, but not in HTML that is no page.",
)
@click.option(
    "--ids/--no-ids",
    default=None,
    help="In HTML, entries with ids and roles for screen readers; by default as links.",
)
@options.semantic
@reporting
def command(
    files: tuple[str, ...],
    style: str,
    locale: str | None,
    format_: str | None,
    output: str | None,
    links: bool | None,
    ids: bool | None,
    semantic: bool,
    report: Report,
    **arrangement: Any,
) -> None:
    """Print the bibliography of the records of files, of any format that can be read.

    Without FILE, or for "-", records come from standard input. Records that the
    style prints nothing for, and those that seem to be the same, are named on standard error.
    """
    loaded = Style.load(style, locale)
    library = inputs.read(files, report)
    report.add(library.doubts(library.records))
    report.add(duplicates(library))
    with Progress() as progress:
        progress.formatting(library.records, style)
        bibliography = loaded.bibliography(library.records)
    to_file = output if output != "-" else None
    if to_file and options.from_settings("format_"):
        format_ = None  # the ending of the file says more
    format_ = format_ or formats.by_ending(output or "")
    options.check_semantic(semantic, format_)
    fragment = format_ == "html" and to_file is None
    listing = bibliography.listing(
        library.records,
        lang=loaded.compiled.locale.lang,
        links=not fragment if links is None else links,
        ids=not fragment if ids is None else ids,
        semantic=semantic,
        **arrangement,
    )
    _write(listing, format_, to_file)
    report.add(_unprinted(library, bibliography, style, loaded.compiled.bibliography is not None))


def _unprinted(
    library: inputs.Library, bibliography: Bibliography, style: str, has_bibliography: bool
) -> Iterator[Told]:
    """What isn't in the bibliography."""
    if not has_bibliography:
        what = f"the style {style} has no bibliography"
        yield Told.sentence("unprinted", what)
        return
    printed = {entry.id for entry in bibliography.entries if not entry.is_blank}
    for record in library.records:
        if record.id not in printed:
            yield library.unprinted(record, f"the style {style} prints no entry")


def _write(listing: Listing, format_: str, output: str | None) -> None:
    if output is not None:
        atomic.write(output, formats.write(listing, format_))
    elif format_ == "html":
        from citekit.output import page  # noqa: PLC0415 - for HTML only

        click.echo(page.fragment(listing))
    elif format_ in formats.BINARY:
        if sys.stdout.isatty():
            raise WriterError(f"{format_} is nothing for a terminal", hint="name a file with -o")
        click.echo(formats.write(listing, format_), nl=False)
    else:
        text = formats.write(listing, format_).decode()
        click.echo(text if text.strip() else "", nl=False)
