"""Nothing on the page stands in anybody's way: axe-core over every place and every open dialog."""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.axe import COLOURS, faults
from tests.page.conftest import Stage
from tests.page.stage import ASK, CHARTS, CHOICES, WORDS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
Look = Callable[[str], Awaitable[None]]


async def everything_said(stage: Stage) -> str:
    """Post every block and element there is; gives the ts of a message with a thread."""
    await stage.post("ULEAD", "2 targets", blocks=ASK)
    await stage.post("CCENTRAL", "Charts", blocks=CHARTS)
    await stage.web.files_upload_v2(channel="CCENTRAL", content="a,b", filename="pack.csv")
    await stage.post("ULEAD", "Choices", blocks=CHOICES)
    parent = await stage.post("CBOARD", "Performance", blocks=WORDS)
    await stage.post("CBOARD", "Annex 1", thread_ts=parent)
    return parent


async def places(stage: Stage, page: Page, look: Look, parent: str) -> None:
    await page.goto(stage.address(at="home"))
    await expect(page.get_by_role("heading", name="Your targets")).to_be_visible()
    await look("App Home")
    await page.goto(stage.address(at="CCENTRAL"))
    await expect(page.get_by_role("link", name="pack.csv")).to_be_visible()
    await look("charts and a file")
    await page.goto(f"{stage.address(at='CBOARD')}&thread={parent}")
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("article")).to_have_count(2)
    await look("a channel with a thread")
    await thread.get_by_role("button", name="Close the thread").click()


async def lists(stage: Stage, page: Page, look: Look) -> None:
    await page.goto(stage.address())
    await page.get_by_label("Choose a day").focus()
    await page.get_by_role("combobox", name="Choose a colour").click()
    await expect(page.get_by_role("option")).to_have_count(3)
    await look("a menu")
    await page.keyboard.press("Escape")
    await page.get_by_role("combobox", name="Search targets").click()
    await expect(page.get_by_role("option", name="Type at least 1 letter")).to_be_visible()
    await look("a menu with a note")
    await page.keyboard.press("Escape")
    box = page.get_by_role("textbox", name="Message to Quarterlight")
    await box.fill("/l")
    await expect(page.get_by_role("option")).to_have_count(2)
    await look("commands")
    await box.fill("")


async def people(page: Page, look: Look) -> None:
    await page.get_by_role("button", name=re.compile("You are:")).click()
    await look("who to be")
    await page.keyboard.type("nobody at all")
    await expect(page.get_by_text("Nobody by that name or title.")).to_be_visible()
    await look("nobody found")
    await page.keyboard.press("Escape")


async def a_menu_of_actions(page: Page, look: Look) -> None:
    await page.get_by_role("button", name="More actions").click()
    await expect(page.get_by_role("menuitem", name="Snooze")).to_be_visible()
    await look("an overflow menu")
    await page.keyboard.press("Escape")


async def a_form(page: Page, look: Look) -> None:
    await page.get_by_role("button", name="Report this target").click()
    form = page.get_by_role("dialog", name="Report LAA1-03")
    await expect(form.get_by_label("Figure")).to_be_focused()
    await look("a form")
    await form.get_by_role("button", name="Report", exact=True).click()
    await expect(form.get_by_text("This is a required field")).to_have_count(3)
    await look("a form with errors")


async def forms_on_it(page: Page, look: Look) -> None:
    form = page.get_by_role("dialog", name="Report LAA1-03")
    await form.get_by_label("Figure").fill("12")
    await form.get_by_role("combobox", name="Districts").fill("ox")
    await page.keyboard.press("Enter")
    await form.get_by_role("button", name="Add a risk").click()
    risk = page.get_by_role("dialog", name="Add a risk")
    await expect(risk.get_by_label("Risk")).to_be_focused()
    await look("a form on another")
    await risk.get_by_role("button", name="Back to the form before").click()
    await expect(form.get_by_role("button", name="Remove Oxford")).to_be_visible()
    await form.get_by_role("button", name="Cancel").click()
    question = page.get_by_role("alertdialog", name="Discard what you typed?")
    await look("a question")
    await question.get_by_role("button", name="Discard").click()
    await expect(form).to_be_hidden()


@pytest.fixture
def found() -> dict[str, list[str]]:
    """What axe-core found, by the place it was found at."""
    return {}


async def test_axe_finds_nothing_in_any_place_list_or_form_by_day_and_by_night(
    stage: Stage, page: Page, found: dict[str, list[str]]
) -> None:
    async def look(at: str) -> None:
        await page.emulate_media(color_scheme="light")
        found[f"{at}, light"] = await faults(page)
        await page.emulate_media(color_scheme="dark")
        found[f"{at}, dark"] = await faults(page, COLOURS)

    parent = await everything_said(stage)
    await places(stage, page, look, parent)
    await lists(stage, page, look)
    await people(page, look)
    await a_menu_of_actions(page, look)
    await a_form(page, look)
    await forms_on_it(page, look)
    assert {at: here for at, here in found.items() if here} == {}
    assert len(found) == 2 * 13


async def test_axe_finds_nothing_on_a_phone(
    stage: Stage, page: Page, found: dict[str, list[str]]
) -> None:
    async def look(at: str) -> None:
        found[at] = await faults(page)

    await page.set_viewport_size({"width": 390, "height": 800})
    parent = await everything_said(stage)
    await places(stage, page, look, parent)
    await page.get_by_role("button", name="People and channels").click()
    await look("the list at the side")
    await page.get_by_role("link", name="Quarterlight").click()
    await a_form(page, look)
    assert {at: here for at, here in found.items() if here} == {}
