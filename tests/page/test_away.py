"""What the page says while the app or a form is away, and that it catches up by itself."""

import re

import pytest
from playwright.async_api import BrowserContext, Page, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler as Handler

from tests.page.conftest import Stage
from tests.page.stage import ASK, CONFIG, app_for
from workspace.server import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
AWAY = "Quarterlight is not connected at the moment."


async def test_an_app_that_was_started_again_is_said_to_be_away_and_back(
    stage: Stage, page: Page
) -> None:
    await page.goto(stage.address())
    await expect(page.get_by_text("Messages from Quarterlight come here.")).to_be_visible()
    await stage.handler.close_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    await expect(page.get_by_text(AWAY)).to_be_visible()
    await stage.post("ULEAD", "2 targets, said meanwhile", blocks=ASK)
    app, _ = app_for(stage.web)
    stage.handler = Handler(app, stage.workspace.core.bot.app_token)
    await stage.handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    await expect(page.get_by_text(AWAY)).to_be_hidden()
    await page.get_by_role("button", name="Report this target").click()
    await expect(page.get_by_role("dialog", name="Report LAA1-03")).to_be_visible()


async def test_a_workspace_that_was_started_again_is_found_with_what_was_said_meanwhile(
    stage: Stage, page: Page
) -> None:
    await stage.post("ULEAD", "2 targets", blocks=ASK)
    await page.goto(stage.address())
    await page.get_by_role("button", name="Report this target").click()
    form = page.get_by_role("dialog", name="Report LAA1-03")
    await form.get_by_label("Figure").fill("12")
    port = int(stage.workspace.core.address.rpartition(":")[2])
    await stage.workspace.stop()
    await expect(form.get_by_text("Not connected to the workspace. Trying again")).to_be_visible()
    again = Workspace(CONFIG, stage.clock)
    again.client("UCENTRAL").say("CBOARD", "Said meanwhile")
    await again.start(port=port)
    await expect(form).to_be_hidden(timeout=15_000)
    await expect(page.get_by_text(re.compile("form.* is not open any more"))).to_be_visible()
    await page.get_by_role("link", name=re.compile("^board 1 unread")).click()
    await expect(page.get_by_role("article")).to_contain_text("Said meanwhile")
    await again.stop()


async def test_a_form_that_was_closed_elsewhere_takes_nothing_more(
    stage: Stage, page: Page, context: BrowserContext
) -> None:
    await stage.post("ULEAD", "2 targets", blocks=ASK)
    await page.goto(stage.address())
    await page.get_by_role("button", name="Report this target").click()
    form = page.get_by_role("dialog", name="Report LAA1-03")
    await form.get_by_label("Figure").fill("12")
    elsewhere = await context.new_page()
    await elsewhere.goto(stage.address())
    await page.route("**/client/ULEAD/modal", lambda route: route.abort())
    await elsewhere.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await elsewhere.get_by_role("alertdialog").get_by_role("button", name="Discard").click()
    await elsewhere.get_by_role("button", name="Report this target").click()
    await expect(elsewhere.get_by_role("dialog").get_by_label("Figure")).to_have_value("")
    await form.get_by_role("button", name="Report", exact=True).click()
    await expect(page.get_by_text("That form is not open any more, so nothing was")).to_be_visible()
    assert stage.heard.told == []
