"""The demo: a practice workspace with sample data and the bot, at one address on loopback.

It owns starting and ending both. The clock runs, and can be moved on the page.
"""

import asyncio
import signal
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path

from rich.console import Console

from bot.clock import SharedClock
from bot.rehearsal.parts import cast
from bot.rehearsal.playhouse import playhouse
from bot.rehearsal.preparation import prepare
from bot.rehearsal.stage import RunningBot, environment_for
from bot.service import Rhythm
from flows import cycle, tick
from rules.quarters import Quarter
from store import migrate
from store.database import Database
from store.importing.programme import Programme
from store.importing.reading import read_programme
from workspace.server import Workspace

QUARTER = Quarter(2008, 2)
BEFORE_OPENING = timedelta(seconds=5)
RHYTHM = Rhythm(tick=timedelta(seconds=1), rest=timedelta(seconds=0.3))
PORTS_TO_TRY = 20


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo."""

    workspace: Workspace
    bot: RunningBot
    clock: SharedClock
    database: Database

    async def move_clock(self, to: datetime) -> None:
        """Move the clock; the bot sees it within a second."""
        self.clock.move_to(to)
        self.workspace.clock_moved()

    async def next_instant(self) -> datetime | None:
        """When the next thing happens by the calendar."""
        return await asyncio.to_thread(self._next)

    def _next(self) -> datetime | None:
        with self.database.reading() as session:
            return tick.next_due(session, self.clock.now())


async def run(port: int, console: Console) -> None:
    """Start everything, print the address, and end on Ctrl-C."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with AsyncExitStack() as house:
        with console.status("Loading the sample data"):
            started = await start(house, port, console)
        console.print(f"\nOpen [bold]{started.workspace.url}[/bold] in a browser.")
        console.print("Be any person, answer as they would, and move the clock. Ctrl-C ends it.")
        await stop.wait()
        console.print("\nEnding.")


async def start(house: AsyncExitStack, port: int, console: Console) -> Demo:
    """Start a demo that ends with the stack."""
    folder = Path(house.enter_context(tempfile.TemporaryDirectory(prefix="quarterlight-")))
    sample = resources.files("bot") / "sample"
    with resources.as_file(sample) as path:
        programme = await asyncio.to_thread(read_programme, path)
    database = Database(f"sqlite:///{folder / 'demo.db'}")
    house.callback(database.close)
    begins = await asyncio.to_thread(_prepare, database, programme)
    clock = SharedClock.create(folder / "clock", begins, running=True)
    found: list[Demo] = []

    async def move(to: datetime) -> None:
        await found[0].move_clock(to)

    async def following() -> datetime | None:
        return await found[0].next_instant()

    workspace = Workspace(playhouse(programme), clock, on_move_clock=move, on_next=following)
    await _listen(workspace, port, console)
    house.push_async_callback(workspace.stop)
    environment = environment_for(workspace, programme, str(database.url))
    bot = RunningBot(environment, clock, folder / "bot.log")
    found.append(Demo(workspace, bot, clock, database))
    await bot.start()
    house.push_async_callback(bot.stop)
    await workspace.connected(60)
    return found[0]


def _prepare(database: Database, programme: Programme) -> datetime:
    """Load the sample up to the quarter; the instant at which the demo begins."""
    migrate.upgrade(database)
    with database.writing() as session:
        calendar = cycle.of(session, QUARTER).calendar
        begins = calendar.at(calendar.opens) - BEFORE_OPENING
        prepare(session, programme, cast(programme, QUARTER), QUARTER, begins)
    return begins


async def _listen(workspace: Workspace, port: int, console: Console) -> None:
    for candidate in range(port, port + PORTS_TO_TRY):
        try:
            await workspace.start(port=candidate)
        except OSError:
            console.print(f"Port {candidate} is in use; trying {candidate + 1}.")
        else:
            return
    await workspace.start()
