"""The director: moves the clock from one thing that happens to the next until the board meets.

It owns the order of time. The bot does what is due by its own rules; people follow the
timetable; a process that was killed is started again by its crew.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.clock import SharedClock
from bot.rehearsal.company import Company, NothingToPressError
from bot.rehearsal.crew import Crew
from bot.rehearsal.nursery import Settled
from bot.rehearsal.parts import Part
from bot.rehearsal.timetable import Does, Manner, Step
from rules.quarters import Quarter
from workspace.people import Client
from workspace.server import Workspace

PATIENCE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(days=3)
Watch = Callable[[datetime], None]
Report = Callable[[Client, Part, int, Quarter, Manner], Awaitable[None]]


class StuckError(RuntimeError):
    """Somebody waited for a message that never came."""


@dataclass
class Director:
    """One performance. `numbers` are targets by ref, `slack_ids` people by label."""

    workspace: Workspace
    crew: Crew
    company: Company
    clock: SharedClock
    quarter: Quarter
    numbers: dict[str, int]
    slack_ids: dict[str, str]
    steps: list[Step]
    waited: dict[Step, datetime] = field(default_factory=dict)

    async def perform(self, until: datetime, watch: Watch) -> None:
        """Run from now until nothing more happens before an instant."""
        while True:
            settled = await self.crew.settle()
            if await self._act():
                continue
            following = self._next(settled)
            if following is None or following > until:
                return
            self.clock.move_to(max(following, self.clock.now()))
            self.workspace.clock_moved()
            watch(self.clock.now())

    async def _act(self) -> bool:
        """Let people do what their hour has come for; whether anybody did."""
        now = self.clock.now()
        due = [step for step in self.steps if step.at <= now]
        for step in due:
            self.steps.remove(step)
            try:
                await self._do(step)
            except NothingToPressError as missing:
                self._wait(step, now, str(missing))
        return bool(due)

    def _wait(self, step: Step, now: datetime, why: str) -> None:
        """Somebody whose message is not there yet looks again in a few minutes."""
        first = self.waited.pop(step, step.at)
        if now - first > LONGEST_WAIT:
            raise StuckError(f"{step.who} waited since {first:%d %B %H:%M}: {why}")
        again = replace(step, at=now + PATIENCE)
        self.waited[again] = first
        self.steps.append(again)

    async def _do(self, step: Step) -> None:
        client = self.workspace.client(self.slack_ids[step.who])
        acts: dict[Does, Callable[[], Awaitable[object]]] = {
            Does.CONFIRM_BOARD: lambda: self.company.confirm_board(client),
            Does.ACKNOWLEDGE: lambda: self.company.acknowledge(client),
            Does.REPORT: lambda: self._report(step, self.company.report),
            Does.REPORT_IN_PLACE: lambda: self._report(step, self.company.report_in_place),
        }
        await acts[step.does]()

    async def _report(self, step: Step, how: Report) -> None:
        if step.part is None:
            raise ValueError("A report needs a part.")
        client = self.workspace.client(self.slack_ids[step.who])
        number = self.numbers[step.part.ref]
        await how(client, step.part, number, self.quarter, step.manner)

    def _next(self, settled: Settled) -> datetime | None:
        instants = [settled.sending, settled.stage, *(step.at for step in self.steps)]
        return min((instant for instant in instants if instant is not None), default=None)
