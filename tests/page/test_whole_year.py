"""A year of the whole sample, with everybody in it: four boards meet, and it is said how long."""

import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.clock import WallClock
from bot.demo.house import House, house, sample
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from tests.page.test_year_watched import run_a_year

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
]
LONGEST_MS = 900_000
BOARDS = 4


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def everybody() -> AsyncIterator[House]:
    async with house(*sample()) as made:
        yield made


async def test_a_year_of_the_whole_sample_passes(everybody: House, page: Page) -> None:
    await page.goto(f"{everybody.workspace.url}?as=UCENTRALTEAM01&at={CENTRAL_ID}")
    clock = WallClock()
    began = clock.now()
    await run_a_year(page, "As fast as it goes")
    await expect(page.locator("#run-line")).to_contain_text(
        "That time has passed.", timeout=LONGEST_MS
    )
    board = everybody.workspace.client("UPSBMEMBER01").messages(BOARD_ID)
    digests = [message for message in board if message.plain().startswith("Performance, ")]
    assert len(digests) == BOARDS
    people = len(everybody.workspace.core.config.people)
    took = (clock.now() - began).total_seconds()
    sys.stderr.write(f"\nA year of {people} people passed in {took:.0f} s.\n")
