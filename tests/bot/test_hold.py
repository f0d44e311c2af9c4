"""Sending is held when the clock has jumped, and goes on once an administrator releases it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.clock import HandClock, WallClock
from bot.desk import Desk
from bot.rehearsal.playhouse import CENTRAL_ID
from bot.steadiness import Steadiness, steadiness_of
from bot.ticker import Ticker
from flows import standing
from flows.deliveries import Done
from flows.hold import hold_after_restore, release, release_by_command
from messages.notices.refusals import AlreadySeenTo, OutOfDate, Refused
from messages.notices.trouble import SeenTo
from store import hold, outbox
from store.database import Database
from store.hold import Hold
from store.tables import OutboxState
from tests.bot.post_room import POST, PostRoom, to_lead
from tests.sample import BEFORE_OPENING, OPENS
from workspace.log import Fault

LEAD, ADMIN, SECOND = "UTARGETLEAD01", "UCENTRALTEAM01", "UCENTRALTEAM02"
A_MINUTE = 60.0


class Machine:
    """A machine's two clocks: the wall's is the room's, the other one runs only as told."""

    def __init__(self, room: PostRoom) -> None:
        room.clock.move_to(BEFORE_OPENING)
        self.room = room
        self.seconds = 0.0
        self.ticker = self.restarted()

    def restarted(self) -> Ticker:
        """The ticker of a process that has just started."""
        steadiness = Steadiness(self.room.clock.now, lambda: self.seconds)
        return Ticker(self.room.desk, self.room.clock, steadiness)

    async def minute(self, moved: timedelta = timedelta(minutes=1)) -> datetime | None:
        """A minute runs, by which the wall clock moves so far; then it ticks and sends."""
        self.seconds += A_MINUTE
        self.room.clock.move_by(moved)
        following = await self.ticker.tick()
        await self.room.until_quiet(timedelta(minutes=1))
        return following


def told(room: PostRoom) -> list[str]:
    return [post.text for post in room.standing(CENTRAL_ID)]


async def jumped(room: PostRoom) -> tuple[Machine, Hold]:
    """A clock that went on by ten days, over the opening of the window."""
    machine = Machine(room)
    await machine.minute()
    assert told(room) == []
    assert await machine.minute(timedelta(days=10)) is None
    held = await room.desk.read(hold.standing)
    assert held is not None
    return machine, held


async def test_a_clock_that_jumps_holds_everything_but_the_message_that_says_so(
    room: PostRoom,
) -> None:
    machine, _ = await jumped(room)
    await room.keep("one", to_lead(), person=1)
    for _ in range(3):
        assert await machine.minute() is None
    (words,) = told(room)
    assert words.startswith("Sending is held: the clock has jumped by 10 days\n")
    assert room.direct(LEAD) == []
    assert (await room.row("one")).attempts == 0


async def test_once_released_everything_due_is_done_and_the_message_says_by_whom(
    room: PostRoom,
) -> None:
    machine, held = await jumped(room)
    await room.keep("one", to_lead(), person=1)
    done = await room.desk.write(release, ADMIN, held.number, room.clock.now())
    assert done == Done(SeenTo.RELEASED)
    assert await machine.minute() is not None
    await room.until_quiet()
    words = told(room)
    assert words[0].startswith("Sending goes on: released on")
    assert "central-team-01 released it." in words[0]
    assert any(text.startswith("The window for July to September 2008") for text in words)
    assert (await room.row("one")).state is OutboxState.SENT


async def test_where_the_central_channel_cannot_be_told_every_administrator_can_release(
    room: PostRoom,
) -> None:
    """Nothing else goes out meanwhile."""
    room.spoil(POST, "before", Fault(error="is_archived")).channel = CENTRAL_ID
    machine, held = await jumped(room)
    await room.keep("one", to_lead(), person=1)
    await machine.minute()
    for slack_id in (ADMIN, SECOND):
        (words,) = room.direct(slack_id)
        assert words.startswith("Sending is held: the clock has jumped by 10 days\n")
        assert "this could not be said in the central channel" in words
    assert told(room) == room.direct(LEAD) == []
    await room.desk.write(release, SECOND, held.number, room.clock.now())
    await machine.minute()
    for slack_id in (ADMIN, SECOND):
        assert room.direct(slack_id)[0].startswith("Sending goes on: released on")
    assert (await room.row("one")).state is OutboxState.SENT


async def test_what_no_administrator_can_be_told_either_is_told_nobody_else(
    room: PostRoom,
) -> None:
    room.spoil(POST, "before", Fault(error="is_archived")).channel = CENTRAL_ID
    room.spoil("conversations.open", "before", *[Fault(error="user_disabled")] * 9)
    machine, held = await jumped(room)
    await machine.minute()
    people = [await room.desk.read(standing.number_of, one) for one in (ADMIN, SECOND)]
    about = {one.key: one.state for one in await room.desk.read(outbox.ledger)}
    keys = {held.key, *(f"to {person}:{held.key}" for person in people)}
    assert about == dict.fromkeys(keys, OutboxState.PARKED)


async def test_a_second_press_hears_who_released_and_an_older_button_releases_nothing(
    room: PostRoom,
) -> None:
    machine, held = await jumped(room)
    at = room.clock.now()
    await room.desk.write(release, ADMIN, held.number, at)
    by = await room.desk.read(standing.number_of, ADMIN)
    first = AlreadySeenTo(SeenTo.RELEASED, at, by)
    assert await room.desk.write(release, ADMIN, held.number, room.clock.now()) == first
    await machine.minute(timedelta(days=-10))
    assert await room.desk.write(release, ADMIN, held.number, room.clock.now()) == first
    assert await room.desk.read(hold.standing) is not None
    unknown = await room.desk.write(release, ADMIN, 7, room.clock.now())
    assert isinstance(unknown, OutOfDate)


async def test_somebody_else_cannot_release(room: PostRoom) -> None:
    _, held = await jumped(room)
    refused = await room.desk.write(release, LEAD, held.number, room.clock.now())
    assert isinstance(refused, Refused)
    assert refused.who_can == ("CENTRAL_TEAM",)
    assert await room.desk.read(hold.standing) == held


async def test_it_is_released_at_the_command_line_where_slack_is_out_of_reach(
    room: PostRoom,
) -> None:
    machine, held = await jumped(room)
    assert await room.desk.write(release_by_command, room.clock.now()) == held
    assert await room.desk.write(release_by_command, room.clock.now()) is None
    await machine.minute()
    await room.until_quiet()
    assert "at the command line" in told(room)[0]


async def test_while_it_is_held_a_second_jump_changes_nothing(room: PostRoom) -> None:
    machine, held = await jumped(room)
    await machine.minute(timedelta(days=-10))
    assert await room.desk.read(hold.standing) == held
    assert len(told(room)) == 1


async def test_a_restart_after_an_outage_of_whatever_length_is_no_jump(room: PostRoom) -> None:
    machine = Machine(room)
    await machine.minute()
    machine.ticker = machine.restarted()
    await machine.minute(timedelta(days=10))
    assert await room.desk.read(hold.latest) is None
    assert any("is open, due" in text for text in told(room))


async def test_a_change_of_the_clocks_is_no_jump(room: PostRoom) -> None:
    machine = Machine(room)
    for moved in (1, -1, 23, -23):
        await machine.minute(timedelta(hours=moved))
    assert await room.desk.read(hold.latest) is None


async def test_after_a_restore_what_is_new_is_looked_for_before_it_is_sent(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead(), person=1)
    now = room.clock.now()
    assert await room.desk.write(hold_after_restore, now - timedelta(hours=1), now) == 1
    await room.keep("two", to_lead(), person=2)
    for key in ("one", "two"):
        row = await room.row(key)
        since = now - timedelta(hours=1)
        assert (row.state, row.first_attempt_at) == (OutboxState.UNKNOWN, since)
    await room.until_quiet()
    assert told(room)[0].startswith("Sending is held: the records were restored")
    await room.desk.write(release_by_command, room.clock.now())
    await room.until_quiet()
    for key in ("one", "two"):
        row = await room.row(key)
        assert (row.state, row.attempts) == (OutboxState.SENT, 1)
        assert row.first_attempt_at is not None
        assert row.first_attempt_at >= now


async def test_every_sender_respects_the_hold(room: PostRoom) -> None:
    await jumped(room)
    await room.keep("one", to_lead(), person=1)
    room.restart()
    room.clock.move_by(timedelta(minutes=5))
    assert await room.sender.drain() is None
    assert (await room.row("one")).state is OutboxState.PENDING
    assert await room.desk.read(outbox.next_ready) is not None


def test_only_the_wall_clock_is_looked_after() -> None:
    assert steadiness_of(WallClock()) is not None
    assert steadiness_of(HandClock(OPENS)) is None


class RefusingOnce(Desk):
    """The desk of a database that is out of reach for one write."""

    refusals = 1

    async def write(self, flow: Any, *args: Any, **kwargs: Any) -> Any:
        if self.refusals:
            self.refusals -= 1
            raise ConnectionError
        return await super().write(flow, *args, **kwargs)


async def test_a_jump_is_not_forgotten_when_the_database_is_out_of_reach_just_then(
    room: PostRoom, database: Database
) -> None:
    machine = Machine(room)
    machine.ticker.desk = RefusingOnce(database)
    await machine.minute()
    with pytest.raises(ConnectionError):
        await machine.minute(timedelta(days=10))
    assert await machine.minute() is None
    assert await room.desk.read(hold.standing) is not None


async def test_what_was_set_aside_by_a_clock_that_was_ahead_goes_out_once_it_is_right(
    room: PostRoom,
) -> None:
    """The message that says so among them."""
    machine = Machine(room)
    await machine.minute()
    machine.seconds += A_MINUTE
    room.clock.move_by(timedelta(days=40))
    await room.keep("one", to_lead(), person=1)
    await machine.ticker.tick()
    room.clock.move_by(-timedelta(days=40))
    await machine.minute()
    (words,) = told(room)
    assert words.startswith("Sending is held: the clock has jumped by 40 days\n")
    assert await room.desk.write(release_by_command, room.clock.now()) is not None
    await machine.minute()
    assert len(room.direct(LEAD)) == 1
