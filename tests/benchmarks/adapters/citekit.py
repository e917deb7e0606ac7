"""citekit, by its public interface."""

from __future__ import annotations

from citekit import Citation, Cite, Record, Style
from citekit.readers import csl_json
from tests.benchmarks.adapters.child import Task, Work, main


def prepare(task: Task) -> Work:
    """Load style and records."""
    with task.loading():
        style = Style.load(task.style)
    records = csl_json.load(task.records)
    with task.warming():
        _bibliography(style, records[:2])
    if task.job == "document":
        cites = [Citation([Cite(**c)], note_number=i) for i, c in enumerate(task.cited(), 1)]
        return Work(lambda: _document(style, records, cites))
    if task.job == "one by one":
        return Work(lambda: sum(_bibliography(style, [record]) for record in records))
    return Work(lambda: _bibliography(style, records))


def _bibliography(style: Style, records: list[Record]) -> int:
    return style.bibliography(records).html.count('class="csl-entry"')


def _document(style: Style, records: list[Record], cites: list[Citation]) -> int:
    result = style.process(records, cites)
    printed = [citation.html for citation in result.citations]
    assert len(printed) == len(cites)
    return result.bibliography.html.count('class="csl-entry"')


if __name__ == "__main__":
    main(prepare)
