"""Administrators see to what was not sent, by its buttons, however often they are pressed."""

import asyncio

from sqlmodel import Session, select

from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from messages.ids import Action
from store.tables import AuditEntry
from tests.journeys.county import County, ephemeral_after
from tests.journeys.trouble import ADMINISTRATOR, for_the_board, held, not_sent
from tests.sample import OPENS
from workspace.people import Client

MOMENT = "Wednesday 1 October 2008"


def audited(session: Session, action: str) -> int:
    return len(session.exec(select(AuditEntry).where(AuditEntry.action == action)).all())


def on_the_board(administrator: Client) -> int:
    return len(administrator.messages(BOARD_ID))


async def private_answers(county: County, administrator: Client, count: int) -> list[str]:
    """All that were told privately, once they are so many and everything is sent."""
    await administrator.wait_for(lambda: len(administrator.ephemerals) >= count)
    await county.settle()
    return [answer.plain() for answer in administrator.ephemerals]


async def test_a_message_is_sent_again_once_however_often_that_is_pressed(county: County) -> None:
    await county.at(OPENS)
    told, administrator = await not_sent(county), county.person(ADMINISTRATOR)
    assert on_the_board(administrator) == 0
    await asyncio.gather(*(administrator.press(told, Action.SEND_AGAIN) for _ in range(3)))
    late = await private_answers(county, administrator, 2)
    assert on_the_board(administrator) == 1
    assert await county.bot.desk.read(audited, "send message again") == 1
    assert len(late) == 2
    for answer in late:
        assert answer.startswith(f"This was sent again on {MOMENT}")
        assert f"by {ADMINISTRATOR}" in answer.replace("@", "")
        assert "Nothing was changed" in answer
    seen_to = administrator.message(CENTRAL_ID, told.ts)
    assert seen_to.plain().startswith("Asked to be sent again")
    assert [button.action_id for button in seen_to.buttons] == [Action.WHY]


async def test_a_message_that_was_dealt_with_stays_unsent(county: County) -> None:
    await county.at(OPENS)
    told, administrator = await not_sent(county), county.person(ADMINISTRATOR)
    await administrator.press(told, Action.DEALT_WITH)
    answer = await ephemeral_after(
        administrator, lambda: administrator.press(told, Action.SEND_AGAIN)
    )
    await county.settle()
    assert answer.startswith(f"This was dealt with on {MOMENT}")
    assert on_the_board(administrator) == 0
    assert await county.bot.desk.read(audited, "deal with message") == 1
    assert await county.bot.desk.read(audited, "send message again") == 0
    assert administrator.message(CENTRAL_ID, told.ts).plain().startswith("Dealt with")


async def test_sending_is_released_once_and_what_waited_goes_out_once(county: County) -> None:
    await county.at(OPENS)
    told, administrator = await held(county), county.person(ADMINISTRATOR)
    await for_the_board(county, "meanwhile")
    await county.settle()
    assert on_the_board(administrator) == 0
    await asyncio.gather(*(administrator.press(told, Action.RELEASE) for _ in range(2)))
    (late,) = await private_answers(county, administrator, 1)
    assert late.startswith(f"Sending was released on {MOMENT}")
    assert on_the_board(administrator) == 1
    assert await county.bot.desk.read(audited, "release sending") == 1
    assert administrator.message(CENTRAL_ID, told.ts).plain().startswith("Sending goes on")
