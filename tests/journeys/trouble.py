"""What an administrator finds when a message was not sent, or sending is held.

It owns bringing these about. What administrators press is for the tests.
"""

from datetime import timedelta
from typing import Any

from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from flows.hold import hold_after_jump
from flows.places import BOARD
from messages.ids import Action
from messages.notices import dumps, kind_of
from store import outbox
from store.outbox import Outgoing
from tests.bot.post_room import POST, to_team
from tests.journeys.county import County
from workspace.log import Fault, Stage
from workspace.people import Client
from workspace.seen import Message

ADMINISTRATOR = "central-team-01"
ARCHIVED = Fault(error="is_archived")


async def not_sent(county: County) -> Message:
    """A message for the archived board channel was set aside: what the central team reads."""
    bring_back = county.workspace.watch(_board_is_archived)
    await for_the_board(county, "archived")
    await county.settle()
    bring_back()
    return newest_to(county.person(ADMINISTRATOR), Action.SEND_AGAIN)


async def held(county: County) -> Message:
    """Sending is held since the clock jumped: what the central team reads."""
    await county.bot.desk.write(hold_after_jump, timedelta(days=3), county.clock.now())
    await county.settle()
    return newest_to(county.person(ADMINISTRATOR), Action.RELEASE)


async def for_the_board(county: County, key: str) -> None:
    """Keep a message for the board channel."""
    notice, now = to_team(), county.clock.now()
    outgoing = Outgoing(key, kind_of(notice), dumps(notice), to_channel=BOARD)
    await county.bot.desk.write(outbox.post, outgoing, due_at=now, now=now)


def newest_to(administrator: Client, action: Action) -> Message:
    """The newest message of the central channel with a button."""
    return [
        message
        for message in administrator.messages(CENTRAL_ID)
        if action in [button.action_id for button in message.buttons]
    ][-1]


async def _board_is_archived(stage: Stage, what: dict[str, Any]) -> Fault | None:
    to_board = what.get("method") == POST and what["args"].get("channel") == BOARD_ID
    return ARCHIVED if stage == "before" and to_board else None
