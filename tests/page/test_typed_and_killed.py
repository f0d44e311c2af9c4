"""What is typed outlives the bot: typed in a browser, the bot killed, started again, and found."""

import re
from collections.abc import AsyncIterator
from datetime import datetime

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.demo.house import House, house
from store.importing.programme import Programme
from tests.bot.programmes import some
from tests.sample import london
from workspace.tempers import Nature, Temper, Tempers

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

REF, LEAD = "LAA2-NI154", "UTARGETLEAD19"
NOBODY_ACTS = Tempers({"target-lead-19": Nature(Temper.PUNCTUAL)}, seed=1)
FIGURE = re.compile("^Figure for July to September 2008")
CAUSE = "Why is it behind what was expected?"
TYPED = "Two sites started late because"
PATIENCE_SECONDS = 60


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(programme: Programme) -> AsyncIterator[House]:
    async with house(some(programme, (REF,)), NOBODY_ACTS) as made:
        yield made


async def test_what_was_typed_before_the_bot_was_killed_is_there_again(
    opened: House, page: Page
) -> None:
    await to(opened, london(10, 1, 9, 5))
    address = f"{opened.workspace.url}?as={LEAD}&at=app"
    await page.goto(address)
    form = await open_form(page)
    await type_slowly(page, form.get_by_label(FIGURE), "1,000")
    await form.get_by_label("Where the figure comes from").fill("Planning system")
    await form.get_by_role("button", name="Next").click()
    await expect(form.get_by_role("heading", name=f"{REF} is ● RED")).to_be_visible()
    await type_slowly(page, form.get_by_label(CAUSE), TYPED)

    opened.season.attendant.bot.kill()
    await opened.season.attendant.bot.gone()
    assert not opened.season.attendant.bot.is_alive
    await page.goto(address)
    await opened.season.attendant.settle()
    assert opened.season.attendant.bot.is_alive
    await opened.workspace.connected(PATIENCE_SECONDS)
    await leave(page)

    form = await open_form(page)
    await expect(form.get_by_label(FIGURE)).to_have_value("1,000")
    await expect(form).to_contain_text("Saved on Wednesday 1 October at 9.")
    await expect(form.get_by_label("Where the figure comes from")).to_have_value("Planning system")
    await form.get_by_role("button", name="Next").click()
    await expect(form.get_by_label(CAUSE)).to_have_value(TYPED)


async def type_slowly(page: Page, field: Locator, text: str) -> None:
    """Type key by key as a person does, and rest until the last of it was saved."""
    async with page.expect_response(lambda answer: answer.url.endswith("/fill")) as saved:
        await field.press_sequentially(text, delay=20)
    assert (await saved.value).ok
    await expect(field).to_be_focused()
    await expect(field).to_have_value(text)


async def leave(page: Page) -> None:
    """Close both steps of the form that was open, whatever was typed in them."""
    form = page.get_by_role("dialog", name=f"Report {REF}")
    for button in ("Back", "Cancel"):
        await form.get_by_role("button", name=button, exact=True).click()
        await page.get_by_role("button", name="Discard").click()
    await expect(form).to_be_hidden()


async def open_form(page: Page) -> Locator:
    """Press the request's button and give the form."""
    form = page.get_by_role("dialog", name=f"Report {REF}")
    await page.get_by_role("button", name="Report this target").first.click()
    await expect(form).to_be_visible()
    return form


async def to(opened: House, instant: datetime) -> None:
    """Move the clock, and let the bot do what is due."""
    moved = {"to": instant.isoformat()}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{opened.workspace.url}client/clock", json=moved) as answer,
    ):
        assert answer.ok
