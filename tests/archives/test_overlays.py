"""Overlays: patches on official styles, shown and switched off."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from lxml import etree

from citekit import StyleError
from citekit.archives.cite import Citer
from citekit.archives.overlays import Overlay, apply_overlay, overlays
from citekit.cli import main
from citekit.style.find import find_style
from tests.archives.printing import SITE

CSL = "http://purl.org/net/xbiblio/csl"


@pytest.mark.parametrize("overlay", overlays(), ids=lambda overlay: overlay.name)
def test_fits_the_official_style(overlay: Overlay) -> None:
    assert overlay.reason
    assert overlay.macro_names
    for style in overlay.styles:
        assert apply_overlay(find_style(style).data, overlay)


def test_one_that_no_longer_fits_is_an_error() -> None:
    macro = etree.fromstring(f'<macro xmlns="{CSL}" name="no-such-macro"><text value="x"/></macro>')
    overlay = Overlay("outdated", ("apa",), "because", (macro,))
    with pytest.raises(StyleError, match="no-such-macro"):
        apply_overlay(find_style("apa").data, overlay)


def test_can_be_switched_off() -> None:
    name = "modern-language-association"
    assert Citer.load(name, site=SITE).overlay is not None
    assert Citer.load(name, site=SITE, overlays=False).overlay is None


def show(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["styles", "show", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_show() -> None:
    text = show("modern-language-association")
    assert "overlay:  modern-language-association, replaces supplemental-element-end" in text
    assert "because:  MLA Handbook" in text
    assert "<macro " in text
    assert "overlay:  none" in show("modern-language-association", "--no-overlays")
    assert "profile:  Chicago, notes and bibliography" in show("chicago-notes-bibliography")


def test_show_the_xml_as_it_is_used() -> None:
    patched, official = (
        show("modern-language-association", "--xml", *more) for more in ([], ["--no-overlays"])
    )
    assert "Conducted by" in patched
    assert "Conducted by" not in official
