"""What Slack certainly refused: held, said plainly, parked, or the sender stops."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from flows.places import BOARD, CENTRAL
from store import outbox
from store.outbox import Outgoing
from store.tables import OutboxState, Person
from tests.bot.post_room import POST, PostRoom, to_lead, to_team
from workspace.log import Fault

LEAD, OTHER = "UTARGETLEAD01", "UTARGETLEAD02"


async def test_a_held_channel_is_left_for_as_long_as_slack_says_and_it_is_no_failure(
    room: PostRoom,
) -> None:
    await room.keep("one", to_team(), channel=CENTRAL)
    await room.keep("two", to_lead(), person=1)
    slow = Fault(status=429, error="ratelimited", retry_after=40)
    room.spoil(POST, "before", slow).channel = CENTRAL_ID
    now = room.clock.now()
    following = await room.sender.drain()
    assert following is not None
    assert timedelta(seconds=40) < following - now < timedelta(seconds=41)
    row = await room.row("one")
    assert (row.state, row.attempts) == (OutboxState.PENDING, 0)
    assert len(room.direct(LEAD)) == 1
    await room.until_quiet()
    row = await room.row("one")
    assert (row.state, row.attempts) == (OutboxState.SENT, 1)
    assert row.sent_at == following


async def test_a_channel_that_is_held_for_an_hour_keeps_nobody_elses_message_back(
    room: PostRoom,
) -> None:
    for number in range(250):
        await room.keep(f"team {number}", to_team(), channel=CENTRAL)
    await room.keep("lead", to_lead(), person=1)
    slow = Fault(status=429, error="ratelimited", retry_after=3_600)
    room.spoil(POST, "before", slow).channel = CENTRAL_ID
    start = room.clock.now()
    await room.sender.drain()
    assert room.standing(CENTRAL_ID) == []
    assert (await room.row("lead")).sent_at == start
    assert len(room.direct(LEAD)) == 1


async def test_two_senders_that_are_held_together_do_not_come_back_together(
    room: PostRoom,
) -> None:
    instants = set()
    for seed in (1, 2):
        room.restart(seed=seed)
        await room.keep(f"one {seed}", to_team(), channel=CENTRAL)
        room.spoil(POST, "before", Fault(status=429, error="ratelimited", retry_after=40))
        start = room.clock.now()
        following = await room.sender.drain()
        assert following is not None
        instants.add(following - start)
        await room.until_quiet()
    assert len(instants) == 2


async def test_while_looking_is_held_nothing_more_is_looked_for(room: PostRoom) -> None:
    for number in range(1, 7):
        await room.keep(f"key {number}", to_lead(), person=number)
    room.spoil(POST, "after", *[Fault(drop=True)] * 6)
    await room.sender.drain()
    slow = Fault(status=429, error="ratelimited", retry_after=40)
    spoiler = room.spoil("conversations.history", "before", *[slow] * 50)
    room.clock.move_by(timedelta(minutes=3))
    await room.sender.drain()
    asked = 50 - len(spoiler.faults)
    room.clock.move_by(timedelta(seconds=39))
    await room.sender.drain()
    assert 50 - len(spoiler.faults) == asked
    spoiler.faults.clear()
    await room.until_quiet()
    assert room.doubled() == []
    assert room.calls() == 6


async def test_ten_minutes_of_too_many_requests_lose_and_double_nothing(room: PostRoom) -> None:
    for number in range(1, 21):
        await room.keep(f"key {number}", to_lead(), person=number)
    slow = Fault(status=429, error="ratelimited", retry_after=60)
    room.spoil(POST, "before", *[slow] * 10)
    await room.until_quiet()
    for number in range(1, 21):
        assert (await room.row(f"key {number}")).state is OutboxState.SENT
    assert room.doubled() == []
    assert room.calls() == 20


async def test_blocks_that_slack_refuses_are_said_once_more_in_plain_words(room: PostRoom) -> None:
    await room.keep("one", to_team(), channel=CENTRAL)
    room.spoil(POST, "before", Fault(error="invalid_blocks"))
    await room.until_quiet()
    (post,) = room.standing(CENTRAL_ID)
    assert post.blocks == ()
    assert "9 parts" in post.text


async def test_words_that_slack_refuses_even_plain_are_parked_for_a_person(room: PostRoom) -> None:
    await room.keep("one", to_team(), channel=CENTRAL)
    await room.keep("two", to_team("second"), channel=CENTRAL)
    spoiler = room.spoil(POST, "before", *[Fault(error="invalid_blocks")] * 2)
    await room.until_quiet()
    row = await room.row("one")
    assert (row.state, row.attempts, row.error) == (OutboxState.PARKED, 2, "invalid_blocks")
    assert spoiler.faults == []
    assert (await room.row("two")).state is OutboxState.SENT


@pytest.mark.parametrize("word", ["channel_not_found", "is_archived", "not_in_channel"])
async def test_a_channel_that_cannot_be_written_to_parks_its_messages_only(
    room: PostRoom, word: str
) -> None:
    await room.keep("one", to_team(), channel=BOARD)
    await room.keep("two", to_lead(), person=1)
    room.spoil(POST, "before", Fault(error=word)).channel = BOARD_ID
    await room.until_quiet()
    row = await room.row("one")
    assert (row.state, row.error) == (OutboxState.PARKED, word)
    assert len(room.direct(LEAD)) == 1


async def test_a_channel_setting_that_names_no_channel_parks(room: PostRoom) -> None:
    await room.keep("one", to_team(), channel="OLD_CHANNEL")
    await room.until_quiet()
    row = await room.row("one")
    assert (row.state, row.error) == (OutboxState.PARKED, "the setting OLD_CHANNEL is empty")


async def test_a_revoked_token_stops_the_sender_and_loses_nothing(room: PostRoom) -> None:
    for number in range(1, 13):
        await room.keep(f"key {number}", to_lead(), person=number)
    spoiler = room.spoil(POST, "before", *[Fault(error="token_revoked")] * 100)
    await room.sender.drain()
    assert room.sender.stopped_by == "token_revoked"
    asked = 100 - len(spoiler.faults)
    room.clock.move_by(timedelta(hours=1))
    await room.sender.drain()
    assert 100 - len(spoiler.faults) == asked < 12
    spoiler.faults.clear()
    room.restart()
    await room.until_quiet()
    assert room.calls() == 12
    assert room.doubled() == []


def keep_undecodable(session: Session, room: PostRoom, kind: str, body: str) -> None:
    now = room.clock.now()
    outbox.post(session, Outgoing("poison", kind, body, to_person=1), due_at=now, now=now)


@pytest.mark.parametrize(
    ("kind", "body"),
    [("digest_published", "{"), ("digest_published", "{}"), ("no_such_kind", "{}")],
    ids=["broken", "of another shape", "of another version"],
)
async def test_a_row_that_cannot_be_worded_blocks_nobody(
    room: PostRoom, kind: str, body: str
) -> None:
    await room.desk.write(keep_undecodable, room, kind, body)
    await room.keep("one", to_lead(), person=1)
    await room.keep("two", to_lead(), person=2)
    await room.until_quiet()
    assert (await room.row("poison")).state is OutboxState.PARKED
    assert len(room.direct(LEAD)) == len(room.direct(OTHER)) == 1


def deactivate(session: Session, number: int) -> None:
    session.get_one(Person, number).active = False


async def test_nothing_is_sent_to_somebody_who_left(room: PostRoom) -> None:
    await room.keep("one", to_lead(), person=1)
    await room.desk.write(deactivate, 1)
    await room.until_quiet()
    assert (await room.row("one")).state is OutboxState.PARKED
    assert room.direct(LEAD) == []
