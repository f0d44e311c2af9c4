"""Administrators see to sending itself: by the buttons of the messages that ask them to."""

from datetime import timedelta

from bot.rehearsal.playhouse import CENTRAL_ID
from flows.hold import hold_after_jump
from messages.ids import Action
from tests.bot.post_room import POST, Spoiler
from tests.journeys.county import County, ephemeral_after
from tests.sample import OPENS
from workspace.log import Fault
from workspace.people import Client
from workspace.seen import Message

CENTRAL, MANAGER, LEAD = "central-team-01", "laa-manager-01", "target-lead-19"


def set_aside(client: Client) -> Message:
    """What the central team is told of the request that was not sent."""
    words = "Not sent: the request for returns for target-lead-19"
    told = client.messages(CENTRAL_ID)
    return next(one for one in told if one.plain().startswith(words))


async def request_set_aside(county: County) -> None:
    """A lead's request cannot be sent: Slack says that the account is not active."""
    direct = county.workspace.core.team.open_dm(county.ids[LEAD])
    refused = Spoiler(POST, "before", [Fault(error="user_disabled")], direct.id)
    county.workspace.watch(refused)
    await county.at(OPENS)
    assert county.person(LEAD).dm() == []


async def test_a_message_that_was_not_sent_is_sent_again_by_button(county: County) -> None:
    await request_set_aside(county)
    central = county.person(CENTRAL)
    told = set_aside(central)
    await central.press(told, Action.SEND_AGAIN)
    await county.settle()
    assert len(county.person(LEAD).dm()) == 1
    assert "Asked to be sent again" in central.message(CENTRAL_ID, told.ts).plain()


async def test_a_second_press_is_told_and_a_stranger_to_it_is_refused(county: County) -> None:
    await request_set_aside(county)
    central, manager = county.person(CENTRAL), county.person(MANAGER)
    told = set_aside(central)
    refused = await ephemeral_after(manager, lambda: manager.press(told, Action.DEALT_WITH))
    assert refused.startswith("You cannot see to messages that were not sent")
    await central.press(told, Action.DEALT_WITH)
    again = await ephemeral_after(central, lambda: central.press(told, Action.SEND_AGAIN))
    assert again.startswith("This was dealt with on Wednesday 1 October 2008")
    await county.settle()
    assert county.person(LEAD).dm() == []
    assert "Dealt with" in central.message(CENTRAL_ID, told.ts).plain()


async def test_what_is_held_is_released_by_button(county: County) -> None:
    await county.bot.desk.write(hold_after_jump, timedelta(days=2), county.clock.now())
    await county.at(OPENS)
    assert county.person(LEAD).dm() == []
    central = county.person(CENTRAL)
    (held,) = central.messages(CENTRAL_ID)
    await central.press(held, Action.RELEASE)
    again = await ephemeral_after(central, lambda: central.press(held, Action.RELEASE))
    assert "Sending was released on" in again
    await county.settle()
    assert len(county.person(LEAD).dm()) == 1
    assert central.messages(CENTRAL_ID)[0].plain().startswith("Sending goes on")
