"""``docs/command-line.md`` has every command with all its options, and no others."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from citekit.cli import main

ROOT = Path(__file__).resolve().parent.parent
DOCS = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^#{2,3} (citekit.*)\n((?:(?!#{2,3} ).*\n)*)", DOCS, re.MULTILINE))


def commands(command: click.Command, name: str = "citekit") -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for inner in command.list_commands(ctx):
            found = command.get_command(ctx, inner)
            assert found is not None
            yield from commands(found, f"{name} {inner}")


COMMANDS = dict(commands(main))


def test_every_command_has_a_section() -> None:
    assert SECTIONS.keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_in_the_section_of_its_command(name: str) -> None:
    options = [one for one in COMMANDS[name].params if isinstance(one, click.Option)]
    known = {flag for one in options for flag in (*one.opts, *one.secondary_opts)}
    told = set(re.findall(r"`(--?[a-z][a-z-]*)", SECTIONS[name]))
    assert known <= told, "not in docs/command-line.md"
    # Options of other commands may be spoken of, but those of none are a mistake.
    parameters = [p for one in COMMANDS.values() for p in one.params]
    everywhere = {flag for p in parameters for flag in (*p.opts, *p.secondary_opts)}
    assert told <= everywhere | {"-h", "--help"}, "no such option"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_has_examples(name: str) -> None:
    help_text = CliRunner().invoke(main, [*name.split()[1:], "--help"]).stdout
    assert re.search(r"Examples?:\n +\S", help_text)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("citekit comp", "completion"),
        ("citekit cite --style chicago-notes-b", "chicago-notes-bibliography"),
        ("citekit bibliography --style makin", "making-the-history-of-1989"),
        ("citekit cite --locale de-", "de-AT"),
        ("citekit convert --to bib", "biblatex"),
        ("citekit styles li", "list-locales"),
    ],
)
def test_completion(words: str, expected: str) -> None:
    asked = {
        "_CITEKIT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    result = CliRunner().invoke(main, [], prog_name="citekit", env=asked)
    assert f"plain,{expected}" in result.stdout.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert f"_CITEKIT_COMPLETE={shell}_complete" in result.stdout


@pytest.mark.skipif(os.name != "posix", reason="bash is of POSIX")
def test_bash_takes_the_script() -> None:
    script = CliRunner().invoke(main, ["completion", "bash"]).stdout
    subprocess.run(["bash", "-n"], input=script, check=True, encoding="utf-8", timeout=60)


def test_completion_needs_nothing_loaded_before() -> None:
    code = "import sys, citekit.cli; print('click.shell_completion' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.stdout.strip() == "False"


def test_lists_of_locales_and_a_style_as_json() -> None:
    run = CliRunner().invoke
    plain = run(main, ["locales"]).stdout.split()
    for asked in (["locales", "--json"], ["styles", "list-locales", "--json"]):
        assert json.loads(run(main, asked).stdout) == plain
    shown = json.loads(run(main, ["styles", "show", "apa", "--json"]).stdout)
    assert shown["id"] == "http://www.zotero.org/styles/apa"
    assert Path(shown["file"]).is_file()
