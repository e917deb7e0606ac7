"""``citekit styles show``: what a style is, and what citekit changes in it for archives."""

from __future__ import annotations

import json

import click
from lxml import etree

from citekit.archives.overlays import Overlay, apply_overlay, overlay_for
from citekit.archives.profiles import profile_for
from citekit.cli import options
from citekit.style.find import find_style
from citekit.style.parse import parse_style


@click.command(
    short_help="Show a style and citekit's overlay on it.",
    epilog="""\b
Examples:
  citekit styles show modern-language-association
  citekit styles show apa --json
  citekit styles show modern-language-association --xml > patched.csl
""",
)
@click.argument("name", metavar="NAME", shell_complete=options.complete_style)
@click.option("--xml", is_flag=True, help="Print the style's XML as 'citekit archive' uses it.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@options.overlays
def command(name: str, xml: bool, as_json: bool, overlays: bool) -> None:
    """Show what a style is: title, file, the profile for archival records, the overlay.

    An overlay replaces macros of an official style that can't print what its manual
    prescribes for archival records. It is used by 'citekit archive' only.
    """
    found = find_style(name)
    info = parse_style(found.data, where=str(found.path)).info
    overlay = overlay_for(info) if overlays else None
    if xml:
        data = apply_overlay(found.data, overlay) if overlay else found.data
        click.echo(data.decode("utf-8"), nl=False)
        return
    if as_json:
        fields = {
            "name": found.name,
            "title": info.title,
            "id": info.id,
            "file": str(found.path),
            "profile": profile_for(info, found.id).title,
            "overlay": overlay and {"name": overlay.name, "because": overlay.reason},
        }
        click.echo(json.dumps(fields, ensure_ascii=False, indent=2))
        return
    click.echo(f"name:     {found.name}")
    click.echo(f"title:    {info.title}")
    click.echo(f"id:       {info.id}")
    click.echo(f"file:     {found.path}")
    click.echo(f"profile:  {profile_for(info, found.id).title}")
    click.echo(_described(overlay) if overlay else "overlay:  none")


def _described(overlay: Overlay) -> str:
    lines = [f"overlay:  {overlay.name}, replaces {', '.join(overlay.macro_names)}"]
    lines.append(f"because:  {overlay.reason}")
    for macro in overlay.macros:
        copy = etree.fromstring(etree.tostring(macro))
        etree.cleanup_namespaces(copy)
        lines += ["", etree.tostring(copy, encoding="unicode").strip()]
    return "\n".join(lines)
