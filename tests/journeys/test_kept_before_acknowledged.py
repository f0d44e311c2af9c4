"""What changes something is kept before it is acknowledged: a crash in between loses nothing.

While somebody else writes, nothing can be kept, and so nothing may be acknowledged either.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.response import BoltResponse
from sqlalchemy import event

from bot.rehearsal.playhouse import CENTRAL_ID
from messages.ids import Action, Block
from tests.journeys.county import County, fill_commentary, fill_figure
from tests.journeys.trouble import ADMINISTRATOR, held, not_sent
from tests.sample import OPENS, RUN
from workspace.people import Client

LEAD, SPONSOR, CENTRAL, REF = "target-lead-19", "sponsor-09", "central-team-01", "LAA2-NI154"
A_MOMENT_SECONDS = 0.3
"""An acknowledgement that went out before the bot wanted to write has arrived by then."""
LONG_SECONDS = 10.0

Act = Callable[[], Coroutine[Any, Any, object]]


async def the_figure(county: County) -> Act:
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    return lead.submit


async def the_return(county: County) -> Act:
    lead = county.person(LEAD)
    await (await the_figure(county))()
    await fill_commentary(lead, "Two sites started late.")
    return lead.submit


async def an_acknowledgement(county: County) -> Act:
    sponsor = await told_of_an_escalation(county)
    (told,) = sponsor.dm()
    return lambda: sponsor.press(told, Action.ACKNOWLEDGE)


async def an_acknowledgement_with_a_note(county: County) -> Act:
    sponsor = await told_of_an_escalation(county)
    (told,) = sponsor.dm()
    await sponsor.press(told, Action.ACKNOWLEDGE_WITH_NOTE)
    await sponsor.wait_for(lambda: sponsor.modal)
    await sponsor.fill(Block.NOTE, "I will raise this with the districts.")
    return sponsor.submit


async def the_boards_date(county: County) -> Act:
    central = county.person(CENTRAL)
    (opened,) = central.messages(CENTRAL_ID)
    return lambda: central.press(opened, Action.CONFIRM_BOARD)


async def another_date_for_the_board(county: County) -> Act:
    central = county.person(CENTRAL)
    (opened,) = central.messages(CENTRAL_ID)
    await central.press(opened, Action.CHANGE_BOARD)
    await central.wait_for(lambda: central.modal)
    await central.fill(Block.BOARD, "2008-11-26")
    return central.submit


async def a_message_sent_again(county: County) -> Act:
    told = await not_sent(county)
    return lambda: county.person(ADMINISTRATOR).press(told, Action.SEND_AGAIN)


async def a_message_dealt_with(county: County) -> Act:
    told = await not_sent(county)
    return lambda: county.person(ADMINISTRATOR).press(told, Action.DEALT_WITH)


async def a_release(county: County) -> Act:
    told = await held(county)
    return lambda: county.person(ADMINISTRATOR).press(told, Action.RELEASE)


async def told_of_an_escalation(county: County) -> Client:
    await county.report_red(county.person(LEAD), REF, "1000")
    await county.at(RUN)
    return county.person(SPONSOR)


CHANGES: dict[str, Callable[[County], Awaitable[Act]]] = {
    "a figure": the_figure,
    "a return": the_return,
    "an acknowledgement": an_acknowledgement,
    "an acknowledgement with a note": an_acknowledgement_with_a_note,
    "the board's date": the_boards_date,
    "another date for the board": another_date_for_the_board,
    "a message sent again": a_message_sent_again,
    "a message dealt with": a_message_dealt_with,
    "a release": a_release,
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody who begins to write when a press has come in, before the bot does.

    `knocked` is set once the bot wants to write as well, and has to wait.
    """

    county: County
    connection: sqlite3.Connection
    knocked: asyncio.Event = field(default_factory=asyncio.Event)

    async def write_first(self, next: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:  # noqa: A002  # Bolt's name
        self.connection.execute("BEGIN IMMEDIATE")
        knock = partial(asyncio.get_running_loop().call_soon_threadsafe, self.knocked.set)
        writer = self.county.bot.desk._database._writer
        event.listen(writer, "engine_connect", lambda _: knock())
        return await next()


@pytest.mark.parametrize("ready", CHANGES.values(), ids=CHANGES)
async def test_nothing_is_acknowledged_that_is_not_kept(
    county: County, database_file: Path, ready: Callable[[County], Awaitable[Act]]
) -> None:
    await county.at(OPENS)
    act = await ready(county)
    with closing(sqlite3.connect(database_file, isolation_level=None)) as connection:
        elsewhere = Elsewhere(county, connection)
        county.bot.app.use(elsewhere.write_first)
        answered = asyncio.create_task(act())
        async with asyncio.timeout(LONG_SECONDS):
            await elsewhere.knocked.wait()
        done, _ = await asyncio.wait([answered], timeout=A_MOMENT_SECONDS)
        connection.execute("ROLLBACK")
    assert not done
    await answered
