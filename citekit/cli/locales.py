"""``citekit locales``: which languages there are."""

from __future__ import annotations

import click

from citekit.style.locale import available_locales


@click.command(
    short_help="List the languages to print in.",
    epilog="""\b
Example:
  citekit locales
""",
)
def command() -> None:
    """List the codes that --locale takes, one a line."""
    click.echo("\n".join(available_locales()))
