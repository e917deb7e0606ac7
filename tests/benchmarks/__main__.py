"""``python -m tests.benchmarks``: compare citekit with its peers, and print tables."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from citekit import CitekitError
from tests.benchmarks import plot
from tests.benchmarks.peers import JOBS, PEERS, machine
from tests.benchmarks.report import Report
from tests.benchmarks.runner import Plan, Result, run

STYLES = (
    "apa",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "modern-language-association",
    "ieee",
    "nature",
    "nlm-citation-sequence",
)
SIZES = (100, 1_000, 5_000, 20_000)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--peers", nargs="+", metavar="PEER", choices=PEERS, default=list(PEERS))
    parser.add_argument("--styles", nargs="+", metavar="STYLE", default=STYLES)
    parser.add_argument("--n", nargs="+", type=_positive, metavar="N", default=SIZES)
    parser.add_argument("--jobs", nargs="+", metavar="JOB", choices=JOBS, default=JOBS)
    parser.add_argument(
        "--repeats", type=_positive, default=3, help="runs of which the best counts"
    )
    parser.add_argument(
        "--limit", type=float, default=120, metavar="SECONDS", help="what one run may take"
    )
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the results there, too")
    parser.add_argument("--plot", type=Path, metavar="OUT.svg", help="plot the first job")
    parser.add_argument("-q", "--quiet", action="store_true", help="don't say what is running")
    return parser


def _positive(text: str) -> int:
    number = int(text.replace(",", "").replace("_", ""))
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; Ctrl-C ends it with what it has so far."""
    parser = _parser()
    options = parser.parse_args(arguments)
    missing = {name: PEERS[name].missing() for name in dict.fromkeys(options.peers)}
    here = [PEERS[name] for name, reason in missing.items() if not reason]
    plan = Plan(
        peers=here,
        styles=options.styles,
        sizes=options.n,
        jobs=options.jobs,
        repeats=options.repeats,
        limit=options.limit,
    )
    results: list[Result] = []
    try:
        results.extend(run(plan, _quiet if options.quiet else _say))
    except CitekitError as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        print("interrupted; this is what was done until then", file=sys.stderr)
    report = Report(
        machine=machine(),
        python=platform.python_version(),
        versions={peer.name: peer.version() for peer in here},
        missing={name: reason for name, reason in missing.items() if reason},
        repeats=options.repeats,
        results=results,
    )
    print(report.markdown())
    if options.json:
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    if options.plot:
        options.plot.write_text(plot.svg(results, options.jobs[0]), encoding="utf-8")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _quiet(_: str) -> None:
    pass


if __name__ == "__main__":
    sys.exit(main())
