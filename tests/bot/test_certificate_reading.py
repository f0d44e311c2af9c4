"""Reading back for a certificate: limits, failures, kills, and what cannot be read."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.auditor import SLOW_TO_SHOW
from bot.rehearsal.playhouse import BOARD_ID
from bot.ticker import Ticker
from bot.walk import PAGES_A_MINUTE
from flows.places import CENTRAL
from rules.certificate import Tally
from store import outbox
from store.database import Database
from tests.bot.audited import DUE, HISTORY, LATER, OPENED, REPLIES, Audited
from tests.bot.post_room import PostRoom, to_team
from tests.sample import london
from workspace.log import Fault


@pytest.fixture
def database(tmp_path: Path, prepared_file: Path) -> Database:
    """One engine is enough here: what the engines share is tried on both elsewhere."""
    path = tmp_path / "quarterlight.db"
    path.write_bytes(prepared_file.read_bytes())
    return Database(f"sqlite:///{path}")


@pytest.fixture
async def audited(room: PostRoom) -> Audited:
    """The window has opened and all that was due has been sent."""
    opened = Audited(room)
    await opened.open()
    await room.until_quiet()
    return opened


async def test_a_limit_in_the_middle_of_reading_is_waited_for(audited: Audited) -> None:
    audited.room.spoil(
        HISTORY, "before", None, Fault(status=429, error="ratelimited", retry_after=40)
    )
    began = audited.room.clock.now()
    instants = await audited.check()
    assert instants[0] == began + timedelta(seconds=40)
    assert (await audited.certificate()).found == Tally(due=DUE, posted=DUE)
    # Nothing that was read before the limit is read again.
    assert audited.room.calls(HISTORY) == DUE - 1


@pytest.mark.parametrize(
    "fault",
    [Fault(drop=True), Fault(status=503), Fault(error="fatal_error"), Fault(error="invalid_auth")],
    ids=["dropped", "503", "an unknown word", "a wrong key"],
)
async def test_a_reading_that_fails_is_made_again_and_nothing_is_certified_meanwhile(
    audited: Audited, fault: Fault
) -> None:
    audited.room.spoil(HISTORY, "before", None, fault, fault)
    following = await audited.auditor.check()
    assert following is not None
    assert following > audited.room.clock.now()
    assert await audited.auditor.check() == following
    assert await audited.certificates() == []
    await audited.check()
    assert (await audited.certificate()).found == Tally(due=DUE, posted=DUE)


async def test_what_cannot_be_read_is_not_called_missing(audited: Audited) -> None:
    team = audited.room.workspace.core.team
    team.change_channel(replace(team.channels[BOARD_ID], bot_in=False, private=True))
    await audited.delete("one")
    audited.room.clock.move_by(LATER)
    await audited.check()
    found = (await audited.certificate()).found
    assert found == Tally(due=DUE, posted=DUE - 3, missing=1, unchecked=2)
    assert "2 messages could not be checked" in audited.central()[-1]


async def test_an_app_that_may_not_read_certifies_nothing_as_posted(audited: Audited) -> None:
    refusal = [Fault(error="missing_scope")] * DUE
    audited.room.spoil(HISTORY, "before", *refusal)
    audited.room.spoil(REPLIES, "before", *refusal)
    await audited.check()
    assert (await audited.certificate()).found == Tally(due=DUE, unchecked=DUE)


async def test_a_reading_that_fails_for_a_day_is_given_up_and_said(audited: Audited) -> None:
    audited.room.spoil(REPLIES, "before", *[Fault(status=503)] * 400)
    began = audited.room.clock.now()
    await audited.check()
    assert (await audited.certificate()).found == Tally(due=DUE, posted=DUE - 1, unchecked=1)
    assert audited.room.clock.now() - began < timedelta(hours=25)


async def test_a_message_slow_to_show_is_looked_for_once_more(audited: Audited) -> None:
    post = await audited.post_of("one")
    team = audited.room.workspace.core.team
    team.remove(post)
    following = await audited.auditor.check()
    row = await audited.room.row("one")
    assert row.sent_at is not None
    assert following == row.sent_at + SLOW_TO_SHOW
    team.keep(post)
    assert await audited.auditor.check() == following
    assert await audited.certificates() == []
    await audited.check()
    assert (await audited.certificate()).found == Tally(due=DUE, posted=DUE)


async def test_a_process_that_ends_in_the_middle_leaves_one_certificate(audited: Audited) -> None:
    audited.room.spoil(HISTORY, "before", None, None, Fault(drop=True))
    assert await audited.auditor.check() is not None
    audited.restart()
    await audited.check()
    audited.restart()
    await audited.check()
    assert await audited.certificates() == [OPENED]
    assert audited.room.doubled() == []
    assert (await audited.certificate()).found == Tally(due=DUE, posted=DUE)


async def test_a_message_posted_while_it_is_read_is_no_stranger(audited: Audited) -> None:
    audited.auditor.pace.read = PAGES_A_MINUTE - 1
    audited.auditor.pace.began = audited.room.clock.now()
    following = await audited.auditor.check()
    assert following is not None
    await audited.room.keep("meanwhile", to_team("meanwhile"), channel=CENTRAL)
    await audited.room.until_quiet()
    await audited.check()
    assert (await audited.certificate()).strangers == 0


async def test_no_more_than_forty_pages_are_read_in_a_minute(room: PostRoom) -> None:
    audited = Audited(room)
    await Ticker(room.desk, room.clock).tick()
    await room.until_quiet()
    due = len(await room.desk.read(outbox.ledger))
    began = room.clock.now()
    while await audited.auditor.check() is not None:
        pass
    assert (await audited.certificate()).found == Tally(due=due, posted=due)
    await audited.perform("due-5")
    assert await audited.auditor.check() == began + timedelta(minutes=1)
    assert room.calls(HISTORY) == PAGES_A_MINUTE


async def test_a_channel_of_many_pages_is_read_to_its_end(audited: Audited) -> None:
    team = audited.room.workspace.core.team
    post = await audited.post_of("team")
    for _ in range(450):
        team.keep(replace(post, ts=team.ids.ts(), metadata=None))
    await audited.check()
    assert (await audited.certificate()).found == Tally(due=DUE, posted=DUE)
    assert audited.room.calls(HISTORY) == DUE - 1 + 2


async def test_no_more_than_a_day_before_the_window_opened_is_read(audited: Audited) -> None:
    await audited.check()
    (call, *_) = audited.room.workspace.log.calls(HISTORY)
    oldest = float(call.payload["oldest"])
    assert oldest == london(9, 30).timestamp()
