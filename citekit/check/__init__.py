"""Checking styles: everything that is wrong with one, told at once."""

from citekit.check.style import check_style

__all__ = ["check_style"]
