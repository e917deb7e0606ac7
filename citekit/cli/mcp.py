"""``citekit mcp``: a server for assistants, on standard input and output."""

from __future__ import annotations

import click


@click.command(
    short_help="Serve assistants (MCP) on standard input and output.",
    epilog="""\b
Examples:
  citekit mcp
""",
)
def command() -> None:
    """Serve assistants that speak the Model Context Protocol on standard input and output.

    The assistant starts the command itself: see docs/mcp.md. It formats, checks and
    converts the records it is given and finds styles; it opens no files but styles
    that are installed. Needs: pip install 'citekit-csl[mcp]'
    """
    from citekit.integrations import mcp  # noqa: PLC0415

    mcp.server().run("stdio")
