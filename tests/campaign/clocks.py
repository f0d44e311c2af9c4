"""The figures about time: G4 an outage, G6 a second process, G7 clock changes and jumps.

It owns these scripts, on the hand-moved clock and with the bot as a process of its own. What
must have come is taken from the same quarters without an outage and without a jump.
"""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from bot.entry import FAULT
from bot.rehearsal.performance import finish
from bot.rehearsal.stage import environment_for
from bot.rehearsal.staging import Rehearsal, Staged, staged
from rules.cadence import StageKind
from store.tables import StageRow
from tests import sample
from tests.bot.programmes import some
from tests.campaign.ground import Ground
from tests.campaign.record import Record
from tests.engines import SQLITE
from tests.sample import LONDON, QUARTER, london

OUTAGE = timedelta(hours=72)
BREAKS_DOWN = london(10, 20, 12)  # the day before the returns are due
BACK = BREAKS_DOWN + OUTAGE
CAUGHT_UP_WITHIN = timedelta(seconds=60)
REFUSED_WITHIN_SECONDS = 1.0
SECOND_PROCESSES = 5
QUARTERS = 8
JUMP = timedelta(hours=24)
A_MINUTE = timedelta(minutes=1)
CHANNELS = frozenset({"board", "central team"})
PUBLISHED = (
    sample.OPENS,
    *sample.REMINDERS,
    *sample.OVERDUE,
    sample.CLOSES,
    sample.RUN,
    sample.PREVIEW,
)
"""When the first quarter's stages are due: by the board's own paper, or as the rules lead to."""
TWO = ("LAA1-02", "LAA1-13")
Messages = Sequence[dict[str, Any]]


async def outage(ground: Ground, engine: str, seed: int) -> Record:
    """G4: 72 hours without the bot, over the day on which returns are due."""
    begun = _real()
    there, _ = await _unreported(ground, engine, seed, away=False)
    away, seconds = await _unreported(ground, engine, seed, away=True)
    before = _keys(_due(there, BREAKS_DOWN))
    missing = (before - _keys(away)) | (_to_channels(there) - _to_channels(away))
    told, reminded = _people(there), _people(away)
    wrong = [f"{who} was reminded {times} times" for who, times in reminded.items() if times > 1]
    wrong += [f"{who} was not reminded" for who in sorted(set(told) - set(reminded))]
    wrong += [f"{who} was reminded for nothing" for who in sorted(set(reminded) - set(told))]
    wrong += [f"{key} never came" for key in sorted(missing)]
    if seconds > CAUGHT_UP_WITHIN.total_seconds():
        wrong.append(f"it took {seconds:.0f} s to catch up")
    words = f"72 hours away over the due day; caught up in {seconds:.1f} s"
    return _record("G4", words, engine, seed, away, _real() - begun, wrong)


async def _unreported(
    ground: Ground, engine: str, seed: int, *, away: bool
) -> tuple[Messages, float]:
    """The quarter up to a minute after the outage while nobody reports; seconds to catch up."""
    asked = Rehearsal(ground.few, QUARTER, seed=seed, database_url=ground.fresh(engine))
    async with staged(asked) as play:
        steps = play.director.steps
        steps[:] = [step for step in steps if step.part is None]
        await play.director.perform(BREAKS_DOWN, _unwatched)
        if away:
            await play.crew.stop()
            _move(play, BACK)
        begun = _real()
        if away:
            await play.crew.start()
        await play.director.perform(BACK + CAUGHT_UP_WITHIN, _unwatched)
        seconds = _real() - begun + (play.stage.clock.now() - BACK).total_seconds()
        return (await finish(play)).body["messages"], seconds


async def second_process(ground: Ground, seed: int, *, timed: bool = True) -> Record:
    """G6: a second process on the same SQLite file, started as anybody would start it.

    It is tried some times and the quickest counts: the others say how busy the machine was.
    """
    asked = Rehearsal(ground.few, QUARTER, seed=seed, database_url=ground.fresh(SQLITE))
    async with staged(asked) as play:
        tries = [await _as_typed(play) for _ in range(SECOND_PROCESSES if timed else 1)]
        await play.crew.settle()
    seconds = min(one.seconds for one in tries)
    wrong = [
        f"it was not refused, or not clearly: {one.said[-200:]}"
        for one in tries
        if one.status != FAULT or "already running" not in one.said
    ]
    if timed and seconds > REFUSED_WITHIN_SECONDS:
        wrong.append(f"it took {seconds:.1f} s")
    words = f"a second process on one file, refused in {seconds:.1f} s"
    return Record("G6", words, SQLITE, seed, seconds=seconds, wrong="; ".join(wrong[:3]))


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that came to its end: its exit status, what it said, and real seconds."""

    status: int
    said: str
    seconds: float


async def _as_typed(play: Staged) -> Ended:
    stage, begun = play.stage, _real()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env=environment_for(stage.workspace, stage.programme, stage.database_url),
        cwd=stage.folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    return Ended(process.returncode or 0, said.decode(), _real() - begun)


@dataclass(frozen=True, slots=True)
class Leap:
    """The clock jumped from one instant to another."""

    was: datetime
    landed: datetime

    def passed(self, instant: datetime) -> bool:
        """Whether it left an instant out."""
        return self.was <= instant <= self.landed


async def jumps(ground: Ground, engine: str, seed: int, quarters: int = QUARTERS) -> Record:
    """G7: quarters on end, over both clock changes, the clock jumping a day back and forth."""
    begun = _real()
    steady = await _quarters_on_end(ground, engine, seed, quarters, jumping=False)
    jumpy = await _quarters_on_end(ground, engine, seed, quarters, jumping=True)
    wrong = [*_untimely(steady.stages, ()), *_untimely(jumpy.stages, jumpy.leaps)]
    wrong += _unlike(steady, jumpy)
    done = len({stage.quarter for stage in jumpy.stages})
    if done < quarters:
        wrong.append(f"only {done} quarters ran")
    words = f"{done} quarters, both clock changes, {len(jumpy.leaps)} jumps of a day"
    return _record("G7", words, engine, seed, jumpy.messages, _real() - begun, wrong)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quarters on end: the stages kept as done or passed over, the messages, and the jumps."""

    stages: tuple[StageRow, ...]
    messages: Messages
    leaps: tuple[Leap, ...]


async def _quarters_on_end(
    ground: Ground, engine: str, seed: int, quarters: int, *, jumping: bool
) -> Stretch:
    dice = random.Random(seed)  # noqa: S311  # a seeded choice, no secret
    programme = some(ground.sample, TWO)
    asked = Rehearsal(programme, QUARTER, seed=seed, database_url=ground.fresh(engine))
    leaps: list[Leap] = []
    async with staged(asked) as play:
        play.director.steps.clear()
        end = london(7, 1) + timedelta(days=91) * (quarters + 1)
        while (now := play.stage.clock.now()) < end:
            await play.director.perform(now + timedelta(days=dice.randint(5, 60)), _unwatched)
            if jumping:
                leaps.append(_leap(play, dice))
            elif play.stage.clock.now() == now:
                break
        await play.director.perform(end, _unwatched)
        messages = (await finish(play)).body["messages"]
        with play.database.reading() as session:
            return Stretch(_stages(session), messages, tuple(leaps))


def _leap(play: Staged, dice: random.Random) -> Leap:
    was = play.stage.clock.now()
    _move(play, was + dice.choice((JUMP, -JUMP)))
    return Leap(was, play.stage.clock.now())


def _stages(session: Session) -> tuple[StageRow, ...]:
    return tuple(session.exec(select(StageRow).order_by(col(StageRow.id))))


def _untimely(stages: Iterable[StageRow], leaps: Sequence[Leap]) -> list[str]:
    """Stages that are due at other instants than they should be, or done late without a jump."""
    wrong = []
    due = {stage.due_at for stage in stages if stage.quarter == QUARTER}
    wrong += [f"nothing was due at {instant}" for instant in PUBLISHED if instant not in due]
    for stage in stages:
        local, name = stage.due_at.astimezone(LONDON), f"{stage.quarter} {stage.name}"
        if (local.hour, local.minute) != ((17, 0) if stage.name == "close" else (9, 0)):
            wrong.append(f"{name} is due at {local:%H:%M}")
        leapt = any(leap.passed(stage.due_at) for leap in leaps)
        waits = stage.name == StageKind.PUBLISH.value
        if stage.done_at - stage.due_at >= A_MINUTE and not (leapt or waits):
            wrong.append(f"{name} was done {stage.done_at - stage.due_at} late")
    return wrong


def _unlike(steady: Stretch, jumpy: Stretch) -> list[str]:
    """Stages that the jumps swallowed, and messages missing from one that was done."""
    found = {(stage.quarter, stage.name): stage for stage in jumpy.stages}
    wrong = []
    for stage in steady.stages:
        there = found.get((stage.quarter, stage.name))
        if there is None:
            wrong.append(f"{stage.quarter} {stage.name} never came")
        elif not there.passed_over:
            missing = _keys(_at(steady.messages, stage)) - _keys(_at(jumpy.messages, stage))
            wrong += [f"{key} never came" for key in sorted(missing)]
    return wrong


def _at(messages: Messages, stage: StageRow) -> Messages:
    return [one for one in messages if datetime.fromisoformat(one["due"]) == stage.due_at]


def _due(messages: Messages, until: datetime) -> Messages:
    return [one for one in messages if datetime.fromisoformat(one["due"]) <= until]


def _keys(messages: Messages) -> set[str]:
    return {one["key"] for one in messages}


def _to_channels(messages: Messages) -> set[str]:
    """What is never dropped: messages to channels, but for the checks, which follow stages."""
    return {
        one["key"]
        for one in messages
        if one["to"] in CHANNELS and one["kind"] != "deliveries_certified"
    }


def _people(messages: Messages) -> Counter[str]:
    """How often each person was written to for what fell due in the outage."""
    late = [one for one in messages if datetime.fromisoformat(one["due"]) > BREAKS_DOWN]
    return Counter(one["to"] for one in late if one["to"] not in CHANNELS)


def _move(play: Staged, instant: datetime) -> None:
    play.stage.clock.move_to(instant)
    play.stage.workspace.clock_moved()


def _record(
    figure: str,
    words: str,
    engine: str,
    seed: int,
    messages: Messages,
    seconds: float,
    wrong: Sequence[str],
) -> Record:
    posted = [int(line["posted"]) for line in messages]
    return Record(
        figure,
        words,
        engine,
        seed,
        due=len(posted),
        posted=posted.count(1),
        lost=posted.count(0),
        doubled=sum(count > 1 for count in posted),
        seconds=seconds,
        wrong="; ".join(wrong[:3]),
    )


def _real() -> float:
    return asyncio.get_running_loop().time()


def _unwatched(_now: datetime) -> None:
    """Nobody follows the clock."""
