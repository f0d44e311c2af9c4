"""A rehearsal from the first file to the last figure.

It owns putting the pieces together: a fresh database, a workspace, the bot's processes, the
company and the director.
"""

import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import SharedClock
from bot.rehearsal import kills
from bot.rehearsal.crew import Crew
from bot.rehearsal.director import Director
from bot.rehearsal.kills import Executioner, Moment
from bot.rehearsal.parts import Part, cast
from bot.rehearsal.plan import Planned, plan
from bot.rehearsal.playhouse import administrators, playhouse
from bot.rehearsal.preparation import prepare
from bot.rehearsal.report import Found, report
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

BEFORE_OPENING = timedelta(minutes=5)
DIGEST_POSTS = 5  # as many messages as every digest has at the least
Progress = Callable[[float, str], None]


class NothingToRehearseError(ValueError):
    """The data hold no status for the quarter."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What to rehearse: a programme, a quarter, where, and how roughly.

    `faults` is the share of calls that go wrong. `database_url` is an empty database; a SQLite
    file of the rehearsal's own when it is left out. `workers` are processes that only work.
    `moments` says how often each moment for a kill comes, where that is known from before.
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


@dataclass(frozen=True, slots=True)
class Staged:
    """A rehearsal with everything in its place and the bot running, before the first step."""

    database: Database
    workspace: Workspace
    crew: Crew
    clock: SharedClock
    director: Director
    planned: Cycle
    executioner: Executioner
    faults: Counter[str]

    @property
    def ends(self) -> datetime:
        """The instant at which the quarter's board meets."""
        return _curtain_down(self.planned)


@asynccontextmanager
async def staged(asked: Rehearsal) -> AsyncIterator[Staged]:
    """Set the stage and start the bot; end both.

    Raises `NothingToRehearseError`, and `VenueError` for a database that cannot be used.
    """
    async with AsyncExitStack() as house:
        folder = Path(house.enter_context(tempfile.TemporaryDirectory(prefix="quarterlight-")))
        database, parts, planned = _fresh(asked, folder)
        house.callback(database.close)
        clock = SharedClock.create(folder / "clock", _curtain_up(planned))
        workspace = Workspace(playhouse(asked.programme), clock)
        await workspace.start()
        house.push_async_callback(workspace.stop)
        stage = Stage(workspace, asked.programme, database.address, clock, folder)
        crew = stage.crew(asked.workers)
        house.push_async_callback(crew.stop)
        executioner = _executioner(asked, parts, crew)
        house.callback(executioner.stop)
        workspace.watch(executioner)
        crew.settling = executioner.settling
        director = _director(asked, database, parts, planned, workspace, crew, clock)
        await crew.start()
        faults = workspace.spoil(asked.faults or FaultPlan(asked.seed))
        yield Staged(database, workspace, crew, clock, director, planned, executioner, faults.done)


async def rehearse(asked: Rehearsal, progress: Progress) -> Found:
    """Run the quarter from window to digest and report. Raises as `staged` does."""
    async with staged(asked) as play:
        await play.director.perform(play.ends, _watching(play.planned, progress))
        play.executioner.stop()
        await play.crew.stop()
        with play.database.writing() as session:
            found = report(session, play.workspace, asked.quarter, play.clock.now())
        return replace(
            found,
            killed=tuple(kill.moment.value for kill in play.executioner.done),
            faults=play.faults.total(),
            moments=dict(play.executioner.seen),
            longest_recovery=play.crew.longest_recovery,
        )


def planned_messages(asked: Rehearsal) -> tuple[Planned, ...]:
    """Who would get what, when and why; nothing is sent."""
    with tempfile.TemporaryDirectory(prefix="quarterlight-") as folder:
        # Nothing is started, so it needs no place but its own.
        asked = replace(asked, database_url=None, workers=0)
        database, parts, planned = _fresh(asked, Path(folder))
        wanted = {part.ref: part.wanted for part in parts}
        with database.reading() as session:
            found = plan(session, asked.quarter, wanted, _curtain_up(planned))
        database.close()
        return found


def _fresh(asked: Rehearsal, folder: Path) -> tuple[Database, tuple[Part, ...], Cycle]:
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
            _curtain_up(planned),
            effective_from=asked.effective_from,
        )
    return database, parts, planned


def _director(
    asked: Rehearsal,
    database: Database,
    parts: tuple[Part, ...],
    planned: Cycle,
    workspace: Workspace,
    crew: Crew,
    clock: SharedClock,
) -> Director:
    with database.reading() as session:
        numbers = {
            target.ref: target.number
            for target in targets.programme(session, asked.quarter, planned.calendar.opens)
        }
        slack_ids = {one.label: one.slack_id for one in people.everyone(session)}
    return Director(
        workspace, crew, clock, asked.quarter, numbers, slack_ids, _steps(asked, parts, planned)
    )


def _steps(asked: Rehearsal, parts: tuple[Part, ...], planned: Cycle) -> list[Step]:
    central = administrators(asked.programme)
    sponsors = {target.sponsor for target in asked.programme.targets if target.sponsor}
    first = central[0].label if central else None
    return list(timetable(planned.calendar, planned.days, parts, sponsors, first))


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


def _curtain_up(planned: Cycle) -> datetime:
    return planned.calendar.at(planned.calendar.opens) - BEFORE_OPENING


def _curtain_down(planned: Cycle) -> datetime:
    return planned.calendar.at(planned.calendar.board)


def _watching(planned: Cycle, progress: Progress) -> Callable[[datetime], None]:
    start, end = _curtain_up(planned), _curtain_down(planned)

    def watch(now: datetime) -> None:
        day = planned.local_day(now)
        progress((now - start) / (end - start), f"{day:%A} {day.day} {day:%B} {day.year}")

    return watch
