"""The figure about Slack's pace: G11, 500 reminders, and again through ten minutes of refusals.

It owns this script: a sender and a workspace over HTTP, on the hand-moved clock, with the
workspace's own limits in force.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from sqlmodel import Session

from bot.clock import HandClock
from bot.desk import Desk
from bot.marks import opaque
from bot.rehearsal.playhouse import playhouse
from bot.rehearsal.preparation import prepare
from messages.notices.returns import ReturnsStillMissing
from rules.vocabulary import Role
from store import migrate, people
from store.database import Database
from store.importing.programme import PersonLine, Programme
from tests.bot.post_room import PATIENCE_SECONDS, SECRET, PostRoom
from tests.campaign.ground import Ground
from tests.campaign.record import Record
from tests.sample import BEFORE_OPENING, OPENS, QUARTER
from workspace.log import Fault, Stage
from workspace.server import Workspace

PEOPLE = 500
A_MINUTE = 300
"""Messages a minute over the whole workspace: Slack says "several hundred"."""
STORM = timedelta(minutes=10)
RETRY_AFTER = 30
LAST_HOLD = timedelta(seconds=RETRY_AFTER + 1)
"""The longest hold that may still run when the refusals end, with the sender's jitter."""


@dataclass
class Refusals:
    """Refuses every call until an instant, and counts them."""

    clock: HandClock
    until: datetime
    refused: int = 0

    async def __call__(self, stage: Stage, what: dict[str, Any]) -> Fault | None:
        """Answer 429 to a call."""
        if stage != "before" or "method" not in what or self.clock.now() >= self.until:
            return None
        self.refused += 1
        return Fault(status=429, error="ratelimited", retry_after=RETRY_AFTER)


async def reminders(
    ground: Ground, engine: str, seed: int, *, refusing: bool, people: int = PEOPLE
) -> Record:
    """G11: a reminder to each of 500 people, through ten minutes of refusals or without."""
    begun = asyncio.get_running_loop().time()
    async with _room(ground, engine, people) as room:
        numbers = await room.desk.read(_numbers)
        room.restart()
        start = room.clock.now()
        storm = Refusals(room.clock, start + STORM if refusing else start)
        room.workspace.watch(storm)
        for number in numbers:
            key = f"remind:{QUARTER}:due:person {number}"
            await room.keep(key, ReturnsStillMissing.example(), person=number)
        await room.until_quiet()
        took = room.clock.now() - start
        standing = _standing(room)
    wanted = {opaque(SECRET, f"remind:{QUARTER}:due:person {number}") for number in numbers}
    at_pace = timedelta(seconds=60 * people / A_MINUTE)
    allowed = at_pace + (STORM + LAST_HOLD if refusing else timedelta(0))
    words = f"{len(numbers)} reminders in {took.total_seconds():.0f} s of Slack's time"
    return Record(
        "G11",
        f"{words}, every call refused for ten minutes" if refusing else words,
        engine,
        seed,
        faults=storm.refused,
        due=len(wanted),
        posted=sum(standing[key] == 1 for key in wanted),
        lost=sum(standing[key] == 0 for key in wanted),
        doubled=sum(count > 1 for count in standing.values()),
        seconds=asyncio.get_running_loop().time() - begun,
        wrong="" if took <= allowed else f"slower than {allowed.total_seconds():.0f} s",
    )


@asynccontextmanager
async def _room(ground: Ground, engine: str, count: int) -> AsyncIterator[PostRoom]:
    programme = many(ground.sample, count)
    database = Database(ground.fresh(engine))
    migrate.upgrade(database)
    clock = HandClock(OPENS)
    workspace = Workspace(playhouse(programme), clock)
    with database.writing() as session:
        prepare(session, programme, (), QUARTER, BEFORE_OPENING)
        for person in people.everyone(session):
            # Everybody had a request before: their direct messages are open.
            channel = workspace.core.team.open_dm(person.slack_id).id
            people.keep_direct_channel(session, person.number, channel)
    await workspace.start()
    desk = Desk(database)
    timeout = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as http:
        yield PostRoom(workspace, clock, desk, http)
    await workspace.stop()
    desk.close()


def many(programme: Programme, count: int) -> Programme:
    """The programme with so many more leads."""
    leads = (
        PersonLine(f"further-lead-{number}", f"UFURTHER{number:03}", (Role.TARGET_LEAD,))
        for number in range(1, count + 1)
    )
    return replace(programme, people=(*programme.people, *leads))


def _numbers(session: Session) -> list[int]:
    return [one.number for one in people.everyone(session) if one.label.startswith("further")]


def _standing(room: PostRoom) -> Counter[str]:
    return Counter(
        str(post.metadata["event_payload"]["key"])
        for posts in room.workspace.core.team.posts.values()
        for post in posts.values()
        if post.metadata
    )
