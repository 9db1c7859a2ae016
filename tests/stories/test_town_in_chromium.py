"""The tour in a real browser: script, live parts, the keyboard, little room, dark; nothing breaks the page's policy."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.applications import Starlette

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, ROSTER
from twelp.console import Sources, console_routes
from twelp.wiring.web import Web

playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt-get install chromium"),
    pytest.mark.only_on("sqlite", reason="a browser sees no database"),
    pytest.mark.only_over("sockets", reason="a browser sees no transport"),
]


@pytest.fixture
def scene(closed_house: Scene) -> Iterator[Scene]:
    """A house that hears the tour's question, about sound, for Ann and her colleagues; and tells of it."""
    closed_house.roster = ROSTER.replace("topics: [tv], zone", "topics: [tv, audio], zone")
    house = closed_house.open()
    sources = Sources(house.store, house.engine.jobs, lambda: house.roster, house.clock)
    pages = Web(Starlette(routes=console_routes(sources)), "127.0.0.1", 0)
    closed_house.control("POST", "town/app", {"url": pages.address})
    yield closed_house
    pages.stop()


@asynccontextmanager
async def opened(scene: Scene, path: str = "/town", **how: Any) -> AsyncIterator[tuple[Any, list[str]]]:
    """A page, and what its console complains about."""
    async with playwright.async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await (await browser.new_context(**how)).new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        await page.goto(f"{scene.url}{path}")
        yield page, said
        await browser.close()


def test_the_tour_from_asking_to_thanking(scene: Scene):
    async def story() -> None:
        async with opened(scene) as (page, said):
            await page.click("text=Take the tour")
            await page.click("text=Ask this")
            await page.wait_for_selector("text=looks for who may know")
            await asyncio.to_thread(scene.listen)
            await page.click(".tour .people a >> nth=0")
            await page.click('.message.marked button:has-text("Answer")')
            field = page.locator(".window textarea")
            await field.press_sequentially(ANSWER, delay=5)
            await page.wait_for_selector(".window blockquote:has-text('^')")
            assert await field.input_value() == ANSWER, "what is typed outlives the preview below it"
            await page.click(".window .foot .primary")
            await page.click('.window .foot button:has-text("Post publicly")')
            await page.wait_for_selector("text=It goes out in a few seconds")
            await asyncio.to_thread(scene.pass_time, seconds=90)
            await page.click('.tour button:has-text("Reply")')
            await page.wait_for_selector("text=question's whole way")
            await page.wait_for_selector(".trail >> text=published")
            assert said == []

    asyncio.run(story())
    assert scene.ours()


def test_a_window_is_used_and_left_by_the_keyboard(scene: Scene):
    scene.post("@VoltHelp no sound from the speaker?")

    async def story() -> None:
        async with opened(scene, "/town?as=ann") as (page, said):
            await page.locator('.message button:has-text("Answer")').focus()
            await page.keyboard.press("Enter")
            await page.wait_for_selector(".window textarea")
            assert await page.evaluate("document.activeElement.tagName") == "TEXTAREA"
            assert await page.evaluate("document.querySelector('main').inert")
            await page.keyboard.press("Escape")
            await page.wait_for_selector(".window", state="detached")
            assert not await page.evaluate("document.querySelector('main').inert")
            assert said == []

    asyncio.run(story())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_pane_fits_a_small_screen(scene: Scene, scheme: str):
    post_id = scene.post("@VoltHelp no sound from the speaker? " + "x" * 150)
    small = {"width": 360, "height": 740}

    async def story() -> None:
        async with opened(scene, viewport=small, color_scheme=scheme) as (page, said):
            for pane in ("network", "slack", "behind"):
                await page.goto(f"{scene.url}/town?as=ann&q={post_id}&pane={pane}&tour=1")
                await page.wait_for_selector(f"#{pane} h2")
                assert await page.evaluate("document.documentElement.scrollWidth") <= 360
                assert await page.locator(".pane:visible").count() == 1
            assert said == []

    asyncio.run(story())


def test_the_page_works_without_script(scene: Scene):
    async def story() -> None:
        async with opened(scene, java_script_enabled=False) as (page, _):
            await page.fill("#text-post-", "@VoltHelp no sound from the speaker?")
            await page.click('.composer button:has-text("Post")')
            assert await page.locator(".thread.marked").count() == 1

    asyncio.run(story())
