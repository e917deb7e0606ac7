"""``citekit archive`` as it is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from citekit.cli import main
from tests.archives import omeka
from tests.archives.test_expected import COLLECTION, needs_shared

EXAMPLE = Path(__file__).resolve().parents[2] / "docs/examples/making-the-history-of-1989.toml"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return omeka.write(tmp_path / "items.json", omeka.answer(omeka.short_records()))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["archive", *map(str, arguments)])


@needs_shared
def test_the_seed() -> None:
    result = run("cite", COLLECTION, "--site", EXAMPLE, "--item", "164", "--styles", "house")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "# making-the-history-of-1989",
        "Georgy Shakhnazarov to Mikhail Gorbachev, 6 October 1988, Cold War International "
        "History Project, Documents and Papers, CWIHP (accessed May 14, 2008).",
        'Georgy Shakhnazarov, "Soviets Discuss Perestroika for Other Communist Countries." '
        "Making the History of 1989, #164.",
    ]


def test_by_default_the_three_manuals(source: Path) -> None:
    result = run("cite", source, "--item", "8")
    heads = [line for line in result.stdout.splitlines() if line.startswith("# ")]
    assert heads == ["# chicago-notes-bibliography", "# modern-language-association", "# apa"]


def test_doubts_go_to_standard_error(source: Path) -> None:
    result = run("cite", source, "--item", "7", "--styles", "apa")
    assert result.exit_code == 0
    assert "record 7, Dublin Core: Date: '1989-02-30': there is no such day" in result.stderr


def test_strict(source: Path) -> None:
    result = run("cite", source, "--item", "7", "--styles", "apa", "--strict")
    assert result.exit_code == 1
    assert "doubts (--strict)" in result.stderr


def test_the_archives_own_citation(source: Path) -> None:
    result = run("cite", source, "--item", "24", "--styles", "apa", "--preferred")
    assert result.stdout.splitlines()[1] == "CIA, Prospects for Hungary, 1989, RG 263, NARA."


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--item", "9999"], 1, "there is no record 9999"),
        (["--styles", "house"], 1, "the site has no house style"),
        (["--styles", "no-such-style"], 1, "no-such-style"),
        (["--accessed", "soon"], 2, "is no day"),
        (["--site", "absent.toml"], 1, "absent.toml"),
    ],
)
def test_errors_say_what_to_do(source: Path, arguments: list[str], status: int, said: str) -> None:
    result = run("cite", source, *arguments)
    assert result.exit_code == status
    assert said in result.stderr


def test_no_source(tmp_path: Path) -> None:
    result = run("cite", tmp_path / "absent.json")
    assert result.exit_code == 1
    assert "there is no such file or folder" in result.stderr
