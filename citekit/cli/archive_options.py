"""Arguments and options that the commands of ``citekit archive`` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from citekit.archives.dates import read_date
from citekit.archives.record import SaidDate
from citekit.archives.site import Site, load_site

F = TypeVar("F", bound=Callable[..., Any])


def _site(ctx: click.Context, param: click.Parameter, value: str | None) -> Site:
    return Site() if value is None else load_site(value)


def _names(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (value or "").split(",") if name.strip())


def _accessed(ctx: click.Context, param: click.Parameter, value: str | None) -> SaidDate | None:
    if value is None:
        return None
    read = read_date(value)
    if read.date is None or not read.date.start or read.doubt is not None:
        raise click.BadParameter(f"{value!r} is no day; write it as 2024-03-05")
    return SaidDate(read.date, value, "reader", "accessed")


def source(function: F) -> F:
    """The argument SOURCE: a file, a folder or an address."""
    return click.argument("source", metavar="SOURCE", type=click.Path())(function)


def site(function: F) -> F:
    """The option ``--site``, as :class:`Site`."""
    return click.option(
        "--site",
        metavar="FILE",
        callback=_site,
        help="The site's settings, in TOML; docs/archives.md explains them.",
    )(function)


def styles(function: F) -> F:
    """The option ``--styles``, as a tuple of names."""
    return click.option(
        "--styles",
        metavar="NAMES",
        callback=_names,
        help="Styles, with commas between: house, chicago, author-date, mla, turabian, or any "
        "name that 'citekit styles' lists. By default the site's, else house,chicago,mla,apa.",
    )(function)


def accessed(function: F) -> F:
    """The option ``--accessed``: the reader's day, never the editors'."""
    return click.option(
        "--accessed",
        metavar="DAY",
        callback=_accessed,
        help="The day on which the reader saw the records, for styles that print it.",
    )(function)


def strict(function: F) -> F:
    """The option ``--strict``."""
    return click.option(
        "--strict",
        is_flag=True,
        help="End with an error if there is any doubt, or anything that a style leaves out.",
    )(function)
