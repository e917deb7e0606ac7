"""Characters that XML or HTML can't hold.

Source: XML 1.0, "Char"; HTML Living Standard, "Preprocessing the input stream".
"""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NONCHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
NOT_IN_HTML = rf"\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}"
"""Control characters, halves of surrogate pairs and noncharacters, as a class of a pattern."""
_INVALID = re.compile(f"[{NOT_IN_HTML}]")


def printable(text: str) -> str:
    """The text without what XML can't hold."""
    return _NOT_IN_XML.sub("", text)


def valid_in_html(text: str) -> str:
    """The text without what HTML can't hold."""
    return _INVALID.sub("", text)
