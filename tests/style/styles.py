"""Small styles for the tests in this folder."""

from __future__ import annotations

from citekit.style import parse_style, parse_style_with_warnings
from citekit.style.nodes import Style
from citekit.style.problems import Problem

NAMESPACE = "http://purl.org/net/xbiblio/csl"
INFO = "<info><title>T</title><id>i</id><updated>2024-01-01T00:00:00Z</updated></info>"
LAYOUT = '<layout><text variable="title"/></layout>'


def style_xml(
    layout: str = '<text variable="title"/>',
    *,
    before: str = "",
    after: str = "",
    attributes: str = 'class="in-text"',
    citation: str = "",
    info: str = INFO,
) -> str:
    """A style: line 1 root and info, 2 ``before``, 3 citation, 4 layout, 5 ``after``."""
    return (
        f'<style xmlns="{NAMESPACE}" version="1.0" {attributes}>{info}\n{before}\n'
        f"<citation {citation}>\n<layout>{layout}</layout></citation>\n{after}</style>"
    )


def style(layout: str = '<text variable="title"/>', **parts: str) -> Style:
    return parse_style(style_xml(layout, **parts))


def warnings(xml: str) -> tuple[Problem, ...]:
    return parse_style_with_warnings(xml)[1]
