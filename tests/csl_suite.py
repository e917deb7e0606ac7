"""Run fixtures in the format of the CSL test suite through citekit's public API.

    python tests/csl_suite.py DIRECTORY [-k PATTERN] [--json OUT] [-v]

Every ``*.txt`` in DIRECTORY is one fixture: a style, records, perhaps citations,
and the text they must give, compared exactly. The last line printed is
``passed N of M``; the exit status is 0 when all passed, 1 when some failed,
2 when there was nothing to run.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from attrs import evolve, field, frozen

from citekit import Bibliography, Citation, Cite, Document, Record, Style
from citekit.readers import csl_json

TIME_LIMIT = 20.0
"""Seconds that one fixture may take: a hang is a failure of its own."""

NOTHING_PRINTED = "[CSL STYLE ERROR: reference with no printed form.]"
"""What the suite expects where a citation prints nothing at all."""

_SECTION = re.compile(
    r"^>>=+ (?P<name>[A-Z-]+) =+>>[ \t]*\n(?P<text>.*?)\n?^<<=+ (?P=name) =+<<",
    re.DOTALL | re.MULTILINE,
)

Position = Literal["first", "subsequent", "ibid", "ibid-with-locator"]
_POSITIONS: tuple[Position, ...] = ("first", "subsequent", "ibid", "ibid-with-locator")

Json = dict[str, Any]


# ------------------------------------------------------------------ reading a fixture


class FixtureError(Exception):
    """A file that isn't a fixture, or one that asks for something unknown."""


@frozen
class Fixture:
    """One fixture; ``clusters`` and ``steps`` are ``None`` where it has no such section."""

    mode: str
    result: str
    style: str
    items: str
    clusters: list[list[Json]] | None
    steps: list[list[Any]] | None


def parse(text: str) -> Fixture:
    """The fixture in this text; whatever stands outside well-formed sections is ignored."""
    sections = {match["name"]: match["text"] for match in _SECTION.finditer(text)}
    missing = [name for name in ("MODE", "RESULT", "CSL", "INPUT") if name not in sections]
    if missing:
        raise FixtureError(f"no section {', '.join(missing)}")
    return Fixture(
        mode=sections["MODE"].strip(),
        result=sections["RESULT"],
        style=sections["CSL"].strip(),
        items=sections["INPUT"],
        clusters=_json(sections.get("CITATION-ITEMS")),
        steps=_json(sections.get("CITATIONS")),
    )


def _json(text: str | None) -> Any:
    return None if text is None else json.loads(text)


# ---------------------------------------------------------------- running a fixture


def render(fixture: Fixture) -> str:
    """What citekit prints for the fixture."""
    if fixture.mode not in ("citation", "bibliography"):
        raise FixtureError(f"unknown mode {fixture.mode!r}")
    style = Style.from_xml(fixture.style)
    # An id that is used twice means the last record that has it.
    by_id = {record.id: record for record in csl_json.loads(fixture.items, lenient=True)}
    records = list(by_id.values())
    if fixture.steps is not None:
        return _render_steps(style, records, fixture)
    return _render_clusters(style, records, fixture)


def _render_clusters(style: Style, records: Sequence[Record], fixture: Fixture) -> str:
    """All records are registered; positions are as given, not worked out."""
    if fixture.clusters is not None:
        clusters = [[_placed_cite(cite) for cite in cluster] for cluster in fixture.clusters]
    elif fixture.mode == "citation":
        ids = style.bibliography_order(records)
        clusters = [[Cite(one, position="first", near_note=False) for one in ids]]
    else:
        clusters = []
    result = style.process(records, [Citation(cluster, note_number=0) for cluster in clusters])
    if fixture.mode == "bibliography":
        return _bibliography(result.bibliography)
    return "\n".join(citation.html or NOTHING_PRINTED for citation in result.citations)


def _bibliography(bibliography: Bibliography) -> str:
    """As HTML; the suite expects an error where only the number of an entry is there to print."""
    entries = [
        evolve(entry, events=(*entry.events, NOTHING_PRINTED)) if entry.is_blank else entry
        for entry in bibliography.entries
    ]
    return evolve(bibliography, entries=tuple(entries)).html


def _render_steps(style: Style, records: Sequence[Record], fixture: Fixture) -> str:
    """The document is edited step by step.

    Marked ``>>`` are the citation that was edited last and those that the edit
    changed, ``..`` the others.
    """
    document = Document(style, records)
    known: dict[str, Citation] = {}
    marked: set[str] = set()
    for step in fixture.steps or ():
        citations, edited = _edited(known, step)
        marked = {edited, *document.arrange(citations).citations}
    if fixture.mode == "bibliography":
        return _bibliography(document.bibliography())
    return "\n".join(
        f"{'>>' if name in marked else '..'}[{index}] {formatted.html or NOTHING_PRINTED}"
        for index, (name, formatted) in enumerate(document.formatted.items())
    )


def _edited(known: dict[str, Citation], step: Sequence[Any]) -> tuple[list[Citation], str]:
    """The citations of the document after this step, and the id of the edited one.

    ``known`` remembers the cites of every citation seen so far; the lists of
    what stands before and after the edited one give the order and note numbers.
    """
    edit, before, after = step
    edited = str(edit.get("citationID") or f"citation-{len(known) + 1}")
    number = int(edit.get("properties", {}).get("noteIndex", 0))
    cites = [_cite(cite) for cite in edit["citationItems"]]
    known[edited] = Citation(cites, note_number=number, id=edited)
    order = [*before, (edited, number), *after]
    for key, note_number in order:
        known[key] = evolve(known[key], note_number=int(note_number))
    return [known[key] for key, _ in order], edited


def _cite(cite: Json) -> Cite:
    """A cite whose position the processor works out."""
    return Cite(**_cite_arguments(cite))


def _placed_cite(cite: Json) -> Cite:
    """A cite that says itself which position it has."""
    position = _POSITIONS[int(cite.get("position", 0))]
    near_note = bool(cite.get("near-note", False))
    return Cite(**_cite_arguments(cite), position=position, near_note=near_note)


def _cite_arguments(cite: Json) -> dict[str, Any]:
    return {
        "id": str(cite["id"]),
        "locator": str(cite.get("locator") or ""),
        "label": cite.get("label") or "page",
        "prefix": cite.get("prefix") or "",
        "suffix": cite.get("suffix") or "",
        "suppress_author": bool(cite.get("suppress-author")),
        "author_only": bool(cite.get("author-only")),
    }


# --------------------------------------------------------------------- the outcome


@frozen
class Outcome:
    """How one fixture went; ``error`` tells why it gave no text at all."""

    name: str
    expected: str
    got: str
    error: str = ""
    seconds: float = field(default=0.0, eq=False)

    @property
    def passed(self) -> bool:
        """True when the text is the expected one, to the character."""
        return not self.error and self.got == self.expected

    def explain(self) -> str:
        """For a failure: what was expected, what came, and where they differ."""
        head = f"FAILED {self.name}"
        if self.error:
            return f"{head}\n{self.error}"
        diff = difflib.ndiff(self.expected.splitlines(), self.got.splitlines())
        return "\n".join([head, "(- expected, + got)", *(line.rstrip("\n") for line in diff)])


class _Expired(BaseException):
    """Out of time; no Exception, so that nothing under test swallows it."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):  # Windows has no way to interrupt
        yield
        return

    def expire(*_: object) -> None:
        raise _Expired

    previous = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def run(path: Path, time_limit: float = TIME_LIMIT) -> Outcome:
    """Run one fixture. Nothing is raised: an error is a failure of that fixture."""
    start = time.perf_counter()
    expected = got = error = ""
    try:
        with _time_limit(time_limit):
            fixture = parse(path.read_text(encoding="utf-8-sig"))
            expected = fixture.result
            got = render(fixture).removesuffix("\n")
    except _Expired:
        error = f"no result after {time_limit:g} s"
    except Exception as problem:
        error = f"{type(problem).__name__}: {problem}"
    return Outcome(path.stem, expected, got, error, time.perf_counter() - start)


def fixtures(directory: Path, pattern: str = "") -> list[Path]:
    """The fixture files of a directory whose names match the regular expression."""
    return [path for path in sorted(directory.glob("*.txt")) if re.search(pattern, path.stem)]


# ---------------------------------------------------------------------- the command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(description="Run CSL test-suite fixtures through citekit.")
    parser.add_argument("directory", type=Path, help="the folder of fixtures (*.txt)")
    parser.add_argument("-k", default="", metavar="PATTERN", help="only names that match this")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all outcomes to this file")
    parser.add_argument("-v", action="store_true", help="show what is wrong in each failure")
    options = parser.parse_args(arguments)
    outcomes = [run(path) for path in fixtures(options.directory, options.k)]
    failures = [outcome for outcome in outcomes if not outcome.passed]
    for failure in failures:
        print(f"{failure.explain()}\n" if options.v else f"FAILED {failure.name}")
    if options.json:
        options.json.write_text(_report(outcomes), encoding="utf-8")
    print(f"passed {len(outcomes) - len(failures)} of {len(outcomes)}")
    if not outcomes:
        return 2
    return 1 if failures else 0


def _report(outcomes: Sequence[Outcome]) -> str:
    results = [
        {
            "name": outcome.name,
            "passed": outcome.passed,
            "expected": outcome.expected,
            "got": outcome.got,
            "error": outcome.error,
            "seconds": round(outcome.seconds, 4),
        }
        for outcome in outcomes
    ]
    passed = sum(outcome.passed for outcome in outcomes)
    report = {"passed": passed, "total": len(outcomes), "results": results}
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
