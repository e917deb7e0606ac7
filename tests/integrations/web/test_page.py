"""The page in a browser: typing, copying, downloading, hostile input, axe-core's rules."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import copied_html, needs_axe, new_page, picture, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest.importorskip("starlette", reason="needs the extra server")
uvicorn = pytest.importorskip("uvicorn", reason="needs the extra server")

ATTACK = "<img src=x onerror=document.title='pwned'><script>document.title='pwned'</script>"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    from citekit.integrations.web.app import create_app  # noqa: PLC0415 - needs the extra

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(create_app(), lifespan="off", ws="none", log_level="warning")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(params=[{}])
def page(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    options = {"viewport": {"width": 1300, "height": 900}, **request.param}
    asked: list[str] = []
    with new_page(browser, **options) as page:
        page.on("request", lambda one: asked.append(one.url))
        page.goto(address)
        yield page
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def card(page: Page, title: str) -> Any:
    return page.locator("article", has=page.get_by_role("heading", name=title, exact=True))


def test_typing_fills_all_styles(page: Page) -> None:
    page.get_by_role("textbox").fill("@book{a, author={Doe, Jane}, title={Work}, year={1999}}")
    card(page, "APA").get_by_text("(Doe, 1999)").wait_for()
    card(page, "MLA").get_by_text("(Doe)").wait_for()
    card(page, "Chicago (notes)").get_by_text("Jane Doe, Work").wait_for()


def test_choosing_a_style_by_keyboard(page: Page) -> None:
    page.get_by_role("textbox").fill("@book{a, author={Doe, Jane}, title={Work}, year={1999}}")
    combo = page.get_by_role("combobox", name="Your style")
    combo.fill("ieee")
    page.locator("#styles").get_by_role("option").first.wait_for()
    assert combo.get_attribute("aria-expanded") == "true"
    combo.press("ArrowDown")
    active = page.locator(f"#{combo.get_attribute('aria-activedescendant')}")
    title = active.inner_text()
    combo.press("Enter")
    assert combo.input_value() == title
    assert combo.get_attribute("aria-expanded") == "false"
    card(page, title).locator(".out").first.get_by_text("[1]").wait_for()


def test_copy(page: Page) -> None:
    page.get_by_role("button", name="Show an example").click()
    card(page, "APA").get_by_text("(Shakhnazarov, 1988)").wait_for()
    card(page, "APA").get_by_role("button", name="Copy plain text: APA, Citation").click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "(Shakhnazarov, 1988)"
    card(page, "APA").get_by_role("button", name="Copy rich text: APA, Bibliography").click()
    page.get_by_role("status").filter(has_text="Soviets").wait_for()
    assert "<i>Soviets" in copied_html(page)


def test_every_download(page: Page) -> None:
    page.get_by_role("button", name="Show an example").click()
    choice = page.get_by_label("Download", exact=True).first
    formats = page.locator("#format option").evaluate_all("all => all.map(one => one.value)")
    assert len(formats) == 21
    for count, one in enumerate(formats, 1):
        choice.select_option(one)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download").click()
        assert waiting.value.suggested_filename.endswith(one.split()[-1])
        assert "Shakhnazarov" in Path(waiting.value.path()).read_text("utf-8")
        if count % 8 == 0:
            page.wait_for_timeout(1_500)  # Chromium drops what exceeds ten in a short time.


def test_warnings_stand_beside_their_field(page: Page) -> None:
    page.get_by_role("textbox").fill("@book{a, title={Work}, nosuchfield={x}}")
    page.locator("#text-notes").get_by_text("nosuchfield").first.wait_for()
    assert page.locator("#text").get_attribute("aria-invalid") == "true"
    page.get_by_label("Archival item").check()
    page.get_by_label("Title or description").fill("A letter")
    page.get_by_label("Date").fill("1988-13-45")
    page.locator("#item-date-notes li").first.wait_for()
    assert page.locator("#item-date").get_attribute("aria-invalid") == "true"


def test_an_attack_in_every_field(page: Page) -> None:
    page.get_by_role("textbox").fill(f"@book{{a, title={{{ATTACK}}}, author={{{ATTACK}}}}}")
    card(page, "APA").get_by_text("pwned").first.wait_for()
    page.get_by_label("Archival item").check()
    fields = page.locator("#item input")
    for index in range(fields.count()):
        fields.nth(index).fill(ATTACK)
    card(page, "Chicago (notes)").get_by_text("pwned").first.wait_for()
    page.get_by_role("combobox", name="Your style").fill(ATTACK)
    page.get_by_text("No style has these words.").wait_for()
    assert page.locator("main img, main script").count() == 0
    assert page.title() == "citekit: cite anything"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<i>a<b>b</b></i> &#38; <sup>c</sup>', '<i>a<b>b</b></i> &amp; <sup>c</sup>'),
        ('<span style="font-variant:small-caps;color:red">x</span>',
         '<span style="font-variant: small-caps;">x</span>'),
        ('<div class="csl-left-margin">1</div>', '<div class="csl-left-margin">1</div>'),
        ('<div class="hidden">1</div></div></div>2', "<div>1</div>2"),
        ("<i onclick=alert(1)>x</i>", "&lt;i onclick=alert(1)&gt;x"),
        ('<i style="" onclick="alert(1)">x', '&lt;i style="" onclick="alert(1)"&gt;x'),
        ("<a href=javascript:alert(1)>&amp;</a>",
         "&lt;a href=javascript:alert(1)&gt;&amp;amp;&lt;/a&gt;"),
        ("<script>alert(1)</script>&#60;b&#62;&#999999;",
         "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;\U000f423f"),
    ],
)  # fmt: skip
def test_of_html_only_what_the_service_writes_is_markup(page: Page, html: str, shown: str) -> None:
    found = page.evaluate(
        "html => { const out = document.createElement('p'); out.append(safe(html));"
        " return out.innerHTML; }",
        html,
    )
    assert found == shown


def test_small_capitals_are_shown(page: Page) -> None:
    page.get_by_role("textbox").fill(
        r"@book{a, author={Doe, Jane}, title={Of \textsc{Small} \emph{Things} & Men}, year={1999}}"
    )
    entry = card(page, "APA").locator(".out").last
    entry.get_by_text("Doe, J. (1999)").wait_for()
    assert entry.locator("span").first.evaluate("one => getComputedStyle(one).fontVariant") == (
        "small-caps"
    )
    assert entry.inner_text() == "Doe, J. (1999). Of Small Things & Men."


@needs_axe
@pytest.mark.parametrize(
    "page",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"color_scheme": "light", "viewport": {"width": 375, "height": 700}},
    ],
    ids=["light", "dark", "phone"],
    indirect=True,
)
def test_axe_finds_nothing(page: Page, request: pytest.FixtureRequest) -> None:
    page.get_by_role("button", name="Show an example").click()
    card(page, "APA").get_by_text("(Shakhnazarov, 1988)").wait_for()
    page.locator("article.stale").first.wait_for(state="detached")
    picture(page, request.node.callspec.id)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for mode in ("Paste references", "Archival item"):
        page.get_by_label(mode).check()
        assert violations(page) == []
    page.get_by_role("combobox", name="Your style").fill("chicago")
    page.locator("#styles").get_by_role("option").first.wait_for()
    assert violations(page) == []
