"""``citekit archive cite``: records of a collection, in all styles of its site."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from citekit.archives.cite import Citer, Lines
from citekit.archives.readers import Collection, open_collection
from citekit.archives.record import ArchivalRecord, SaidDate
from citekit.archives.site import Site
from citekit.archives.styles import style_names
from citekit.cli import archive_options as options
from citekit.cli import options as shared
from citekit.cli.progress import Progress
from citekit.cli.report import Report, Told, reporting
from citekit.errors import RecordError


@click.command(
    short_help="Print records in the site's styles.",
    epilog="""\b
Examples:
  citekit archive cite collection.json --site site.toml --item 164
  citekit archive cite collection.json --item 164 --styles chicago,mla --accessed 2024-03-05
""",
)
@options.source
@click.option("--item", "items", metavar="N", multiple=True, help="Number of a record; repeatable.")
@options.site
@options.styles
@options.accessed
@click.option(
    "--format", "format_", type=click.Choice(shared.FORMATS), default="text", show_default=True
)
@click.option("--preferred", is_flag=True, help="Print the record's own citation, if it has one.")
@shared.overlays
@options.strict
@reporting
def command(
    source: str,
    items: tuple[str, ...],
    site: Site,
    styles: tuple[str, ...],
    accessed: SaidDate | None,
    format_: str,
    preferred: bool,
    overlays: bool,
    strict: bool,
    report: Report,
) -> None:
    """Print records of a collection as each style of the site has them.

    Under the name of each style stand its citation (the footnote, or what is in the text)
    and its bibliography entry. Doubts about the records go to standard error.
    """
    names = style_names(styles, site)
    citers = [Citer.load(name, site=site, overlays=overlays) for name in names.values()]
    collection = open_collection(source, site)
    missing = set(items)
    for record in _counted(collection):
        if items and record.id not in items:
            continue
        missing.discard(record.id)
        report.add(Told.finding(finding, source) for finding in record.findings)
        if not items:
            click.echo(f"## {record.id}")
        if preferred and record.preferred_citation is not None:
            click.echo(f"# the archive's own\n{record.preferred_citation.text}")
        for citer in citers:
            lines = citer.lines(record, accessed=accessed)
            _print(lines, format_)
            report.add(_told(lines, source, one_by_one=report.as_json))
        if items and not missing:
            break
    if missing:
        raise RecordError(f"there is no record {', '.join(sorted(missing))}", where=source)
    report.add(Told.sentence("error", one, source) for one in collection.problems.found)
    if strict and report.told:
        raise RecordError(f"{len(report.told)} doubts (--strict)", where=source)


def _counted(collection: Collection) -> Iterator[ArchivalRecord]:
    """The records; how many is told where it isn't seen by their citations."""
    if sys.stdout.isatty():
        yield from collection.records()
    else:
        with Progress() as progress:
            yield from progress.count(collection.records(), "records read")


def _print(lines: Lines, format_: str) -> None:
    click.echo(f"# {lines.style}")
    for line in (lines.citation, lines.entry):
        if line is not None:
            click.echo(" ".join(getattr(line, format_).splitlines()))


def _told(lines: Lines, source: str, *, one_by_one: bool) -> Iterator[Told]:
    """What a style leaves out: for people the fields that it doesn't print in one sentence."""
    fields = []
    for finding in lines.findings:
        if one_by_one or finding.kind != "field-unprinted":
            yield Told.finding(finding, source)
        else:
            fields.append(finding.field)
    if fields:
        record = lines.findings[-1].record
        what = f"record {record}: {lines.style} doesn't print: {', '.join(fields)}"
        yield Told.sentence("field-unprinted", what, source)
