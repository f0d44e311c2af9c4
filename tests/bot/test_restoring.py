"""After a restore nothing is said twice and nothing is lost, whatever was said meanwhile."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import Session

from bot.clock import HandClock
from bot.desk import Desk
from bot.marks import opaque
from bot.rehearsal.parts import Part, cast
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID, playhouse
from bot.rehearsal.preparation import prepare
from bot.restoring import restore
from bot.ticker import Ticker
from flows import tick
from flows.hold import release_by_command
from flows.places import BOARD, CENTRAL
from flows.report_target import take_figure
from flows.submit_return import Submitted, submit
from store import migrate, outbox, targets
from store.backup import back_up
from store.database import Database
from store.importing.programme import Programme
from store.tables import OutboxState
from tests.bot.post_room import PATIENCE_SECONDS, POST, SECRET, PostRoom, to_lead, to_team
from tests.bot.programmes import some
from tests.bot.test_sender_pace import long_annex
from tests.sample import (
    BEFORE_OPENING,
    OPENS,
    OVERDUE,
    QUARTER,
    REMINDERS,
    commentary_step,
    figure_step,
)
from workspace.log import Fault
from workspace.server import Workspace

REFS = ("LAA1-03", "LAA1-06", "LAA2-NI154", "LAA2-NI155")
A_WEEK = timedelta(days=7)


class House:
    """A database that is backed up and restored, while Slack goes on as it is."""

    def __init__(
        self, path: Path, workspace: Workspace, clock: HandClock, http: aiohttp.ClientSession
    ) -> None:
        self.path, self.copy = path, path.with_name("copy.db")
        self.workspace, self.http = workspace, http
        self.clock = clock
        self.room = self._opened()

    def _opened(self) -> PostRoom:
        return PostRoom(self.workspace, self.clock, Desk(Database(self._url)), self.http)

    @property
    def _url(self) -> str:
        return f"sqlite:///{self.path}"

    async def at(self, instant: datetime, longest: timedelta = timedelta(hours=1)) -> None:
        """What is due at an instant is done, and sent for so long."""
        self.clock.move_to(max(instant, self.clock.now()))
        await Ticker(self.room.desk, self.clock).tick()
        await self.room.until_quiet(longest)

    def back_up(self) -> None:
        back_up(self.path, self.copy, replace=True)

    def restore(self) -> None:
        """The bot is stopped, the backup put in place, and the bot started again."""
        self.room.desk.close()
        restore(self.copy, self.path, self.clock.now())
        self.room = self._opened()

    async def release(self) -> None:
        await self.room.desk.write(release_by_command, self.clock.now())
        await self.at(self.clock.now(), A_WEEK)

    async def report(self, part: Part) -> None:
        """A lead reports; the receipts go out."""
        room, now = self.room, self.clock.now()
        on = now.date()
        (one,) = [
            one
            for one in await room.desk.read(targets.programme, QUARTER, on)
            if one.ref == part.ref
        ]
        slack_id = "U" + str(part.lead).replace("-", "").upper()
        figure = figure_step(part)
        await room.desk.write(take_figure, slack_id, one.number, QUARTER, figure, now)
        step = commentary_step(part)
        form = f"form {now}"
        done = await room.desk.write(submit, slack_id, one.number, QUARTER, step, form, now)
        assert isinstance(done, Submitted)
        await room.until_quiet(timedelta(hours=1))

    async def assert_all_stands_once(self) -> None:
        """Every message of the records stands in Slack once, and nothing stands twice."""
        assert self.room.doubled() == []
        standing = Counter(
            str(post.metadata["event_payload"]["key"])
            for posts in self.workspace.core.team.posts.values()
            for post in posts.values()
            if post.metadata
        )
        for line in await self.room.desk.read(outbox.ledger):
            assert (line.key, line.state) == (line.key, OutboxState.SENT)
            assert (line.key, standing[opaque(SECRET, line.key)]) == (line.key, 1)


@pytest.fixture(scope="session")
def few(programme: Programme) -> Programme:
    return some(programme, REFS)


@pytest.fixture
async def house(tmp_path: Path, few: Programme) -> AsyncIterator[House]:
    path = tmp_path / "quarterlight.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    with database.writing() as session:
        prepare(session, few, cast(few, QUARTER), QUARTER, BEFORE_OPENING)
    database.close()
    clock = HandClock(OPENS)
    workspace = Workspace(playhouse(few), clock)
    await workspace.start()
    timeout = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as http:
        made = House(path, workspace, clock, http)
        yield made
        made.room.desk.close()
    await workspace.stop()


async def unsent(house: House) -> None:
    """The window has opened in the records; nothing is posted."""
    await house.room.desk.write(open_all, house.clock.now())


def open_all(session: Session, now: datetime) -> None:
    for due in tick.due_now(session, now):
        tick.do(session, due, now)


async def half_sent(house: House) -> None:
    """The backup falls between the first messages and the others."""
    for number in range(5):
        await house.room.keep(f"more {number}", to_team(f"check-{number}"), channel=CENTRAL)
    await house.at(OPENS, timedelta(0))


async def sent(house: House) -> None:
    """Everything of the opening stands."""
    await house.at(OPENS)


async def unclear(house: House) -> None:
    """The backup falls between an unclear answer and the look."""
    house.room.spoil(POST, "after", *[Fault(drop=True)] * 2)
    await house.at(OPENS, timedelta(0))


@pytest.mark.parametrize("moment", [unsent, half_sent, sent, unclear])
async def test_whenever_the_backup_was_made_every_message_stands_once(
    house: House, few: Programme, moment: Callable[[House], Awaitable[None]]
) -> None:
    await moment(house)
    house.back_up()
    await house.at(OPENS + timedelta(hours=2))
    await house.report(cast(few, QUARTER)[0])
    await house.at(REMINDERS[0])
    house.restore()
    await house.release()
    await house.report(cast(few, QUARTER)[0])
    for instant in (*REMINDERS[1:], *OVERDUE):
        await house.at(instant)
    await house.assert_all_stands_once()


async def test_until_it_is_released_nothing_but_the_word_of_it_is_sent(house: House) -> None:
    await unsent(house)
    house.back_up()
    house.restore()
    await house.at(REMINDERS[0], A_WEEK)
    (post,) = house.room.standing(CENTRAL_ID)
    assert post.text.startswith("Sending is held: the records were restored from a backup")
    assert len(house.workspace.core.team.posts) == 1


async def test_what_was_lost_between_backup_and_restore_is_sent(house: House) -> None:
    await unsent(house)
    house.back_up()
    house.restore()
    await house.release()
    await house.assert_all_stands_once()
    assert len(house.room.standing(CENTRAL_ID)) >= 2


async def test_a_thread_and_a_message_of_many_parts_are_completed_and_not_doubled(
    house: House,
) -> None:
    await house.room.keep("parent", to_team(), channel=BOARD)
    await house.room.keep("annex", long_annex(), channel=BOARD, follows="parent")
    await house.room.keep("next", to_team("next"), channel=BOARD, follows="parent")
    house.back_up()
    await house.room.until_quiet(timedelta(seconds=3))
    begun = len(house.room.standing(BOARD_ID))
    assert begun > 2
    house.restore()
    await house.release()
    parent, *replies = house.room.standing(BOARD_ID)
    assert len(replies) > begun
    assert all(reply.thread_ts == parent.ts for reply in replies)
    words = "\n".join(reply.text for reply in replies)
    assert all(words.count(f"RED LAA2-NI{number:03}") == 1 for number in range(60))
    await house.assert_all_stands_once()


async def test_what_stands_in_forgotten_words_is_said_anew_in_its_place(house: House) -> None:
    house.back_up()
    await house.room.keep("one", to_lead("forgotten"), person=1)
    await house.room.until_quiet()
    house.restore()
    await house.release()
    await house.room.keep("one", to_lead("remembered"), person=1)
    await house.room.until_quiet()
    (words,) = house.room.direct("UTARGETLEAD01")
    assert "remembered" in words


async def test_the_same_backup_restored_twice_doubles_nothing(house: House) -> None:
    await half_sent(house)
    house.back_up()
    for day in (1, 2):
        house.clock.move_to(OPENS + timedelta(days=day))
        house.restore()
        await house.room.until_quiet()
        await house.release()
    await house.at(REMINDERS[0])
    await house.assert_all_stands_once()
    held = [post for post in house.room.standing(CENTRAL_ID) if "Sending goes on" in post.text]
    assert len(held) == 2


async def test_a_message_set_aside_in_the_backup_is_looked_for_before_it_is_sent_again(
    house: House,
) -> None:
    await house.room.keep("one", to_team(), channel=CENTRAL)
    house.room.spoil(POST, "before", Fault(error="is_archived")).channel = CENTRAL_ID
    await house.room.until_quiet()
    house.back_up()
    number = (await house.room.row("one")).id or 0
    now = house.clock.now()
    await house.room.desk.write(outbox.put_back, number, look_first=False, now=now)
    await house.room.until_quiet()
    house.restore()
    await house.release()
    await house.room.desk.write(outbox.put_back, number, look_first=False, now=now)
    await house.room.until_quiet()
    assert house.room.doubled() == []
    assert (await house.room.row("one")).state is OutboxState.SENT
