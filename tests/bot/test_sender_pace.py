"""Order, pace, parts and edits: what people see when all goes well."""

from dataclasses import replace
from datetime import timedelta

from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from bot.sender import BATCH
from flows.places import BOARD, CENTRAL
from messages.notices.digest import DigestAnnex
from store.tables import OutboxState
from tests.bot.post_room import EDIT, POST, PostRoom, to_lead, to_team
from workspace.log import Fault

LEAD = "UTARGETLEAD01"


async def test_messages_to_one_channel_go_one_a_second_in_the_order_they_were_kept(
    room: PostRoom,
) -> None:
    for number in range(5):
        await room.keep(f"key {number}", to_team(f"check-{number}"), channel=CENTRAL)
    start = room.clock.now()
    await room.until_quiet()
    posts = room.standing(CENTRAL_ID)
    assert [f"check-{number}" in post.text for number, post in enumerate(posts)] == [True] * 5
    sent = [(await room.row(f"key {number}")).sent_at for number in range(5)]
    assert sent == [start + timedelta(seconds=number) for number in range(5)]


async def test_a_direct_message_is_opened_once_and_kept(room: PostRoom) -> None:
    for number in range(3):
        await room.keep(f"key {number}", to_lead(), person=1)
    await room.until_quiet()
    assert room.calls("conversations.open") == 1
    assert len(room.direct(LEAD)) == 3


async def test_nothing_personal_stands_in_a_messages_metadata(room: PostRoom) -> None:
    await room.keep("remind:2008/09 Q2:due:person 1", to_lead(), person=1)
    await room.until_quiet()
    (post,) = (p for posts in room.workspace.core.team.posts.values() for p in posts.values())
    assert post.metadata is not None
    assert set(post.metadata["event_payload"]) == {"key"}
    assert "person" not in str(post.metadata)
    assert "2008" not in str(post.metadata)


async def test_the_same_key_kept_twice_is_said_once(room: PostRoom) -> None:
    await room.keep("one", to_lead("first"), person=1)
    await room.keep("one", to_lead("second"), person=1)
    await room.until_quiet()
    (words,) = room.direct(LEAD)
    assert "first" in words


async def test_a_sender_told_to_stop_finishes_what_it_sends_and_takes_no_more(
    room: PostRoom,
) -> None:
    for number in range(1, 3 * BATCH):
        await room.keep(f"key {number}", to_lead(), person=number)
    await room.sender.drain(lambda: room.calls() > 0)
    assert room.calls() == BATCH
    await room.until_quiet()
    assert room.calls() == 3 * BATCH - 1


async def test_a_message_keeps_its_mark_when_it_is_changed(room: PostRoom) -> None:
    await room.keep("one", to_team(), channel=CENTRAL)
    await room.until_quiet()
    (before,) = room.standing(CENTRAL_ID)
    await room.edit("one", to_team("e5f6a7b8"))
    await room.until_quiet()
    (after,) = room.standing(CENTRAL_ID)
    assert after.text != before.text
    assert after.metadata == before.metadata
    (call,) = room.workspace.log.calls(EDIT)
    assert call.payload["metadata"]


async def test_a_message_changed_before_it_went_out_simply_says_the_newer_thing(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead("first"), person=1)
    await room.edit("one", to_lead("second"))
    await room.until_quiet()
    (words,) = room.direct(LEAD)
    assert "second" in words
    assert room.calls(EDIT) == 0


async def test_of_two_edits_in_a_row_the_last_one_stands(room: PostRoom) -> None:
    await room.keep("one", to_lead("first"), person=1)
    await room.until_quiet()
    await room.edit("one", to_lead("second"))
    await room.edit("one", to_lead("third"))
    await room.until_quiet()
    (words,) = room.direct(LEAD)
    assert "third" in words
    assert room.calls(EDIT) == 1


async def test_an_edit_kept_while_its_message_is_unclear_waits_and_then_stands(
    room: PostRoom,
) -> None:
    await room.keep("one", to_lead("first"), person=1)
    room.spoil(POST, "after", Fault(drop=True))
    await room.sender.drain()
    await room.edit("one", to_lead("second"))
    await room.until_quiet()
    (words,) = room.direct(LEAD)
    assert "second" in words


async def test_an_edit_of_a_message_that_was_deleted_is_parked(room: PostRoom) -> None:
    await room.keep("one", to_lead("first"), person=1)
    await room.until_quiet()
    team = room.workspace.core.team
    (post,) = (p for posts in team.posts.values() for p in posts.values())
    team.remove(post)
    await room.edit("one", to_lead("second"))
    await room.until_quiet()
    assert (await room.row("one:edit1")).state is OutboxState.PARKED


def long_annex() -> DigestAnnex:
    example = DigestAnnex.example()
    (name, lines), *_ = example.sections
    many = tuple(replace(lines[0], ref=f"LAA2-NI{n:03}", cause="word " * 200) for n in range(60))
    return replace(example, sections=((name, many),))


async def thread_of_a_long_annex(room: PostRoom, *faults: Fault | None) -> list[str]:
    """The words of the replies under a parent, a long annex and a short part among them."""
    await room.keep("parent", to_team(), channel=BOARD)
    await room.keep("annex", long_annex(), channel=BOARD, follows="parent")
    await room.keep("next", to_team("next"), channel=BOARD, follows="parent")
    room.spoil(POST, "after", *faults)
    await room.until_quiet()
    parent, *replies = room.standing(BOARD_ID)
    assert all(reply.thread_ts == parent.ts for reply in replies)
    assert room.doubled() == []
    return [reply.text for reply in replies]


async def test_a_message_of_several_parts_is_said_whole_and_in_order(room: PostRoom) -> None:
    replies = await thread_of_a_long_annex(room)
    assert len(replies) > 3
    words = "\n".join(replies)
    places = [words.index(f"LAA2-NI{number:03}") for number in range(60)]
    assert places == sorted(places)
    assert "next" in replies[-1]


async def test_parts_whose_answer_is_lost_stand_once_and_whole(room: PostRoom) -> None:
    drop = Fault(drop=True)
    replies = await thread_of_a_long_annex(room, None, drop, None, drop, drop)
    words = "\n".join(replies)
    assert all(words.count(f"RED LAA2-NI{number:03}") == 1 for number in range(60))


async def test_where_two_channels_are_refused_at_once_no_third_is_tried(room: PostRoom) -> None:
    slow = Fault(status=429, error="ratelimited", retry_after=30)
    spoiler = room.spoil(POST, "before", *[slow] * 100)
    for person in range(1, 31):
        await room.keep(f"note:{person}", to_lead(), person=person)
    following = await room.sender.drain()
    assert following is not None
    assert 100 - len(spoiler.faults) <= BATCH
