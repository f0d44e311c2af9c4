"""The walker: goes through time from one thing that happens to the next, leaving nothing out.

It owns the order of time in the demo: the bot's own stages and sendings, and people's steps.
A jump over weeks is the same walk as a year that is watched, only that nobody acts.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import SharedClock
from bot.demo import dates
from bot.demo.attendant import Attendant, first
from bot.demo.people import ScriptedPeople
from bot.rehearsal.nursery import Settled
from store.database import Database
from workspace.runs import News, Run
from workspace.server import Workspace

AT_ONCE = timedelta(0)


@dataclass(slots=True)
class Walker:
    """Moves the clock. The bot does what is due wherever it stops."""

    workspace: Workspace
    clock: SharedClock
    database: Database
    attendant: Attendant
    _is_halted: bool = False
    _way: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def to(self, until: datetime) -> None:
        """Go to an instant. Everything the bot has to do before it is done at its own time.

        One who is halted stands where they were.
        """
        async with self._way:
            if self._is_halted:
                return
            with self.attendant.led():
                if await self._pass(until):
                    self._move(until)
                    await self.attendant.settle()

    async def _pass(self, until: datetime) -> bool:
        """Go through everything before an instant; whether nobody halted us on the way."""
        following = self._next(await self.attendant.settle())
        while following is not None and following <= until and not self._is_halted:
            self._move(following)
            following = self._next(await self.attendant.settle())
        return not self._is_halted

    async def halt(self) -> None:
        """Go nowhere any more, and end the way one is on; what is being done is finished."""
        self._is_halted = True
        async with self._way:
            pass

    async def perform(self, run: Run, people: ScriptedPeople) -> None:
        """Go to the end of a run as it says, people doing what they mean to on the way.

        Raises `RunStoppedError`.
        """
        settled = await self.attendant.settle()
        while True:
            await run.rest(AT_ONCE)
            with self.attendant.led():
                await people.plan()
                if await people.act(run):
                    settled = await self.attendant.settle()
                    continue
            following = first(self._next(settled), people.next_at())
            if following is None or following > run.until:
                break
            await run.rest(following - self.clock.now())
            settled = await self._go(following, run)
        await run.rest(run.until - self.clock.now())
        await self.to(run.until)

    async def _go(self, following: datetime, run: Run) -> Settled:
        """Go to the next thing that happens, and tell what the bot did there."""
        with self.attendant.led():
            news = await asyncio.to_thread(self._due, following)
            self._move(following)
            settled = await self.attendant.settle()
        for one in news:
            run.tell(one)
        return settled

    def _next(self, settled: Settled) -> datetime | None:
        return first(settled.sending, settled.stage)

    def _move(self, to: datetime) -> None:
        self.clock.move_to(max(to, self.clock.now()))
        self.workspace.clock_moved()

    def _due(self, at: datetime) -> tuple[News, ...]:
        with self.database.reading() as session:
            return dates.due(session, at)
