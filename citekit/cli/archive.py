"""``citekit archive``: the group of the commands about collections of primary sources."""

from __future__ import annotations

from importlib import import_module

import click

_LAZY = {"cite": "citekit.cli.archive_cite", "build": "citekit.cli.archive_build"}
"""Commands whose modules are imported only when they are called or explained."""


class _Archive(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_LAZY)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _LAZY:
            return None
        found: click.Command = import_module(_LAZY[cmd_name]).command
        return found


@click.group(
    cls=_Archive,
    short_help="Cite the records of an archive's collection.",
    epilog="""\b
Examples:
  citekit archive cite collection.json --site site.toml --item 164
  citekit archive build collection.json -o public --site site.toml
""",
)
def command() -> None:
    """Cite primary sources from the records of an archive: Omeka and others."""
