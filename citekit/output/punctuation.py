"""Punctuation that meets: of which pairs of marks only one survives.

Source: CSL leaves this to processors; the pairs are those of the reference and its test suite.
"""

from __future__ import annotations

PUNCTUATION = frozenset(".,:;!?")
_KEEP_RIGHT = frozenset((":!", ":?", ";!", ";?"))
KEEP_LEFT = frozenset(
    (":.", ";.", ";:", "!:", "!.", "?:", "?.", "::", "..", ";;", "!!", "??", ",,")
)
MEETING = KEEP_LEFT | _KEEP_RIGHT
"""Pairs of punctuation of which only one survives when they meet across a boundary."""
NOT_AFTER_SHOUTS = frozenset(pair for pair in MEETING if pair[0] not in "!?")
"""Those that don't begin with ``!`` or ``?``,"""
SHOUTS = MEETING - NOT_AFTER_SHOUTS
"""those that do,"""
ALIKE = frozenset(pair for pair in MEETING if pair[0] == pair[1])
"""and those of twice the same."""
