"""The page in Debian's Chromium, against a workspace with a small app in it."""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler as Handler
from slack_sdk.web.async_client import AsyncWebClient

from tests.page.stage import CONFIG, Heard, app_for
from tests.workspace.conftest import HandClock
from workspace.server import Workspace

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MUST_RUN = os.environ.get("CI") == "true"
DAY = timedelta(days=1)
PATIENCE_MS = 15_000  # a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Stage:
    """Everything a test plays with."""

    workspace: Workspace
    web: AsyncWebClient
    clock: HandClock
    handler: Handler
    heard: Heard

    async def post(self, to: str, text: str, **more: Any) -> str:
        """Post as the app; gives the ts."""
        answer = await self.web.chat_postMessage(channel=to, text=text, **more)
        return str(answer["ts"])

    def address(self, person: str = "ULEAD", at: str = "app") -> str:
        """Give the page's address for a person at a place."""
        return f"{self.workspace.url}?as={person}&at={at}"


@pytest_asyncio.fixture(loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    clock = HandClock()

    async def move(to: datetime) -> None:
        clock.at = to
        await web.chat_postMessage(channel="CBOARD", text="The clock was moved")

    async def following() -> datetime | None:
        if clock.at.day > 1:
            return None
        clock.at += DAY
        return clock.at

    workspace = Workspace(
        CONFIG,
        clock,
        on_move_clock=move,
        on_next=following,
        enforce_rates=False,
    )
    await workspace.start()
    bot = workspace.core.bot
    web = AsyncWebClient(token=bot.bot_token, base_url=workspace.api_url, retry_handlers=[])
    app, heard = app_for(web)
    handler = Handler(app, bot.app_token, ping_interval=1)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    await workspace.connected()
    played = Stage(workspace, web, clock, handler, heard)
    yield played
    await played.handler.close_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    await workspace.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    if shutil.which(CHROMIUM) is None and not MUST_RUN:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    made = await browser.new_context(
        viewport={"width": 1280, "height": 800}, reduced_motion="reduce", locale="en-GB"
    )
    made.set_default_timeout(PATIENCE_MS)
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    """Open a page on which any error of a script, or a refusal by its policy, fails the test."""
    opened = await context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security" in said.text else None,
    )
    yield opened
    assert faults == []
