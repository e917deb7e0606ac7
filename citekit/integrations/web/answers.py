"""What the service does: a request of ``/v1`` → its answer, without any HTTP"""

from __future__ import annotations

from msgspec.structs import asdict

from citekit import Citation, Cite, Style, check_style, search_styles, write
from citekit.integrations.web import formats, records, styles
from citekit.integrations.web.failures import RequestError
from citekit.integrations.web.messages import (
    BibliographyAnswer,
    BibliographyRequest,
    CheckAnswer,
    CheckRequest,
    CitationsAnswer,
    CitationsRequest,
    ConvertAnswer,
    ConvertRequest,
    Printed,
    StyleProblem,
    StylesAnswer,
    StyleSummary,
    Warned,
)
from citekit.integrations.web.threads import leave_event_loop


def cite(request: CitationsRequest, limit: int) -> CitationsAnswer:
    """Citations of records, one for each cite that is asked for, else for each record."""
    style = styles.load(request.style, request.locale)
    found = records.of(request, limit)
    if request.cites is None:
        cites = [Cite(record.id) for record in found.records]
    elif len(request.cites) > limit:
        raise RequestError(413, "TooManyCites", f"more than {limit} cites")
    else:
        cites = [Cite(**asdict(one)) for one in request.cites]
    result = style.process(found.records, [Citation(one) for one in cites], bibliography=False)
    done = [
        Printed(one.id, formats.printed(citation, request.output))
        for one, citation in zip(cites, result.citations, strict=True)
    ]
    empty = [
        Warned(one.id, "style", "the style prints no citation of it")
        for one in done
        if not one.content
    ]
    return CitationsAnswer(
        styles.known(request.style), _language(style), done, [*found.warnings, *empty]
    )


def bibliography(request: BibliographyRequest, limit: int) -> BibliographyAnswer:
    """The bibliography of records."""
    style = styles.load(request.style, request.locale)
    found = records.of(request, limit)
    result = style.process(found.records)
    rows = [
        (entry.id, formats.printed(entry, request.output)) for entry in result.bibliography.entries
    ]
    return BibliographyAnswer(
        styles.known(request.style),
        _language(style),
        [Printed(*row) for row in rows],
        formats.whole(rows, request.output),
        [*found.warnings, *(Warned(None, "style", warning) for warning in result.warnings)],
    )


def convert(request: ConvertRequest, limit: int) -> ConvertAnswer:
    """Records in another format, with all that is lost on the way."""
    found = records.of(request, limit)
    written = write(found.records, request.to)
    losses = [*found.losses, *records.lost(written.losses)]
    return ConvertAnswer(written.text, losses, found.errors)


def check(request: CheckRequest, limit: int) -> CheckAnswer:
    """What is wrong with a style, or doubtful in records."""
    if request.style is not None:
        leave_event_loop()
        problems = check_style(request.style.encode("utf-8", "surrogatepass"))
        told = [StyleProblem(one.line, one.severity, one.what, one.hint) for one in problems]
        return CheckAnswer(told, [])
    return CheckAnswer([], records.of(request, limit).warnings)


def search(words: str, limit: int) -> StylesAnswer:
    """The styles that have these words in their name or title."""
    found = search_styles(words.split())
    summaries = [
        StyleSummary(one.name, one.name, one.title, one.parent, one.citation_format)
        for one in found[:limit]
    ]
    return StylesAnswer(summaries, len(found))


def _language(style: Style) -> str:
    return style.compiled.locale.lang
