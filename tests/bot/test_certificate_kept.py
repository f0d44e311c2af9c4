"""A certificate on either engine: kept once, said again at night, and an alarm told once."""

import pytest

from bot.walk import PAGES_A_MINUTE
from rules.certificate import Tally
from tests.bot.audited import DUE, HISTORY, OPENED, Audited
from tests.bot.post_room import PostRoom
from tests.sample import london


@pytest.fixture
async def audited(room: PostRoom) -> Audited:
    """The window has opened and all that was due has been sent."""
    opened = Audited(room)
    await opened.open()
    await room.until_quiet()
    return opened


async def test_after_the_window_opened_all_that_was_due_is_certified(audited: Audited) -> None:
    await audited.check()
    assert (await audited.certificate()).found == Tally(due=DUE, posted=DUE)
    first = audited.central()[-1].splitlines()[0]
    assert first == "After the window opened: 5 due, 5 posted, 0 missing, 0 twice"


async def test_at_night_the_latest_certificate_says_that_it_was_checked_again(
    audited: Audited,
) -> None:
    await audited.check()
    before = len(audited.central())
    audited.room.clock.move_to(london(10, 2, 1, 59))
    assert await audited.check() == []
    audited.room.clock.move_to(london(10, 2, 2))
    await audited.check()
    assert "Checked again on Thursday 2 October at 2am: 6 due, 6 posted" in audited.central()[-1]
    assert len(audited.central()) == before
    assert await audited.certificates() == [OPENED]
    read = audited.room.calls(HISTORY)
    assert await audited.check() == []
    assert audited.room.calls(HISTORY) == read


async def test_a_loss_found_at_night_is_told_once(audited: Audited) -> None:
    await audited.check()
    await audited.delete("one")
    for day in (2, 3):
        audited.room.clock.move_to(london(10, day, 2))
        await audited.check()
    assert await audited.alarm("2008-10-02") is not None
    assert await audited.alarm("2008-10-03") is None
    assert "1 message is missing\n" in "\n".join(audited.central())
    await audited.delete("two")
    audited.room.clock.move_to(london(10, 4, 2))
    await audited.check()
    alarm = await audited.alarm("2008-10-04")
    assert alarm is not None
    assert alarm.found.missing == 2


async def test_two_processes_that_check_at_once_leave_one_certificate_and_one_alarm(
    audited: Audited,
) -> None:
    other = Audited(audited.room)
    await other.check()
    await audited.check()
    await audited.delete("one")
    audited.room.clock.move_to(london(10, 2, 2))
    for auditor in (audited.auditor, other.auditor):
        auditor.pace.read = PAGES_A_MINUTE - 1
        auditor.pace.began = audited.room.clock.now()
        assert await auditor.check() is not None
    await audited.check()
    await other.check()
    assert await audited.certificates() == [OPENED, "certificate:2008/09 Q2:night 2008-10-02"]
