"""``citekit rpc``: JSON-RPC on standard input and output."""

from __future__ import annotations

import sys

import click

from citekit.errors import ReaderError


@click.command(
    short_help="Answer requests of an editor or another program.",
    epilog="""\b
Example:
  echo '{"jsonrpc": "2.0", "id": 1, "method": "initialize"}' | citekit rpc
""",
)
def command() -> None:
    """Answer requests of JSON-RPC 2.0, one a line, until standard input ends.

    For editors and programs in any language, which keep it running: they open
    documents, edit their citations and learn what each edit changes.
    docs/rpc.md describes the methods.
    """
    from citekit.integrations.rpc import serve  # noqa: PLC0415 - takes longer to load than click

    if sys.stdin is None or sys.stdout is None:
        raise ReaderError("standard input or output is closed", hint="leave both open")
    serve(sys.stdin.buffer, sys.stdout.buffer)
