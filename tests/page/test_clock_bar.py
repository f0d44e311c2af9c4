"""The clock on top of the page."""

import re

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.page.conftest import Stage
from tests.page.stage import CONFIG
from workspace.server import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_the_clock_is_read_and_moved(stage: Stage, page: Page) -> None:
    await page.goto(stage.address(at="CBOARD"))
    now = page.get_by_role("banner").get_by_role("time")
    await expect(now).to_have_text("Wednesday 1 October 2008, 9:00am")
    await page.get_by_role("button", name=re.compile("1 hour")).click()
    await expect(now).to_have_text("Wednesday 1 October 2008, 10:00am")
    await expect(page.get_by_role("article")).to_contain_text("The clock was moved")
    await page.get_by_role("button", name="Next thing that happens").click()
    await expect(now).to_have_text("Thursday 2 October 2008, 10:00am")
    await page.get_by_role("button", name="Next thing that happens").click()
    await expect(page.get_by_text("Nothing more is going to happen by itself.")).to_be_visible()
    await page.get_by_label("Move the clock to").fill("2008-11-19T14:30")
    await page.get_by_role("button", name="Go", exact=True).click()
    await expect(now).to_have_text("Wednesday 19 November 2008, 2:30pm")
    await page.get_by_label("Move the clock to").fill("2008-11-18T14:30")
    await page.get_by_role("button", name="Go", exact=True).click()
    await expect(page.get_by_text("The clock goes forward only.")).to_be_visible()


async def test_a_page_hears_when_somebody_else_moves_the_clock(
    stage: Stage, page: Page, context: BrowserContext
) -> None:
    other = await context.new_page()
    await page.goto(stage.address())
    await other.goto(stage.address("USPONSOR"))
    await other.get_by_role("button", name=re.compile("1 day")).click()
    await expect(page.get_by_role("banner")).to_contain_text("Thursday 2 October 2008, 9:00am")


async def test_a_clock_nobody_may_move_only_shows_the_time(stage: Stage, page: Page) -> None:
    still = Workspace(CONFIG, stage.clock)
    await still.start()
    await page.goto(still.url)
    await expect(page.get_by_role("banner")).to_contain_text("Wednesday 1 October 2008, 9:00am")
    await expect(page.get_by_role("button", name="Next thing that happens")).to_be_hidden()
    await expect(page.get_by_label("Move the clock to")).to_be_hidden()
    await still.stop()
