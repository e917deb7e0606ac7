"""The CSL test suite as a ratchet, and the runner's own tests.

``csl_suite_failures.txt`` lists the fixtures that are expected to fail. A fixture
that fails without being listed is a regression; one that passes though it is
listed must be struck off (``pytest tests/test_csl_suite.py --update`` rewrites
the list). ``CITEKIT_CSL_SUITE`` names another folder of fixtures.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from tests import csl_suite
from tests.csl_suite import FixtureError, Outcome, parse

ROOT = Path(__file__).resolve().parent.parent
DIRECTORY = Path(os.environ.get("CITEKIT_CSL_SUITE") or ROOT.parent / "shared" / "csl" / "fixtures")
RATCHET = Path(__file__).with_name("csl_suite_failures.txt")
PATHS = csl_suite.fixtures(DIRECTORY) if DIRECTORY.is_dir() else []

needs_suite = pytest.mark.skipif(not PATHS, reason=f"no CSL test suite in {DIRECTORY}")


def expected_failures() -> set[str]:
    return set(RATCHET.read_text(encoding="utf-8").split())


@needs_suite
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_fixture(path: Path, request: pytest.FixtureRequest) -> None:
    outcome = csl_suite.run(path)
    if request.config.getoption("--update"):
        listed = expected_failures() - {outcome.name}
        names = listed if outcome.passed else listed | {outcome.name}
        RATCHET.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
    elif outcome.name in expected_failures():
        assert not outcome.passed, f"passes now: strike it off {RATCHET.name} (pytest --update)"
    else:
        assert outcome.passed, outcome.explain()


@needs_suite
def test_ratchet_lists_only_fixtures_in_order() -> None:
    names = RATCHET.read_text(encoding="utf-8").split()
    assert names == sorted(set(names))
    if "CITEKIT_CSL_SUITE" not in os.environ:
        assert set(names) <= {path.stem for path in PATHS}


# ------------------------------------------------------------------- the runner itself

STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><id>x</id><title>x</title><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout delimiter="; "><group delimiter=" ">
    <text variable="title"/>
    <choose>
      <if position="ibid"><text value="ibid"/></if>
      <else-if position="subsequent"><text value="again"/></else-if>
    </choose>
    <text variable="locator"/>
  </group></layout></citation>
  <bibliography><sort><key variable="title"/></sort>
    <layout><text variable="title"/></layout></bibliography>
</style>"""

ITEMS = [
    {"id": 1, "type": "book", "title": "Zebra"},
    {"id": "b", "type": "book", "title": "Old"},
    {"id": "b", "type": "book", "title": "Ape"},
    {"id": "empty", "type": "book"},
]


def fixture_text(result: str, mode: str = "citation", **sections: object) -> str:
    parts = {"MODE": mode, "RESULT": result, "CSL": STYLE, "INPUT": json.dumps(ITEMS[:3])}
    parts |= {
        name.replace("_", "-"): text if isinstance(text, str) else json.dumps(text)
        for name, text in sections.items()
    }
    return "\n\n".join(
        f">>===== {name} =====>>\n{text}\n<<===== {name} =====<<" for name, text in parts.items()
    )


def run_text(tmp_path: Path, text: str) -> Outcome:
    path = tmp_path / "one_Fixture.txt"
    path.write_text(text, encoding="utf-8")
    return csl_suite.run(path)


def test_sections_may_have_a_bom_and_any_number_of_equals_signs(tmp_path: Path) -> None:
    text = fixture_text("Ape; Zebra").replace(">>===== MODE =====>>", "\ufeff>>== MODE ====>>", 1)
    outcome = run_text(tmp_path, text + "\nstray text\n")
    assert (outcome.error, outcome.got) == ("", "Ape; Zebra")


def test_a_section_with_a_broken_header_is_ignored() -> None:
    text = fixture_text("x", CITATION_ITEMS=[[{"id": "b"}]])
    assert parse(text).clusters == [[{"id": "b"}]]
    broken = text.replace(">>===== CITATION-ITEMS =====>>", ">>===== CITATION-ITEMS =====")
    assert parse(broken).clusters is None


@pytest.mark.parametrize(
    ("inside", "result"),
    [("", ""), ("one\n", "one"), ("one\n\n", "one\n"), (" one \n two\n", " one \n two")],
)
def test_a_result_loses_its_final_newline_and_nothing_else(inside: str, result: str) -> None:
    text = fixture_text("@@\n").replace("@@\n\n", inside)
    assert parse(text).result == result


def test_a_file_without_the_needed_sections_is_no_fixture(tmp_path: Path) -> None:
    with pytest.raises(FixtureError, match="RESULT"):
        parse(">>= MODE =>>\ncitation\n<<= MODE =<<")
    assert not run_text(tmp_path, "nothing").passed


def test_an_unknown_mode_fails(tmp_path: Path) -> None:
    assert "unknown mode" in run_text(tmp_path, fixture_text("x", mode="citation-nosort")).error


CITED_STEPS = [
    [{"citationID": "A", "citationItems": [{"id": 1}], "properties": {"noteIndex": 1}}, [], []],
    [
        {"citationID": "B", "citationItems": [{"id": "b"}], "properties": {"noteIndex": 2}},
        [["A", 1]],
        [],
    ],
    [
        {
            "citationID": "C",
            "citationItems": [{"id": "b", "locator": 3}],
            "properties": {"noteIndex": 1},
        },
        [],
        [["A", 2], ["B", 3]],
    ],
]

RUNS = {
    "one cluster, in bibliography order": ("Ape; Zebra", "citation", {}),
    "the whole bibliography": (
        '<div class="csl-bib-body">\n  <div class="csl-entry">Ape</div>\n'
        '  <div class="csl-entry">Zebra</div>\n</div>',
        "bibliography",
        {},
    ),
    "clusters, one a line; positions given": (
        "Zebra; Ape\nApe again 7\nApe\nApe ibid",
        "citation",
        {
            "CITATION_ITEMS": [
                [{"id": "1"}, {"id": "b"}],
                [{"id": "b", "locator": 7, "position": 1}],
                [{"id": "b"}],
                [{"id": "b", "position": 2}],
            ]
        },
    ),
    "a cite that prints nothing": (
        csl_suite.NOTHING_PRINTED,
        "citation",
        {"INPUT": ITEMS[3:], "CITATION_ITEMS": [[{"id": "empty"}]]},
    ),
    "steps: the edited and the changed are marked": (
        ">>[0] Ape 3\n..[1] Zebra\n>>[2] Ape again",
        "citation",
        {"CITATIONS": CITED_STEPS},
    ),
    "steps: a repeated id replaces the citation": (
        ">>[0] Ape\n>>[1] Zebra",
        "citation",
        {
            "CITATIONS": [
                [{"citationID": "A", "citationItems": [{"id": 1}]}, [], []],
                [{"citationID": "B", "citationItems": [{"id": 1}]}, [], [["A", 0]]],
                [{"citationID": "B", "citationItems": [{"id": "b"}]}, [], [["A", 0]]],
            ]
        },
    ),
    "steps: only what is cited is in the bibliography": (
        '<div class="csl-bib-body">\n  <div class="csl-entry">Zebra</div>\n</div>',
        "bibliography",
        {"CITATIONS": CITED_STEPS[:1]},
    ),
}


@pytest.mark.parametrize(("result", "mode", "sections"), RUNS.values(), ids=RUNS.keys())
def test_run(tmp_path: Path, result: str, mode: str, sections: dict[str, object]) -> None:
    outcome = run_text(tmp_path, fixture_text(result, mode, **sections))
    assert (outcome.error, outcome.got) == ("", result)
    assert outcome.passed


def test_a_difference_is_explained(tmp_path: Path) -> None:
    outcome = run_text(tmp_path, fixture_text("Ape; Zebra."))
    assert not outcome.passed
    assert "- Ape; Zebra.\n" in outcome.explain()
    assert "+ Ape; Zebra" in outcome.explain()


def test_a_hang_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "slow.txt"
    path.write_text(fixture_text("x"), encoding="utf-8")
    monkeypatch.setattr(csl_suite, "render", lambda _: time.sleep(30))
    outcome = csl_suite.run(path, time_limit=0.05)
    assert (outcome.passed, outcome.error) == (False, "no result after 0.05 s")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.txt").write_text(fixture_text("Ape; Zebra"), encoding="utf-8")
    (tmp_path / "bad.txt").write_text("no fixture", encoding="utf-8")
    report = tmp_path / "report.json"
    assert csl_suite.main([str(tmp_path), "-v", "--json", str(report)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "FAILED bad"
    assert lines[-1] == "passed 1 of 2"
    results = json.loads(report.read_text(encoding="utf-8"))["results"]
    assert [(one["name"], one["passed"]) for one in results] == [("bad", False), ("good", True)]
    assert csl_suite.main([str(tmp_path), "-k", "good"]) == 0
    assert csl_suite.main([str(tmp_path), "-k", "neither"]) == 2
