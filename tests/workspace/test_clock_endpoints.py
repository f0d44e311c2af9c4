"""The roads of the clock: where one can go, a run one watches, and starting again."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from tests.workspace.conftest import CONFIG, START, HandClock
from tests.workspace.test_roads import Page
from workspace.clock_endpoints import NO_APP, RUNNING, TOO_FAR, WORKING, Landmark, Steering
from workspace.pace import Speed
from workspace.runs import FINISHING, Length, News, Run, Runs
from workspace.server import Workspace

DAY = timedelta(days=1)
WEEK = Length("week", "A week")


@dataclass
class County:
    """Time in which one thing happens a day, and a gate that holds the days back."""

    clock: HandClock
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    moving: asyncio.Event = field(default_factory=asyncio.Event)
    working: asyncio.Event = field(default_factory=asyncio.Event)
    runs: Runs = field(init=False)
    begun: int = 0
    breaks: bool = False

    async def move(self, to: datetime) -> None:
        self.moving.set()
        await self.gate.wait()
        self.clock.at = to

    async def landmarks(self) -> Sequence[Landmark]:
        return (Landmark("The board meets", "July to September 2008", START + 49 * DAY),)

    async def ends(self, _length: str) -> datetime:
        return self.clock.at + 7 * DAY

    async def perform(self, run: Run) -> None:
        while self.clock.now() < run.until:
            await run.rest(DAY)
            self.working.set()
            await self.gate.wait()
            self.clock.at += DAY
            run.tell(News(self.clock.at, "A day has passed", is_main=self.clock.at == run.until))
            if self.breaks:
                raise RuntimeError("broken")

    async def again(self) -> None:
        self.begun += 1
        self.clock.at = START


@asynccontextmanager
async def county() -> AsyncIterator[tuple[County, Page]]:
    made = County(HandClock())
    runs = made.runs = Runs(made.clock, (WEEK,), made.ends, made.perform)
    steering = Steering(made.move, None, made.landmarks, runs, made.again)
    workspace = Workspace(CONFIG, made.clock, steering=steering)
    await workspace.start()
    async with aiohttp.ClientSession() as session:
        yield made, Page(workspace, session)
        made.gate.set()
        await runs.stop()
    await workspace.stop()


async def until(page: Page, state: str) -> None:
    async with asyncio.timeout(10):
        while (await page.get("clock"))["run"]["state"] != state:
            pass


async def until_free(page: Page) -> None:
    async with asyncio.timeout(10):
        while (await page.get("clock"))["why_not"] != NO_APP:
            pass


FASTEST = {"length": "week", "speed": "fastest"}


async def test_a_week_passes_by_itself_and_says_what_happens() -> None:
    async with county() as (made, page):
        made.gate.set()
        status, begun = await page.post("clock/run", FASTEST)
        assert (status, begun["run"]["name"]) == (200, "A week")
        await until(page, "ended")
        ended = (await page.get("clock"))["run"]
        assert made.clock.at == START + 7 * DAY
        assert ended["progress"] == 1.0
        assert ended["main"] == {
            "at": "2008-10-08T08:00:00+00:00",
            "words": "A day has passed",
        }
        await page.post("clock/run/forget")
        assert (await page.get("clock"))["run"] is None


async def test_a_run_is_paused_made_slower_and_goes_on() -> None:
    async with county() as (made, page):
        await page.post("clock/run", FASTEST)
        assert (await page.post("clock/run/pause"))[1]["run"]["state"] == "paused"
        made.gate.set()
        _, slower = await page.post("clock/run/speed", {"speed": "slow"})
        assert slower["run"]["speed"] == "slow"
        assert slower["run"]["state"] == "paused"
        await page.post("clock/run/speed", {"speed": "fastest"})
        await page.post("clock/run/go-on")
        await until(page, "ended")


async def test_the_clock_can_be_moved_while_a_run_is_paused_and_not_while_it_runs() -> None:
    async with county() as (made, page):
        await page.post("clock/run", FASTEST)
        refused = await page.post("clock", {"by_seconds": 60})
        assert (refused[0], refused[1]["line"]) == (423, RUNNING)
        assert (await page.get("clock"))["why_not"] == RUNNING
        await page.post("clock/run/pause")
        made.gate.set()
        await until_free(page)
        assert (await page.post("clock", {"by_seconds": 60}))[0] == 200
        again = await page.post("clock/run", FASTEST)
        assert again[0] == 423
        assert "under way already" in again[1]["line"]


@pytest.mark.parametrize("act", ["pause", "stop"])
async def test_what_a_run_was_doing_is_finished_before_anything_else_is_done(act: str) -> None:
    async with county() as (made, page):
        await page.post("clock/run", FASTEST)
        await made.working.wait()
        steering = asyncio.create_task(page.post(f"clock/run/{act}"))
        await until(page, {"pause": "paused", "stop": "stopped"}[act])
        assert (await page.get("clock"))["why_not"] == FINISHING
        for road, body in (("clock/run", FASTEST), ("clock", {"by_seconds": 60})):
            refused = await page.post(road, body)
            assert (refused[0], refused[1]["line"]) == (423, FINISHING)
        made.gate.set()
        await steering
        await until_free(page)
        assert made.clock.at == START + DAY
        assert (await page.post("clock", {"by_seconds": 60}))[0] == 200


async def test_everybody_hears_when_the_time_is_free_again() -> None:
    async with county() as (made, page):
        runs = made.runs
        await page.post("clock/run", FASTEST)
        await made.working.wait()
        stopping = asyncio.create_task(runs.stop())
        await asyncio.sleep(0)
        free: list[bool] = []
        runs.said = lambda: free.append(not runs.is_busy)
        made.gate.set()
        await stopping
        assert free[-1:] == [True]


async def test_a_run_does_not_go_on_while_the_clock_is_being_moved() -> None:
    async with county() as (made, page):
        made.gate.set()
        await page.post("clock/run", {"length": "week", "speed": "slow"})
        await page.post("clock/run/pause")
        await until_free(page)
        made.gate.clear()
        going = asyncio.create_task(page.post("clock", {"by_seconds": 60}))
        await made.moving.wait()
        refused = await page.post("clock/run/go-on")
        assert (refused[0], refused[1]["line"]) == (423, WORKING)
        made.gate.set()
        await going
        assert (await page.post("clock/run/go-on"))[1]["run"]["state"] == "running"


async def test_a_mistyped_year_is_refused_in_words() -> None:
    async with county() as (made, page):
        made.gate.set()
        for far in (START.replace(year=2080), START.replace(year=9999)):
            refused = await page.post("clock", {"to": far.isoformat()})
            assert (refused[0], refused[1]["line"]) == (423, TOO_FAR)
        assert made.clock.at == START
        two_years = START.replace(year=START.year + 2)
        assert (await page.post("clock", {"to": two_years.isoformat()}))[0] == 200


async def test_a_stopped_run_is_over_and_cannot_go_on() -> None:
    async with county() as (made, page):
        made.gate.set()
        await page.post("clock/run", {"length": "week", "speed": "slow"})
        assert (await page.post("clock/run/stop"))[1]["run"]["state"] == "stopped"
        assert made.clock.at == START
        refused = await page.post("clock/run/go-on")
        assert (refused[0], refused[1]["line"]) == (
            423,
            "That run is over. Start another to go on.",
        )


async def test_a_run_that_breaks_says_so_and_another_can_start() -> None:
    async with county() as (made, page):
        made.gate.set()
        made.breaks = True
        await page.post("clock/run", FASTEST)
        await until(page, "failed")
        made.breaks = False
        assert (await page.post("clock/run", FASTEST))[0] == 200
        await until(page, "ended")


async def test_everything_starts_again_and_a_run_is_ended_first() -> None:
    async with county() as (made, page):
        made.gate.set()
        await page.post("ULEAD/say", {"text": "Hello"})
        await page.post("clock/run", {"length": "week", "speed": "slow"})
        await page.post("clock/run/pause")
        status, shown = await page.post("clock/again")
        assert (status, shown["run"], shown["begun"], made.begun) == (200, None, 1, 1)


async def test_what_was_said_and_read_is_gone_after_starting_again() -> None:
    clock = HandClock()
    workspace = Workspace(CONFIG, clock)
    workspace.client("ULEAD").say("CBOARD", "Hello")
    late = workspace.client("ULEAD").say("CBOARD", "Later")
    heard: list[str] = []
    workspace.core.team.changes.listeners.append(lambda change: heard.append(change.kind))
    clock.at = START - 30 * DAY
    await workspace.begin_again()
    assert workspace.client("ULEAD").messages("CBOARD") == []
    assert workspace.client("USPONSOR").unread["CBOARD"] == 0
    first = workspace.client("ULEAD").say("CBOARD", "First")
    assert float(first.ts) < float(late.ts), "the first day is the first again"
    assert "message" in heard, "whoever looks on still does"


async def test_one_thing_at_a_time_is_done_with_the_clock() -> None:
    async with county() as (made, page):
        going = asyncio.create_task(page.post("clock", {"by_seconds": 60}))
        await made.moving.wait()
        refused = await page.post("clock", {"by_seconds": 60})
        assert (refused[0], refused[1]["line"]) == (423, WORKING)
        assert (await page.get("clock"))["why_not"] == WORKING
        made.gate.set()
        assert (await going)[0] == 200


async def test_without_a_bot_the_page_is_told_why_and_where_one_could_go_is_left_out() -> None:
    async with county() as (_made, page):
        shown = await page.get("clock")
        assert (shown["why_not"], shown["landmarks"]) == (NO_APP, [])
        assert [one["value"] for one in shown["lengths"]] == ["week"]
        assert [one["value"] for one in shown["speeds"]] == ["slow", "normal", "fast", "fastest"]


async def test_landmarks_are_named_with_their_instants(clock: HandClock) -> None:
    made = County(clock)
    workspace = Workspace(CONFIG, clock, steering=Steering(made.move, landmarks=made.landmarks))
    workspace.core.deliveries.listening([_Deaf()])
    await workspace.start()
    async with aiohttp.ClientSession() as session:
        shown = await Page(workspace, session).get("clock")
    assert shown["landmarks"] == [
        {
            "name": "The board meets",
            "about": "July to September 2008",
            "at": "2008-11-19T08:00:00+00:00",
        }
    ]
    assert (shown["why_not"], shown["run"], shown["again"]) == ("", None, False)
    await workspace.stop()


class _Deaf:
    """A road nothing is ever sent down."""

    async def carry(self, parcel: object) -> dict[str, object]:
        raise AssertionError(parcel)


async def test_words_that_name_no_length_or_speed_are_refused() -> None:
    async with county() as (_made, page):
        faulty: list[Any] = [{"length": "decade", "speed": "slow"}, {"length": "week"}, {}, []]
        for bad in faulty:
            assert (await page.post("clock/run", bad))[0] == 400
        await page.post("clock/run", {"length": "week", "speed": "slow"})
        assert (await page.post("clock/run/speed", {"speed": "warp"}))[0] == 400
        assert (await page.post("clock/run/sideways"))[0] == 404


async def test_what_nobody_handed_in_cannot_be_done(page_alone: Page) -> None:
    for road in ("clock/run", "clock/run/pause", "clock/again"):
        assert (await page_alone.post(road, {}))[0] == 501


@pytest.fixture
async def page_alone(workspace: Workspace) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(workspace, session)


def test_a_rest_is_longer_over_quiet_days_and_nought_between_what_belongs_together() -> None:
    speed = Speed("so", "So", each=0.5, a_day=1.0, longest=3.0)
    assert speed.rest(timedelta(seconds=59)) == 0
    assert speed.rest(timedelta(minutes=1)) == 0.5
    assert speed.rest(2 * DAY) == 2.0
    assert speed.rest(30 * DAY) == 3.0
