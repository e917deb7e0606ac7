"""CSL styles: parsed to immutable nodes, their locale, and where to find them."""

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
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

_NAMES = {
    "find": "FoundStyle find_style near_styles search_styles",
    "library": "StyleSummary",
    "locale": "Locale available_locales load_locale",
    "parse": "parse_style parse_style_with_warnings",
    "problems": "Problem",
}
_MODULES = {
    name: f"{__name__}.{module}" for module, names in _NAMES.items() for name in names.split()
}


if not TYPE_CHECKING:  # type checkers would believe that it gives any name

    def __getattr__(name: str) -> object:  # brought along when asked for, as in citekit itself
        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(module), name)
