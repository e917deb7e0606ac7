"""Compare citekit with the reference processor over many records and official styles.

    CITEKIT_REFERENCE=…/node_modules python tests/differential.py
        [--styles NAME…] [--limit N] [--json OUT] [-v]

One document cites every record of ``data/differential.json`` by itself, then some
again: with locators, in clusters, and repeatedly. Each style of
``data/differential_styles.txt`` formats it with both processors; all citations and
bibliography entries are compared as HTML. Differences are grouped by a crude guess
at their cause: the first aspect that, left out of account, makes both equal.

What the reference prints is kept in the system's temporary folder, as it never changes.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import html
import json
import multiprocessing
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

if __name__ == "__main__":  # the folder above `tests`, wherever this is started
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from citekit import Citation, Cite, Record, Style
from citekit.readers import csl_json
from citekit.style.find import find_style
from tests.csl_suite import NOTHING_PRINTED, _time_limit
from tests.reference import Job, Result, missing, run_reference

DATA = Path(__file__).with_name("data")
RECORDS = DATA / "differential.json"
STYLES = DATA / "differential_styles.txt"
BATCH = 6
"""Styles that one process of the reference formats."""
TIME_LIMIT = 60.0
"""Seconds that one style may take, in either processor."""

Json = dict[str, Any]


# ------------------------------------------------------------------ the document


@cache
def items() -> list[Json]:
    """The records as CSL-JSON."""
    loaded: list[Json] = json.loads(RECORDS.read_text(encoding="utf-8"))
    return loaded


@cache
def records() -> list[Record]:
    """The records as citekit reads them."""
    return csl_json.load(RECORDS)


def style_names() -> list[str]:
    """The styles that are compared."""
    return STYLES.read_text(encoding="utf-8").split()


LOCATORS: Sequence[tuple[str, str]] = (
    ("page", "12"),
    ("page", "112-15"),
    ("chapter", "3"),
    ("section", "4.2"),
    ("page", "iv, 7–9"),
    ("figure", "2"),
    ("verse", "5-6"),
    ("paragraph", "17"),
    ("note", "33"),
)


def citations() -> list[list[Json]]:
    """The citations of the document, each a list of cites."""
    ids = [str(item["id"]) for item in items()]
    return [*_alone(ids), *_located(ids), *_clusters(ids), *_repeated(ids)]


def _alone(ids: Sequence[str]) -> Iterable[list[Json]]:
    """Every record by itself, for the first time."""
    return ([{"id": one}] for one in ids)


def _located(ids: Sequence[str]) -> Iterable[list[Json]]:
    for one, (label, locator) in zip(ids[::4], cycle(LOCATORS), strict=False):
        yield [{"id": one, "label": label, "locator": locator}]


def _clusters(ids: Sequence[str]) -> Iterable[list[Json]]:
    sizes = cycle((2, 3, 4))
    for start, size in zip(range(0, len(ids) - 4, 4), sizes, strict=False):
        yield [{"id": one} for one in ids[start : start + size]]
    for prefix in ("journal-year-", "journal-initials-", "journal-etal-", "collision-"):
        alike = [one for one in ids if one.startswith(prefix)]
        yield [{"id": one} for one in alike]
        yield [{"id": one} for one in (alike[-1], ids[0], alike[0])]
        yield [
            {"id": alike[0], "label": "page", "locator": "5", "prefix": "see "},
            {"id": alike[1], "suffix": ", and others"},
        ]


def _repeated(ids: Sequence[str]) -> Iterable[list[Json]]:
    """What notes abbreviate: the same again, elsewhere in it, and after something else."""
    for one, other in zip(ids[::9], ids[5::9], strict=False):
        place = {"label": "page", "locator": "21"}
        yield [{"id": one}]
        yield [{"id": one}]
        yield [{"id": one, **place}]
        yield [{"id": one, **place}]
        yield [{"id": one, **place, "locator": "22"}]
        yield [{"id": other}]
        yield [{"id": one, **place}, {"id": other}]
        yield [{"id": other, "suppress-author": True}]


# ------------------------------------------------------------------ both processors


@frozen
class Printed:
    """What a processor printed: strings by what they are of, or why there are none."""

    strings: dict[str, str]
    error: str = ""


def print_citekit(name: str) -> Printed:
    """The document as citekit formats it, with articles in sorting as the reference has them.

    CSL leaves "The" out at the start of a non-personal name. By default citekit does so,
    too, and then all citation numbers after such a name differ.
    """
    try:
        with _time_limit(TIME_LIMIT):
            return Printed(_citekit_strings(Style.load(name, count_articles=True)))
    except BaseException as problem:
        if isinstance(problem, KeyboardInterrupt):
            raise
        return Printed({}, f"{type(problem).__name__}: {problem}")


def _citekit_strings(style: Style) -> dict[str, str]:
    note = style.compiled.style.class_ == "note"
    document = [
        Citation([_cite(cite) for cite in cites], note_number=number if note else 0)
        for number, cites in enumerate(citations(), 1)
    ]
    done = style.process(records(), document)
    return _strings(
        [citation.html for citation in done.citations],
        {
            entry.id: entry.html + NOTHING_PRINTED * entry.is_blank
            for entry in done.bibliography.entries
        },
    )


def _cite(cite: Json) -> Cite:
    return Cite(**{key.replace("-", "_"): value for key, value in cite.items()})


def _strings(cited: Sequence[str], entries: dict[str, str]) -> dict[str, str]:
    found = {
        f"citation {number} of {', '.join(cite['id'] for cite in cites)}": text or NOTHING_PRINTED
        for number, (text, cites) in enumerate(zip(cited, citations(), strict=True), 1)
    }
    printed = {key: text.strip() for key, text in entries.items() if text.strip()}
    if printed:
        for item in items():
            found[f"entry {item['id']}"] = printed.get(str(item["id"])) or NOTHING_PRINTED
        found["order of entries"] = " ".join(printed)
    return found


def job(name: str) -> Job:
    """What the reference is asked for."""
    found = find_style(name)
    xml = found.data.decode("utf-8-sig")
    note = re.search(r"""<style\b[^>]*\bclass\s*=\s*["']note["']""", xml) is not None
    document: list[Json] = [
        {"citationItems": cites, "properties": {"noteIndex": number if note else 0}}
        for number, cites in enumerate(citations(), 1)
    ]
    made = Job(style=xml, items=items(), citations=document)
    if found.default_locale:
        return evolve(made, lang=found.default_locale, force_lang=True)
    return made


def print_reference(names: Sequence[str]) -> list[Printed]:
    """The document as the reference formats it, in one process for all the styles."""
    jobs = {name: job(name) for name in names}
    kept = {name: _kept(one) for name, one in jobs.items()}
    # Dependent styles of one parent ask for the same, so by file and not by name.
    fresh = {path: jobs[name] for name, path in kept.items() if not path.is_file()}
    for path, printed in zip(fresh, _ask(list(fresh.values())), strict=True):
        path.parent.mkdir(exist_ok=True)
        text = json.dumps({"strings": printed.strings, "error": printed.error})
        path.write_text(text, encoding="utf-8")
    return [Printed(**json.loads(kept[name].read_text(encoding="utf-8"))) for name in names]


def _kept(one: Job) -> Path:
    oracle = Path(__file__).with_name("reference") / "oracle.cjs"
    key = json.dumps(one.as_json()).encode() + oracle.read_bytes()
    digest = hashlib.sha256(key).hexdigest()[:24]
    return Path(tempfile.gettempdir(), "citekit-reference", f"{digest}.json")


def _ask(jobs: Sequence[Job]) -> list[Printed]:
    if not jobs:
        return []
    try:
        answers = run_reference(jobs, timeout=TIME_LIMIT * len(jobs))
    except (subprocess.TimeoutExpired, RuntimeError) as problem:
        if len(jobs) > 1:  # one of them spoils it for all
            return [printed for one in jobs for printed in _ask([one])]
        return [Printed({}, f"{type(problem).__name__}: {problem}"[:300])]
    return [_reference_strings(answer) for answer in answers]


def _reference_strings(answer: Result) -> Printed:
    if answer.error:
        return Printed({}, answer.error.splitlines()[0])
    entries = {
        key: text.strip().removeprefix('<div class="csl-entry">').removesuffix("</div>")
        for key, text in zip(_entry_ids(answer), answer.entries, strict=True)
    }
    return Printed(_strings(answer.citations, entries))


def _entry_ids(answer: Result) -> list[str]:
    """The ids of the entries printed: those that print nothing are listed all the same.

    For most of these the reference says so (and may have printed a space); the
    others are the barest records.
    """
    ids = [str(group[0]) for group in answer.params.get("entry_ids", ())]
    if len(ids) == len(answer.entries):
        return ids
    blank = {str(one["itemID"]) for one in answer.params.get("bibliography_errors", ())}
    printed = [one for one in ids if one not in blank]
    sizes = {str(item["id"]): len(item) for item in items()}
    barest = sorted(printed, key=sizes.__getitem__)[: len(printed) - len(answer.entries)]
    return [one for one in printed if one not in barest]


# --------------------------------------------------------------------- comparison


@frozen
class Difference:
    """One string that differs; ``""`` where a processor prints no such entry."""

    style: str
    what: str
    expected: str
    got: str
    cause: str
    edit: str


@frozen
class Outcome:
    """How one style went; ``left_out`` tells why it could not be compared."""

    style: str
    total: int = 0
    differences: tuple[Difference, ...] = ()
    left_out: str = ""
    error: str = ""

    @property
    def agreed(self) -> int:
        """Strings that are equal."""
        return 0 if self.error else self.total - len(self.differences)


def compare(names: Sequence[str]) -> list[Outcome]:
    """Format with both processors and compare."""
    reference = print_reference(names)
    return [_compare(name, one) for name, one in zip(names, reference, strict=True)]


def _compare(name: str, reference: Printed) -> Outcome:
    if reference.error:
        return Outcome(name, left_out=f"the reference: {reference.error}")
    ours = print_citekit(name)
    keys = list(dict.fromkeys([*reference.strings, *ours.strings]))
    if ours.error:
        return Outcome(name, len(reference.strings), error=ours.error)
    differences = []
    for key in keys:
        expected, got = (
            _as_shown(_without_error(_blank_alike(one.strings.get(key, NOTHING_PRINTED))))
            for one in (reference, ours)
        )
        if expected != got:
            cause, edit = ("order of entries", "") if " of entries" in key else why(expected, got)
            differences.append(Difference(name, key, expected, got, cause, edit))
    return Outcome(name, len(keys), tuple(differences))


def _blank_alike(text: str) -> str:
    """One marker for what prints nothing: the reference has two, and prints affixes around them."""
    marked = text.replace("[NO_PRINTED_FORM]", NOTHING_PRINTED)
    around = re.sub(r"<[^>]*>", "", marked.replace(NOTHING_PRINTED, "", 1))
    return marked if NOTHING_PRINTED not in marked or re.search(r"\w", around) else NOTHING_PRINTED


def _without_error(text: str) -> str:
    """Without what the reference has for a cite that prints nothing in a citation of several."""
    return re.sub(rf"{re.escape(NOTHING_PRINTED)}; |; {re.escape(NOTHING_PRINTED)}", "", text)


def _as_shown(html: str) -> str:
    """Of several spaces a browser shows one, and none where a block begins."""
    return re.sub(r"(<div[^>]*>) ", r"\1", re.sub(r"[ \n]+", " ", html))


# ------------------------------------------------------------------------- causes

Normal = Callable[[str], str]

_ASPECTS: Sequence[tuple[str, Normal]] = (
    ("spaces", lambda text: re.sub(r"\s+", "", text)),
    ("tags", lambda text: re.sub(r"<[^>]*>", "", text)),
    ("quotes", lambda text: re.sub("[\"'‘’‚‛“”„«»‹›「」]", "", text)),
    ("dashes", lambda text: re.sub("[-‐‑‒–—]+", "-", text)),
    ("punctuation", lambda text: re.sub(r"(?<!&#)[.,:;?!()\[\]/](?![^<]*>)", "", text)),
    ("case", str.casefold),
    ("digits", lambda text: re.sub(r"\d+", "0", text)),
)


def why(expected: str, got: str) -> tuple[str, str]:
    """The guessed cause of a difference, and the first edit that turns one into the other."""
    edit = first_edit(expected, got)
    if NOTHING_PRINTED in (expected, got):
        return ("prints nothing" if got == NOTHING_PRINTED else "prints something"), ""
    for name, normal in _ASPECTS:
        if normal(expected) == normal(got):
            return name, edit
    words = [Counter(re.findall(r"[^\W_]+", text)) for text in (expected, got)]
    for name, normal in _ASPECTS:
        expected, got = normal(expected), normal(got)
        if expected == got:
            return f"several, up to {name}", edit
    return ("order of words" if words[0] == words[1] else "other"), edit


def first_edit(expected: str, got: str) -> str:
    """The first run of words or marks that differs, digits made alike."""
    theirs, ours = _tokens(expected), _tokens(got)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, theirs, ours, False).get_opcodes():
        if kind != "equal":
            context = "".join(theirs[max(0, a - 1) : a])
            before, after = "".join(theirs[a:b])[:50], "".join(ours[c:d])[:50]
            return re.sub(r"\d", "0", f"{context}‹{before}› → ‹{after}›").replace("\n", "⏎")
    return ""


def _tokens(text: str) -> list[str]:
    return re.findall(r"<[^>]*>|&#?\w+;|\w+|.", text, re.DOTALL)


# ------------------------------------------------------------------------- report


def report(outcomes: Sequence[Outcome], verbose: bool = False) -> str:
    """Agreement of each style, the groups of differences, and agreement overall."""
    lines = [_style_line(outcome) for outcome in sorted(outcomes, key=_share)]
    groups: dict[str, list[Difference]] = defaultdict(list)
    for outcome in outcomes:
        for difference in outcome.differences:
            groups[difference.cause].append(difference)
    for cause, group in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        lines += ["", *_group_lines(cause, group, verbose)]
    agreed, total = (sum(getattr(one, key) for one in outcomes) for key in ("agreed", "total"))
    share = 100 * agreed / total if total else 0.0
    return "\n".join([*lines, "", f"agreed {agreed} of {total} ({share:.2f} %)"])


def _share(outcome: Outcome) -> float:
    return outcome.agreed / outcome.total if outcome.total else -1.0


def _style_line(outcome: Outcome) -> str:
    if outcome.left_out:
        return f"left out  {outcome.style}: {outcome.left_out}"
    head = f"{100 * _share(outcome):6.2f} %  {outcome.style}"
    return f"{head}: {outcome.error}" if outcome.error else head


def _group_lines(cause: str, group: Sequence[Difference], verbose: bool) -> list[str]:
    styles = {one.style for one in group}
    lines = [f"== {cause}: {len(group)} strings in {len(styles)} styles"]
    edits: dict[str, list[Difference]] = defaultdict(list)
    for one in group:
        edits[one.edit].append(one)
    ranked = sorted(edits.items(), key=lambda pair: -len(pair[1]))
    for edit, ones in ranked[: 60 if verbose else 12]:
        among = {one.style for one in ones}
        lines.append(f"  {len(ones)} ({len(among)} styles)  {html.unescape(edit)}")
        examples = ones[:1] + [one for one in ones if one.style != ones[0].style][:1]
        for one in examples:
            lines += [f"      {one.style}, {one.what}"]
            lines += [f"        - {one.expected[:400]}", f"        + {one.got[:400]}"]
    return lines


def run(names: Sequence[str], processes: int = 2) -> list[Outcome]:
    """Compare the styles, in batches and several processes."""
    batches = [names[start : start + BATCH] for start in range(0, len(names), BATCH)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return [one for batch in pool.imap(compare, batches) for one in batch]


def as_json(outcomes: Sequence[Outcome]) -> list[Json]:
    """Everything, for another program."""
    return [
        {
            "style": one.style,
            "agreed": one.agreed,
            "total": one.total,
            "left-out": one.left_out,
            "error": one.error,
            "differences": [
                {key: getattr(each, key) for key in ("what", "expected", "got", "cause", "edit")}
                for each in one.differences
            ],
        }
        for one in outcomes
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(description="Compare citekit with the reference processor.")
    parser.add_argument("--styles", nargs="+", default=[], metavar="NAME", help="only these styles")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N styles")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write everything to this file")
    parser.add_argument("-v", action="store_true", help="show more groups of differences")
    options = parser.parse_args(arguments)
    if reason := missing():
        print(reason, file=sys.stderr)
        return 2
    outcomes = run((options.styles or style_names())[: options.limit])
    if options.json:
        text = json.dumps(as_json(outcomes), ensure_ascii=False, indent=1)
        options.json.write_text(f"{text}\n", encoding="utf-8")
    print(report(outcomes, options.v))
    return 0


if __name__ == "__main__":
    sys.exit(main())
