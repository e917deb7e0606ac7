"""The pages in a browser: copying, the keyboard, the search, and axe-core's rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from citekit.archives import Site, open_collection
from citekit.archives.pages import Options, build
from tests.archives import omeka
from tests.browser import copied_html, needs_axe, new_page, picture, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    source = omeka.write(folder / "items.json", omeka.answer(omeka.short_records()[:12]))
    options = Options(styles=("omeka-classic", "chicago", "mla", "apa"))
    build(open_collection(source, Site(title="Archive of the Turn")), folder / "out", options)
    return folder / "out"


@pytest.fixture
def page(browser: Any) -> Iterator[Page]:
    with new_page(browser, viewport={"width": 900, "height": 900}) as page:
        yield page


def opened(page: Page, path: Path) -> Page:
    page.goto(path.as_uri())
    picture(page, path.stem)
    return page


def test_copy(page: Page, site: Path) -> None:
    opened(page, site / "records/4.html")
    button = page.get_by_role("button", name="Copy: Omeka Classic, note")
    button.click()
    line = page.locator("#citekit-4-0-0").inner_text()
    status = page.get_by_role("status")
    status.filter(has_text="Copied").wait_for()
    assert status.inner_text() == f"Copied: {line}"
    assert page.evaluate("navigator.clipboard.readText()") == line
    assert "Tygodnik" in line


def test_copy_keeps_italics(page: Page, site: Path) -> None:
    opened(page, site / "records/6.html")
    page.get_by_text("Chicago", exact=True).click()
    page.get_by_role("button", name="Copy: Chicago, bibliography").click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    assert "<i>Protest at the Gdańsk Shipyard</i>" in copied_html(page)


def test_copy_without_a_clipboard(page: Page, site: Path) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    opened(page, site / "records/4.html")
    page.get_by_role("button", name="Copy: Omeka Classic, note").click()
    page.get_by_role("status").filter(has_text="opied").wait_for()
    assert page.get_by_role("status").inner_text().startswith("Copied: ")


def test_the_keyboard_is_enough(page: Page, site: Path) -> None:
    opened(page, site / "records/4.html")
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        focused: str = page.evaluate("document.activeElement.textContent.trim()")
        reached.append(focused)
        if focused == "MLA":
            page.keyboard.press("Enter")
        if focused == "RIS":
            break
    assert [each for each in reached if each in ("Omeka Classic", "Chicago", "MLA", "APA")] == [
        "Omeka Classic", "Chicago", "MLA", "APA",
    ]  # fmt: skip
    assert reached.count("Copy") == 4, "two of the first style, two of the one that was opened"
    assert reached[-1] == "RIS"
    assert page.get_by_role("button", name="Copy: MLA, in the text").is_visible()


def test_without_scripts_all_can_be_read(browser: Any, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "records/4.html").as_uri())
    assert page.get_by_role("button").count() == 0
    page.get_by_text("APA", exact=True).click()
    assert page.locator("#citekit-4-3-1").is_visible()
    context.close()


def test_search(page: Page, site: Path) -> None:
    opened(page, site / "index.html")
    found = page.locator("#citekit-found")
    assert found.inner_text() == "12 of 12 records"
    page.get_by_label("Search").fill("walesa gdansk")
    assert found.inner_text() == "1 of 12 records"
    page.get_by_role("link", name="Protest at the Gdańsk Shipyard").click()
    assert page.title() == "Protest at the Gdańsk Shipyard"


@needs_axe
@pytest.mark.parametrize("name", ["index.html", "report.html", "records/4.html", "records/9.html"])
def test_axe_finds_nothing(page: Page, site: Path, name: str) -> None:
    opened(page, site / name)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert violations(page) == []
