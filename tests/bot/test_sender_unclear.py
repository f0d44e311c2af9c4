"""After an unclear answer nothing is lost and nothing is said twice."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from bot.clock import HandClock
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from bot.sender import Pace
from bot.wiring import directory
from flows.places import BOARD, CENTRAL
from messages.say import Voice
from store import outbox
from store.outbox import Delivery
from store.tables import OutboxState, Person
from tests.bot.post_room import EDIT, POST, TOO_LONG_SECONDS, PostRoom, to_lead, to_team
from workspace.log import Fault, Stage

LEAD = "UTARGETLEAD01"
FAULTS = {
    "connection dropped": Fault(drop=True),
    "no answer in time": Fault(delay=TOO_LONG_SECONDS, drop=True),
    "a gateway's 503": Fault(status=503),
    "Slack's 500": Fault(status=500, error="internal_error"),
    "an unknown word": Fault(error="fatal_error"),
}
STAGES: tuple[Stage, ...] = ("before", "after")


@pytest.mark.parametrize("stage", STAGES, ids=["not posted", "posted"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_a_message_stands_once_whatever_went_wrong(
    room: PostRoom, fault: Fault, stage: Stage
) -> None:
    await room.keep("one", to_lead(), person=1)
    room.spoil(POST, stage, fault)
    following = await room.sender.drain()
    assert (await room.row("one")).state is OutboxState.UNKNOWN
    assert following == room.clock.now() + Pace().settle
    await room.until_quiet()
    assert (await room.row("one")).state is OutboxState.SENT
    assert len(room.direct(LEAD)) == 1
    assert room.calls("conversations.history") == 1


async def test_before_the_settling_time_is_over_nothing_is_looked_for_or_sent(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead(), person=1)
    room.spoil(POST, "before", Fault(drop=True))
    await room.sender.drain()
    room.clock.move_by(Pace().settle - timedelta(seconds=1))
    await room.sender.drain()
    assert room.calls("conversations.history") == 0
    assert room.direct(LEAD) == []


@pytest.mark.parametrize("stage", STAGES, ids=["not posted", "posted"])
async def test_a_reply_is_looked_for_under_its_parent(room: PostRoom, stage: Stage) -> None:
    await room.keep("parent", to_team(), channel=BOARD)
    await room.sender.drain()
    await room.keep("reply", to_team("reply"), channel=BOARD, follows="parent")
    room.spoil(POST, stage, Fault(drop=True))
    room.clock.move_by(timedelta(seconds=2))
    await room.until_quiet()
    parent, reply = room.standing(BOARD_ID)
    assert reply.thread_ts == parent.ts
    assert room.calls("conversations.replies") == 1
    assert room.calls("conversations.history") == 0


async def test_a_reply_waits_until_the_fate_of_its_parent_is_known(room: PostRoom) -> None:
    await room.keep("parent", to_team(), channel=BOARD)
    await room.keep("reply", to_team("reply"), channel=BOARD, follows="parent")
    room.spoil(POST, "after", Fault(drop=True))
    await room.sender.drain()
    assert (await room.row("reply")).attempts == 0
    await room.until_quiet()
    parent, reply = room.standing(BOARD_ID)
    assert reply.thread_ts == parent.ts


async def test_a_sender_that_died_before_posting_is_followed_by_one_that_posts(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead(), person=1)
    await take(room)
    room.restart()
    await room.until_quiet()
    assert len(room.direct(LEAD)) == 1


async def test_a_sender_that_died_after_posting_is_followed_by_one_that_finds_it(
    room: PostRoom,
) -> None:
    await room.keep("one", to_team(), channel=CENTRAL)
    (delivery,) = await take(room)
    (payload,) = Voice().say(to_team(), await room.desk.read(directory))
    await room.sender.office.post(CENTRAL_ID, delivery.key, payload, thread=None, plain=False)
    room.restart()
    await room.until_quiet()
    row = await room.row("one")
    (post,) = room.standing(CENTRAL_ID)
    assert (row.state, row.ts) == (OutboxState.SENT, post.ts)


async def test_what_was_on_its_way_when_the_bot_went_away_for_days_is_sent_when_it_is_back(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead("first"), person=1)
    await take(room)
    room.clock.move_by(timedelta(days=3))
    room.restart()
    await room.until_quiet()
    assert len(room.direct(LEAD)) == 1
    await room.edit("one", to_lead("second"))
    await take(room)
    room.clock.move_by(timedelta(days=3))
    room.restart()
    await room.until_quiet()
    (post,) = room.direct(LEAD)
    assert "second" in post
    assert (await room.row("one")).state is OutboxState.SENT


async def test_a_lease_that_still_runs_is_left_alone(room: PostRoom) -> None:
    await room.keep("one", to_lead(), person=1)
    await take(room)
    room.restart()
    room.clock.move_by(Pace().lease - timedelta(seconds=1))
    await room.sender.drain()
    assert (await room.row("one")).state is OutboxState.SENDING


async def test_a_look_that_fails_is_made_again_before_anything_is_sent(room: PostRoom) -> None:
    await room.keep("one", to_lead(), person=1)
    room.spoil(POST, "after", Fault(drop=True))
    room.spoil(
        "conversations.history",
        "before",
        Fault(drop=True),
        Fault(status=429, error="ratelimited", retry_after=40),
        Fault(status=503),
    )
    await room.until_quiet()
    assert room.calls(POST) == 1
    assert len(room.direct(LEAD)) == 1


async def test_a_message_without_a_known_fate_for_a_day_is_parked(room: PostRoom) -> None:
    room.restart(Pace(settle=timedelta(hours=5)))
    await room.keep("one", to_lead(), person=1)
    room.spoil(POST, "before", *[Fault(drop=True)] * 10)
    await room.until_quiet()
    row = await room.row("one")
    assert row.state is OutboxState.PARKED
    assert row.error == "no answer for 24 hours"
    assert room.direct(LEAD) == []


async def test_somebody_deactivated_while_a_message_is_looked_for_blocks_nobody(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead(), person=1)
    room.spoil(POST, "before", Fault(drop=True))
    await room.sender.drain()
    await room.desk.write(deactivate, 1)
    await room.keep("two", to_lead(), person=2)
    await room.until_quiet()
    assert (await room.row("one")).state is OutboxState.PARKED
    assert len(room.direct("UTARGETLEAD02")) == 1


@pytest.mark.parametrize("stage", STAGES, ids=["not made", "made"])
async def test_an_edit_without_an_answer_is_made_again(room: PostRoom, stage: Stage) -> None:
    await room.keep("one", to_lead("first"), person=1)
    await room.sender.drain()
    await room.edit("one", to_lead("second"))
    room.spoil(EDIT, stage, Fault(drop=True))
    await room.until_quiet()
    (words,) = room.direct(LEAD)
    assert "second" in words


async def test_after_an_edit_without_an_answer_the_last_words_stand(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead("first"), person=1)
    await room.sender.drain()
    await room.edit("one", to_lead("second"))
    room.spoil(EDIT, "before", Fault(drop=True))
    room.clock.move_by(timedelta(seconds=2))
    await room.sender.drain()
    await room.edit("one", to_lead("third"))
    await room.until_quiet()
    (words,) = room.direct(LEAD)
    assert "third" in words


def deactivate(session: Session, number: int) -> None:
    session.get_one(Person, number).active = False


async def take(room: PostRoom) -> tuple[Delivery, ...]:
    """Mark rows as being sent, and do no more: what a sender did that then died."""
    now = room.clock.now()
    return await room.desk.write(
        outbox.claim, now, lease_until=now + Pace().lease, limit=8, busy=frozenset()
    )


class Ahead:
    """A machine whose clock is ahead of Slack's."""

    def __init__(self, clock: HandClock, by: timedelta) -> None:
        self._clock, self._by = clock, by

    def now(self) -> datetime:
        return self._clock.now() + self._by


@pytest.mark.parametrize("hours", [-23, -1, 1, 23])
async def test_a_message_is_found_by_a_machine_whose_clock_is_wrong(
    room: PostRoom, hours: int
) -> None:
    room.clock.move_by(timedelta(days=1))
    room.restart(clock=Ahead(room.clock, timedelta(hours=hours)))
    await room.keep("one", to_lead(), person=1)
    room.clock.move_by(timedelta(days=1))
    room.spoil(POST, "after", Fault(drop=True))
    for _ in range(3):
        await room.sender.drain()
        room.clock.move_by(Pace().settle)
    assert room.doubled() == []
    assert (await room.row("one")).state is OutboxState.SENT
    assert len(room.direct(LEAD)) == 1
