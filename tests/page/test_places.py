"""Reading: live messages, threads, unread marks, older messages, things gone, a lost server."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import Stage
from tests.page.stage import ASK, CONFIG, cells
from workspace.server import Workspace

TALL = [{"type": "table", "rows": [cells("Target", "Figure")] * 60}]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_message_comes_in_is_edited_in_place_and_goes_away(
    stage: Stage, page: Page
) -> None:
    await page.goto(stage.address())
    await expect(page.get_by_text("Messages from Quarterlight come here.")).to_be_visible()
    ts = await stage.post("ULEAD", "0 of 2 reported")
    article = page.get_by_role("article")
    await expect(article).to_contain_text("0 of 2 reported")
    await expect(page.locator("#whisper")).to_have_text("Quarterlight: 0 of 2 reported")
    channel = str(stage.workspace.client("ULEAD").dm_id)
    await stage.web.chat_update(channel=channel, ts=ts, text="1 of 2 reported")
    await expect(article).to_contain_text("1 of 2 reported")
    await expect(article).to_contain_text("(edited)")
    await stage.web.chat_delete(channel=channel, ts=ts)
    await expect(article).to_have_count(0)


async def test_an_edit_elsewhere_leaves_the_focus_where_it_is(stage: Stage, page: Page) -> None:
    ts = await stage.post("ULEAD", "2 targets", blocks=ASK)
    await page.goto(stage.address())
    button = page.get_by_role("button", name="Report this target")
    await button.focus()
    channel = str(stage.workspace.client("ULEAD").dm_id)
    header = {"type": "header", "text": {"type": "plain_text", "text": "1 of 2 reported"}}
    await stage.web.chat_update(channel=channel, ts=ts, text="x", blocks=[header, *ASK[1:]])
    await expect(page.get_by_role("heading", name="1 of 2 reported")).to_be_visible()
    await expect(button).to_be_focused()


async def test_a_thread_opens_beside_and_takes_a_reply(stage: Stage, page: Page) -> None:
    parent = await stage.post("CBOARD", "Performance, July to September 2008")
    await stage.post("CBOARD", "Annex 1", thread_ts=parent)
    await page.goto(stage.address(at="CBOARD"))
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("article")).to_have_count(2)
    await expect(page.get_by_role("heading", name="Thread")).to_be_focused()
    await stage.post("CBOARD", "Annex 2", thread_ts=parent)
    await expect(thread.get_by_role("article").last).to_contain_text("Annex 2")
    await thread.get_by_role("textbox", name="Reply in this thread").fill("Which <targets> & why?")
    await page.keyboard.press("Enter")
    await expect(thread.get_by_role("article").last).to_contain_text("Which <targets> & why?")
    await expect(page.get_by_role("button", name="3 replies")).to_be_visible()
    await expect(page.get_by_role("main").get_by_role("article")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(page.get_by_role("button", name="3 replies")).to_be_focused()


async def test_what_is_not_read_is_marked_until_it_is_read(stage: Stage, page: Page) -> None:
    await stage.post("CBOARD", "First")
    await stage.post("CBOARD", "Second")
    await page.goto(stage.address())
    link = page.get_by_role("link", name=re.compile("^board"))
    await expect(link).to_have_accessible_name("board 2 unread")
    await link.click()
    await expect(link).to_have_accessible_name("board")
    await expect(page.get_by_text("New", exact=True)).to_be_visible()
    await page.get_by_role("link", name="Quarterlight").click()
    await stage.post("CBOARD", "Third")
    await expect(link).to_have_accessible_name("board 1 unread")


async def test_older_messages_come_as_one_goes_up(stage: Stage, page: Page) -> None:
    lead = stage.workspace.client("ULEAD")
    for number in range(130):
        lead.say("CBOARD", f"message {number}")
    await page.goto(stage.address(at="CBOARD"))
    articles = page.get_by_role("article")
    await expect(articles).to_have_count(50)
    await expect(articles.last).to_be_in_viewport()
    await expect(articles.last).to_contain_text("message 129")
    top = articles.first
    await page.locator("#messages").evaluate("e => { e.scrollTop = 100 }")
    await expect(articles).to_have_count(100)
    await expect(page.get_by_text("message 80", exact=True)).to_be_in_viewport()
    await stage.post("CBOARD", "The newest")
    await expect(articles).to_have_count(101)
    await expect(page.get_by_text("message 80", exact=True)).to_be_in_viewport()
    await page.locator("#messages").evaluate("e => { e.scrollTop = 0 }")
    await expect(top).to_contain_text("message 0")
    await page.get_by_role("button", name="New messages below").click()
    await expect(page.get_by_text("The newest", exact=True)).to_be_in_viewport()


async def test_the_newest_message_stays_in_sight_when_the_bar_above_grows(
    stage: Stage, page: Page
) -> None:
    for _ in range(4):
        await stage.post("ULEAD", "2 targets", blocks=ASK)
    await page.goto(stage.address())
    newest = page.get_by_role("article").last
    await expect(newest).to_be_in_viewport(ratio=0.95)
    await page.evaluate("document.querySelector('.bar').style.minHeight = '200px'")
    await expect(newest).to_be_in_viewport(ratio=0.95)


async def test_a_place_in_a_thread_of_tall_tables_is_kept(stage: Stage, page: Page) -> None:
    parent = await stage.post("CBOARD", "Performance")
    for _ in range(8):
        await stage.post("CBOARD", "Annex", thread_ts=parent, blocks=TALL)
    await page.goto(f"{stage.address(at='CBOARD')}&thread={parent}")
    table = page.get_by_role("complementary", name="Thread").get_by_role("table").nth(5)
    await table.scroll_into_view_if_needed()
    for _ in range(3):
        await page.evaluate("() => new Promise(requestAnimationFrame)")
    await expect(table).to_be_in_viewport()


async def test_pressing_what_is_gone_says_so(stage: Stage, page: Page) -> None:
    ts = await stage.post("ULEAD", "2 targets", blocks=ASK)
    await page.goto(stage.address())
    button = page.get_by_role("button", name="Report this target")
    await expect(button).to_be_visible()
    await page.route("**/messages*", lambda route: route.abort())
    await stage.web.chat_delete(channel=str(stage.workspace.client("ULEAD").dm_id), ts=ts)
    await button.click()
    await expect(
        page.get_by_text("That is not there any more: it was changed or withdrawn.")
    ).to_be_visible()


async def test_a_page_that_lost_the_server_finds_it_again_and_catches_up(
    stage: Stage, page: Page
) -> None:
    await stage.post("ULEAD", "Before")
    await page.goto(stage.address())
    await expect(page.get_by_role("article")).to_contain_text("Before")
    await page.get_by_role("textbox", name="Message to Quarterlight").fill("half a sen")
    port = int(stage.workspace.core.address.rpartition(":")[2])
    await stage.workspace.stop()
    await expect(page.get_by_text("Not connected to the workspace. Trying again")).to_be_visible()
    again = Workspace(CONFIG, stage.clock)
    await again.start(port=port)
    again.client("UCENTRAL").say("CBOARD", "After")
    await expect(page.get_by_text("Connected again.")).to_be_visible(timeout=15_000)
    await expect(page.get_by_role("link", name=re.compile("^board"))).to_contain_text("1")
    await expect(page.get_by_role("article")).to_have_count(0)
    await expect(page.get_by_role("textbox", name="Message to Quarterlight")).to_have_value(
        "half a sen"
    )
    await again.stop()


async def test_an_archived_channel_is_read_only_and_an_unknown_place_gives_way(
    stage: Stage, page: Page
) -> None:
    await page.goto(stage.address(at="CNOWHERE"))
    await expect(page.get_by_role("heading", name="Quarterlight", level=1)).to_be_visible()
    await page.goto(stage.address(person="UNOBODY", at="CBOARD"))
    await expect(page.get_by_role("button", name=re.compile("housing lead"))).to_be_visible()
    await expect(page.get_by_role("heading", name="board", level=1)).to_be_visible()
