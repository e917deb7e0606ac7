"""Profiles: data that is checked, chosen by the style, and overruled by a site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from citekit.archives.cite import Citer
from citekit.archives.profiles import load_profile, profiles, read_profile
from citekit.archives.readers import open_collection
from citekit.archives.site import Site
from citekit.errors import ReaderError
from tests.archives import omeka
from tests.archives.printing import lines

OWN = """title = "Ours"
source = "our rules"
extends = "default"

[[rule]]
set.title = "{title}, as we say, {item}"
"""


@pytest.mark.parametrize("profile", profiles(), ids=lambda profile: profile.name)
def test_says_on_what_authority(profile: Any) -> None:
    assert profile.title
    assert profile.source
    assert profile.rules


def test_a_site_has_its_own(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(OWN, "utf-8")
    site = Site(profiles={"ieee": str(tmp_path / "ours.toml")})
    source = omeka.write(tmp_path / "a.json", omeka.answer(omeka.short_records()[4:5]))
    (record,) = open_collection(source, site).records()
    entry = Citer.load("ieee", site=site).lines(record).entry
    assert entry is not None
    assert "Declaration of Cultural Freedom, as we say, 5" in entry.text
    other = Citer.load("ieee").lines(record).entry
    assert other is not None
    assert "as we say" not in other.text


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"set": {"tittle": "x"}}, "no CSL variable"),
        ({"set": {"type": "letter"}}, "is no CSL type"),
        ({"set": {"title": "{title|loud}"}}, "no filter 'loud'"),
        ({"set": {"author": ["a", "b"]}}, "takes one role or date"),
        ({"set": {"title": {"join": ", "}}}, "a template is"),
        ({"sat": {}}, "a rule has no sat"),
    ],
)
def test_a_wrong_rule_is_an_error(rule: dict[str, object], said: str) -> None:
    with pytest.raises(ReaderError, match=said):
        read_profile("ours", {"rule": [rule]})


def test_an_unknown_profile() -> None:
    with pytest.raises(ReaderError, match="no profile 'chigaco'"):
        load_profile("chigaco")
    with pytest.raises(ReaderError, match="this is no profile"):
        load_profile("absent.toml")


ROLES = ("editor", "compiler", "illustrator", "composer", "performer", "producer", "director",
         "translator", "annotator", "host", "recipient")  # fmt: skip
THINGS = ("Memorandum", "Photograph", "Film", "Song", "Letter", "Interview", "Map", "Cable")


@pytest.mark.parametrize("thing", THINGS)
def test_no_manual_loses_a_role(thing: str, tmp_path: Path) -> None:
    """Whoever had a part in a thing is named in all manuals, whatever it is."""
    records = [
        {"id": str(number), "Title": ["On Truth"], "Creator": ["Havel, Václav"], "Date": ["1989"],
         "Contributor": [f"Nowak, Anna ({role})"], "Type": [thing]}
        for number, role in enumerate(ROLES, 1)
    ]  # fmt: skip
    source = omeka.write(tmp_path / "a.json", omeka.answer(records))
    for role, record in zip(ROLES, open_collection(source).records(), strict=True):
        for name, line in lines(record):
            if name.endswith("entry") and not name.startswith("house"):
                # MLA names no recipient, and interviews have none.
                unnamed = role == "recipient" and (name == "mla, entry" or thing == "Interview")
                assert "Nowak" in line or unnamed, (role, name, line)
                assert "Havel" in line
                assert "1989" in line
