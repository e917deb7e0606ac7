"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("html", "text")

STYLE_HELP = "Name of a style, as 'citekit styles' lists them, its id, or a .csl file."


def files(function: F) -> F:
    """The argument FILE…: any number of files, ``-`` for standard input."""
    return click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())(function)


def from_settings(name: str) -> bool:
    """Whether a parameter's value is that of the file of settings (:mod:`citekit.cli.config`)."""
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.DEFAULT_MAP


def complete_style(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Names of styles, for the completion of shells."""
    from citekit.style.library import all_styles  # noqa: PLC0415 - needed by completion only

    return [name for name in all_styles() if name.startswith(begun)]


def _complete_locale(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    from citekit.style.locale import available_locales  # noqa: PLC0415

    return [code for code in available_locales() if code.startswith(begun)]


def locale(function: F) -> F:
    """The option ``--locale``."""
    return click.option(
        "--locale",
        metavar="CODE",
        shell_complete=_complete_locale,
        help="Language to print in, such as de-DE; by default the style's own.",
    )(function)


def overlays(function: F) -> F:
    """The option ``--no-overlays``."""
    return click.option(
        "--no-overlays",
        "overlays",
        flag_value=False,
        default=True,
        help="Print with the official styles as they are, without citekit's patches.",
    )(function)


def semantic(function: F) -> F:
    """The option ``--semantic``."""
    return click.option(
        "--semantic", is_flag=True, help="In HTML, spans that name fields and people."
    )(function)


def check_semantic(semantic: bool, format_: str) -> None:
    """Raise an error of usage where ``--semantic`` would do nothing."""
    if semantic and format_ != "html":
        raise click.UsageError(f"--semantic is for HTML, and this is {format_}: add --format html")
