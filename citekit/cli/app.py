"""The command as a whole: its commands, loaded when they are called, and how it ends.

Exit status: 0 all went well, 1 something in the input is wrong (or a file can't
be written), 2 the command itself is; 130 interrupted, 141 whoever read the output
stopped reading. What goes wrong is told on standard error, never as a traceback.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import IO, Any

import click

from citekit.cli import config
from citekit.errors import CitekitError

_COMMANDS = (
    "cite",
    "bibliography",
    "convert",
    "styles",
    "locales",
    "archive",
    "rpc",
    "serve",
    "mcp",
    "completion",
)
"""In the order of the help; each is the function ``command`` of the module of that name."""

_WITH_SETTINGS = ("cite", "bibliography", "convert", "archive", "serve")
"""Commands whose options default to what a file of settings says."""

_INTERRUPTED = 130
_BROKEN_PIPE = 141


class Failure(click.ClickException):
    """An error to show to the user; ends the command with status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"citekit: {self.message}", file=file, err=file is None)


class _Application(click.Group):
    """Loads a command's module only when the command is called or explained."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"citekit.cli.{cmd_name}").command
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line; texts of any script go out as UTF-8 whatever the locale."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CitekitError as error:
            raise Failure(str(error)) from error
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:
            _discard_output()
            ctx.exit(_BROKEN_PIPE)
        except OSError as error:
            _discard_output()
            raise Failure(f"can't read or write: {error.strerror or error}") from error


def _discard_output() -> None:
    """Send what is still to be written nowhere, so that Python's own flush at exit succeeds."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (OSError, ValueError):  # not a real file: nothing is flushed to it at exit
            return


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if not asked or ctx.resilient_parsing:
        return
    from citekit.integrations.release import version  # noqa: PLC0415

    click.echo(f"citekit {version() or '(not installed)'}")
    ctx.exit()


@click.group(
    cls=_Application,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  citekit cite letters.json --style apa
  citekit cite letters.json --style apa --id 164 --locator "pp. 3-4"
  citekit bibliography letters.json --style apa -o references.html
  citekit styles history journal
""",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
@click.option("--profile", metavar="NAME", help="Use this profile of the settings in citekit.toml.")
@click.pass_context
def main(ctx: click.Context, profile: str | None) -> None:
    """Print citations and bibliographies of records in any CSL style."""
    if ctx.invoked_subcommand in _WITH_SETTINGS:
        ctx.default_map = config.defaults(profile)
    elif profile is not None:
        raise click.UsageError(f"--profile is for {', '.join(_WITH_SETTINGS)} only")
