"""Setting the stage: a fresh database, a workspace, the bot's processes, people and their steps.

It owns putting the pieces together and taking them apart. What happens between is the
director's, or that of whoever wants it otherwise (`tests/campaign`).
"""

import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock, SharedClock
from bot.rehearsal import kills
from bot.rehearsal.company import Company
from bot.rehearsal.crew import Crew
from bot.rehearsal.director import Director
from bot.rehearsal.kills import Executioner, Moment
from bot.rehearsal.parts import Part, cast
from bot.rehearsal.playhouse import administrators, playhouse
from bot.rehearsal.preparation import prepare
from bot.rehearsal.stage import Stage
from bot.rehearsal.timetable import Step, timetable
from bot.rehearsal.venue import database_for
from flows import cycle
from flows.cycle import Cycle
from rules.quarters import Quarter
from store import migrate, people, targets
from store.database import Database
from store.importing.programme import Programme
from workspace.faults import FaultPlan
from workspace.server import Workspace
from workspace.tempers import Tempers

# However often it is killed within one moment of the still clock, the bot may connect again.
RESTARTS = frozenset({"apps.connections.open"})
BEFORE_OPENING = timedelta(minutes=5)
DIGEST_POSTS = 5  # as many messages as every digest has at the least


class NothingToRehearseError(ValueError):
    """The data hold no status for the quarter."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What to rehearse: a programme, a quarter, where, and how roughly.

    `database_url` is an empty database; a SQLite file of the rehearsal's own when it is left
    out. `workers` are processes that only work. `moments` says how often each moment for a
    kill comes, where that is known from before. `slack_ahead` is how far Slack's clock is
    ahead of the bot's. `tempers` say who answers when, and how; all others answer at the usual
    times, and as the data say.
    """

    programme: Programme
    quarter: Quarter
    effective_from: Quarter | None = None
    kills: int = 0
    seed: int = 0
    faults: FaultPlan | None = None
    database_url: str | None = None
    workers: int = 0
    moments: Mapping[Moment, int] | None = None
    slack_ahead: timedelta = timedelta(0)
    tempers: Tempers | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A clock that goes with another, a fixed time ahead of it."""

    clock: Clock
    by: timedelta

    def now(self) -> datetime:
        """The instant it shows."""
        return self.clock.now() + self.by


@dataclass(frozen=True, slots=True)
class Staged:
    """A rehearsal with everything in its place and the bot running, before the first step."""

    stage: Stage
    database: Database
    crew: Crew
    director: Director
    planned: Cycle
    executioner: Executioner
    faults: Counter[str]

    @property
    def ends(self) -> datetime:
        """The instant at which the quarter's board meets."""
        return self.planned.calendar.at(self.planned.calendar.board)


@asynccontextmanager
async def staged(asked: Rehearsal) -> AsyncIterator[Staged]:
    """Set the stage and start the bot; end both.

    Raises `NothingToRehearseError`, and `VenueError` for a database that cannot be used.
    """
    async with AsyncExitStack() as house:
        folder = Path(house.enter_context(tempfile.TemporaryDirectory(prefix="quarterlight-")))
        database, parts, planned = prepared(asked, folder)
        house.callback(database.close)
        clock = SharedClock.create(folder / "clock", curtain_up(planned))
        slacks = Ahead(clock, asked.slack_ahead)
        workspace = Workspace(playhouse(asked.programme), slacks, uncounted=RESTARTS)
        await workspace.start()
        house.push_async_callback(workspace.stop)
        stage = Stage(workspace, asked.programme, database.address, clock, folder)
        crew = stage.crew(asked.workers)
        house.push_async_callback(crew.stop)
        executioner = _executioner(asked, parts, crew)
        house.callback(executioner.stop)
        workspace.watch(executioner)
        crew.settling = executioner.settling
        director = _director(asked, database, parts, planned, stage, crew)
        await crew.start()
        faults = workspace.spoil(asked.faults or FaultPlan(asked.seed))
        yield Staged(stage, database, crew, director, planned, executioner, faults.done)


def prepared(asked: Rehearsal, folder: Path) -> tuple[Database, tuple[Part, ...], Cycle]:
    """A fresh database with the data loaded, what each lead will say, and the quarter's cycle."""
    parts = cast(asked.programme, asked.quarter)
    if not any(part.line for part in parts):
        held = ", ".join(str(quarter) for quarter in asked.programme.quarters) or "none"
        raise NothingToRehearseError(
            f"The data hold no status for {asked.quarter}. They hold: {held}."
        )
    database = database_for(asked.database_url, folder, workers=asked.workers)
    migrate.upgrade(database)
    with database.writing() as session:
        planned = cycle.of(session, asked.quarter)
        prepare(
            session,
            asked.programme,
            parts,
            asked.quarter,
            curtain_up(planned),
            effective_from=asked.effective_from,
        )
    return database, parts, planned


def _director(
    asked: Rehearsal,
    database: Database,
    parts: tuple[Part, ...],
    planned: Cycle,
    stage: Stage,
    crew: Crew,
) -> Director:
    with database.reading() as session:
        numbers = {
            target.ref: target.number
            for target in targets.programme(session, asked.quarter, planned.calendar.opens)
        }
        slack_ids = {one.label: one.slack_id for one in people.everyone(session)}
    steps = _steps(asked, parts, planned)
    workspace, clock = stage.workspace, stage.clock
    company = Company(crew.settle)
    return Director(workspace, crew, company, clock, asked.quarter, numbers, slack_ids, steps)


def _steps(asked: Rehearsal, parts: tuple[Part, ...], planned: Cycle) -> list[Step]:
    central = administrators(asked.programme)
    sponsors = {target.sponsor for target in asked.programme.targets if target.sponsor}
    first = central[0].label if central else None
    return list(timetable(planned.calendar, planned.days, parts, sponsors, first, asked.tempers))


def _executioner(asked: Rehearsal, parts: tuple[Part, ...], crew: Crew) -> Executioner:
    moments = asked.moments if asked.moments is not None else _at_least(parts)
    return Executioner(crew, kills.draw(asked.kills, asked.seed, moments))


def _at_least(parts: tuple[Part, ...]) -> dict[Moment, int]:
    """How often each moment comes at the least, so that every kill that is drawn falls."""
    answering = [part for part in parts if part.answers]
    leads = len({part.lead for part in answering})
    return {
        Moment.BEFORE_POST: leads,
        Moment.AFTER_POST: leads,
        Moment.IN_SUBMISSION: 2 * len(answering),
        Moment.MID_DIGEST: DIGEST_POSTS,
        Moment.BEFORE_CALL: 3 * len(answering),
        Moment.AFTER_CALL: 3 * len(answering),
        Moment.WHILE_TICKING: 2 * len(answering),
    }


def curtain_up(planned: Cycle) -> datetime:
    """The instant at which a rehearsal begins, shortly before the window opens."""
    return planned.calendar.at(planned.calendar.opens) - BEFORE_OPENING
