"""Pages of bibliographies in a browser: axe-core's rules, and where links to entries lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from citekit import Date, Name, Record, Style
from citekit.output import formats
from tests.browser import needs_axe, new_page, picture, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

RECORDS = [
    Record("a 50%", "book", title="First", author=[Name("Doe", "Jane")], issued=Date(2001)),
    Record("š&b", "book", title="Second", author=[Name("Roe", "Ann")], DOI="10.1000/182"),
]


@pytest.fixture
def page(browser: Any) -> Iterator[Page]:
    with new_page(browser) as page:
        yield page


def written(folder: Path, style: str, **options: Any) -> str:
    path = folder / "refs.html"
    bibliography = Style.load(style).bibliography(RECORDS)
    path.write_bytes(formats.write(bibliography.listing(RECORDS, **options), "html"))
    return path.as_uri()


@needs_axe
@pytest.mark.parametrize("style", ["apa", "ieee"])
def test_axe_finds_nothing(page: Page, tmp_path: Path, style: str) -> None:
    page.goto(written(tmp_path, style, title="Works", group_by="year", semantic=True))
    picture(page, f"bibliography-{style}")
    assert violations(page) == []
    assert page.get_by_role("listitem").count() == len(RECORDS)


@pytest.mark.parametrize(("fragment", "text"), [("ref-a%2050%25", "First"), ("ref-š&b", "Second")])
def test_ids_can_be_linked_to(page: Page, tmp_path: Path, fragment: str, text: str) -> None:
    page.goto(f"{written(tmp_path, 'apa')}#{fragment}")
    assert text in page.locator(":target").inner_text()
