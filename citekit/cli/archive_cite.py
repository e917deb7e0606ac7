"""``citekit archive cite``: records of a collection, in all styles of its site."""

from __future__ import annotations

import click

from citekit.archives.cite import Citer, Lines
from citekit.archives.readers import open_collection
from citekit.archives.record import ArchivalRecord, SaidDate
from citekit.archives.site import Site
from citekit.archives.styles import style_names
from citekit.cli import archive_options as options
from citekit.cli import options as shared
from citekit.cli import report
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
) -> None:
    """Print records of a collection as each style of the site has them.

    Under the name of each style stand its citation (the footnote, or what is in the text)
    and its bibliography entry. Doubts about the records go to standard error.
    """
    names = style_names(styles, site)
    citers = [Citer.load(name, site=site, overlays=overlays) for name in names.values()]
    collection = open_collection(source, site)
    missing, doubts = set(items), []
    for record in collection.records():
        if items and record.id not in items:
            continue
        missing.discard(record.id)
        doubts += [str(finding) for finding in record.findings]
        if not items:
            click.echo(f"## {record.id}")
        if preferred and record.preferred_citation is not None:
            click.echo(f"# the archive's own\n{record.preferred_citation.text}")
        for citer in citers:
            doubts += _print(citer, record, accessed, format_)
        if items and not missing:
            break
    if missing:
        raise RecordError(f"there is no record {', '.join(sorted(missing))}", where=source)
    report.warn([*collection.problems.found, *doubts])
    if strict and (doubts or collection.problems.found):
        raise RecordError(f"{len(doubts)} doubts (--strict)", where=source)


def summed(lines: Lines) -> list[str]:
    """What a style leaves out, as one sentence; missing lines in sentences of their own."""
    fields = [finding.field for finding in lines.findings if finding.kind == "field-unprinted"]
    others = [str(finding) for finding in lines.findings if finding.kind != "field-unprinted"]
    if fields:
        record = lines.findings[-1].record
        others.append(f"record {record}: {lines.style} doesn't print: {', '.join(fields)}")
    return others


def _print(
    citer: Citer, record: ArchivalRecord, accessed: SaidDate | None, format_: str
) -> list[str]:
    lines: Lines = citer.lines(record, accessed=accessed)
    click.echo(f"# {citer.name}")
    for line in (lines.citation, lines.entry):
        if line is not None:
            click.echo(" ".join(getattr(line, format_).splitlines()))
    return summed(lines)
