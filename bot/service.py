"""The running bot: connected, ticking and sending, until it is told to stop.

It owns the loops of a process. What they do is the ticker's and the sender's.
"""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.checking import keep_checking
from bot.clock import Clock, WallClock
from bot.doors.door import DoorMaker
from bot.doors.sockets import sockets
from bot.installation import appoint_and_set, prepare_schema
from bot.lookout import Lookout
from bot.sender import Pace
from bot.settings import Settings, WorkerSettings
from bot.tokens import try_bot_token
from bot.wiring import Bot, put_together
from store.database import Database
from store.lock import alone_on

log = logging.getLogger(__name__)

LONGEST_REST = timedelta(seconds=5)
SHORTEST_REST = timedelta(milliseconds=50)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a running bot looks, in real time: at stages, and at the outbox at the least."""

    tick: timedelta = timedelta(seconds=15)
    rest: timedelta = LONGEST_REST


@dataclass(frozen=True, slots=True)
class Duty:
    """What a process is there for: by which door it answers, and whether it ticks and sends.

    `name` is told in every call to Slack, so that several processes can be told apart.
    """

    door: DoorMaker
    works: bool = True
    name: str = ""


@asynccontextmanager
async def on_duty(
    settings: WorkerSettings, clock: Clock, duty: Duty, pace: Pace | None = None
) -> AsyncIterator[Bot]:
    """A bot with its door open; on SQLite alone on its database. It does not tick by itself."""
    database = Database(settings.database_url.get_secret_value())
    with alone_on(database):
        prepare_schema(database)
        bot = await put_together(settings, clock, database, pace, duty.name)
        async with AsyncExitStack() as house:
            house.push_async_callback(bot.close)
            await bot.desk.write(appoint_and_set, settings, clock.now())
            await try_bot_token(bot)
            door = duty.door(bot)
            house.push_async_callback(door.close)
            await door.open()
            yield bot


@asynccontextmanager
async def connected(
    settings: Settings, clock: Clock, pace: Pace | None = None
) -> AsyncIterator[Bot]:
    """A bot that answers Slack in Socket Mode. It neither ticks nor sends by itself."""
    async with on_duty(settings, clock, Duty(sockets(settings)), pace) as bot:
        yield bot


async def run(
    settings: WorkerSettings, clock: Clock, duty: Duty, rhythm: Rhythm | None = None
) -> None:
    """Run until SIGTERM or Ctrl-C; what is being sent is finished first."""
    pause = rhythm or Rhythm()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    up = asyncio.Event()
    working = asyncio.create_task(_serve(settings, clock, duty, pause, stop, up))

    def end() -> None:
        # What is being sent is finished first; a bot that is still connecting just ends.
        stop.set()
        if not up.is_set():
            working.cancel()

    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, end)
    try:
        await working
    except asyncio.CancelledError:
        log.info("Stopped while connecting.")


async def _serve(
    settings: WorkerSettings,
    clock: Clock,
    duty: Duty,
    pause: Rhythm,
    stop: asyncio.Event,
    up: asyncio.Event,
) -> None:
    async with on_duty(settings, clock, duty) as bot:
        log.info("Running. Ctrl-C stops.")
        up.set()
        if duty.works:
            await _work(bot, pause, stop)
        else:
            await stop.wait()


async def _work(bot: Bot, pause: Rhythm, stop: asyncio.Event) -> None:
    ticking = asyncio.Lock()
    scheduler = _scheduler(bot, pause, ticking)
    async with asyncio.TaskGroup() as together:
        checking = together.create_task(
            keep_checking(bot.auditor, stop, pause.rest, Lookout(bot.leadership).is_to_look)
        )
        await _keep_sending(bot, pause, stop)
        checking.cancel()  # a check keeps nothing before its end, and begins anew
    scheduler.pause()
    async with ticking:  # APScheduler would cancel a tick under way
        scheduler.shutdown(wait=False)


def _scheduler(bot: Bot, rhythm: Rhythm, ticking: asyncio.Lock) -> AsyncIOScheduler:
    """The alarm clock: one job, never stored. What is due is worked out from the records."""

    async def tick() -> None:
        async with ticking:
            await bot.ticker.tick()

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        tick,
        "interval",
        seconds=rhythm.tick.total_seconds(),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
        next_run_time=WallClock().now(),  # at once; APScheduler runs on the real clock
    )
    scheduler.start()
    return scheduler


async def _keep_sending(bot: Bot, rhythm: Rhythm, stop: asyncio.Event) -> None:
    while not stop.is_set():
        bot.desk.written.clear()
        following = None
        try:
            following = await bot.sender.drain(stop.is_set)
        except Exception:  # a fault in one round must not end all sending
            log.exception("A round of sending failed")
        await _rest(bot, _until(bot, following, rhythm), stop)


def _until(bot: Bot, following: datetime | None, rhythm: Rhythm) -> timedelta:
    """How long to rest: until the next message can go out, and never longer than the rhythm."""
    if following is None:
        return rhythm.rest
    return max(SHORTEST_REST, min(rhythm.rest, following - bot.sender.clock.now()))


async def _rest(bot: Bot, length: timedelta, stop: asyncio.Event) -> None:
    """Wait until something was written, it is time to look again, or the bot stops."""
    waits = [asyncio.create_task(bot.desk.written.wait()), asyncio.create_task(stop.wait())]
    await asyncio.wait(waits, timeout=length.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
