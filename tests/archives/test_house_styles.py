"""The house styles of archives: what they print of records of all kinds, as judged by eye.

Where each line comes from is said in the style's own summary and documentation link.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit.archives.cite import Citer
from citekit.archives.profiles import profile_for
from citekit.archives.readers import open_collection
from citekit.style.find import find_style
from citekit.style.parse import parse_style
from tests.archives import omeka
from tests.archives.printing import SITE, day, starred

ROOT = Path(__file__).resolve().parents[2]
STYLES = sorted(path.stem for path in (ROOT / "styles").glob("*.csl"))
RECORDS = ("4", "5", "11", "12", "13", "16", "19", "20", "22")


@pytest.mark.parametrize("style", STYLES)
def test_prints(style: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    chosen = [each for each in omeka.short_records() if each["id"] in RECORDS]
    source = omeka.write(tmp_path / "items.json", omeka.answer(chosen))
    citer = Citer.load(style, site=SITE)
    text = ""
    for record in open_collection(source, SITE).records():
        lines = citer.lines(record, accessed=day("2024-03-05"))
        assert lines.entry is not None
        for line in (lines.citation, lines.entry):
            text += f"{starred(line.html)}\n"
    golden = Path(__file__).parent / "data" / "styles" / f"{style}.txt"
    if request.config.getoption("--update"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


@pytest.mark.parametrize("style", STYLES)
def test_names_its_source(style: str) -> None:
    info = parse_style(find_style(style).data).info
    assert [link for link in info.links if link.rel == "documentation"]
    assert info.summary


@pytest.mark.parametrize(
    ("style", "profile"),
    [
        ("making-the-history-of-1989", "house"),
        ("omeka-classic", "house-of-readers"),
        ("national-archives", "house-of-readers"),
        ("apa", "apa"),
        ("apa-6th-edition", "apa"),
        ("modern-language-association-8th-edition", "mla"),
        ("chicago-author-date-17th-edition", "chicago-author-date"),
        ("chicago-notes-bibliography-17th-edition", "chicago-notes"),
        ("turabian-notes-bibliography", "turabian"),
        ("turabian-author-date", "chicago-author-date"),
        ("ieee", "default"),
        ("nature", "default"),
    ],
)
def test_the_profile_comes_from_the_style(style: str, profile: str) -> None:
    found = find_style(style)
    assert profile_for(parse_style(found.data).info, found.id).name == profile
