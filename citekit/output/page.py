"""A bibliography as a complete HTML page, set as the style asks.

Screen readers announce a bibliography and in it lists of so many entries. The role
``doc-biblioentry``, made for entries, is deprecated since ``listitem`` in a ``list`` says the
same and is understood everywhere.

Source: CSL 1.0.2, section "Whitespace" (hanging-indent, second-field-align,
line-spacing, entry-spacing) and "Display"; DPUB-ARIA 1.1, "doc-bibliography" and
"doc-biblioentry".
"""

from __future__ import annotations

import re
from html import escape, unescape

from citekit.output import html, links
from citekit.output.characters import NOT_IN_HTML, valid_in_html
from citekit.output.listing import Listing, Row

_PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{css}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>"""

_BASE = """\
body { max-width: 42em; margin: 2em auto; padding: 0 4em; font-family: serif; }
.csl-left-margin { float: left; min-width: 2em; }
.csl-right-inline { margin-left: 2.5em; }
.csl-indent { margin-left: 2em; }
.csl-annotation { margin: 0.3em 0 0 2em; }"""

_ALIGNED = """\
.csl-bib-body { display: table; border-spacing: 0; }
.csl-entry { display: table-row; }
.csl-left-margin { display: table-cell; float: none; padding-right: 0.5em; }
.csl-right-inline { display: table-cell; }"""
"""Cells of a table: the first column is as wide as the widest first field."""

_IN_MARGIN = """\
.csl-bib-body { margin-left: -3em; }
.csl-left-margin { min-width: 2.5em; }"""


_NOT_IN_IDS = re.compile(rf"[\s%{NOT_IN_HTML}]+")


def write(listing: Listing) -> bytes:
    """The page: a ``csl-bib-body`` for each group, and the CSS that its entries need."""
    page = _PAGE.format(
        lang=escape(listing.lang),
        title=escape(valid_in_html(listing.title) or "Bibliography"),
        css=stylesheet(listing),
        body=fragment(listing),
    )
    return f"{page}\n".encode("utf-8", "replace")


def fragment(listing: Listing) -> str:
    """The body of the page, to be put into another one."""
    parts = [f"<h1>{escape(listing.title)}</h1>"] if listing.title else []
    used: set[str] = set()
    for section in listing.sections:
        parts += [f"<h2>{escape(section.heading)}</h2>"] if section.heading else []
        entries = [
            html.entry(_row(row, listing.links), _item(row.id, used) if listing.ids else "")
            for row in section.rows
        ]
        parts.append(html.body(entries, ' role="list"' if listing.ids and entries else ""))
    whole = valid_in_html("\n".join(parts))
    return f'<section role="doc-bibliography">\n{whole}\n</section>' if listing.ids else whole


def entry_id(record_id: str) -> str:
    """The id of a record's entry: "ref-" and the record's own, as pandoc has it.

    What can't stand in an id, and "%", is percent-encoded.
    """
    return f"ref-{_NOT_IN_IDS.sub(_encoded, record_id)}"


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def _item(record_id: str, used: set[str]) -> str:
    """Attributes of an entry; that of a record in several groups has its id in the first."""
    if record_id in used:
        return ' role="listitem"'
    used.add(record_id)
    return f' id="{escape(entry_id(record_id))}" role="listitem"'


def _row(row: Row, with_links: bool) -> str:
    entry = html.render(row.events)
    annotation = escape(row.annotation, quote=False).replace("\n", "<br>")
    if with_links:
        entry, annotation = linked(entry), linked(annotation)
    label = f"{escape(row.label)} " if row.label else ""
    note = f'<div class="csl-annotation">{annotation}</div>' if annotation else ""
    return f"{label}{entry}{note}"


def linked(markup: str) -> str:
    """The HTML, with addresses and DOIs in its texts as links."""
    pieces = re.split("(<[^>]*>)", markup)
    pieces[::2] = [_anchors(unescape(text)) for text in pieces[::2]]
    return "".join(pieces)


def _anchors(text: str) -> str:
    return "".join(
        f'<a href="{escape(target)}">{html.references(piece)}</a>'
        if target
        else html.references(piece)
        for piece, target in links.split(text)
    )


def stylesheet(listing: Listing) -> str:
    """The CSS for spacing, hanging indent and alignment, as the style asks."""
    rules = [_BASE, f".csl-entry {{ line-height: {1.3 * listing.line_spacing:.4g}em; }}"]
    between = f"{1.3 * listing.entry_spacing:.4g}em"
    if listing.second_field_align:
        rules += [_ALIGNED, f".csl-entry > * {{ padding-bottom: {between}; }}"]
    else:
        rules.append(f".csl-entry {{ margin-bottom: {between}; }}")
    if listing.second_field_align == "margin":
        rules.append(_IN_MARGIN)
    if listing.hanging_indent:
        rules.append(".csl-entry { padding-left: 2em; text-indent: -2em; }")
        rules.append(".csl-annotation { text-indent: 0; }")
    return "\n".join(rules)
