"""Settings in files: found upwards, overridden by options, and told when they are wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from citekit.cli import main
from citekit.integrations.web import serving
from tests.archives import omeka

ROOT = Path(__file__).resolve().parent.parent
LETTERS = str(ROOT / "tests" / "data" / "letters.json")
ONE = ("cite", LETTERS, "--id", "kovacs")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for settings, above the current one."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def printed(*arguments: str) -> list[str]:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.splitlines()


def test_settings_are_found_above_and_options_override_them(folder: Path) -> None:
    (folder / "citekit.toml").write_text('style = "apa"\nlocale = "de-DE"\nformat = "html"\n')
    assert printed(*ONE) == ["(Kovács &#38; van der Meer, 1991)"]
    assert printed(*ONE, "--format", "text") == ["(Kovács & van der Meer, 1991)"]
    assert printed(*ONE, "--style", "ieee") == ["[2]"]
    assert printed("bibliography", LETTERS)[0].startswith("<div")


def test_the_nearest_file_counts_and_of_two_in_a_folder_our_own(folder: Path) -> None:
    (folder / "citekit.toml").write_text('style = "apa"')
    project = folder / "a" / "pyproject.toml"
    project.write_text('[tool.other]\nname = "x"')
    assert printed(*ONE) == ["(Kovács & van der Meer, 1991)"]
    project.write_text('[tool.citekit]\nstyle = "ieee"')
    assert printed(*ONE) == ["[2]"]
    (folder / "a" / "citekit.toml").write_text('style = "modern-language-association"')
    assert printed(*ONE) == ["(Kovács and van der Meer)"]


def test_profiles_lie_over_the_rest(folder: Path) -> None:
    (folder / "citekit.toml").write_text(
        'style = "apa"\nformat = "html"\n[profiles.notes]\nstyle = ["ieee", "apa"]'
    )
    assert printed("--profile", "notes", *ONE) == ["[2]", "(Kovács &#38; van der Meer, 1991)"]
    assert "[1]" in printed("--profile", "notes", "bibliography", LETTERS, "--format", "text")[0]
    missing = run("--profile", "nots", *ONE)
    assert missing.exit_code == 1
    assert "did you mean notes?" in missing.stderr
    assert run("--profile", "notes", "locales").exit_code == 2


def test_a_style_beside_the_settings(folder: Path) -> None:
    style = (ROOT / "styles" / "making-the-history-of-1989.csl").read_bytes()
    (folder / "ours.csl").write_bytes(style)
    (folder / "citekit.toml").write_text('style = "ours.csl"')
    expected = printed(*ONE, "--style", "making-the-history-of-1989")
    assert printed(*ONE) == expected


def test_keys_and_the_site_of_an_archive(folder: Path) -> None:
    (folder / "site.toml").write_text('[site]\nstyles = ["apa"]')
    (folder / "citekit.toml").write_text(
        'keys = "{Author}:{year}"\nsite = "site.toml"\nformat = "html"'
    )
    Path("a.ris").write_text("TY  - BOOK\nAU  - Brown, A\nPY  - 1996\nER  - \n")
    assert "@book{Brown:1996," in printed("convert", "a.ris", "--to", "bibtex")
    items = str(omeka.write(folder / "items.json", omeka.answer(omeka.short_records())))
    result = run("archive", "cite", items, "--item", "8")
    assert [one for one in result.stdout.splitlines() if one.startswith("# ")] == ["# apa"]
    assert "<i>" in result.stdout
    assert run("archive", "build", items, "-o", "out", "--styles", "mla").exit_code == 0


def test_options_of_the_service(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "citekit.toml").write_text(
        "[serve]\nport = 8123\nmax-records = 5\ncors = ['https://a.example', 'https://b.example']"
    )
    asked: list[Any] = []
    monkeypatch.setattr(serving, "serve", lambda *arguments: asked.append(arguments))
    assert run("serve").exit_code == 0
    [(settings, host, port, workers)] = asked
    assert (host, port, workers) == ("127.0.0.1", 8123, 1)
    assert (settings.max_records, settings.max_bytes) == (5, 4_000_000)
    assert settings.origins == ("https://a.example", "https://b.example")
    (folder / "citekit.toml").write_text("[serve]\nport = 0")
    assert run("serve").exit_code == 2


def test_the_ending_of_an_output_file_says_more(folder: Path) -> None:
    (folder / "citekit.toml").write_text('style = "apa"\nformat = "html"')
    printed("bibliography", LETTERS, "-o", "refs.rtf")
    assert Path("refs.rtf").read_text().startswith("{\\rtf")
    printed("bibliography", LETTERS, "-o", "refs.rtf", "--format", "text")
    assert Path("refs.rtf").read_text().startswith("Adams")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("styel = 'apa'", ("citekit.toml: styel: ", "did you mean style?")),
        ("[profiles.a]\nlocal = 'de'", ("citekit.toml: profiles.a.local: ", "locale?")),
        ("style = 3", ("citekit.toml: style: ", "not 3")),
        ("style = []", ("citekit.toml: style: ", "list of texts")),
        ("locale = ['de']", ("citekit.toml: locale: ", "a text")),
        ("format = 'pdf'", ("citekit.toml: format: ", "'pdf'", "html or text")),
        ("serve = 1", ("citekit.toml: serve: ", "a table")),
        ("[serve]\nprot = 1", ("citekit.toml: serve.prot: ", "did you mean port?")),
        ("[serve]\nport = '1'", ("citekit.toml: serve.port: ", "a whole number, not '1'")),
        ("[serve]\nport = true", ("citekit.toml: serve.port: ", "a whole number")),
        ("[serve]\ncors = [1]", ("citekit.toml: serve.cors: ", "a list of texts")),
        ("profiles = 1", ("citekit.toml: profiles: ",)),
        ("profiles.a = 1", ("citekit.toml: profiles.a: ",)),
        ("style =", ("citekit.toml: this is not TOML",)),
    ],
)
def test_wrong_settings_are_told_with_file_and_key(
    folder: Path, text: str, told: tuple[str, ...]
) -> None:
    (folder / "citekit.toml").write_text(text)
    result = run(*ONE)
    assert result.exit_code == 1
    for part in told:
        assert part in result.stderr
    assert run("locales").exit_code == 0  # which needs no settings


def test_without_settings_a_style_is_asked_for(folder: Path) -> None:
    assert run(*ONE).exit_code == 2
    assert run("--profile", "x", *ONE).exit_code == 1
