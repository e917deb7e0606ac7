"""CSL styles: parsed to immutable nodes, their locale, and where to find them."""

from citekit.style.find import FoundStyle, find_style, near_styles, search_styles
from citekit.style.library import StyleSummary
from citekit.style.locale import Locale, available_locales, load_locale
from citekit.style.parse import parse_style, parse_style_with_warnings
from citekit.style.problems import Problem

__all__ = [
    "FoundStyle",
    "Locale",
    "Problem",
    "StyleSummary",
    "available_locales",
    "find_style",
    "load_locale",
    "near_styles",
    "parse_style",
    "parse_style_with_warnings",
    "search_styles",
]
