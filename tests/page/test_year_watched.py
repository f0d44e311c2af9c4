"""A year watched at speed: run on the page, paused, gone on with, and started again."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.demo.house import House, house
from bot.rehearsal.playhouse import CENTRAL_ID
from store.importing.programme import Programme
from tests.axe import COLOURS, faults
from tests.bot.programmes import some
from workspace.tempers import Nature, Temper, Tempers

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

REFS = ("LAA1-03", "LAA2-NI154")
PUNCTUAL = Tempers({"target-lead-03": Nature(Temper.PUNCTUAL)}, seed=1)
PATIENCE_MS = 120_000
HAPPENED = re.compile("2008, .+: .*(confirmed|reported|reminded|chased)")
LIGHT: Final = "light"
DARK: Final = "dark"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(programme: Programme) -> AsyncIterator[House]:
    async with house(some(programme, REFS), PUNCTUAL) as made:
        yield made


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("QUARTERLIGHT_SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def test_a_year_is_run_watched_paused_and_started_again(
    opened: House, page: Page, shots: Path
) -> None:
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{opened.workspace.url}?as=UCENTRALTEAM01&at={CENTRAL_ID}")
    await run_a_year(page, "Fast")
    line, now = page.locator("#run-line"), page.get_by_role("banner").get_by_role("time").first
    await expect(line).to_contain_text(HAPPENED, timeout=PATIENCE_MS)
    following = page.get_by_role("button", name="Next thing that happens")
    await expect(following).to_have_attribute("aria-disabled", "true", timeout=PATIENCE_MS)
    await expect(following).to_have_accessible_description(
        "Time is passing by itself. Pause or stop it to move the clock yourself."
    )
    await page.get_by_role("button", name="Pause").click()
    await expect(page.get_by_role("button", name="Go on")).to_be_visible(timeout=PATIENCE_MS)
    await page.reload()
    await expect(line).to_contain_text("Paused.", timeout=PATIENCE_MS)
    await seen(page, shots, "year-paused")
    stood = (await now.inner_text()).partition(",")[0]
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_label("How fast time passes").select_option("As fast as it goes")
    await expect(now).not_to_contain_text(stood, timeout=PATIENCE_MS)
    await page.screenshot(path=shots / "year-running.png")
    await start_again(page)
    await expect(page.get_by_text("Everything is back to the first day.")).to_be_visible(
        timeout=PATIENCE_MS
    )
    await expect(now).to_contain_text("Wednesday 1 October 2008", timeout=PATIENCE_MS)
    await expect(page.locator("#run")).to_be_hidden()


async def run_a_year(page: Page, speed: str) -> None:
    """By keyboard, from the button to the panel and through it."""
    await page.get_by_role("button", name="Run", exact=True).press("Enter")
    panel = page.get_by_role("form", name="Let time pass by itself")
    await expect(panel.get_by_role("radio").first).to_be_focused()
    await expect(panel.get_by_label("A year, until four boards have met")).to_be_checked()
    await panel.get_by_label("How fast").select_option(speed)
    await panel.get_by_role("button", name="Run").press("Enter")
    await expect(page.get_by_role("button", name="Pause")).to_be_focused(timeout=PATIENCE_MS)


async def start_again(page: Page) -> None:
    await page.get_by_role("button", name="Start again").click()
    asked = page.get_by_role("alertdialog", name="Start again?")
    await asked.get_by_role("button", name="Start again").click()


async def test_a_jump_is_chosen_by_its_name_with_the_keyboard(
    opened: House, page: Page, shots: Path
) -> None:
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{opened.workspace.url}?as=UCENTRALTEAM01&at={CENTRAL_ID}")
    jump = page.get_by_role("button", name="Jump to")
    await expect(jump).to_be_enabled(timeout=PATIENCE_MS)
    await jump.press("Enter")
    places = page.get_by_role("group", name="Jump to")
    await expect(places.get_by_role("button").first).to_be_focused()
    await seen(page, shots, "jump")
    await page.keyboard.press("Escape")
    await expect(places).to_be_hidden()
    await expect(jump).to_be_focused()
    await jump.press("Enter")
    await places.get_by_role("button", name="Returns are due").press("Enter")
    now = page.get_by_role("banner").get_by_role("time").first
    await expect(now).to_contain_text("Tuesday 21 October 2008", timeout=PATIENCE_MS)


async def seen(page: Page, shots: Path, name: str) -> None:
    """Look at it wide and narrow, light and dark, with axe-core's eyes too."""
    assert await faults(page) == []
    for scheme in (DARK, LIGHT):
        await page.emulate_media(color_scheme=scheme)
        for width, height in ((390, 844), (1280, 800)):
            await page.set_viewport_size({"width": width, "height": height})
            await page.screenshot(path=shots / f"{name}-{scheme}-{width}.png")
        if scheme == DARK:
            assert await faults(page, COLOURS) == []
