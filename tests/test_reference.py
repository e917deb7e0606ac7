"""The oracle itself: that it says what it can't do, and prints what it should."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests import reference as oracle
from tests.reference import Job, Json, Result, official_style

Run = Callable[[Sequence[Job]], list[Result]]

STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><id>x</id><title>x</title><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout><group delimiter=" ">
    <text variable="title" font-style="italic"/>
    <choose>
      <if position="ibid"><text term="ibid"/></if>
      <else-if position="subsequent"><text value="again"/></else-if>
    </choose>
  </group></layout></citation>
  <bibliography><layout><text variable="title"/></layout></bibliography>
</style>"""

ITEMS = [{"id": "a", "type": "book", "title": "Ape"}, {"id": "b", "type": "book", "title": "Bee"}]


def test_tracked_citations_have_their_positions_worked_out(reference: Run) -> None:
    [result] = reference([Job(style=STYLE, items=ITEMS, citations=[[{"id": "a"}]] * 2)])
    assert result.citations == ["<i>Ape</i>", "<i>Ape</i> ibid."]


def test_untracked_ones_keep_the_position_they_have(reference: Run) -> None:
    cites: list[list[Json]] = [[{"id": "a"}], [{"id": "a"}], [{"id": "a", "position": 1}]]
    [result] = reference([Job(style=STYLE, items=ITEMS, citations=cites, tracked=False)])
    assert result.citations == ["<i>Ape</i>", "<i>Ape</i>", "<i>Ape</i> again"]


def test_what_is_in_the_bibliography(reference: Run) -> None:
    jobs = [
        Job(style=STYLE, items=ITEMS, citations=[[{"id": "b"}]], uncited=uncited, text=True)
        for uncited in (True, False)
    ]
    everything, cited = reference(jobs)
    assert [entry.strip() for entry in everything.entries] == ["Ape", "Bee"]
    assert [entry.strip() for entry in cited.entries] == ["Bee"]


def test_the_locale_can_be_forced(reference: Run) -> None:
    style = STYLE.replace('class="note"', 'class="note" default-locale="en-US"')
    jobs = [
        Job(style=style, items=ITEMS, citations=[[{"id": "a"}]] * 2, lang="de-DE", force_lang=force)
        for force in (True, False)
    ]
    german, default = reference(jobs)
    assert german.citations[1] == "<i>Ape</i> ebd."
    assert default.citations[1] == "<i>Ape</i> ibid."


def test_a_job_that_fails_doesnt_stop_the_others(reference: Run) -> None:
    broken, fine = reference([Job(style="<style", items=[]), Job(style=STYLE, items=ITEMS)])
    assert broken.error
    assert len(fine.entries) == 2


def test_a_first_range_isnt_garbled(reference: Run) -> None:
    """Without the warm-up the reference prints "1776–[accessed 1789]" here."""
    item = {"id": "a", "type": "book", "title": "T", "issued": {"date-parts": [[1776], [1789]]}}
    [result] = reference([Job(style=official_style("molecular-metabolism"), items=[item])])
    assert "1776–1789. T" in result.entries[0]


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert oracle.missing() == "node is not installed"
    monkeypatch.setattr(shutil, "which", lambda _: "node")
    monkeypatch.delenv(oracle.ENVIRONMENT, raising=False)
    assert oracle.missing().startswith("CITEKIT_REFERENCE doesn't name")
    monkeypatch.setenv(oracle.ENVIRONMENT, str(tmp_path))
    assert "no package citeproc" in oracle.missing()
    (tmp_path / "citeproc").mkdir()
    (tmp_path / "citeproc" / "package.json").write_text("{}", encoding="utf-8")
    assert oracle.missing() == ""
