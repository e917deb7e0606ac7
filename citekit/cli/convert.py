"""``citekit convert``: records of one format as a file of another."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

import click

from citekit.cli import atomic
from citekit.errors import CitekitError, ReaderError
from citekit.readers import formats as reading_formats
from citekit.readers.items import Item, Loss
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
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write what was lost to this file, a line each, not to standard error.",
)
@click.option("--json", "as_json", is_flag=True, help="Tell what was lost as a JSON array.")
@click.option("--strict", is_flag=True, help="Fail, and write nothing, if anything would be lost.")
def command(
    files: tuple[str, ...],
    source: str | None,
    target: str | None,
    output: str | None,
    keys: str,
    report: str | None,
    as_json: bool,
    strict: bool,
) -> None:
    """Write the records of FILEs in another format; "-" is standard input.

    Values that the other format has no place for, and entries that can't be read,
    are told on standard error, or in the file of --report.
    """
    to_file = output if output != "-" else None
    format_ = target or writing_formats.for_path(to_file or "").name
    problems: list[CitekitError | Loss] = []
    records = _records(_items(files, source, Keys(keys)), problems)
    text = "".join(iter_write(records, format_, problems.append))
    if strict and problems:
        shown = "".join(f"\n  {problem}" for problem in problems[:20])
        raise ReaderError(
            f"{len(problems)} values or entries would be lost{shown}",
            hint="leave out --strict to convert all the same",
        )
    if as_json:
        _tell_json(problems, report)
    else:
        _tell(problems, report)
    if to_file:
        atomic.write(to_file, text)
    else:
        click.echo(text, nl=False)


def _records(items: Iterable[Item], problems: list[CitekitError | Loss]) -> Iterator[Record]:
    for item in items:
        problems += item.losses
        if item.error is not None:
            problems.append(item.error)
        if item.record is not None:
            yield item.record


def _items(files: Iterable[str], source: str | None, keys: Keys) -> Iterator[Item]:
    for name in files:
        if name == "-":
            yield from iter_read(sys.stdin.buffer.read(), source, keys=keys)
        else:
            yield from iter_read(click.format_filename(name), source, keys=keys)


def _tell_json(problems: list[CitekitError | Loss], report: str | None) -> None:
    """All problems as objects, into the report or on standard error."""
    text = json.dumps([_fields(problem) for problem in problems], indent=2)
    if report:
        atomic.write(report, f"{text}\n")
    else:
        click.echo(text, err=True)


def _fields(problem: CitekitError | Loss) -> dict[str, str]:
    if isinstance(problem, Loss):
        names = ("record", "field", "value", "why")
        return {"kind": "loss", **{name: getattr(problem, name) for name in names}}
    return {
        "kind": "error",
        "where": problem.where,
        "message": problem.what,
        "hint": problem.hint,
    }


def _tell(problems: list[CitekitError | Loss], report: str | None) -> None:
    """All problems into the report, or on standard error, where many losses are only counted."""
    if report:
        atomic.write(report, "".join(f"{problem}\n" for problem in problems))
        return
    for problem in problems[:20]:
        click.echo(f"warning: {problem}", err=True)
    rest = Counter(one.field for one in problems[20:] if isinstance(one, Loss))
    if rest:
        counted = ", ".join(f"{field} ({count})" for field, count in rest.most_common())
        click.echo(f"warning: and more is lost (--report FILE names all): {counted}", err=True)
    for problem in problems[20:]:
        if isinstance(problem, CitekitError):
            click.echo(f"warning: {problem}", err=True)
