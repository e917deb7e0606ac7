"""``citekit convert``: records of one format as a file of another."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from citekit.cli import atomic
from citekit.cli.inputs import STDIN
from citekit.cli.progress import Progress
from citekit.cli.report import Report, reporting
from citekit.errors import ReaderError
from citekit.readers import formats as reading_formats
from citekit.readers.keys import PATTERN, Keys
from citekit.readers.reading import iter_read
from citekit.records.record import Record
from citekit.writers import formats as writing_formats
from citekit.writers.writing import iter_write


@click.command(
    short_help="Write the records of a file in another format.",
    epilog="""\b
Examples:
  citekit convert refs.bib -o refs.json
  citekit convert export.txt --from ris -o refs.bib --report lost.txt
  citekit convert - --from bibtex --to csl-json < refs.bib
""",
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--from",
    "source",
    metavar="FORMAT",
    type=click.Choice(tuple(reading_formats.FORMATS)),
    help="The format of the files; by default as their content and endings say.",
)
@click.option(
    "--to",
    "target",
    metavar="FORMAT",
    type=click.Choice(tuple(writing_formats.FORMATS)),
    help="The format to write; by default as the ending of the output file says.",
)
@click.option(
    "-o", "--output", metavar="OUT", type=click.Path(dir_okay=False), help="Write to this file."
)
@click.option(
    "--keys",
    metavar="PATTERN",
    default=PATTERN,
    show_default=True,
    help="How to make the keys of records that have none, of {author}, {authors}, {year}, {title} "
    "and {words}; {Author} begins with a capital, {author:4} is the first four letters.",
)
@click.option("--strict", is_flag=True, help="Fail, and write nothing, if anything would be lost.")
@reporting
def command(
    files: tuple[str, ...],
    source: str | None,
    target: str | None,
    output: str | None,
    keys: str,
    strict: bool,
    report: Report,
) -> None:
    """Write the records of FILEs in another format; "-" is standard input.

    Values that the other format has no place for, and entries that can't be read,
    are told on standard error, or in the file of --report.
    """
    to_file = output if output != "-" else None
    format_ = target or writing_formats.for_path(to_file or "").name
    with Progress() as progress:
        records = progress.count(_records(files, source, Keys(keys), report), "records converted")
        text = "".join(iter_write(records, format_, report.problem))
    if strict and report.told:
        count = len(report.told)
        raise ReaderError(
            f"{count} {'value or entry' if count == 1 else 'values or entries'} would be lost",
            hint="leave out --strict to convert all the same",
        )
    if to_file:
        atomic.write(to_file, text)
    else:
        click.echo(text, nl=False)


def _records(
    files: Iterable[str], source: str | None, keys: Keys, report: Report
) -> Iterator[Record]:
    for name in files:
        where = STDIN if name == "-" else click.format_filename(name)
        given = sys.stdin.buffer.read() if name == "-" else where
        for item in iter_read(given, source, keys=keys):
            for problem in item.problems:
                report.problem(problem, where)
            if item.record is not None:
                yield item.record
