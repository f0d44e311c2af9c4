"""A process that slept past its lease sends nothing: another may have its messages by now."""

from datetime import timedelta
from typing import Any

from bot.clock import HandClock
from bot.sender import Pace
from messages.markup import Directory, Payload
from messages.notices import Notice
from messages.say import Voice
from store.tables import OutboxState
from tests.bot.post_room import PostRoom, to_lead
from workspace.log import Fault, Stage

LEAD = "UTARGETLEAD01"


class Sleeper(Voice):
    """A voice in a process that is put to sleep, once, while it words a message."""

    def __init__(self, clock: HandClock, asleep: timedelta) -> None:
        super().__init__()
        self._clock, self._asleep = clock, asleep

    def post(self, notice: Notice, directory: Directory) -> tuple[Payload, ...]:
        """Word a message, and sleep."""
        self._clock.move_by(self._asleep)
        self._asleep = timedelta(0)
        return super().post(notice, directory)


async def test_a_message_whose_lease_ran_out_while_it_was_worded_is_looked_for_first(
    room: PostRoom,
) -> None:
    room.sender.voice = Sleeper(room.clock, Pace().lease)
    await room.keep("one", to_lead(), person=1)
    await room.sender.drain()
    assert room.direct(LEAD) == []
    assert (await room.row("one")).state is OutboxState.UNKNOWN
    await room.until_quiet()
    assert len(room.direct(LEAD)) == 1
    assert room.calls("conversations.history") == 1


async def test_a_moment_less_is_in_time(room: PostRoom) -> None:
    room.sender.voice = Sleeper(room.clock, Pace().lease - timedelta(seconds=1))
    await room.keep("one", to_lead(), person=1)
    await room.sender.drain()
    assert len(room.direct(LEAD)) == 1


async def test_a_message_whose_lease_ran_out_while_its_conversation_opened_is_looked_for_first(
    room: PostRoom,
) -> None:
    async def sleep(stage: Stage, what: dict[str, Any]) -> Fault | None:
        if (stage, what.get("method")) == ("after", "conversations.open"):
            room.clock.move_by(Pace().lease)
        return None

    room.workspace.watch(sleep)
    await room.keep("one", to_lead(), person=1)
    await room.sender.drain()
    assert room.direct(LEAD) == []
    await room.until_quiet()
    assert len(room.direct(LEAD)) == 1
