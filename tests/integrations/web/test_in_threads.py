"""What takes long is done in threads, while others are served; styles are compiled once."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from citekit import Style, iter_read
from citekit.integrations.web import styles
from citekit.integrations.web.app import create_app
from citekit.integrations.web.threads import EventLoopError

BODY = {"records": [{"id": "1", "type": "book", "title": "Archives"}], "style": "apa"}


class Compiling:
    """In the place of ``Style.load``: waits until it is let go, and counts."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.begun = threading.Event()
        self.go = threading.Event()
        self.load = Style.load

    def __call__(self, name: str, locale: str | None) -> Style:
        self.asked.append((name, locale))
        self.begun.set()
        assert self.go.wait(60)
        return self.load(name, locale)


@pytest.fixture
def compiling(monkeypatch: pytest.MonkeyPatch) -> Compiling:
    found = Compiling()
    monkeypatch.setattr(styles, "_compiled", {})
    monkeypatch.setattr(Style, "load", found)
    return found


def test_requests_for_a_style_share_its_compilation_and_others_do_not_wait(
    compiling: Compiling,
) -> None:
    async def run() -> None:
        transport = httpx.ASGITransport(create_app())
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            asked = [asyncio.create_task(client.post("/v1/cite", json=BODY)) for _ in range(20)]
            while not compiling.begun.is_set():
                await asyncio.sleep(0.01)
            assert (await client.get("/health")).status_code == 200
            bad = await client.post("/v1/cite", json={**BODY, "records": 5})
            assert bad.status_code == 422
            compiling.go.set()
            answers = await asyncio.gather(*asked)
            assert {one.status_code for one in answers} == {200}

    asyncio.run(run())
    assert compiling.asked == [("apa", None)]


def test_threads_share_it_too(compiling: Compiling) -> None:
    compiling.go.set()
    with ThreadPoolExecutor(8) as pool:
        loaded = set(pool.map(lambda _: styles.load("apa", "de-DE"), range(50)))
    assert len(loaded) == 1
    assert compiling.asked == [("apa", "de-DE")]


def test_only_so_many_are_kept(compiling: Compiling, monkeypatch: pytest.MonkeyPatch) -> None:
    compiling.go.set()
    monkeypatch.setattr(styles, "_MOST", 2)
    for locale in ("en-US", "de-DE", "fr-FR", "fr-FR"):
        styles.load("apa", locale)
    assert list(styles._compiled) == [("apa", "de-DE"), ("apa", "fr-FR")]


def test_texts_are_not_read_on_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    read = iter_read

    def noted(*arguments: Any) -> Any:
        seen.append(threading.get_ident())
        return read(*arguments)

    monkeypatch.setattr("citekit.integrations.web.records.iter_read", noted)

    async def run() -> None:
        transport = httpx.ASGITransport(create_app())
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            body = {"text": "TY  - BOOK\nTI  - T\nER  - \n"}
            assert (await client.post("/v1/check", json=body)).status_code == 200
            posted = await client.post("/v1/records", content=body["text"])
            assert posted.status_code == 200

    asyncio.run(run())
    assert len(seen) == 2
    assert threading.get_ident() not in seen


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/bibliography", BODY),
        ("/v1/check", {"style": "<style/>"}),
        ("/?style=apa", {"items": []}),
        ("/", {"items": [], "styleXml": "<style/>"}),
    ],
)
def test_nothing_is_compiled_on_the_event_loop(
    path: str, body: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def noted(*_: object, **__: object) -> None:
        seen.append(threading.get_ident())

    monkeypatch.setattr(styles, "_compiled", {})
    monkeypatch.setattr(Style, "_of", noted)
    monkeypatch.setattr("citekit.integrations.web.answers.check_style", noted)

    async def run() -> None:
        # What happens to be the answer to a style that is None doesn't count here.
        transport = httpx.ASGITransport(create_app(), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            await client.post(path, json=body)

    asyncio.run(run())
    assert len(seen) == 1
    assert seen != [threading.get_ident()]


def test_on_the_event_loop_it_is_refused() -> None:
    async def run() -> None:
        styles.load("apa", "pt-BR")

    with pytest.raises(EventLoopError):
        asyncio.run(run())
