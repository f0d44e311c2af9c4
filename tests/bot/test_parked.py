"""A message that is set aside: administrators hear of it once, and one of them sees to it."""

from dataclasses import replace
from datetime import timedelta

from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from bot.sender import Pace
from flows import standing
from flows.deliveries import Done, deal_with, send_again, set_aside
from flows.places import BOARD, CENTRAL
from messages.notices.refusals import AlreadySeenTo, OutOfDate, Refused
from messages.notices.trouble import MessageNotSent, SeenTo, SendingHeld
from store import outbox
from store.tables import OutboxState
from tests.bot.post_room import POST, PostRoom, to_lead, to_team
from tests.bot.test_sender_pace import long_annex
from workspace.log import Fault

LEAD, ADMIN, SECOND = "UTARGETLEAD01", "UCENTRALTEAM01", "UCENTRALTEAM02"
ARCHIVED = Fault(error="is_archived")


def told(room: PostRoom) -> list[str]:
    """What stands in the central channel, oldest first."""
    return [post.text for post in room.standing(CENTRAL_ID)]


async def number(room: PostRoom, key: str) -> int:
    """What a button names the message by."""
    return (await room.row(key)).id or 0


async def press(room: PostRoom, key: str, slack_id: str = ADMIN) -> object:
    """Somebody presses “Send it again”, and it is sent."""
    named = await number(room, key)
    done = await room.desk.write(send_again, slack_id, named, room.clock.now())
    await room.until_quiet()
    return done


async def thread_in_an_archived_channel(room: PostRoom) -> None:
    await room.keep("parent", to_team(), channel=BOARD)
    for reply in ("first", "second"):
        await room.keep(reply, to_team(reply), channel=BOARD, follows="parent")
    room.spoil(POST, "before", ARCHIVED).channel = BOARD_ID
    await room.until_quiet()


async def test_the_central_channel_hears_what_was_not_sent_why_and_what_to_do(
    room: PostRoom,
) -> None:
    await thread_in_an_archived_channel(room)
    (words,) = told(room)
    assert words.startswith("Not sent: the message that the digest is out to the board channel\n")
    assert "the channel is archived" in words
    assert "Bring the channel back" in words
    assert "2 messages that can only follow it wait with it" in words


async def test_what_is_sent_again_takes_along_what_waited_behind_it(room: PostRoom) -> None:
    await thread_in_an_archived_channel(room)
    assert await press(room, "parent") == Done(SeenTo.SENT_AGAIN)
    parent, first, second = room.standing(BOARD_ID)
    assert first.thread_ts == second.thread_ts == parent.ts
    (words,) = told(room)
    assert words.startswith("Asked to be sent again: the message that the digest is out")
    assert "central-team-01 had it sent again on Wednesday 1 October 2008" in words


async def test_a_second_press_hears_who_was_first_and_when(room: PostRoom) -> None:
    await thread_in_an_archived_channel(room)
    at = room.clock.now()
    await press(room, "parent")
    again = await press(room, "parent")
    first = await room.desk.read(standing.number_of, ADMIN)
    assert again == AlreadySeenTo(SeenTo.SENT_AGAIN, at, first)
    assert len(room.standing(BOARD_ID)) == 3


async def test_somebody_else_cannot_send_it_again_and_is_told_who_can(room: PostRoom) -> None:
    await thread_in_an_archived_channel(room)
    refused = await press(room, "parent", LEAD)
    assert isinstance(refused, Refused)
    assert refused.who_can == ("CENTRAL_TEAM",)
    assert room.standing(BOARD_ID) == []


async def test_what_is_refused_once_more_is_told_once_more(room: PostRoom) -> None:
    await thread_in_an_archived_channel(room)
    room.spoil(POST, "before", ARCHIVED).channel = BOARD_ID
    await press(room, "parent")
    first, second = told(room)
    assert first.startswith("Asked to be sent again")
    assert second.startswith("Not sent")
    assert await press(room, "parent") == Done(SeenTo.SENT_AGAIN)
    assert len(room.standing(BOARD_ID)) == 3


async def test_what_was_dealt_with_is_left_as_it_is(room: PostRoom) -> None:
    await thread_in_an_archived_channel(room)
    named = await number(room, "parent")
    assert await room.desk.write(deal_with, ADMIN, named, room.clock.now()) == Done(
        SeenTo.DEALT_WITH
    )
    await room.until_quiet()
    assert (await room.row("parent")).state is OutboxState.PARKED
    assert told(room)[0].startswith("Dealt with: the message that the digest is out")
    assert isinstance(await press(room, "parent"), AlreadySeenTo)
    assert room.standing(BOARD_ID) == []


async def test_a_message_without_an_answer_for_a_day_is_looked_for_before_it_is_sent_again(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead(), person=1)
    room.spoil(POST, "after", Fault(drop=True))
    slow = Fault(status=429, error="ratelimited", retry_after=7_200)
    away = room.spoil("conversations.history", "before", *[slow] * 40)
    await room.until_quiet()
    assert (await room.row("one")).state is OutboxState.PARKED
    (words,) = told(room)
    assert "Slack gave no clear answer for 24 hours" in words
    assert "I look for it in Slack first" in words
    away.faults.clear()
    await press(room, "one")
    assert (await room.row("one")).state is OutboxState.SENT
    assert len(room.direct(LEAD)) == 1
    assert room.doubled() == []


async def test_a_message_that_was_not_posted_at_all_is_sent_without_a_look(
    room: PostRoom,
) -> None:
    await thread_in_an_archived_channel(room)
    await press(room, "parent")
    assert len(room.standing(BOARD_ID)) == 3
    assert room.calls("conversations.history") == 0


async def test_where_the_central_channel_cannot_be_written_to_every_administrator_is_told(
    room: PostRoom,
) -> None:
    await room.keep("one", to_team(), channel=CENTRAL)
    room.spoil(POST, "before", Fault(error="not_in_channel")).channel = CENTRAL_ID
    await room.until_quiet()
    for slack_id in (ADMIN, SECOND):
        (words,) = room.direct(slack_id)
        assert "I am not in the channel" in words
        assert "this could not be said in the central channel" in words
    await press(room, "one")
    assert len(room.standing(CENTRAL_ID)) == 1
    for slack_id in (ADMIN, SECOND):
        assert room.direct(slack_id)[0].startswith("Asked to be sent again")


async def nobody_can_be_told_in_the_central_channel(room: PostRoom) -> None:
    """The board's channel is archived, and the central channel as well."""
    room.spoil(POST, "before", *[ARCHIVED] * 9).channel = CENTRAL_ID
    await thread_in_an_archived_channel(room)


async def test_what_the_central_channel_cannot_be_told_goes_to_every_administrator_once(
    room: PostRoom,
) -> None:
    await nobody_can_be_told_in_the_central_channel(room)
    assert (await room.row("parked 1:parent")).state is OutboxState.PARKED
    assert told(room) == []
    for slack_id in (ADMIN, SECOND):
        (words,) = room.direct(slack_id)
        assert words.startswith("Not sent: the message that the digest is out to the board channel")
        assert "this could not be said in the central channel" in words
    assert room.direct(LEAD) == []


async def test_what_an_administrator_was_told_directly_is_seen_to_like_any_other(
    room: PostRoom,
) -> None:
    await nobody_can_be_told_in_the_central_channel(room)
    assert await press(room, "parent") == Done(SeenTo.SENT_AGAIN)
    assert len(room.standing(BOARD_ID)) == 3
    assert isinstance(await press(room, "parent", SECOND), AlreadySeenTo)
    for slack_id in (ADMIN, SECOND):
        (words,) = room.direct(slack_id)
        assert words.startswith("Asked to be sent again")


async def test_what_is_refused_once_more_is_told_directly_once_more(room: PostRoom) -> None:
    await nobody_can_be_told_in_the_central_channel(room)
    room.spoil(POST, "before", ARCHIVED).channel = BOARD_ID
    await press(room, "parent")
    first, second = room.direct(ADMIN)
    assert first.startswith("Asked to be sent again")
    assert second.startswith("Not sent")


async def test_what_an_administrator_cannot_be_told_either_is_told_nobody(room: PostRoom) -> None:
    room.spoil("conversations.open", "before", *[Fault(error="user_disabled")] * 9)
    await nobody_can_be_told_in_the_central_channel(room)
    first = await room.desk.read(standing.number_of, ADMIN)
    assert (await room.row(f"parked 1 to {first}:parent")).state is OutboxState.PARKED
    kept = {line.key for line in await room.desk.read(outbox.ledger)}
    assert not {key for key in kept if key.count("parked") > 1 or key.startswith("to ")}
    assert room.direct(ADMIN) == room.direct(SECOND) == told(room) == []


async def test_what_was_seen_to_meanwhile_needs_no_administrator(room: PostRoom) -> None:
    seen_to = replace(MessageNotSent.example(), done=SeenTo.DEALT_WITH, done_by=1)
    released = replace(SendingHeld.example(), released_at=room.clock.now())
    await room.keep("one", replace(seen_to, done_at=room.clock.now()), channel=CENTRAL)
    await room.keep("two", released, channel=CENTRAL)
    room.spoil(POST, "before", ARCHIVED, ARCHIVED).channel = CENTRAL_ID
    await room.until_quiet()
    for key in ("one", "two"):
        assert (await room.row(key)).state is OutboxState.PARKED
    assert room.direct(ADMIN) == told(room) == []


async def test_a_message_of_several_parts_is_told_of_once(room: PostRoom) -> None:
    await room.keep("annex", long_annex(), channel=BOARD)
    room.spoil(POST, "before", *[ARCHIVED] * 99).channel = BOARD_ID
    await room.until_quiet()
    (words,) = told(room)
    assert words.startswith("Not sent: an annex of the digest to the board channel")


async def test_one_part_of_several_is_named(room: PostRoom) -> None:
    await room.keep("annex", long_annex(), channel=BOARD)
    refused = Fault(error="invalid_blocks")
    room.spoil(POST, "before", None, refused).channel = BOARD_ID
    room.spoil(POST, "before", None, None, refused).channel = BOARD_ID
    await room.until_quiet()
    (words,) = told(room)
    assert words.startswith("Not sent: the second part of an annex of the digest to the board")
    await press(room, "annex")
    posts = "\n".join(post.text for post in room.standing(BOARD_ID))
    assert all(posts.count(f"RED LAA2-NI{number:03}") == 1 for number in range(60))


async def test_a_change_that_cannot_be_made_is_told_as_one(room: PostRoom) -> None:
    await room.keep("one", to_lead("first"), person=1)
    await room.until_quiet()
    team = room.workspace.core.team
    (post,) = (p for posts in team.posts.values() for p in posts.values())
    team.remove(post)
    await room.edit("one", to_lead("second"))
    await room.until_quiet()
    (words,) = told(room)
    assert words.startswith(
        "Not sent: the change of the message about an acknowledgement for target-lead-01"
    )
    await press(room, "one")
    assert len(told(room)) == 2


async def test_what_was_changed_while_it_was_set_aside_is_said_in_its_newest_words(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead("first"), person=1)
    room.spoil(POST, "before", Fault(drop=True), Fault(error="user_disabled"))
    await room.sender.drain()
    await room.edit("one", to_lead("second"))
    await room.until_quiet()
    named = await number(room, "one")
    await room.desk.write(send_again, ADMIN, named, room.clock.now())
    await room.edit("one", to_lead("third"))
    await room.until_quiet()
    (words,) = room.direct(LEAD)
    assert "third" in words


async def test_no_words_of_people_stand_in_what_is_told(room: PostRoom) -> None:
    await room.keep("one", to_lead("three pupils moved"), person=1)
    room.spoil(POST, "before", Fault(error="user_disabled"))
    await room.until_quiet()
    (words,) = told(room)
    assert "for target-lead-01" in words
    assert "pupils" not in words


async def test_a_sender_that_lost_its_row_sets_nothing_aside_and_tells_nobody(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead(), person=1)
    now = room.clock.now()
    (late,) = await room.desk.write(
        outbox.claim, now, lease_until=now + Pace().lease, limit=8, busy=frozenset()
    )
    room.clock.move_by(timedelta(minutes=10))
    await room.until_quiet()
    parked = await room.desk.write(set_aside, late, "is_archived", "late", room.clock.now())
    assert not parked
    await room.until_quiet()
    assert told(room) == []
    assert (await room.row("one")).state is OutboxState.SENT


async def test_a_button_that_names_no_message_set_aside_is_out_of_date(room: PostRoom) -> None:
    await room.keep("one", to_lead(), person=1)
    await room.until_quiet()
    assert isinstance(await press(room, "one"), OutOfDate)
    gone = await room.desk.write(send_again, ADMIN, 999_999, room.clock.now())
    assert isinstance(gone, OutOfDate)


async def test_a_reply_kept_after_its_parent_was_set_aside_waits_with_it(room: PostRoom) -> None:
    await room.keep("parent", to_team(), channel=BOARD)
    room.spoil(POST, "before", ARCHIVED).channel = BOARD_ID
    await room.until_quiet()
    await room.keep("late", to_team("late"), channel=BOARD, follows="parent")
    await room.until_quiet()
    assert (await room.row("late")).state is OutboxState.PARKED
    await press(room, "parent")
    parent, late = room.standing(BOARD_ID)
    assert late.thread_ts == parent.ts
