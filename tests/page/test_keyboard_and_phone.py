"""Everything by keyboard alone, and on the smallest phone."""

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.page.conftest import Stage
from tests.page.stage import ASK, CHOICES, WORDS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
MOST_STEPS = 60


async def tab_to(page: Page, wanted: Locator) -> None:
    """Go on with Tab until the wanted control has the focus."""
    for _ in range(MOST_STEPS):
        if await wanted.evaluate("e => e === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by Tab")


async def test_a_whole_return_by_keyboard_alone(stage: Stage, page: Page) -> None:
    await stage.post("ULEAD", "2 targets to report", blocks=ASK)
    await page.goto(stage.address("USPONSOR"))
    you = page.get_by_role("button", name=re.compile("You are:"))
    await expect(you).to_be_visible()
    await tab_to(page, you)
    await page.keyboard.press("Enter")
    await page.keyboard.type("housing lead")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_be_visible()
    await tab_to(page, page.get_by_role("button", name="Report this target"))
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Report LAA1-03")
    await expect(form.get_by_label("Figure")).to_be_focused()
    await page.keyboard.type("1000")
    await tab_to(page, form.get_by_label("Count"))
    await page.keyboard.press("Space")
    await tab_to(page, form.get_by_role("combobox", name="Colour"))
    await page.keyboard.press("ArrowDown")
    await expect(form.get_by_role("option")).to_have_count(3)
    await page.keyboard.press("Escape")
    await expect(form).to_be_visible()
    await page.keyboard.type("amb")
    await page.keyboard.press("Enter")
    await tab_to(page, form.get_by_role("combobox", name="Districts"))
    await page.keyboard.type("ox")
    await page.keyboard.press("Enter")
    await page.keyboard.type("va")
    await page.keyboard.press("Enter")
    await expect(form.get_by_role("button", name="Remove Oxford")).to_be_visible()
    await page.keyboard.press("Backspace")
    await tab_to(page, form.get_by_role("button", name="Report", exact=True))
    await page.keyboard.press("Enter")
    second = page.get_by_role("dialog", name="Why LAA1-03 is red")
    await expect(second.get_by_role("heading", name="Why LAA1-03 is red")).to_be_focused()
    await tab_to(page, second.get_by_label("Why"))
    await page.keyboard.type("Two posts vacant")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_role("article").last).to_contain_text("1 of 2 reported.")
    held = stage.heard.told[-1]
    assert held["method"]["held"]["selected_option"]["value"] == "count"
    assert held["colour"]["held"]["selected_option"]["value"] == "amber"
    chosen = held["districts"]["held"]["selected_options"]
    assert [option["value"] for option in chosen] == ["oxford"]


async def test_the_page_has_its_landmarks_and_one_title(stage: Stage, page: Page) -> None:
    await page.goto(stage.address())
    for role in ("banner", "navigation", "main"):
        await expect(page.get_by_role(role).first).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
    await expect(page.get_by_role("button", name=re.compile("You are:"))).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the messages")).to_be_focused()
    nameless = await page.evaluate(
        "() => [...document.querySelectorAll('button')].filter(b => b.checkVisibility()"
        " && !(b.getAttribute('aria-label') || b.textContent.trim())).length"
    )
    assert nameless == 0


@pytest.mark.parametrize("width", [320, 360])
async def test_a_phone_shows_everything_without_scrolling_sideways(
    stage: Stage, browser: Browser, width: int
) -> None:
    phone = await browser.new_context(
        viewport={"width": width, "height": 700}, has_touch=True, reduced_motion="reduce"
    )
    page = await phone.new_page()
    await stage.post("ULEAD", "2 targets", blocks=[*ASK, *CHOICES])
    await stage.post("CBOARD", "Performance", blocks=WORDS)
    fits = "() => document.documentElement.scrollWidth <= innerWidth"
    await page.goto(stage.address())
    await page.get_by_role("button", name="Report this target").tap()
    form = page.get_by_role("dialog", name="Report LAA1-03")
    await form.get_by_label("Figure").fill("12")
    assert await page.evaluate(fits)
    await form.get_by_role("button", name="Close").tap()
    await page.get_by_role("alertdialog").get_by_role("button", name="Discard").tap()
    board = page.get_by_role("link", name=re.compile("^board"))
    await expect(board).to_be_hidden()
    await page.get_by_role("button", name="People and channels").tap()
    await board.tap()
    await expect(board).to_be_hidden()
    await expect(page.get_by_role("article")).to_contain_text("what they said")
    assert await page.evaluate(fits)
    await page.get_by_role("button", name="Move the clock", exact=True).tap()
    await page.get_by_role("button", name="Next thing that happens").tap()
    await expect(page.get_by_role("banner")).to_contain_text("Thursday 2 October 2008")
    assert await page.evaluate(fits)
    await phone.close()
