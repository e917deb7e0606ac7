"""The command ``citekit``: cite, bibliography, styles, locales."""

from citekit.cli.app import main

__all__ = ["main"]
