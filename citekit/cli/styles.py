"""``citekit styles``: which styles there are; the group of the commands about styles."""

from __future__ import annotations

import json
import re
from importlib import import_module

import click

from citekit.errors import StyleNotFoundError
from citekit.style.find import near_styles, search_styles
from citekit.style.library import StyleSummary

_SEARCH = "search"
_LAZY = {
    "check": "citekit.cli.check",
    "show": "citekit.cli.styles_show",
    "list-locales": "citekit.cli.locales",
}
"""Commands whose modules are imported only when they are called or explained."""


class _Styles(click.Group):
    """Takes words that name none of its commands as those of a search."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *_LAZY]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _LAZY:
            return super().get_command(ctx, cmd_name)
        found: click.Command = import_module(_LAZY[cmd_name]).command
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing and not args:  # a shell asks what may come first
            return super().parse_args(ctx, args)
        known = (*self.list_commands(ctx), *ctx.help_option_names)
        return super().parse_args(ctx, args if args and args[0] in known else [_SEARCH, *args])


@click.group(
    cls=_Styles,
    short_help="List, search and check styles.",
    subcommand_metavar="[WORDS | COMMAND]...",
    epilog="""\b
Examples:
  citekit styles chicago
  citekit styles history journal --json
  citekit styles check our-archive.csl
  citekit styles show apa
""",
)
def command() -> None:
    """List the styles that have all WORDS in their name or title; all styles for none.

    A COMMAND does something else with styles. To search for the name of a
    command, write: citekit styles search check
    """


@command.command(
    _SEARCH,
    short_help="List and search styles.",
    epilog="""\b
Examples:
  citekit styles search chicago
  citekit styles history journal --json
""",
)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array of objects.")
def search(words: tuple[str, ...], as_json: bool) -> None:
    """List the styles that have all WORDS in their name or title; all styles for none.

    A line has the style's name, its title and, for one that only stands for
    another, that other, separated by tabs.
    """
    found = search_styles(words)
    if not found:
        raise _none(words)
    if as_json:
        click.echo(json.dumps([_fields(style) for style in found], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_line(style) for style in found))


def _none(words: tuple[str, ...]) -> StyleNotFoundError:
    near = near_styles(" ".join(words))
    return StyleNotFoundError(
        f"no style has {' and '.join(map(repr, words))} in its name or title",
        hint=f"did you mean {' or '.join(near)}?" if near else "try fewer or shorter words",
        suggestions=near,
    )


def _line(style: StyleSummary) -> str:
    cells = [style.name, style.title]
    if style.parent:
        cells.append(_parent_name(style.parent))
    return "\t".join(cells)


def _parent_name(parent: str) -> str:
    """The short name that the end of an id usually is."""
    return re.split(r"[/:]", parent.rstrip("/"))[-1]


def _fields(style: StyleSummary) -> dict[str, str | None]:
    return {
        "name": style.name,
        "title": style.title,
        "id": style.id,
        "parent": style.parent,
        "citation-format": style.citation_format,
    }
