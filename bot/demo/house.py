"""The demo's house: a practice workspace at one address on loopback, and a season in it.

It owns starting and ending them, and what the clock bar of the page can do. The clock runs.
"""

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from sqlmodel import Session

from bot.clock import SharedClock
from bot.demo import dates
from bot.demo.season import First, Season, begin, first_day
from bot.rehearsal.playhouse import playhouse
from bot.rehearsal.temper_file import read_tempers
from flows import tick
from store.importing.programme import Programme
from store.importing.reading import read_programme
from workspace.clock_endpoints import Landmark, Steering
from workspace.runs import Run, Runs
from workspace.server import Workspace
from workspace.tempers import Tempers

PORTS_TO_TRY = 20
SEED = 2008
LONGEST_FINISH_SECONDS = 30
"""So long the bot may take for what it is doing; then it is ended in the midst of it."""
Found = TypeVar("Found")


class ClosedError(RuntimeError):
    """The demo has no season: it is being started, or has ended."""


@dataclass
class House:
    """A demo from its first day, as often as it starts again."""

    first: First
    clock: SharedClock
    folder: Path
    workspace: Workspace = field(init=False)
    runs: Runs = field(init=False)
    _season: Season | None = None
    _seasons: int = 0
    _is_closed: bool = False
    _door: asyncio.Lock = field(default_factory=asyncio.Lock)
    """No season begins or ends while anybody reads its records, or another does."""

    def __post_init__(self) -> None:
        self.runs = Runs(self.clock, dates.LENGTHS, self._ends, self._perform)
        steering = Steering(self._move, self._following, self._landmarks, self.runs, self._again)
        config = playhouse(self.first.programme)
        self.workspace = Workspace(config, self.clock, steering=steering)

    @property
    def season(self) -> Season:
        """The season there is. Raises `ClosedError`."""
        if self._season is None:
            raise ClosedError
        return self._season

    async def open(self) -> None:
        """Begin a season. The workspace must have started."""
        self._seasons += 1
        folder = self.folder / f"season-{self._seasons}"
        self._season = await begin(self.first, self.workspace, self.clock, folder)
        self._stop_hearing = self.workspace.watch(self._season.attendant.heard)

    async def close(self) -> None:
        """End the season for good, and the run or the jump in it first."""
        self._is_closed = True
        async with self._door:
            await self._end()

    async def _again(self) -> None:
        async with self._door:
            if self._is_closed:
                raise ClosedError
            await self._end()
            await self.workspace.begin_again()
            await self.open()

    async def _end(self) -> None:
        if self._season is None:
            return
        season = self._season
        try:
            async with asyncio.timeout(LONGEST_FINISH_SECONDS):
                await self._rest(season)
        except TimeoutError:
            season.attendant.abandon()
            await self._rest(season)
        self._season = None
        self._stop_hearing()
        await season.end()

    async def _rest(self, season: Season) -> None:
        """Begin nothing any more; what is being done is finished."""
        await self.runs.stop()
        await season.walker.halt()

    async def _move(self, to: datetime) -> None:
        await self.season.walker.to(to)

    async def _following(self) -> datetime | None:
        return await self._read(lambda session: tick.next_due(session, self.clock.now()))

    async def _landmarks(self) -> tuple[Landmark, ...]:
        try:
            return await self._read(lambda session: dates.landmarks(session, self.clock.now()))
        except ClosedError:
            return ()

    async def _ends(self, length: str) -> datetime:
        return await self._read(lambda session: dates.ends(session, length, self.clock.now()))

    async def _perform(self, run: Run) -> None:
        await self.season.walker.perform(run, self.season.people)

    async def _read(self, query: Callable[[Session], Found]) -> Found:
        def read() -> Found:
            with self.season.database.reading() as session:
                return query(session)

        async with self._door:
            return await asyncio.to_thread(read)


async def run(port: int, console: Console) -> None:
    """Start everything, print the address, and end on Ctrl-C."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with AsyncExitStack() as stack:
        with console.status("Loading the sample data"):
            programme, tempers = await asyncio.to_thread(sample)
            opened = await stack.enter_async_context(house(programme, tempers, port, console))
        console.print(f"\nOpen [bold]{opened.workspace.url}[/bold] in a browser.")
        console.print("Be any person, answer as they would, and move the clock.")
        console.print("Or press Run there, and watch a year pass. Ctrl-C ends it.")
        await stop.wait()
        console.print("\nEnding.")


@asynccontextmanager
async def house(
    programme: Programme, tempers: Tempers, port: int = 0, console: Console | None = None
) -> AsyncIterator[House]:
    """An open house, with nothing left of it in the end. Port 0 takes a free one."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quarterlight-")))
        first = await asyncio.to_thread(first_day, programme, tempers, folder)
        clock = SharedClock.create(folder / "clock", first.begins, running=True)
        made = House(first, clock, folder)
        await _listen(made.workspace, port, console)
        stack.push_async_callback(made.workspace.stop)
        stack.push_async_callback(made.close)
        await made.open()
        yield made


def sample() -> tuple[Programme, Tempers]:
    """The sample data, and how its people are."""
    with resources.as_file(resources.files("bot") / "sample") as path:
        programme = read_programme(path)
        labels = [person.label for person in programme.people]
        return programme, read_tempers(path / "tempers.yaml", labels, SEED)


async def _listen(workspace: Workspace, port: int, console: Console | None) -> None:
    for candidate in range(port, min(port + PORTS_TO_TRY, 65_536)) if port else ():
        try:
            await workspace.start(port=candidate)
        except OSError:
            if console is not None:
                console.print(f"Port {candidate} is in use; trying {candidate + 1}.")
        else:
            return
    await workspace.start()
