"""A rehearsal from the first file to the last figure.

It owns putting the pieces together: a fresh database, a workspace, the bot's process, the
company and the director.
"""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import SharedClock
from bot.rehearsal import kills
from bot.rehearsal.director import Director
from bot.rehearsal.kills import Executioner
from bot.rehearsal.nursery import SteeredBot
from bot.rehearsal.parts import Part, cast
from bot.rehearsal.plan import Planned, plan
from bot.rehearsal.playhouse import administrators, playhouse
from bot.rehearsal.preparation import prepare
from bot.rehearsal.report import Found, report
from bot.rehearsal.stage import steered_bot
from bot.rehearsal.timetable import Step, timetable
from flows import cycle
from flows.cycle import Cycle
from rules.quarters import Quarter
from store import migrate, people, targets
from store.database import Database
from store.importing.programme import Programme
from workspace.server import Workspace

BEFORE_OPENING = timedelta(minutes=5)
DIGEST_POSTS = 5  # as many messages as every digest has at the least
Progress = Callable[[float, str], None]


class NothingToRehearseError(ValueError):
    """The data hold no status for the quarter."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What to rehearse: a programme, a quarter, and how roughly."""

    programme: Programme
    quarter: Quarter
    effective_from: Quarter | None = None
    kills: int = 0
    seed: int = 0


async def rehearse(asked: Rehearsal, progress: Progress) -> Found:
    """Run the quarter from window to digest and report. Raises `NothingToRehearseError`."""
    with ExitStack() as house:
        folder = Path(house.enter_context(tempfile.TemporaryDirectory(prefix="quarterlight-")))
        database, parts, planned = _fresh(asked, folder)
        house.callback(database.close)
        clock = SharedClock.create(folder / "clock", _curtain_up(planned))
        workspace = Workspace(playhouse(asked.programme), clock)
        await workspace.start()
        bot = steered_bot(workspace, asked.programme, str(database.url), clock, folder / "bot.log")
        try:
            director = _director(asked, database, parts, planned, workspace, bot, clock)
            executioner = _executioner(asked, parts, bot)
            workspace.watch(executioner)
            await bot.start()
            await director.perform(_curtain_down(planned), _watching(planned, progress))
        finally:
            await bot.stop()
            await workspace.stop()
        with database.writing() as session:
            found = report(session, workspace, asked.quarter, clock.now())
        return replace(found, killed=tuple(kill.moment.value for kill in executioner.done))


def planned_messages(asked: Rehearsal) -> tuple[Planned, ...]:
    """Who would get what, when and why; nothing is sent."""
    with tempfile.TemporaryDirectory(prefix="quarterlight-") as folder:
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
    database = Database(f"sqlite:///{folder / 'rehearsal.db'}")
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
    bot: SteeredBot,
    clock: SharedClock,
) -> Director:
    with database.reading() as session:
        numbers = {
            target.ref: target.number
            for target in targets.programme(session, asked.quarter, planned.calendar.opens)
        }
        slack_ids = {one.label: one.slack_id for one in people.everyone(session)}
    return Director(
        workspace, bot, clock, asked.quarter, numbers, slack_ids, _steps(asked, parts, planned)
    )


def _steps(asked: Rehearsal, parts: tuple[Part, ...], planned: Cycle) -> list[Step]:
    central = administrators(asked.programme)
    sponsors = {target.sponsor for target in asked.programme.targets if target.sponsor}
    first = central[0].label if central else None
    return list(timetable(planned.calendar, planned.days, parts, sponsors, first))


def _executioner(asked: Rehearsal, parts: tuple[Part, ...], bot: SteeredBot) -> Executioner:
    answering = [part for part in parts if part.answers]
    drawn = kills.draw(
        asked.kills,
        asked.seed,
        posts=len({part.lead for part in answering}),
        submissions=2 * len(answering),
        digest=DIGEST_POSTS,
    )
    return Executioner(bot.kill, drawn)


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
