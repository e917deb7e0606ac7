"""The letter of 1988 from the command line: in its archive's house style, exactly, and in others.

``tests/test_house_style.py`` has more records and the same through Python.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.reference import Job, Result, official_style

ROOT = Path(__file__).resolve().parent.parent
LETTER = ROOT / "docs" / "examples" / "shakhnazarov.json"
HOUSE = "making-the-history-of-1989"
CITATION = (
    "Georgy Shakhnazarov to Mikhail Gorbachev, 6 October 1988, Cold War International "
    "History Project, Documents and Papers, CWIHP (accessed May 14, 2008)."
)
ENTRY = (
    'Georgy Shakhnazarov, "Soviets Discuss Perestroika for Other Communist Countries." '
    "Making the History of 1989, #164."
)
OFFICIAL = ("chicago-notes-bibliography", "modern-language-association", "apa")


def citekit(*arguments: str | Path) -> str:
    """What the command prints, when it succeeds and has nothing to warn of."""
    done = subprocess.run(
        [sys.executable, "-m", "citekit", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


class Reader(HTMLParser):
    """The text of HTML, and the tags in it."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.feed(source)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def test_text() -> None:
    assert citekit("cite", LETTER, "--style", HOUSE) == f"{CITATION}\n"
    assert citekit("bibliography", LETTER, "--style", HOUSE) == f"{ENTRY}\n"


def test_html() -> None:
    # Nothing in either line is formatted, and quotation marks need no escape in HTML.
    assert citekit("cite", LETTER, "--style", HOUSE, "--format", "html") == f"{CITATION}\n"
    assert citekit("bibliography", LETTER, "--style", HOUSE, "--format", "html") == (
        f'<div class="csl-bib-body">\n  <div class="csl-entry">{ENTRY}</div>\n</div>\n'
    )


def test_the_style_as_a_file_does_the_same() -> None:
    path = ROOT / "styles" / f"{HOUSE}.csl"
    assert citekit("cite", LETTER, "--style", path, "--format", "text") == f"{CITATION}\n"


@pytest.mark.parametrize(("name", "content"), [("refs.html", None), ("refs.txt", f"{ENTRY}\n")])
def test_files(name: str, content: str | None, tmp_path: Path) -> None:
    path = tmp_path / name
    assert citekit("bibliography", LETTER, "--style", HOUSE, "-o", path) == ""
    written = path.read_text("utf-8")
    if content is None:
        page = Reader(written)
        assert page.tags[:2] == ["html", "head"]
        assert page.text.rstrip().endswith(ENTRY)
    else:
        assert written == content


@pytest.mark.parametrize("name", OFFICIAL)
def test_official_styles_print_what_the_reference_prints(
    name: str, reference: Callable[[Sequence[Job]], list[Result]]
) -> None:
    items = json.loads(LETTER.read_text("utf-8"))
    job = Job(style=official_style(name), items=items, citations=[[{"id": items[0]["id"]}]])
    [result] = reference([job])
    [citation], [entry] = result.citations, result.entries
    entry = re.sub(r'^\s*<div class="csl-entry">|</div>\s*$', "", entry)
    for command, wanted in (("cite", citation), ("bibliography", entry)):
        printed = citekit(command, LETTER, "--style", name, "--format", "html")
        assert re.sub(r"</?div[^>]*>", "", printed).strip() == wanted
        text = citekit(command, LETTER, "--style", name)
        assert text == f"{Reader(wanted).text}\n"


@pytest.mark.parametrize("name", OFFICIAL)
def test_official_styles_know_sender_title_and_year(name: str) -> None:
    printed = citekit("bibliography", LETTER, "--style", name)
    assert printed.startswith("Shakhnazarov, G")
    for part in ("Soviets Discuss Perestroika for Other Communist Countries", "1988", "164"):
        assert part in printed
