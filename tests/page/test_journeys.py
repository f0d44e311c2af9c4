"""A quarter lived in the browser with the real bot: what each person reads, types and presses.

The bot, the workspace and the clock are those of the journeys; only the hands are a person's.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect
from sqlmodel import Session

from bot.clock import HandClock, WallClock
from bot.rehearsal.parts import cast
from bot.rehearsal.playhouse import CENTRAL_ID, playhouse
from bot.rehearsal.preparation import prepare
from store import migrate, targets
from store.database import Database
from store.importing.programme import Programme
from tests.axe import faults
from tests.bot.programmes import some
from tests.journeys.county import County
from tests.sample import BEFORE_OPENING, OPENS, QUARTER, RUN
from tests.transports import TRANSPORTS
from workspace.core import Patience
from workspace.server import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
REFS = ("LAA1-03", "LAA1-06", "LAA2-NI154", "LAA2-NI155")
PATIENCE = Patience(ack=15, trigger=15)
LEAD, OTHER_LEAD, SPONSOR = "target-lead-19", "target-lead-06", "sponsor-09"
CENTRAL, CHAIR = "central-team-01", "psb-chair-01"
FIGURE = re.compile("^Figure for July to September 2008")


@pytest_asyncio.fixture(loop_scope="module")
async def county(programme: Programme, tmp_path: Path) -> AsyncIterator[County]:
    """The morning of the opening: the bot connected, nothing said yet."""
    few = some(programme, REFS)
    url = f"sqlite:///{tmp_path / 'quarterlight.db'}"
    _prepare(url, few)
    clock = HandClock(BEFORE_OPENING)
    workspace = Workspace(playhouse(few), clock, patience=PATIENCE, real_now=WallClock().now)
    await workspace.start()
    async with TRANSPORTS["socket"](workspace, url, clock) as bot:
        await workspace.connected()
        numbers = await bot.desk.read(_numbers)
        ids = {person.label: person.slack_id for person in few.people}
        yield County(workspace, bot, clock, numbers, ids)
    await workspace.stop()


def _prepare(url: str, few: Programme) -> None:
    database = Database(url)
    migrate.upgrade(database)
    with database.writing() as session:
        prepare(session, few, cast(few, QUARTER), QUARTER, BEFORE_OPENING)
    database.close()


def _numbers(session: Session) -> dict[str, int]:
    found = targets.programme(session, QUARTER, OPENS.date())
    return {target.ref: target.number for target in found}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody at the page: where they go, and what they leave as a picture."""

    county: County
    page: Page
    shots: Path

    async def be(self, label: str, at: str = "app") -> None:
        """Open the page as somebody, at a place."""
        url = self.county.workspace.url
        await self.page.goto(f"{url}?as={self.county.ids[label]}&at={at}")
        await expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    async def keep(self, name: str) -> None:
        """Keep a picture of what is open."""
        await self.page.screenshot(path=self.shots / f"{name}.png")


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where pictures are left, to be looked at."""
    folder = Path(os.environ.get("QUARTERLIGHT_SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest_asyncio.fixture(loop_scope="module")
async def reader(county: County, page: Page, shots: Path) -> Reader:
    return Reader(county, page, shots)


async def test_a_quarter_from_the_first_return_to_the_board(reader: Reader) -> None:
    await reader.county.at(OPENS)
    await a_lead_reports_with_an_error_on_the_way(reader)
    await reader.county.at(RUN)
    await a_sponsor_acknowledges(reader)
    await the_central_team_previews_confirms_and_publishes(reader)
    await a_board_member_reads(reader)


async def a_lead_reports_with_an_error_on_the_way(reader: Reader) -> None:
    page = reader.page
    await reader.be(LEAD)
    you = page.get_by_role("button", name=re.compile("You are: Target lead for LAA2-NI154"))
    await expect(you).to_be_visible()
    request = page.get_by_role("article")
    await expect(request).to_contain_text("2 targets to report for July to September 2008")
    await request.get_by_role("button", name="Report this target").first.click()
    form = page.get_by_role("dialog", name="Report LAA2-NI154")
    figure = form.get_by_label(FIGURE)
    await form.get_by_role("button", name="Next").click()
    await expect(figure).to_be_focused()
    await expect(figure).to_have_accessible_description(re.compile("^Enter a number, such as 1200"))
    await reader.keep("lead-error")
    assert await faults(page) == []
    await figure.fill("1,000")
    await form.get_by_label("Where the figure comes from").fill("Planning system")
    await form.get_by_role(
        "checkbox", name=re.compile("quality|checked|confirm", re.IGNORECASE)
    ).check()
    await form.get_by_role("button", name="Next").click()
    await expect(form.get_by_role("heading", name="LAA2-NI154 is ● RED")).to_be_visible()
    await form.get_by_label("Why is it behind").fill("Two sites started late.")
    await form.get_by_label("Action 1: what will be done").fill("Bring two sites forward")
    await form.get_by_label("Action 1: who does it").fill("housing lead")
    day = form.get_by_label("Action 1: by when")
    await day.fill("2009-01-30")
    await day.press("Enter")
    await form.get_by_role("checkbox", name=re.compile("risk", re.IGNORECASE)).check()
    await reader.keep("lead-red")
    await form.get_by_role("button", name="Send this return").click()
    await expect(form).to_be_hidden()
    await reader.county.settle()
    await expect(page.get_by_role("article").first).to_contain_text("1 of 2 reported.")
    await expect(page.get_by_role("article").last).to_contain_text("Two sites started late.")
    await reader.keep("lead-receipt")


async def a_sponsor_acknowledges(reader: Reader) -> None:
    page = reader.page
    await reader.be(SPONSOR)
    told = page.get_by_role("article").first
    await expect(told).to_contain_text("LAA2-NI154")
    await expect(told).to_contain_text("Two sites started late.")
    await reader.keep("sponsor-told")
    await told.get_by_role("button", name="Acknowledge with a note").first.click()
    form = page.get_by_role("dialog", name="Acknowledge LAA2-NI154")
    await form.get_by_role("textbox").fill("I will raise this with the districts.")
    await reader.keep("sponsor-note")
    assert await faults(page) == []
    await form.get_by_role("button", name="Acknowledge", exact=True).click()
    await expect(form).to_be_hidden()
    await reader.county.settle()
    await expect(told).to_contain_text("I will raise this with the districts.")
    await expect(told).to_contain_text("(edited)")
    await reader.keep("sponsor-acknowledged")


async def the_central_team_previews_confirms_and_publishes(reader: Reader) -> None:
    page = reader.page
    await reader.be(CENTRAL, CENTRAL_ID)
    box = page.get_by_role("textbox", name=re.compile("Message to #"))
    await command(box, "/laa digest preview")
    await expect(page.get_by_role("article").last).to_contain_text("on its way to you")
    await reader.county.settle()
    await page.get_by_role("link", name=re.compile("^Quarterlight")).click()
    preview = page.get_by_role("article").last
    await expect(preview).to_contain_text(re.compile("preview", re.IGNORECASE))
    await preview.get_by_role("button", name=re.compile("replies")).click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("article").nth(8)).to_be_attached()
    await reader.keep("central-preview")
    await page.go_back()
    await page.go_back()
    await page.get_by_role("button", name=re.compile("Confirm", re.IGNORECASE)).first.click()
    await reader.county.settle()
    await command(box, "/laa digest post")
    await expect(page.get_by_role("article").last).to_contain_text("on its way to the board")
    await reader.county.settle()
    await reader.keep("central-published")


async def command(box: Locator, text: str) -> None:
    """Type a command and send it."""
    await box.fill(text)
    await box.press("Enter")
    await expect(box).to_have_value("")


async def a_board_member_reads(reader: Reader) -> None:
    page = reader.page
    await reader.be(CHAIR)
    await page.get_by_role("link", name=re.compile("^psb-board 1 unread")).click()
    digest = page.get_by_role("main").get_by_role("article")
    await expect(digest).to_have_count(1)
    await expect(digest).to_contain_text("For the board of Wednesday 19 November")
    await expect(digest).to_contain_text("Escalations: 1 target; all acknowledged")
    await reader.keep("board-digest")
    await digest.get_by_role("button", name=re.compile("replies")).click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("Two sites started late.")
    await expect(thread.get_by_role("table").first).to_be_attached()
    await reader.keep("board-thread")
    assert await faults(page) == []


async def test_two_peoples_forms_open_at_once_never_mix(
    reader: Reader, browser: Browser, page: Page
) -> None:
    elsewhere = await browser.new_context(reduced_motion="reduce")
    other = await opened(elsewhere, reader)
    await reader.county.at(OPENS)
    await reader.be(LEAD)
    mine = await open_form(page, "Report LAA2-NI154")
    theirs = await open_form(other, "Report LAA1-06")
    await mine.get_by_label(FIGURE).fill("1,000")
    await theirs.get_by_label(FIGURE).fill("60")
    await mine.get_by_label("Where the figure comes from").fill("Planning system")
    await theirs.get_by_label("Where the figure comes from").fill("School records")
    await mine.get_by_role("button", name="Next").click()
    await expect(mine.get_by_role("heading", name="LAA2-NI154 is ● RED")).to_be_visible()
    await expect(theirs).to_be_visible()
    await expect(theirs.get_by_label(FIGURE)).to_have_value("60")
    await expect(theirs.get_by_label("Where the figure comes from")).to_have_value("School records")
    await theirs.get_by_role("button", name="Next").click()
    await expect(theirs.get_by_role("heading", name=re.compile("^LAA1-06 is"))).to_be_visible()
    await expect(mine.get_by_role("heading", name="LAA2-NI154 is ● RED")).to_be_visible()
    await elsewhere.close()


async def test_a_file_is_handed_in_and_imported(reader: Reader) -> None:
    page = reader.page
    await reader.county.at(OPENS)
    await reader.be(CENTRAL)
    box = page.get_by_role("textbox", name=re.compile("^Message"))
    await box.fill("/laa import")
    await box.press("Enter")
    form = page.get_by_role("dialog", name="Import a file")
    rows = "target,quarter,profile\nLAA1-03,2009/10 Q2,5\n"
    file = reader.shots / "milestones.csv"
    file.write_text(rows, encoding="utf-8")
    await form.get_by_label("The file").set_input_files(file)
    await expect(form).to_contain_text("Chosen: milestones.csv")
    assert await faults(page) == []
    await reader.keep("import-form")
    await form.get_by_role("button", name="Look at this file").click()
    await expect(form).to_contain_text("is being read")
    await form.get_by_role("button", name="Close").last.click()
    assert await reader.county.bot.under_way.ended(30)
    await reader.county.settle()
    await expect(page.get_by_role("heading", name="milestones.csv can be imported")).to_be_visible()
    await reader.keep("import-checked")
    pressed = reader.county.workspace.core.log.deliveries
    before = len(pressed())
    await page.get_by_role("button", name="Import these").click()
    async with asyncio.timeout(30):
        while len(pressed()) == before:  # noqa: ASYNC110  # the log announces nothing
            await asyncio.sleep(0.05)
    assert await reader.county.bot.under_way.ended(30)
    await reader.county.settle()
    await expect(page.get_by_role("heading", name="milestones.csv is imported")).to_be_visible()
    assert await faults(page) == []


async def opened(context: BrowserContext, reader: Reader) -> Page:
    """Another person's browser."""
    other = await context.new_page()
    await Reader(reader.county, other, reader.shots).be(OTHER_LEAD)
    return other


async def open_form(page: Page, title: str) -> Locator:
    """Press the first button of the request and give the form."""
    await page.get_by_role("button", name="Report this target").first.click()
    form = page.get_by_role("dialog", name=title)
    await expect(form).to_be_visible()
    return form
