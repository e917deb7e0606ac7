"""The page in a browser: typing, copying, downloading, hostile input, axe-core's rules."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from citekit.output import formats as output
from citekit.writers import formats as writers
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
    card(page, "APA").get_by_role("button", name="Copy plain: APA, Citation").click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "(Shakhnazarov, 1988)"
    card(page, "APA").get_by_role("button", name="Copy: APA, Bibliography").click()
    page.get_by_role("status").filter(has_text="Soviets").wait_for()
    assert "<i>Soviets" in copied_html(page)


def test_every_download_however_quick(page: Page) -> None:
    for extra in ("docx", "odfdo", "typst"):
        pytest.importorskip(extra)
    page.get_by_role("button", name="Show an example").click()
    files: list[Any] = []
    page.on("download", lambda file: files.append(file))  # noqa: PLW0108 - playwright wants Python
    choice = page.get_by_label("Download as")
    formats = page.locator("#format option").evaluate_all("all => all.map(one => one.value)")
    written = {one.split()[1] for one in formats}
    assert written == {*output.ENDINGS, *writers.FORMATS} - {"wrapped"}
    for one in formats:
        choice.select_option(one)
        page.get_by_role("button", name="Download").click()
    lines = page.get_by_role("log").locator("p")
    lines.nth(len(formats) - 1).wait_for()
    assert all(line.startswith("Downloaded citations.") for line in lines.all_inner_texts())
    page.wait_for_timeout(500)
    endings = [one.suggested_filename.rpartition(".")[2] for one in files]
    assert sorted(endings) == sorted(one.split()[-1] for one in formats)
    for one, ending in zip(files, endings, strict=True):
        data = Path(one.path()).read_bytes()
        start = {"docx": b"PK", "odt": b"PK", "pdf": b"%PDF"}.get(ending)
        assert data.startswith(start) if start else b"Shakhnazarov" in data


def test_a_download_tells_what_it_loses(page: Page) -> None:
    page.get_by_role("textbox").fill("@book{a, title={Work}, scale={1:20}, medium={film}}")
    page.get_by_label("Download as").select_option(label="CITATION.cff")
    page.get_by_role("button", name="Download").click()
    line = page.get_by_role("log").locator("p")
    line.wait_for()
    assert "Not carried over: " in line.inner_text()
    page.get_by_role("textbox").fill("neither this nor that")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    page.get_by_role("button", name="Download").click()
    assert (
        line.nth(1).inner_text().startswith("Not downloaded (CITATION.cff): the service can't be")
    )
    page.get_by_role("status").filter(has_text="the service can't be reached").wait_for()
    assert page.locator("#text").get_attribute("aria-invalid") is None


def test_warnings_about_pasted_text(page: Page) -> None:
    page.get_by_role("textbox").fill("@book{a, title={Work}, nosuchfield={x}}")
    page.locator("#text-notes").get_by_text("a, nosuchfield: ").first.wait_for()
    assert page.locator("#text").get_attribute("aria-invalid") == "true"
    page.get_by_role("textbox").fill("@book{a, title={Work}}")
    page.locator("#text-notes li").first.wait_for(state="detached")
    assert page.locator("#text").get_attribute("aria-invalid") is None


@pytest.mark.parametrize(
    ("field", "mode", "place"),
    [
        (None, "Paste references", "text"),
        ("author", "Paste references", "text"),
        ("style", "Paste references", "style"),
        ("author", "Archival item", "item-creator"),
        (None, "Archival item", "item"),
    ],
)
def test_errors_stand_beside_their_field(
    page: Page, field: str | None, mode: str, place: str
) -> None:
    page.evaluate(
        "error => { window.fetch = async () => new Response(JSON.stringify({error}),"
        " {status: 422}); }",
        {"type": "Error", "message": "Hm.", "hint": "Type.", "field": field},
    )
    page.get_by_label(mode).check()
    page.get_by_role("textbox").first.fill("Something")
    notes = page.locator(f"#{place}-notes li")
    notes.first.wait_for()
    assert [text.rpartition(": ")[2] for text in notes.all_inner_texts()] == ["Hm. (Type.)"]
    assert page.locator(".notes li").count() == 1


def test_the_keyboard_is_enough(page: Page) -> None:
    def tab_to(name: str) -> None:
        for _ in range(30):
            page.keyboard.press("Tab")
            focused = page.evaluate(
                "document.activeElement.getAttribute('aria-label') ||"
                " document.activeElement.textContent || document.activeElement.id"
            )
            if focused == name:
                return
        pytest.fail(f"{name} is not reached")

    tab_to("text")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("#describe").is_visible()
    page.keyboard.press("ArrowLeft")
    tab_to("Show an example")
    page.keyboard.press("Enter")
    card(page, "APA").get_by_text("(Shakhnazarov, 1988)").wait_for()
    tab_to("Copy plain: APA, Citation")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "(Shakhnazarov, 1988)"
    tab_to("Download")
    with page.expect_download():
        page.keyboard.press("Enter")


def test_what_a_style_does_is_told_in_its_card(page: Page) -> None:
    page.get_by_role("textbox").fill("@misc{a, note={Only a note}}")
    card(page, "MLA").get_by_text("a: the style prints no citation of it").wait_for()
    assert page.locator("#text-notes li").count() == 0
    combo = page.get_by_role("combobox", name="Your style")
    combo.fill("the journal of modern history")
    page.locator("#styles").get_by_role("option").first.wait_for()
    combo.press("Enter")
    page.locator("article").first.get_by_text("the style has no bibliography").wait_for()


def test_dates_in_words(page: Page) -> None:
    page.get_by_label("Archival item").check()
    page.get_by_label("Title or description").fill("A letter")
    page.get_by_label("Archive", exact=True).fill("State Archive")
    page.get_by_label("Date").fill("6 October 1988")
    card(page, "APA").get_by_text("(1988, October 6)").wait_for()
    page.get_by_label("Date").fill("1988-13-45")
    page.get_by_label("Seen online on").fill("who knows")
    for field, text in [("date", "1988-13-45"), ("accessed", "who knows")]:
        note = page.locator(f"#item-{field}-notes li")
        note.wait_for()
        assert f"{text!r} is not a date" in note.inner_text()
        assert page.locator(f"#item-{field}").get_attribute("aria-invalid") == "true"
    picture(page, "item")
    assert page.locator("#item [aria-invalid]").count() == 2


@pytest.mark.parametrize(
    ("variable", "field"),
    [
        ("title", "title"), ("author", "creator"), ("recipient", "recipient"), ("issued", "date"),
        ("type", "kind"), ("archive_collection", "collection"), ("archive_location", "folder"),
        ("archive", "archive"), ("archive-place", "place"), ("URL", "url"),
        ("accessed", "accessed"), ("language", ""), (None, ""),
    ],
)  # fmt: skip
def test_each_warning_stands_beside_its_field(page: Page, variable: str | None, field: str) -> None:
    """Whatever the service has to say of a variable: here it says it of each."""

    def warned(route: Any) -> None:
        answer = route.fetch().json()
        answer["warnings"] = [{"record": "item", "field": variable, "message": "Hm."}]
        route.fulfill(json=answer)

    page.route("**/v1/cite", warned)
    page.get_by_label("Archival item").check()
    page.get_by_label("Title or description").fill("A letter")
    page.get_by_label("Folder").fill("3")
    page.locator("#describe .notes li").first.wait_for()
    shown = page.locator("#describe .notes", has=page.locator("li"))
    assert shown.all_inner_texts() == ["Hm."]
    assert shown.get_attribute("id") == (f"item-{field}-notes" if field else "item-notes")
    invalid = page.locator("#describe [aria-invalid]")
    assert [one.get_attribute("id") for one in invalid.all()] == [f"item-{field}"] * bool(field)


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
