"""A season: the records, the bot and the people of the demo, from the first day on.

It owns making them from a prepared file of records, and ending them with nothing left. When
the demo starts again there is another season.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import SharedClock
from bot.demo.attendant import Attendant
from bot.demo.people import ScriptedPeople
from bot.demo.walker import Walker
from bot.rehearsal.company import Company
from bot.rehearsal.inventions import set_milestones
from bot.rehearsal.nursery import SteeredBot
from bot.rehearsal.parts import cast
from bot.rehearsal.preparation import prepare
from bot.rehearsal.stage import environment_for
from flows import cycle
from store import migrate
from store.database import Database
from store.importing.programme import Programme
from workspace.server import Workspace
from workspace.tempers import Tempers

BEFORE_OPENING = timedelta(seconds=5)
SETTING_UP = timedelta(hours=1)
"""From loading the data to starting the bot, and from that to the season's beginning."""
QUARTERS_AHEAD = 8
"""Two years beyond the data have milestones; after them figures get no colour."""
ARGUMENTS = ("run", "--steered", "--clock-runs")


@dataclass(frozen=True, slots=True)
class Season:
    """A running season."""

    folder: Path
    database: Database
    attendant: Attendant
    people: ScriptedPeople
    walker: Walker

    async def end(self) -> None:
        """End the bot, and leave nothing."""
        await self.attendant.stop()
        self.database.close()
        shutil.rmtree(self.folder)


@dataclass(frozen=True, slots=True)
class First:
    """The first day: everything a season starts from. `file` holds the prepared records."""

    programme: Programme
    tempers: Tempers
    file: Path
    begins: datetime


def first_day(programme: Programme, tempers: Tempers, folder: Path) -> First:
    """Prepare the records up to the opening of the data's latest quarter."""
    quarter = max(programme.quarters)
    file = folder / "first.db"
    database = Database(f"sqlite:///{file}")
    migrate.upgrade(database)
    with database.writing() as session:
        calendar = cycle.of(session, quarter).calendar
        begins = calendar.at(calendar.opens) - BEFORE_OPENING
        loaded = begins - 2 * SETTING_UP
        prepare(session, programme, cast(programme, quarter), quarter, loaded)
        ahead = (quarter.shifted(by) for by in range(1, QUARTERS_AHEAD + 1))
        set_milestones(session, programme, ahead)
    database.close()
    return First(programme, tempers, file, begins)


async def begin(first: First, workspace: Workspace, clock: SharedClock, folder: Path) -> Season:
    """Start a season in a folder of its own, which must not be there yet.

    However long the bot takes to start, the season begins when it should.
    """
    clock.move_to(first.begins - SETTING_UP)
    database = _records(first, folder)
    environment = environment_for(workspace, first.programme, str(database.url))
    arguments = (*ARGUMENTS, "--clock", str(clock.path))
    attendant = Attendant(SteeredBot(environment, arguments, folder / "bot.log"), clock)
    people = ScriptedPeople(
        workspace,
        database,
        clock,
        first.programme,
        Company(attendant.settle),
        first.tempers,
        first.tempers.seed,
    )
    walker = Walker(workspace, clock, database, attendant)
    season = Season(folder, database, attendant, people, walker)
    try:
        await attendant.start()
        await workspace.connected(60)
        clock.move_to(first.begins)
        attendant.keep()
    except BaseException:
        await season.end()
        raise
    return season


def _records(first: First, folder: Path) -> Database:
    folder.mkdir()
    file = folder / "demo.db"
    shutil.copyfile(first.file, file)
    return Database(f"sqlite:///{file}")
