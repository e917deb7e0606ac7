"""``citekit cite``: the citation of each record."""

from __future__ import annotations

import click

from citekit.api import Style
from citekit.cli import inputs, locators, options
from citekit.cli.progress import Progress
from citekit.cli.report import Report, reporting
from citekit.processor.cites import Citation, Cite


def _locator(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, str]:
    """Locator and label, as :class:`Cite` takes them."""
    return ("", "page") if value is None else locators.parse(value)


@click.command(
    short_help="Print the citation of each record.",
    epilog="""\b
Examples:
  citekit cite letters.json --style apa
  citekit cite letters.json --style apa --style modern-language-association
  citekit cite letters.json --style apa --id 164 --locator "pp. 3-4"
  citekit cite letters.json --style ./our-archive.csl --locale de-DE --format html
""",
)
@options.files
@click.option(
    "--style",
    "styles",
    metavar="NAME",
    required=True,
    multiple=True,
    shell_complete=options.complete_style,
    help=f"{options.STYLE_HELP} With several, all citations in the first come first.",
)
@options.locale
@click.option(
    "--format",
    "format_",
    type=click.Choice(options.FORMATS),
    default="text",
    show_default=True,
    help="What to print.",
)
@options.semantic
@click.option(
    "--id", "ids", metavar="KEY", multiple=True, help="Print this record only; may be repeated."
)
@click.option(
    "--locator",
    metavar="PLACE",
    default=None,
    callback=_locator,
    help='Place in the records: "page 12", "pp. 3-4", "chap. 2"; a number alone is a page.',
)
@reporting
def command(
    files: tuple[str, ...],
    styles: tuple[str, ...],
    locale: str | None,
    format_: str,
    semantic: bool,
    ids: tuple[str, ...],
    locator: tuple[str, str],
    report: Report,
) -> None:
    """Print the citation of each record of CSL-JSON files, one a line.

    Without FILE, or for "-", records come from standard input. Numbers and year
    letters (1990a) are those of a document that cites all records of the files.
    """
    options.check_semantic(semantic, format_)
    loaded = [Style.load(style, locale) for style in styles]
    library = inputs.read(files, report)
    chosen = library.select(ids)
    cited = {record.id for record in chosen}
    citations = [
        Citation([Cite(record.id, *(locator if record.id in cited else ()))])
        for record in library.records
    ]
    report.add(library.doubts(chosen))
    for name, style in zip(styles, loaded, strict=True):
        with Progress() as progress:
            progress.formatting(library.records, name)
            result = style.process(library.records, citations, bibliography=False)
        printed = dict(zip(library.sources, result.citations, strict=True))
        for record in chosen:
            citation = printed[record.id]
            text = citation.semantic_html(record) if semantic else getattr(citation, format_)
            # A line break inside a field would make two lines of one citation.
            line = " ".join(text.splitlines())
            click.echo(line)
            if not line:
                report.add([library.unprinted(record, f"the style {name} prints no citation")])
