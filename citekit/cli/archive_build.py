"""``citekit archive build``: a folder of "How to cite" pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from citekit.archives.pages import Built, Options, build
from citekit.archives.pages.journal import read_journal
from citekit.archives.readers import Collection, open_collection
from citekit.archives.record import SaidDate
from citekit.archives.site import Site
from citekit.cli import archive_options as options
from citekit.cli import options as shared
from citekit.cli import report
from citekit.cli.report import Told
from citekit.errors import RecordError


@click.command(
    short_help="Build a page for each record, an index and a report.",
    epilog="""\b
Examples:
  citekit archive build collection.json -o public --site site.toml
  citekit archive build omeka-json/ -o public --styles chicago,mla,apa --strict
""",
)
@options.source
@click.option("-o", "--output", metavar="DIR", required=True, type=click.Path(file_okay=False))
@options.site
@options.styles
@options.accessed
@click.option("--base", metavar="URL", default="", help="What stands before links of boxes.")
@shared.overlays
@options.strict
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as a JSON array.")
def command(
    source: str,
    output: str,
    site: Site,
    styles: tuple[str, ...],
    accessed: SaidDate | None,
    base: str,
    overlays: bool,
    strict: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Write for every record a page, a box for other pages, and files for reference managers.

    Records that haven't changed are left alone. The command may be killed at any moment and
    started again: it goes on where it was.
    """
    collection = open_collection(source, site)
    chosen = Options(styles=styles, accessed=accessed, overlays=overlays, base=base)
    built = _with_progress(collection, Path(output), chosen, quiet)
    click.echo(
        f"{built.records} records, {built.rendered} of them built, {built.removed} removed; "
        f"{built.findings} findings: see {Path(output) / 'report.html'}",
        err=True,
    )
    if as_json:
        click.echo(report.as_json(_told(built, Path(output), source)))
    if strict and (built.findings or built.problems):
        raise RecordError(f"{built.findings} findings (--strict)", where=source)


def _told(built: Built, folder: Path, source: str) -> Iterator[Told]:
    """All that the report of a build has."""
    for problem in built.problems:
        yield Told.sentence("error", problem, source)
    for record in read_journal(folder / "journal.jsonl").values():
        for finding in record.findings:
            yield Told.finding(finding, source)


def _with_progress(collection: Collection, folder: Path, chosen: Options, quiet: bool) -> Built:
    """Build; the source is read once before to know how long it will take."""
    if quiet or collection.is_live or not sys.stderr.isatty():
        return build(collection, folder, chosen)
    total = sum(1 for _ in collection.drafts())
    with click.progressbar(length=total, label="Records", file=sys.stderr) as bar:
        return build(collection, folder, chosen, progress=lambda record: bar.update(1))
