"""``citekit styles check``: what is wrong with a style."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from citekit.check import check_style
from citekit.errors import StyleError
from citekit.style.problems import Problem

_STDIN = "standard input"

Found = tuple[str, Problem]
"""A file's name and one of its problems."""


@click.command(
    short_help="Find what is wrong with styles.",
    epilog="""\b
Examples:
  citekit styles check our-archive.csl
  citekit styles check our-archive.csl --json
  citekit styles check - < our-archive.csl
""",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array of objects.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], as_json: bool) -> None:
    """Check styles (.csl files) and print all that is wrong with each, by line.

    An error breaks the rules of CSL; a warning tells what can't be meant: what is
    never used, never true or has no effect. FILE may be a dependent style or a
    locale file, too; - is standard input.

    The exit status is 1 if there are errors or a FILE can't be read, else 0.
    """
    found: list[Found] = []
    unreadable = []
    for name in files:
        try:
            found += [(_shown(name), problem) for problem in _check(name)]
        except StyleError as error:
            unreadable.append(error)
    if as_json:
        click.echo(json.dumps([_fields(*one) for one in found], ensure_ascii=False, indent=2))
    else:
        _print(found, len(files) - len(unreadable))
    for failure in unreadable:
        click.echo(f"citekit: {failure}", err=True)
    if unreadable or any(problem.severity == "error" for _, problem in found):
        ctx.exit(1)


def _check(name: str) -> list[Problem]:
    if name != "-":
        return check_style(Path(name))
    if sys.stdin is None:
        raise StyleError("it is closed", where=_STDIN, hint="name a FILE")
    return check_style(sys.stdin.buffer.read())


def _shown(name: str) -> str:
    return _STDIN if name == "-" else click.format_filename(name)


def _print(found: Sequence[Found], files: int) -> None:
    for name, problem in found:
        click.echo(f"{name}:{problem.line}: {problem.severity}: {problem.what}")
        if problem.hint:
            click.echo(f"  hint: {problem.hint}")
    if files:
        click.echo(_summary([problem for _, problem in found], files), err=True)


def _summary(problems: Iterable[Problem], files: int) -> str:
    severities = [problem.severity for problem in problems]
    counts = [_count(severities.count("error"), "error")]
    counts.append(_count(severities.count("warning"), "warning"))
    return f"{' and '.join(counts)} in {_count(files, 'file')}"


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _fields(name: str, problem: Problem) -> dict[str, str | int]:
    return {
        "file": name,
        "line": problem.line,
        "severity": problem.severity,
        "message": problem.what,
        "hint": problem.hint,
    }
