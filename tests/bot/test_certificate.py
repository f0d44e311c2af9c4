"""The nothing-lost certificate: what became of what was due, by what stands in the workspace."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.rehearsal.playhouse import CENTRAL_ID
from rules.certificate import Fate, Tally
from store.database import Database
from store.tables import OutboxState
from tests.bot.audited import DUE, HISTORY, LATER, OPENED, POST, REPLIES, Audited
from tests.bot.post_room import PostRoom, to_lead
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


async def test_a_certificate_is_due_when_its_stage_was(audited: Audited) -> None:
    await audited.check()
    assert (await audited.room.row(OPENED)).due_at == (await audited.room.row("one")).due_at


async def test_a_message_that_somebody_deleted_is_missing(audited: Audited) -> None:
    await audited.delete("one")
    audited.room.clock.move_by(LATER)
    await audited.check()
    notice = await audited.certificate()
    assert notice.found == Tally(due=DUE, posted=DUE - 1, missing=1)
    (line,) = notice.amiss
    assert (line.key, line.to_person, line.fate) == ("one", 1, Fate.MISSING)
    assert "for target-lead-01, due Wednesday 1 October at 9am: missing" in audited.central()[-1]


async def test_the_same_key_posted_twice_is_found_and_named(audited: Audited) -> None:
    await audited.say_twice("two")
    await audited.check()
    notice = await audited.certificate()
    assert notice.found == Tally(due=DUE, posted=DUE - 1, twice=1)
    assert [line.key for line in notice.amiss] == ["two"]


async def test_replies_are_found_in_their_threads_and_missed_there(audited: Audited) -> None:
    await audited.check()
    assert (await audited.certificate()).found.posted == DUE
    assert audited.room.calls(REPLIES) == 1
    await audited.delete("reply")
    await audited.say_twice("parent")
    audited.room.clock.move_to(london(10, 2, 3))
    await audited.check()
    alarm = await audited.alarm("2008-10-02")
    assert alarm is not None
    assert {(line.key, line.fate) for line in alarm.amiss} == {
        ("reply", Fate.MISSING),
        ("parent", Fate.TWICE),
    }


async def test_a_reply_posted_twice_is_found(audited: Audited) -> None:
    await audited.say_twice("reply")
    await audited.check()
    assert [line.key for line in (await audited.certificate()).amiss] == ["reply"]


async def test_what_stood_in_a_thread_that_is_gone_is_missing(audited: Audited) -> None:
    for key in ("reply", "parent"):
        await audited.delete(key)
    audited.room.clock.move_by(LATER)
    await audited.check()
    assert (await audited.certificate()).found == Tally(due=DUE, posted=DUE - 2, missing=2)


async def test_a_parked_message_is_counted_apart_and_stops_no_certificate(room: PostRoom) -> None:
    audited = Audited(room)
    await audited.open()
    room.clock.move_by(timedelta(seconds=5))
    room.spoil(POST, "before", Fault(error="is_archived"))
    await room.until_quiet()
    await audited.check()
    assert (await audited.certificate()).found == Tally(due=DUE, posted=DUE - 1, parked=1)
    assert "1 message was not sent" in "\n".join(audited.central())


async def test_a_stage_is_not_certified_before_all_it_made_due_has_left(room: PostRoom) -> None:
    audited = Audited(room)
    await audited.open()
    room.spoil(POST, "after", Fault(drop=True))
    room.clock.move_by(timedelta(seconds=5))
    await room.sender.drain()
    assert await audited.auditor.check() is None
    assert room.calls(HISTORY) == 0
    await room.until_quiet()
    await audited.check()
    assert (await audited.certificate()).found == Tally(due=DUE, posted=DUE)


async def test_what_is_due_since_and_still_waits_is_on_its_way(audited: Audited) -> None:
    await audited.check()
    audited.room.clock.move_to(london(10, 2, 3))
    await audited.room.keep("late", to_lead("late"), person=3)
    await audited.check()
    notice = await audited.certificate()
    assert notice.again is not None
    # The certificate itself counts, too, as soon as it was due.
    assert notice.again.found == Tally(due=DUE + 2, posted=DUE + 1, on_their_way=1)


async def test_every_stage_that_was_performed_has_a_certificate_and_no_other(
    audited: Audited,
) -> None:
    audited.room.clock.move_to(london(10, 14))
    await audited.perform("due-5", passed_over=True)
    audited.room.clock.move_to(london(10, 17))
    await audited.perform("due-2")
    audited.room.clock.move_to(london(10, 21))
    await audited.perform("due")
    await audited.check()
    assert await audited.certificates() == [
        OPENED,
        "certificate:2008/09 Q2:due-2",
        "certificate:2008/09 Q2:due",
    ]
    # Three certificates came of one walk: two people, two channels and a thread.
    assert audited.room.calls(HISTORY) + audited.room.calls(REPLIES) == DUE


async def test_certificates_count_at_the_next_one_and_are_not_waited_for(audited: Audited) -> None:
    while (following := await audited.auditor.check()) is not None:
        audited.room.clock.move_to(following + timedelta(seconds=1))
        if await audited.certificates():
            break
    assert (await audited.room.row(OPENED)).state is OutboxState.PENDING
    audited.room.clock.move_to(london(10, 17))
    await audited.perform("due-2")
    await audited.check()
    found = (await audited.certificate("certificate:2008/09 Q2:due-2")).found
    assert found == Tally(due=DUE + 1, posted=DUE, on_their_way=1)


async def test_messages_that_no_record_holds_are_strangers(audited: Audited) -> None:
    await audited.say_twice("team")
    team = audited.room.workspace.core.team
    post = audited.room.standing(CENTRAL_ID)[-1]
    body = {"event_type": "quarterlight_delivery", "event_payload": {"key": "of another record"}}
    team.keep(replace(post, metadata=body))
    await audited.check()
    notice = await audited.certificate()
    assert (notice.strangers, notice.found) == (1, Tally(due=DUE, posted=DUE))
