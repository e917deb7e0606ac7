"""The HTML of a build: the box of a record, its page, the index, the report.

Without scripts everything can be read, and styles opened, by mouse and keyboard; the script
adds the copy buttons and the search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from attrs import frozen

from citekit.archives.cite import Lines
from citekit.archives.findings import Finding
from citekit.archives.pages.exports import EXPORTS
from citekit.archives.pages.journal import Done
from citekit.archives.pages.metadata import coins, heading, highwire, json_ld
from citekit.archives.record import ArchivalRecord

__all__ = ["Shown", "box", "index_page", "record_page", "report_page"]

_FORMATS = {".csl.json": "CSL-JSON", ".bib": "BibTeX", ".ris": "RIS"}
_MOST_EXAMPLES = 5


@frozen(slots=True)
class Shown:
    """A record's lines in one style, with the style's name for readers and its kind."""

    label: str
    is_note: bool
    lines: Lines


def box(record: ArchivalRecord, name: str, shown: Sequence[Shown], base: str) -> str:
    """The "How to cite" box, to be put into any page.

    ``name`` is that of the record's files; ``base`` stands before it in links.
    """
    parts = [
        f'<section class="citekit" aria-labelledby="citekit-{name}">\n',
        f'<h2 id="citekit-{name}">How to cite this source</h2>\n',
        *(_style(name, number, each) for number, each in enumerate(shown)),
        '<ul aria-label="Download the citation">\n',
        *(
            f'<li><a href="{escape(base + name + ending)}" download>{_FORMATS[ending]}</a></li>\n'
            for ending in EXPORTS
        ),
        "</ul>\n",
        '<p role="status"></p>\n',
        f"{coins(record)}\n",
        "</section>\n",
    ]
    return "".join(parts)


def _style(name: str, number: int, shown: Shown) -> str:
    """One style: closed but for the first, opened by mouse, Enter or Space."""
    lines = [("Note" if shown.is_note else "In the text", shown.lines.citation)]
    if shown.lines.entry is not None:
        lines.append(("Bibliography" if shown.is_note else "References", shown.lines.entry))
    parts = [
        f"<details{' open' if number == 0 else ''}>\n<summary>{escape(shown.label)}</summary>\n"
    ]
    for which, (label, line) in enumerate(lines):
        place = f"citekit-{name}-{number}-{which}"
        what = f"{shown.label}, {label.lower()}"
        parts += [
            f"<h3>{label}</h3>\n",
            f'<blockquote id="{place}">{line.html}</blockquote>\n',
            f'<button type="button" data-copy="{place}" hidden'
            f' aria-label="Copy: {escape(what)}">Copy</button>\n',
        ]
    return "".join([*parts, "</details>\n"])


def _page(title: str, head: str, body: str, root: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{head}"
        f'<link rel="stylesheet" href="{root}citekit-archive.css">\n'
        f'<script src="{root}citekit-archive.js" defer></script>\n</head>\n'
        f'<body class="citekit-page">\n{body}</body>\n</html>\n'
    )


def record_page(record: ArchivalRecord, html: str) -> str:
    """A page of its own for a record's box, with its metadata in the head."""
    title = heading(record)
    source = ""
    if record.url is not None and record.url.text.startswith(("http://", "https://")):
        source = f'<p><a href="{escape(record.url.text)}">{escape(record.url.text)}</a></p>\n'
    body = (
        '<nav><a href="../index.html">All records</a></nav>\n<main>\n'
        f"<h1>{escape(title)}</h1>\n{source}{html}</main>\n"
    )
    return _page(title, highwire(record) + json_ld(record), body, "../")


def index_page(site_title: str, records: Iterable[Done]) -> str:
    """All records in a table that a person can search."""
    rows = "".join(
        f'<tr><td>{escape(each.id)}</td><td><a href="records/{each.name}.html">'
        f"{escape(each.title)}</a></td><td>{escape(each.author)}</td>"
        f"<td>{escape(each.date)}</td></tr>\n"
        for each in records
    )
    title = f"How to cite: {site_title}" if site_title else "How to cite"
    body = (
        f"<main>\n<h1>{escape(title)}</h1>\n"
        '<div hidden><label for="citekit-search">Search</label><br>\n'
        '<input id="citekit-search" type="search" autocomplete="off">\n'
        '<p id="citekit-found" role="status"></p></div>\n'
        '<p><a href="report.html">Doubts about the records</a></p>\n'
        '<table data-search>\n<caption>Records</caption>\n<thead><tr><th scope="col">Item</th>'
        '<th scope="col">Title</th><th scope="col">Author</th><th scope="col">Date</th></tr>'
        f"</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</main>\n"
    )
    return _page(title, "", body, "")


def report_page(records: Sequence[Done], problems: Sequence[str]) -> str:
    """What was doubtful, by kind: how often, and the first few."""
    findings = [(done, finding) for done in records for finding in done.findings]
    counts = Counter(finding.kind for _, finding in findings)
    examples: dict[str, list[str]] = {kind: [] for kind in counts}
    for done, finding in findings:
        if len(examples[finding.kind]) < _MOST_EXAMPLES:
            examples[finding.kind].append(_example(done, finding))
    rows = "".join(
        f'<tr><th scope="row">{escape(kind)}</th><td>{count}</td><td>{"<br>".join(examples[kind])}'
        "</td></tr>\n"
        for kind, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    left_out = "".join(f"<li>{escape(problem)}</li>\n" for problem in problems)
    body = (
        '<nav><a href="index.html">All records</a></nav>\n<main>\n'
        "<h1>Doubts about the records</h1>\n"
        f"<p>{len(records)} records, {len(findings)} findings; all of them are in "
        '<a href="report.csv">report.csv</a>.</p>\n'
        '<table>\n<caption>By kind</caption>\n<thead><tr><th scope="col">Kind</th>'
        '<th scope="col">How many</th><th scope="col">The first</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n"
        + (f"<h2>Left out by the reader</h2>\n<ul>\n{left_out}</ul>\n" if problems else "")
        + "</main>\n"
    )
    return _page("Doubts about the records", "", body, "")


def _example(done: Done, finding: Finding) -> str:
    link = f'<a href="records/{done.name}.html">{escape(done.id)}</a>'
    value = f" “{escape(finding.value[:80])}”" if finding.value else ""
    return f"{link}: {escape(finding.field)}{value}: {escape(finding.done)}"
