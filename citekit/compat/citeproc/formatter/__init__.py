"""The formatters of citeproc-py: ``plain``, ``html``, ``rst``."""

from citekit.compat.citeproc.formatter import html, plain, rst

__all__ = ["html", "plain", "rst"]
