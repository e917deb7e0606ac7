"""Agreement with the reference processor in a few styles: a ratchet.

``data/differential_floor.json`` holds how many strings agreed last time; fewer are a
regression. ``pytest tests/test_differential.py --update`` raises the floor (or lowers
it: look at the change). ``python tests/differential.py`` compares many more styles.
"""

from __future__ import annotations

import json

import pytest

from citekit.style.find import find_style
from tests import differential
from tests.csl_suite import NOTHING_PRINTED
from tests.differential import Difference, Outcome, why
from tests.reference import missing

FLOOR = differential.DATA / "differential_floor.json"
FLOORS: dict[str, int] = json.loads(FLOOR.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    if reason := missing():
        pytest.skip(reason)
    return {one.style: one for one in differential.compare(list(FLOORS))}


@pytest.mark.parametrize("style", FLOORS)
def test_agreement(
    style: str, outcomes: dict[str, Outcome], request: pytest.FixtureRequest
) -> None:
    outcome = outcomes[style]
    assert not outcome.left_out
    assert not outcome.error
    if request.config.getoption("--update"):
        floors = {**json.loads(FLOOR.read_text(encoding="utf-8")), style: outcome.agreed}
        FLOOR.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    else:
        shown = differential.report([outcome])
        assert outcome.agreed >= FLOORS[style], f"{FLOORS[style]} agreed before\n{shown}"


# ------------------------------------------------------------------- the runner itself

CAUSES = {
    "spaces": ("a: b", "a : b"),
    "tags": ("<i>a</i> b", "a b"),
    "quotes": ("“a”, b", "‘a’, b"),
    "dashes": ("1–2", "1-2"),
    "punctuation": ("a. b", "a, b"),
    "case": ("Ibid", "ibid"),
    "digits": ("a 12", "a 5"),
    "several, up to case": ("<i>On</i>", "on"),
    "order of words": ("a b", "b a"),
    "other": ("a b", "a"),
    "prints nothing": ("a", NOTHING_PRINTED),
    "prints something": (NOTHING_PRINTED, "a"),
}


@pytest.mark.parametrize(("cause", "texts"), CAUSES.items(), ids=CAUSES)
def test_cause(cause: str, texts: tuple[str, str]) -> None:
    assert why(*texts)[0] == cause


def test_first_edit() -> None:
    assert differential.first_edit("see <i>On</i> 12", "see <i>on</i> 12") == "<i>‹On› → ‹on›"
    assert differential.first_edit("a, 12", "a, 345") == " ‹00› → ‹000›"


def test_every_official_style_of_the_list_is_there() -> None:
    names = differential.style_names()
    assert len(names) == len(set(names)) >= 100
    assert set(FLOORS) <= set(names)
    for name in names:
        assert find_style(name).data


def test_report() -> None:
    different = Difference("x", "entry a", "A", "a", "case", " ‹A› → ‹a›")
    outcomes = [Outcome("x", 4, (different,)), Outcome("y", left_out="the reference: no")]
    lines = differential.report(outcomes).splitlines()
    assert lines[0] == "left out  y: the reference: no"
    assert lines[1].split() == ["75.00", "%", "x"]
    assert "== case: 1 strings in 1 styles" in lines
    assert lines[-1] == "agreed 3 of 4 (75.00 %)"


def test_without_the_reference_the_command_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(differential, "missing", lambda: "node is not installed")
    assert differential.main([]) == 2
    assert "node" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", [NOTHING_PRINTED, "[NO_PRINTED_FORM]", f"<i>({NOTHING_PRINTED})</i>."]
)
def test_the_markers_of_what_prints_nothing_are_alike(text: str) -> None:
    assert differential._blank_alike(text) == NOTHING_PRINTED
    assert differential._blank_alike(f"Doe; {text}") != NOTHING_PRINTED
