"""A rehearsal from the first file to the last figure.

It owns running the whole of it, and its plan. Setting the stage is `bot/rehearsal/staging.py`'s.
"""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.rehearsal.kills import SUBMISSION
from bot.rehearsal.plan import Planned, plan
from bot.rehearsal.report import Found, report
from bot.rehearsal.staging import (
    NothingToRehearseError,
    Rehearsal,
    Staged,
    curtain_up,
    prepared,
    staged,
)

__all__ = ["NothingToRehearseError", "Rehearsal", "finish", "planned_messages", "rehearse"]

Progress = Callable[[float, str], None]


async def rehearse(asked: Rehearsal, progress: Progress) -> Found:
    """Run the quarter from window to digest and report. Raises as `staged` does."""
    async with staged(asked) as play:
        await play.director.perform(play.ends, _watching(play, progress))
        return await finish(play)


async def finish(play: Staged) -> Found:
    """End the bot, and report what it kept and what stands in Slack."""
    play.executioner.stop()
    await play.crew.stop()
    quarter, now = play.planned.quarter, play.stage.clock.now()
    with play.database.writing() as session:
        found = report(session, play.stage.workspace, quarter, now)
    return replace(
        found,
        killed=tuple(kill.moment.value for kill in play.executioner.done),
        faults=play.faults.total(),
        unanswered=sum(
            sent.answer is None for sent in play.stage.workspace.log.deliveries(SUBMISSION)
        ),
        moments=dict(play.executioner.seen),
        longest_recovery=play.crew.longest_recovery,
    )


def planned_messages(asked: Rehearsal) -> tuple[Planned, ...]:
    """Who would get what, when and why; nothing is sent."""
    with tempfile.TemporaryDirectory(prefix="quarterlight-") as folder:
        # Nothing is started, so it needs no place but its own.
        asked = replace(asked, database_url=None, workers=0)
        database, parts, planned = prepared(asked, Path(folder))
        wanted = {part.ref: part.wanted for part in parts}
        with database.reading() as session:
            found = plan(session, asked.quarter, wanted, curtain_up(planned))
        database.close()
        return found


def _watching(play: Staged, progress: Progress) -> Callable[[datetime], None]:
    start, end = curtain_up(play.planned), play.ends

    def watch(now: datetime) -> None:
        day = play.planned.local_day(now)
        progress((now - start) / (end - start), f"{day:%A} {day.day} {day:%B} {day.year}")

    return watch
