"""The demo: where one can jump to, moving the clock, a year that runs by itself, starting again."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.demo import dates
from bot.demo.attendant import EndedError
from bot.demo.house import House, house
from bot.demo.people import Line
from bot.marks import opaque
from bot.rehearsal.company import Company
from bot.rehearsal.inventions import invent, profile_in
from bot.rehearsal.parts import Way, cast
from bot.rehearsal.standing import standing
from bot.rehearsal.timetable import Does, Step
from messages.ids import Action
from rules.cadence import StageKind
from rules.calendar import calendar_of
from rules.quarters import Quarter
from rules.status import Criteria, Tolerance, colour
from rules.vocabulary import Status
from rules.working_days import england
from store import installation, outbox, returns, targets
from store.importing.programme import Programme
from tests.bot.programmes import some
from tests.sample import BOARD, OPENS, QUARTER, REMINDERS, RUN, london
from workspace.people import Client
from workspace.tempers import Nature, Temper, Tempers

REFS = ("LAA1-03", "LAA2-NI154")
PATIENCE_SECONDS = 900
PASSED = (QUARTER, QUARTER.next)
FOURTH_BOARD = calendar_of(QUARTER.shifted(3), england()).board
TEMPERS = Tempers(
    {
        "target-lead-03": Nature(Temper.TERSE),
        "sponsor-09": Nature(Temper.LATE),
        "sponsor-05": Nature(Temper.PUNCTUAL),
    },
    seed=1,
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(programme: Programme) -> AsyncIterator[House]:
    async with house(some(programme, REFS), TEMPERS) as made:
        yield made


async def clock(opened: House, road: str = "", body: Any = None) -> dict[str, Any]:
    url = f"{opened.workspace.url}client/clock{road}"
    async with aiohttp.ClientSession() as session:
        asking = session.get(url) if body is None else session.post(url, json=body)
        async with asking as answer:
            found: dict[str, Any] = await answer.json()
            return found


@pytest.mark.asyncio(loop_scope="module")
async def test_a_jump_goes_to_what_is_named_and_leaves_nothing_out_on_the_way(
    opened: House,
) -> None:
    ahead = {one["name"]: one for one in (await clock(opened))["landmarks"]}
    at = {name: datetime.fromisoformat(one["at"]) for name, one in ahead.items()}
    assert at["The escalation run"] == RUN
    assert at["The board meets"].date() == BOARD
    assert ahead["Returns are due"]["about"] == "July to September 2008"
    moved = await clock(opened, "", {"to": ahead["Returns are due"]["at"]})
    assert datetime.fromisoformat(moved["now"]).date() == REMINDERS[-1].date()
    asked = opened.workspace.client("UTARGETLEAD03").dm()
    assert len(asked) == 1 + len(REMINDERS), "each reminder came on its own day"
    later = {one["name"]: one["about"] for one in moved["landmarks"]}
    assert later["Returns are due"] == "October to December 2008", "past here, ahead there"
    assert later["The board meets"] == "July to September 2008"


@pytest.mark.asyncio(loop_scope="module")
async def test_a_run_after_a_jump_past_the_window_has_everybody_do_what_is_left(
    opened: House,
) -> None:
    await clock(opened, "", {"to": RUN.isoformat()})
    said = Said(opened)
    await clock(opened, "/run", {"length": "quarter", "speed": "fastest"})
    await said.until(lambda: not (opened.runs.latest and opened.runs.latest.is_under_way))
    assert said.has("confirmed the board's date")
    assert said.has("Sponsors who have not acknowledged for July to September 2008 are reminded")
    assert not said.has("reported"), "the window had closed"
    assert said.has("The digest for July to September 2008 is published to the board")


@pytest.mark.asyncio(loop_scope="module")
async def test_starting_again_leaves_nothing_of_what_was(opened: House) -> None:
    before = opened.season.folder
    again = await clock(opened, "/again", {})
    assert again["begun"] == 1
    assert datetime.fromisoformat(again["now"]).date() == OPENS.date()
    assert not before.exists()
    await clock(opened, "", {"to": london(10, 1, 9, 5).isoformat()})
    asked = opened.workspace.client("UTARGETLEAD03").dm()
    assert [message.plain()[:18] for message in asked] == ["1 target to report"]


@pytest.mark.asyncio(loop_scope="module")
async def test_a_bot_that_was_killed_is_back(opened: House) -> None:
    attendant = opened.season.attendant
    attendant.bot.kill()
    await attendant.settle()
    assert attendant.bot.is_alive
    await opened.workspace.connected(30)


@pytest.mark.asyncio(loop_scope="module")
async def test_time_passes_by_itself_and_nothing_is_lost_or_twice(
    opened: House,
) -> None:
    played = opened.workspace.client("UTARGETLEAD03")
    await played.press(played.dm()[-1], Action.REPORT)
    await played.wait_for(lambda: played.modal is not None)
    said = Said(opened)
    await clock(opened, "/run", {"length": "year", "speed": "slow"})
    await said.until(lambda: said.has("confirmed the board's date"))
    await clock(opened, "/run/pause", {})
    await _report(opened, "LAA2-NI154", "UTARGETLEAD19")
    await clock(opened, "/run/speed", {"speed": "fastest"})
    await clock(opened, "/run/go-on", {})
    await said.until(lambda: said.has("has a form open: left to you"))
    await played.close()
    await said.until(lambda: said.has("The window for October to December 2008 closes"))
    run = await clock(opened, "/run/stop", {})
    assert (run["run"]["state"], run["why_not"]) == ("stopped", "")
    assert datetime.fromisoformat(run["run"]["until"]).date() == FOURTH_BOARD
    assert said.has("LAA2-NI154 was reported already")
    assert said.has("The digest for July to September 2008 is published to the board")
    assert said.has("The window for October to December 2008 opens")
    await clock(opened, "", {"by_seconds": 3600})
    _once_each(opened)


async def _report(opened: House, ref: str, person: str) -> None:
    """Somebody on the page reports a target before its lead's hour has come."""
    with opened.season.database.reading() as session:
        number = targets.number_of(session, ref)
    part = next(one for one in cast(opened.first.programme, QUARTER) if one.ref == ref)
    assert number is not None
    company = Company(opened.season.attendant.settle)
    await company.report(opened.workspace.client(person), part, number, QUARTER)


def _once_each(opened: House) -> None:
    with opened.season.database.writing() as session:
        lines = outbox.ledger(session)
        secret = installation.delivery_secret(session, OPENS)
        came = [returns.in_quarter(session, quarter) for quarter in PASSED]
    stands = standing(opened.workspace, {opaque(secret, line.key): line.key for line in lines})
    others = [line for line in lines if stands.times(line.key) != 1]
    assert others == [], "nothing is asked twice, and nothing is lost"
    assert stands.strangers == 0
    kinds = Counter(line.kind for line in lines)
    assert kinds["digest_published"] == 1
    assert kinds["sponsor_acknowledged"] == kinds["lead_told_of_escalation"] > 0
    statuses = [one.status for quarter in came for one in quarter.values()]
    assert len(statuses) == len(REFS) * len(PASSED)
    assert statuses.count(Status.NOT_SUBMITTED) == 1, "the one whose lead was being played"


@pytest.mark.asyncio(loop_scope="module")
async def test_a_sponsor_who_has_acknowledged_is_offered_nothing_and_presses_nothing(
    opened: House,
) -> None:
    people, run = opened.season.people, opened.runs.latest
    reminded = ("sponsor-05", "sponsor-09")
    people.lines = [Line(QUARTER, Step(OPENS, label, Does.ACKNOWLEDGE)) for label in reminded]
    assert [_offered(opened, label) for label in reminded] == [False, False]
    assert run is not None
    before = run.news
    while await people.act(run):
        pass
    assert [_person(opened, label).ephemerals for label in reminded] == [[]] * len(reminded)
    assert run.news is before


def _person(opened: House, label: str) -> Client:
    ids = {person.label: person.slack_id for person in opened.first.programme.people}
    return opened.workspace.client(ids[label])


def _offered(opened: House, label: str) -> bool:
    buttons = [one for message in _person(opened, label).dm() for one in message.buttons]
    return Action.ACKNOWLEDGE in {one.action_id for one in buttons}


@pytest.mark.asyncio(loop_scope="module")
async def test_a_demo_that_is_ended_in_the_midst_of_a_jump_leaves_nothing(opened: House) -> None:
    season, bot = opened.season, opened.season.attendant.bot
    starts, began = bot.starts, opened.clock.now()
    far = began + timedelta(days=365)
    jump = asyncio.create_task(clock(opened, "", {"to": far.isoformat()}))
    changes = opened.workspace.core.team.changes
    await changes.until(lambda: opened.clock.now() > began + timedelta(days=1), PATIENCE_SECONDS)
    await opened.close()
    assert datetime.fromisoformat((await jump)["now"]) < far, "it stood where it was"
    assert (bot.is_alive, bot.starts) == (False, starts)
    assert not season.folder.exists()
    with pytest.raises(EndedError):
        await season.attendant.settle()
    assert bot.starts == starts, "nobody brings it back"


class Said:
    """What a run says, in order."""

    def __init__(self, opened: House) -> None:
        self.words: list[str] = []
        self._opened = opened
        opened.workspace.core.team.changes.listeners.append(lambda _change: self._note())

    def _note(self) -> None:
        run = self._opened.runs.latest
        if run and run.news and run.news.words not in self.words[-1:]:
            self.words.append(run.news.words)

    def has(self, words: str) -> bool:
        return any(words in one for one in self.words)

    async def until(self, holds: Callable[[], bool]) -> None:
        await self._opened.workspace.core.team.changes.until(holds, PATIENCE_SECONDS)


def test_quarters_beyond_the_data_are_made_up_the_same_again(programme: Programme) -> None:
    quarter = Quarter(2009, 1)
    assert invent(programme, quarter, 7) == invent(programme, quarter, 7)
    assert invent(programme, quarter, 7) != invent(programme, quarter, 8)


def test_figures_that_are_made_up_give_the_colour_that_was_meant(programme: Programme) -> None:
    targets = {target.ref: target for target in programme.targets}
    for quarter in (QUARTER.shifted(by) for by in range(1, 5)):
        parts = invent(programme, quarter, 3)
        assert {part.wanted for part in parts} >= {Status.RED, Status.AMBER, Status.GREEN}
        for part in parts:
            if part.way is Way.FIGURE and part.figure is not None:
                criteria = Criteria(targets[part.ref].polarity, Tolerance(), part.profile)
                assert colour(criteria, part.figure) is part.wanted


def test_a_running_total_grows_over_the_year_and_starts_anew(programme: Programme) -> None:
    homes = next(one for one in programme.targets if one.ref == "LAA2-NI154")
    expected = [
        profile_in(programme, homes, QUARTER.shifted(by), QUARTER)[0].value for by in range(4)
    ]
    assert expected == [1200, 1800, 2400, 600]


def test_every_stage_has_words() -> None:
    assert set(dates.HAPPENS) == set(StageKind)
