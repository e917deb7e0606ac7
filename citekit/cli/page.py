"""A bibliography as a complete HTML page, set as the style asks.

Source: CSL 1.0.2, section "Whitespace" (hanging-indent, second-field-align,
line-spacing, entry-spacing) and "Display".
"""

from __future__ import annotations

from html import escape

from citekit.api import Bibliography

_PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bibliography</title>
<style>
{css}
</style>
</head>
<body>
{body}
</body>
</html>"""

_BASE = """\
body { max-width: 42em; margin: 2em auto; padding: 0 4em; font-family: serif; }
.csl-left-margin { float: left; min-width: 2em; }
.csl-right-inline { margin-left: 2.5em; }
.csl-indent { margin-left: 2em; }"""

_ALIGNED = """\
.csl-bib-body { display: table; border-spacing: 0; }
.csl-entry { display: table-row; }
.csl-left-margin { display: table-cell; float: none; padding-right: 0.5em; }
.csl-right-inline { display: table-cell; }"""
"""Cells of a table: the first column is as wide as the widest first field."""

_IN_MARGIN = """\
.csl-bib-body { margin-left: -3em; }
.csl-left-margin { min-width: 2.5em; }"""


def html_page(bibliography: Bibliography, *, lang: str) -> str:
    """The page: the ``csl-bib-body`` and the CSS that its ``csl-entry`` elements need."""
    return _PAGE.format(
        lang=escape(lang), css=stylesheet(bibliography), body=bibliography.html or ""
    )


def stylesheet(bibliography: Bibliography) -> str:
    """The CSS for spacing, hanging indent and alignment, as the style asks."""
    rules = [_BASE, f".csl-entry {{ line-height: {1.3 * bibliography.line_spacing:.4g}em; }}"]
    between = f"{1.3 * bibliography.entry_spacing:.4g}em"
    if bibliography.second_field_align:
        rules += [_ALIGNED, f".csl-entry > * {{ padding-bottom: {between}; }}"]
    else:
        rules.append(f".csl-entry {{ margin-bottom: {between}; }}")
    if bibliography.second_field_align == "margin":
        rules.append(_IN_MARGIN)
    if bibliography.hanging_indent:
        rules.append(".csl-entry { padding-left: 2em; text-indent: -2em; }")
    return "\n".join(rules)
