"""The inspector: a developer sees why, and lets things go wrong on purpose."""

import re

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Locator, Page, ViewportSize, expect
from slack_sdk.errors import SlackApiError

from tests.axe import faults as barriers
from tests.page.conftest import Stage
from tests.page.stage import ASK

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
PHONE: ViewportSize = {"width": 390, "height": 780}


@pytest_asyncio.fixture(loop_scope="module")
async def told(stage: Stage) -> Stage:
    """A workspace in which something was taken, refused, pressed and typed."""
    await stage.post("ULEAD", "2 targets to report", blocks=ASK)
    await refused(stage, "CNOWHERE", "Lost")
    lead = stage.workspace.client("ULEAD")
    await lead.press(lead.dm()[0], "report")
    await lead.command("/laa", "status")
    return stage


async def refused(stage: Stage, to: str, text: str) -> None:
    with pytest.raises(SlackApiError):
        await stage.post(to, text)


def rows(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Entries, newest last").get_by_role("option")


def entry(page: Page, words: str) -> Locator:
    return rows(page).filter(has_text=words)


def kept(stage: Stage) -> int:
    return len(stage.workspace.log.record.held)


async def test_every_call_and_delivery_is_read_with_payload_answer_and_time(
    told: Stage, page: Page
) -> None:
    await page.goto(told.address("USPONSOR"))
    await page.get_by_role("link", name="Inspector").click()
    await expect(entry(page, "chat.postMessage")).to_have_count(2)
    lost = entry(page, "channel_not_found")
    await expect(lost).to_contain_text("Error: Refused: channel_not_found")
    await expect(lost).to_contain_text(re.compile(r"\d ms"))
    await expect(lost).to_contain_text("1 Oct 09:00:00")
    await lost.click()
    detail = page.get_by_role("region", name="chat.postMessage")
    await expect(detail.get_by_label("What the app sent", exact=True)).to_contain_text('"Lost"')
    await expect(detail.get_by_label("What it was answered", exact=True)).to_contain_text(
        '"ok": false'
    )
    assert await barriers(page) == []


async def test_the_list_is_walked_with_the_arrows_and_what_is_open_can_be_copied(
    told: Stage, page: Page, context: BrowserContext
) -> None:
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto(f"{told.workspace.url}inspector")
    last = rows(page).last
    await last.focus()
    await page.keyboard.press("Home")
    await expect(rows(page).first).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("#detail-title")).to_be_focused()
    await page.get_by_role("button", name="Copy: What").first.click()
    await expect(page.get_by_text("Copied")).to_be_visible()
    assert (await page.evaluate("navigator.clipboard.readText()")).startswith("{")
    await page.keyboard.press("Escape")
    await expect(rows(page).nth(1)).to_be_focused()


async def test_what_is_searched_for_stays_and_what_comes_in_is_followed(
    told: Stage, page: Page
) -> None:
    await page.goto(f"{told.workspace.url}inspector")
    await expect(entry(page, "/laa")).to_have_count(1)
    await page.get_by_label("Search names and payloads").fill("TARGETS report")
    await expect(entry(page, "/laa")).to_have_count(0)
    await expect(entry(page, "chat.postMessage")).to_have_count(1)
    await told.post("CBOARD", "Nothing like it")
    await told.post("CBOARD", "3 targets to report")
    await expect(entry(page, "chat.postMessage")).to_have_count(2)
    await page.get_by_label("Search names and payloads").fill("")
    await page.get_by_label("Outcome").select_option(label="Errors")
    await expect(rows(page)).to_have_count(1)
    await page.get_by_label("Outcome").select_option(label="All")
    await page.get_by_label("Kind").select_option(label="Deliveries to it")
    await page.get_by_label("Method or delivery").select_option(label="/laa")
    await expect(rows(page)).to_have_count(1)
    await expect(page.locator("#count")).to_contain_text("1 entry shown of")


async def test_a_hundred_are_there_at_once_and_older_ones_on_request(
    stage: Stage, page: Page
) -> None:
    for at in range(105):
        await stage.post("CBOARD", f"Message {at}")
    await page.goto(f"{stage.workspace.url}inspector")
    await expect(rows(page)).to_have_count(100)
    await expect(rows(page).last).to_be_in_viewport()
    await page.get_by_role("button", name="Show earlier entries").click()
    await expect(rows(page)).to_have_count(kept(stage))
    await page.locator("#scroller").evaluate("(list) => list.scrollTo(0, 0)")
    await stage.post("CBOARD", "One more")
    await page.get_by_role("button", name="Newer entries below").click()
    await expect(rows(page).last).to_be_in_viewport()


async def test_faults_are_switched_on_and_off_and_both_pages_say_so(
    told: Stage, page: Page, context: BrowserContext
) -> None:
    other = await context.new_page()
    await other.goto(told.address())
    await page.goto(f"{told.workspace.url}inspector")
    await page.get_by_text("Faults: off").click()
    await page.get_by_label("Error before").fill("120")
    await page.get_by_role("button", name="Switch these faults on").click()
    assert told.workspace.faults is None
    await page.get_by_label("Error before").fill("100")
    await page.get_by_role("button", name="Switch these faults on").click()
    says = "Faults are on: error before 100% (seed 1)."
    for shown in (page, other):
        await expect(shown.get_by_text(says)).to_be_visible()
    await refused(told, "CBOARD", "Spoilt")
    await expect(rows(page).last).to_contain_text("Fault: not done")
    await expect(page.get_by_text("Happened 1 time.")).to_be_visible()
    assert await barriers(page) == []
    await page.get_by_role("button", name="Switch faults off").click()
    for shown in (page, other):
        await expect(shown.get_by_text(says)).to_be_hidden()
    await other.close()


async def test_on_a_phone_an_entry_opens_over_the_list(told: Stage, page: Page) -> None:
    await page.set_viewport_size(PHONE)
    await page.emulate_media(color_scheme="dark")
    await page.goto(f"{told.workspace.url}inspector")
    await entry(page, "block_actions").click()
    await expect(page.get_by_role("heading", name="block_actions")).to_be_visible()
    assert await barriers(page) == []
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert await page.evaluate(wide)
    await page.get_by_role("button", name="Close").click()
    await expect(entry(page, "block_actions")).to_be_focused()


async def test_what_ended_leaves_the_entries_under_way_and_stands_in_its_place(
    told: Stage, page: Page
) -> None:
    record, now = told.workspace.log.record, told.clock.now()
    await page.goto(f"{told.workspace.url}inspector")
    await page.get_by_label("Outcome").select_option("Under way")
    with record.entry(now, "call", "slow.one", "", {}):
        await expect(entry(page, "slow.one")).to_be_visible()
        await page.get_by_label("Outcome").select_option("Errors")
        await expect(entry(page, "channel_not_found")).to_be_visible()
        with record.entry(now, "call", "quick.one", "", {}):
            await page.get_by_label("Outcome").select_option("Under way")
            await expect(rows(page)).to_have_count(2)
        await expect(rows(page)).to_have_count(1)
        await page.get_by_label("Outcome").select_option("Errors")
        await expect(entry(page, "quick.one")).to_be_visible()
    await expect(entry(page, "slow.one")).to_be_visible()
    names = await rows(page).locator(".what b").all_text_contents()
    assert names[-2:] == ["slow.one", "quick.one"]
