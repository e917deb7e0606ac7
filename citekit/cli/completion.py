"""``citekit completion``: what a shell reads to complete commands, options and names of styles."""

from __future__ import annotations

import click


@click.command(
    short_help="Print what a shell needs for completion.",
    epilog="""\b
Examples:
  eval "$(citekit completion bash)"                            in ~/.bashrc
  eval "$(citekit completion zsh)"                             in ~/.zshrc
  citekit completion fish > ~/.config/fish/completions/citekit.fish
""",
)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print a script with which the shell completes commands, options, styles, formats."""
    from click.shell_completion import (  # noqa: PLC0415 - needed by this command only
        BashComplete,
        FishComplete,
        ZshComplete,
    )

    kind = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}[shell]
    script = kind(ctx.find_root().command, {}, "citekit", "_CITEKIT_COMPLETE")
    # Not source(), which asks an installed bash for its version before it gives the script.
    click.echo(script.source_template % script.source_vars())
