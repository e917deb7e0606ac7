"""The names of terms: which there are, and which mean the same.

Source: CSL 1.0.2, Appendix II.
"""

from __future__ import annotations

from typing import get_args

from citekit.records.vocabulary import (
    ITEM_TYPES,
    LOCATOR_LABELS,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
)
from citekit.style.settings import TermForm

_MISCELLANEOUS = frozenset(
    """
    accessed ad advance-online-publication album and anonymous at
    audio-recording bc bce by ce circa cited et-al film forthcoming from
    henceforth ibid in internet letter loc-cit no-place no-publisher on online
    op-cit original-work-published personal-communication podcast
    podcast-episode preprint radio-broadcast radio-series radio-series-episode
    reference retrieved review-of scale special-issue special-section
    television-broadcast television-series television-series-episode video
    working-paper open-quote close-quote open-inner-quote close-inner-quote
    page-range-delimiter colon comma semicolon ordinal
    """.split()
) | {"and others", "available at", "in press", "no date", "presented at"}

_NUMBERED = frozenset(
    [f"month-{n:02}" for n in range(1, 13)]
    + [f"season-{n:02}" for n in range(1, 5)]
    + [f"ordinal-{n:02}" for n in range(100)]
    + [f"long-ordinal-{n:02}" for n in range(1, 11)]
)

TERM_ALIASES = {
    "editortranslator": "editor-translator",
    "sub verbo": "sub-verbo",
}
"""Names of CSL 1.0.1, which styles and locales still use beside the present ones."""

TERMS = (
    ITEM_TYPES
    | NAME_VARIABLES
    | NUMBER_VARIABLES
    | LOCATOR_LABELS
    | _MISCELLANEOUS
    | _NUMBERED
    | frozenset(TERM_ALIASES)
    | {"printing"}  # in the locale files though not in the specification
)

TERM_FORMS: frozenset[TermForm] = frozenset(get_args(TermForm))

FORM_FALLBACK: dict[str, tuple[str, ...]] = {
    "long": (),
    "short": ("long",),
    "verb": ("long",),
    "verb-short": ("verb", "long"),
    "symbol": ("short", "long"),
}
"""Which forms stand in for one that is nowhere defined, in this order (section "Terms")."""


def canonical_term(name: str) -> str:
    """Return the present name of a term."""
    return TERM_ALIASES.get(name, name)
