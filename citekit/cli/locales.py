"""``citekit locales``: which languages there are."""

from __future__ import annotations

import json

import click

from citekit.style.locale import available_locales


@click.command(
    short_help="List the languages to print in.",
    epilog="""\b
Examples:
  citekit locales
  citekit locales --json
""",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array of strings.")
def command(as_json: bool) -> None:
    """List the codes that --locale takes, one a line."""
    codes = available_locales()
    click.echo(json.dumps(list(codes), indent=2) if as_json else "\n".join(codes))
