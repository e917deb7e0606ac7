"""What a command has to tell beside its output: for people, or as JSON of one shape."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
from attrs import frozen

from citekit.errors import CitekitError
from citekit.readers.items import Loss

if TYPE_CHECKING:
    from citekit.archives.findings import Finding

F = TypeVar("F", bound=Callable[..., Any])

_MOST_SHOWN = 20
_KEYS = ("kind", "where", "record", "field", "value", "message", "hint")


@frozen(slots=True, kw_only=True)
class Told:
    """One thing to tell; in JSON all keys are there, ``""`` for what is not known.

    ``kind`` is "error" for what couldn't be read or done, "loss" for a value that the other
    format has no place for, "doubt", "duplicate", "unprinted", or that of an archive's finding.
    ``where`` is the file, ``text`` the whole for people.
    """

    kind: str
    message: str
    where: str = ""
    record: str = ""
    field: str = ""
    value: str = ""
    hint: str = ""
    text: str

    @classmethod
    def of(cls, problem: CitekitError | Loss, where: str = "") -> Told:
        """An error, or a loss in the file ``where``."""
        if isinstance(problem, Loss):
            return cls(
                kind="loss",
                where=where,
                record=problem.record,
                field=problem.field,
                value=problem.value,
                message=problem.why,
                text=str(problem),
            )
        return cls(
            kind="error",
            where=problem.where or where,
            message=problem.what,
            hint=problem.hint,
            text=str(problem),
        )

    @classmethod
    def finding(cls, finding: Finding, where: str) -> Told:
        """What is doubtful about an archival record."""
        return cls(
            kind=finding.kind,
            where=where,
            record=finding.record,
            field=finding.field,
            value=finding.value,
            message=finding.done,
            hint=finding.overrule,
            text=str(finding),
        )

    @classmethod
    def sentence(cls, kind: str, text: str, where: str = "") -> Told:
        """What is known as a sentence only."""
        return cls(kind=kind, where=where, message=text, text=text)


class Report:
    """Collects what is to tell, and tells it when its block ends, also by a CitekitError.

    As text on standard error, the first 20 in full; as JSON an array there, the error that ended
    the command last; or either in a file.
    """

    def __init__(self, as_json: bool = False, file: str | None = None) -> None:
        self.as_json = as_json
        self.file = file
        self.told: list[Told] = []

    def add(self, told: Iterable[Told]) -> None:
        """To be told."""
        self.told += told

    def problem(self, problem: CitekitError | Loss, where: str = "") -> None:
        """To be told: an error, or a loss in the file ``where``."""
        self.told.append(Told.of(problem, where))

    def __enter__(self) -> Report:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is not None and not isinstance(error, CitekitError):
            return
        if error is not None and self.as_json:
            self.problem(error)
        self._tell()
        if error is not None and self.as_json and not self.file:
            raise click.exceptions.Exit(1)

    def _tell(self) -> None:
        if self.as_json:
            self._write(f"{as_json(self.told)}\n")
        elif self.file:
            self._write("".join(f"{one.text}\n" for one in self.told))
        else:
            self._warn()

    def _write(self, text: str) -> None:
        if self.file:
            from citekit.cli import atomic  # noqa: PLC0415 - seldom needed

            atomic.write(self.file, text)
        else:
            click.echo(text, err=True, nl=False)

    def _warn(self) -> None:
        rest = self.told[_MOST_SHOWN:]
        for one in (*self.told[:_MOST_SHOWN], *(one for one in rest if one.kind == "error")):
            click.echo(f"warning: {one.text}", err=True)
        counted = Counter(one.field or one.kind for one in rest if one.kind != "error")
        if counted:
            fields = ", ".join(f"{name} ({count})" for name, count in counted.most_common())
            click.echo(
                f"warning: … and {counted.total()} more (--report FILE names all): {fields}",
                err=True,
            )


def as_json(told: Iterable[Told]) -> str:
    """A JSON array of objects."""
    listed = [{key: getattr(one, key) for key in _KEYS} for one in told]
    return json.dumps(listed, ensure_ascii=False, indent=2)


def reporting(function: F) -> F:
    """The options ``--report`` and ``--json``; the command gets a Report, told in the end."""

    @click.option("--json", "as_json", is_flag=True, help="Tell warnings as a JSON array.")
    @click.option(
        "--report",
        "file",
        metavar="FILE",
        type=click.Path(dir_okay=False),
        help="Write warnings to this file, a line each, not to standard error.",
    )
    @wraps(function)
    def command(*args: Any, as_json: bool, file: str | None, **options: Any) -> Any:
        with Report(as_json, file) as report:
            return function(*args, report=report, **options)

    return cast(F, command)
