"""What a command has to say beside its output."""

from __future__ import annotations

from collections.abc import Sequence

import click

_MOST_SHOWN = 20


def warn(warnings: Sequence[str]) -> None:
    """Print warnings to standard error, the first 20 in full."""
    for warning in warnings[:_MOST_SHOWN]:
        click.echo(f"warning: {warning}", err=True)
    if len(warnings) > _MOST_SHOWN:
        click.echo(f"warning: … and {len(warnings) - _MOST_SHOWN} more", err=True)
