"""The benchmarks themselves, without looking at times."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.readers import csl_json
from citekit.records.vocabulary import ITEM_TYPES, LOCATOR_LABELS
from tests.benchmarks import __main__ as command_line
from tests.benchmarks import plot, runner
from tests.benchmarks.adapters.hayagriva import to_yaml
from tests.benchmarks.peers import COLD, JOBS, PEERS, Files, Peer
from tests.benchmarks.records import SHARES, cites, records
from tests.benchmarks.report import Report
from tests.benchmarks.runner import BARE, Plan, Result

CITEKIT = PEERS["citekit"]


# ------------------------------------------------------------------------ records


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 5))
@settings(max_examples=20, deadline=None)
def test_fewer_records_are_the_first_of_more(few: int, more: int, seed: int) -> None:
    few, more = sorted((few, more))
    assert records(few, seed) == records(more, seed)[:few]


def test_seeds_differ() -> None:
    assert records(20, 1) != records(20, 2)


@pytest.fixture(scope="module")
def library() -> list[dict[str, Any]]:
    return records(2000)


def test_records_are_what_csl_json_knows(library: list[dict[str, Any]]) -> None:
    read = csl_json.from_object(library)  # which raises for what it doesn't know
    assert not any(record.extra or record.custom for record in read)
    assert {record.type for record in read} == SHARES.keys() <= ITEM_TYPES
    assert len({record.id for record in read}) == len(read)


def test_shares_of_the_types(library: list[dict[str, Any]]) -> None:
    counted = Counter(item["type"] for item in library)
    for kind, share in SHARES.items():
        assert counted[kind] / len(library) == pytest.approx(share / 100, abs=0.04)


def test_names_collide_as_in_real_libraries(library: list[dict[str, Any]]) -> None:
    names = [
        (name["family"], name["given"])
        for item in library
        for name in item.get("author", ())
        if "family" in name
    ]
    frequent = Counter(names).most_common(1)[0][1]
    assert 5 < frequent < len(library) / 20, "no person has written everything"
    assert len({family for family, _ in names}) < len(set(names)) < len(names)
    assert {1, 20} <= {len(item.get("author", ())) for item in library}


def test_cites(library: list[dict[str, Any]]) -> None:
    made = cites(library[:100])
    assert made == cites(library[:100])
    first = [cite["id"] for cite in made if "locator" not in cite]
    again = [cite for cite in made if "locator" in cite]
    assert first == [item["id"] for item in library[:100]]
    assert len(again) == 20
    assert {cite["label"] for cite in again} <= LOCATOR_LABELS
    seen: set[str] = set()
    for cite in made:
        assert "locator" not in cite or cite["id"] in seen
        seen.add(cite["id"])


def test_hayagriva_has_what_csl_json_has(library: list[dict[str, Any]]) -> None:
    made = json.loads(to_yaml(library))
    assert list(made) == [item["id"] for item in library]
    lost = {"id", "type", "container-title-short", "recipient"}
    for item in library:
        flat = json.dumps(made[item["id"]], ensure_ascii=False)
        for key in item.keys() - lost:
            assert all(text in flat for text in _texts(item[key])), f"{key} of {item['id']}"


def _texts(value: Any) -> list[str]:
    """Return the strings in a value, in Hayagriva's spelling of them."""
    if isinstance(value, dict) and "date-parts" in value:
        return ["-".join(f"{part:02}" for part in value["date-parts"][0])]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [json.dumps(value, ensure_ascii=False)[1:-1]]


# ------------------------------------------------------------------------ runs


def fake(name: str, program: str) -> Peer:
    """Make a peer that does whatever its program does."""
    return evolve(
        CITEKIT,
        name=name,
        command=lambda files: [sys.executable, "-c", program, str(files.task)],
        cold=lambda files: [sys.executable, "-c", program],
    )


def answer(seconds: float) -> str:
    """Return a program that says it took so long for all the records of its task."""
    return f"""
import json, sys
with open(sys.argv[1]) as file: task = json.load(file)
with open(task["records"]) as file: entries = len(json.load(file))
print(json.dumps({{"seconds": {seconds}, "entries": entries, "load_ms": 1, "first_ms": 3,
                   "base_mb": 1, "peak_mb": 2}}))
"""


def report(results: list[Result], **missing: str) -> Report:
    return Report(
        machine={"cores": 2},
        python="3",
        versions={"citekit": "1"},
        missing=missing,
        repeats=1,
        results=results,
    )


def plan(*peers: Peer, **options: Any) -> Plan:
    asked: dict[str, Any] = {"styles": ["ieee"], "sizes": [5], "jobs": ["bibliography"]}
    return Plan(**{"peers": peers, "repeats": 1, **asked, **options})


def test_citekit_at_all_jobs() -> None:
    said: list[str] = []
    results = list(runner.run(plan(CITEKIT, jobs=JOBS), said.append))
    assert [(r.peer, r.job) for r in results] == [
        *(("citekit", job) for job in JOBS if job != COLD),
        *((name, COLD) for name in (*BARE, "citekit")),
    ]
    assert "ieee, document, 5: citekit" in said
    for result in results:
        assert not result.note
        assert result.runs == 1
        measured = (
            [result.wall_ms]
            if result.job == COLD
            else [result.us_per_entry, result.load_ms, result.base_mb, result.peak_mb]
        )
        assert all(value and value > 0 for value in measured), result
    shown = report(results).markdown()
    for job in JOBS:
        assert f"### {job}" in shown
    assert "failed" not in shown
    loaded = json.loads(json.dumps(report(results).as_json()))
    assert len(loaded["results"]) == len(results)


def test_ratios_growth_and_means() -> None:
    ours, slow = fake("citekit", answer(0.01)), fake("slow", answer(0.04))
    shown = report(list(runner.run(plan(ours, slow, sizes=[20, 10])))).markdown()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in shown.splitlines()]
    assert ["ieee", "10", "1,000", "4,000 (4.0×)"] in rows
    assert ["*geometric mean*", "20", "1.0×", "4.0×"] in rows
    assert ["bibliography", "ieee", "×0.50 (10→20)", "×0.50 (10→20)"] in rows
    assert ["bibliography", "10", "2 (1)", "2 (1)"] in rows
    assert ["ieee", "1", "1"] in rows  # the times of loading
    assert ["ieee", "3", "3"] in rows  # and of the first entries


def test_a_failure_is_reported_and_not_repeated() -> None:
    broken = fake("broken", "raise SystemExit('no such luck')")
    short = fake("short", answer(1).replace("len(json.load(file))", "4"))
    lost = fake("lost", answer(-0.001))
    results = list(runner.run(plan(CITEKIT, broken, short, lost, sizes=[5, 6])))
    notes = {(r.peer, r.n): r.note for r in results}
    assert notes["broken", 5] == notes["broken", 6] == "failed: no such luck"
    assert notes["short", 5] == "failed: printed 4 of 5 entries"
    assert notes["lost", 5] == runner.LOST
    assert notes["citekit", 6] == ""
    assert "- broken, bibliography, ieee, 5: failed: no such luck" in report(results).markdown()


def test_what_takes_longer_than_the_limit_is_stopped() -> None:
    endless = fake("endless", "import time; time.sleep(60)")
    results = list(runner.run(plan(endless, sizes=[5, 10], limit=0.3, repeats=3)))
    assert [(r.n, r.note, r.us_per_entry) for r in results] == [
        (5, "> 0.3 s", None),
        (10, "> 0.3 s", None),
    ]


def test_what_would_take_longer_than_the_limit_is_not_started() -> None:
    slow = fake("slow", answer(7))
    results = list(runner.run(plan(slow, sizes=[5, 10, 20], limit=10)))
    assert [(r.n, r.note, r.runs) for r in results] == [
        (5, "", 1),
        (10, "> 10 s", 0),
        (20, "> 10 s", 0),
    ]


def test_jobs_that_a_peer_cannot_do_are_left_out() -> None:
    peer = evolve(fake("some", answer(1)), jobs=("document",))
    results = list(runner.run(plan(peer, jobs=["bibliography", "document"])))
    assert [result.job for result in results] == ["document"]


# ------------------------------------------------------------------------ the command


def absent() -> str:
    raise LookupError("it is not here")


def test_a_missing_peer_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(PEERS, "typst", evolve(PEERS["typst"], version=absent))
    out, drawn = tmp_path / "out.json", tmp_path / "out.svg"
    options = ["--styles", "ieee", "--n", "3", "--jobs", "bibliography", "--repeats", "1", "-q"]
    written = ["--json", str(out), "--plot", str(drawn)]
    assert command_line.main([*options, *written, "--peers", "citekit", "typst"]) == 0
    assert "- missing: typst: it is not here; pip install typst" in capsys.readouterr().out
    result = json.loads(out.read_text(encoding="utf-8"))
    assert result["missing"] == {"typst": "it is not here; pip install typst"}
    assert [one["peer"] for one in result["results"]] == ["citekit"]
    assert "citekit" in "".join(ElementTree.parse(drawn).getroot().itertext())


def test_an_unknown_style_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_line.main(["--styles", "no-such-style", "--peers", "citekit", "-q"])
    assert "there is no style 'no-such-style'" in capsys.readouterr().err


def test_what_was_done_before_an_interruption_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(line: str) -> None:
        if "ieee, bibliography, 6" in line:
            raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "_say", interrupted)
    monkeypatch.setitem(PEERS, "citekit", fake("citekit", answer(1)))
    options = ["--styles", "ieee", "--n", "5", "6", "--jobs", "bibliography"]
    assert command_line.main([*options, "--peers", "citekit"]) == 0
    shown = capsys.readouterr()
    assert "interrupted" in shown.err
    assert "200,000" in shown.out
    assert "| 6 " not in shown.out


@pytest.mark.parametrize("peer", PEERS.values(), ids=PEERS)
def test_peers_here_print_all_entries(peer: Peer) -> None:
    if reason := peer.missing():
        pytest.skip(reason)
    results = list(runner.run(plan(peer, jobs=peer.jobs)))
    # With five records the time of a peer that has another run's subtracted may get lost.
    assert {result.note for result in results} <= {"", runner.LOST}


def test_adapters_are_there() -> None:
    folder = Path(__file__).with_name("adapters")
    files = Files(
        task=Path("t"),
        style=Path("s"),
        records=Path("r"),
        hayagriva=Path("h"),
        markdown=Path("m"),
        key="k",
    )
    for peer in PEERS.values():
        if not peer.missing():
            name = peer.name.replace("-", "_")
            assert (folder / f"{name}.py").exists() or (folder / f"{name}.cjs").exists()
            assert "t" in peer.command(files)


# ------------------------------------------------------------------------ the plot


def test_plot_has_a_point_for_each_size_all_styles_have() -> None:
    def result(peer: str, style: str, n: int, us: float) -> Result:
        return Result(peer=peer, job="document", style=style, n=n, us_per_entry=us)

    results = [result("citekit", style, n, 100) for style in ("a", "b") for n in (10, 100)]
    results += [result("other", "a", 10, 900), result("other", "b", 10, 900)]
    results += [result("other", "a", 100, 900)]
    root = ElementTree.fromstring(plot.svg(results, "document"))
    colored = [
        line.get("points", "").split()
        for line in root.iter("{http://www.w3.org/2000/svg}polyline")
        if line.get("stroke-width") == "2.5"
    ]
    assert [len(points) for points in colored] == [2, 1]
    with pytest.raises(ValueError, match="nothing to plot"):
        plot.svg(results, "bibliography")
