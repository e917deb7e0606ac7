"""A browser for the tests of pages: Chromium by playwright, and axe-core's rules.

Needs playwright and Chromium (``CITEKIT_CHROMIUM``, or one on the path); the rules of axe-core
need its ``axe.min.js`` (``CITEKIT_AXE``). ``CITEKIT_SCREENSHOTS`` names a folder for pictures.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = os.environ.get("CITEKIT_CHROMIUM") or shutil.which("chromium")
AXE = os.environ.get("CITEKIT_AXE")
SCREENSHOTS = os.environ.get("CITEKIT_SCREENSHOTS")

needs_axe = pytest.mark.skipif(not AXE, reason="needs axe-core: CITEKIT_AXE names its axe.min.js")


@contextmanager
def running() -> Iterator[Any]:
    """The browser; skips the test where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not CHROMIUM:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def new_page(browser: Any, **options: Any) -> Iterator[Page]:
    """An empty page that may use the clipboard, and that may have nothing to say on the console.

    No script may fail on it, and nothing may be tried that its policy forbids.
    """
    context = browser.new_context(**options)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(10_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(f"{message.type}: {message.text}"))
    yield page
    context.close()
    assert not problems, "\n".join(problems)


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page, if pictures are asked for."""
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page=True)


def copied_html(page: Page) -> str:
    """What of the clipboard is HTML."""
    copied: str = page.evaluate(
        "navigator.clipboard.read().then(items => items[0].getType('text/html'))"
        ".then(blob => blob.text())"
    )
    return copied


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds: the rule, and the element that breaks it.

    Its script is evaluated and not added as a tag, which the policy of a page may forbid.
    """
    page.evaluate(Path(AXE or "").read_text("utf-8"))
    # It would load the style sheets of a page once more, which pages in files may not.
    found = page.evaluate("axe.run({preload: location.protocol !== 'file:'})")["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]
