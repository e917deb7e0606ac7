"""A sample of the official styles loads, compiles and formats without an exception.

``python tests/all_styles.py`` does the same for all of them.
"""

from __future__ import annotations

import random

import pytest

from citekit.readers import csl_json
from citekit.style.library import official_directory
from tests import all_styles
from tests.all_styles import Task, check, tasks

SEED = 20
INDEPENDENT, DEPENDENT = 45, 15


def sampled() -> list[str]:
    """Styles taken by chance, always the same ones."""
    folder = official_directory()
    if folder is None:
        return []
    chance = random.Random(SEED)
    own = sorted(path.stem for path in folder.glob("*.csl"))
    dependent = sorted(path.stem for path in (folder / "dependent").glob("*.csl"))
    return chance.sample(own, INDEPENDENT) + chance.sample(dependent, DEPENDENT)


@pytest.mark.parametrize("name", sampled())
def test_style(name: str) -> None:
    todo, failures = tasks([name])
    assert not failures, failures[0]
    [task] = todo
    failure = check(task)
    assert failure is None, failure


def test_the_sample_has_every_type() -> None:
    assert len(all_styles.sample()) == all_styles.SAMPLE
    types = {record.type for record in csl_json.load(all_styles.RECORDS)}
    assert {record.type for record in all_styles.sample()} == types
    assert len(types) == 45


def test_what_is_raised_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode() -> None:
        raise ValueError("boom")

    monkeypatch.setattr(all_styles, "sample", explode)
    failure = check(Task(all_styles.RECORDS.with_name("none.csl"), None, ("none",)))
    assert failure is not None
    assert "StyleNotFoundError" in failure.error
    [task] = tasks(["apa"])[0]
    failure = check(task)
    assert failure is not None
    assert failure.error == "ValueError: boom"
    assert "in explode" in failure.place


def test_an_unknown_style_is_a_failure() -> None:
    todo, [failure] = tasks(["no-such-style-at-all"])
    assert todo == []
    assert failure.style == "no-such-style-at-all"
