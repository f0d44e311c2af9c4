"""A run: time passes by itself while somebody watches, at a speed they choose.

Owns what state a run is in, its speed, its pauses and its latest news. What happens in it,
and moving the clock, is handed in.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from workspace.clock import Clock
from workspace.pace import A_DAY, Speed, speed_called
from workspace.wire import Json

log = logging.getLogger(__name__)


class State(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    ENDED = "ended"
    FAILED = "failed"


UNDER_WAY = frozenset({State.RUNNING, State.PAUSED})


FINISHING = "What the run was doing is being finished. Try again in a moment."


class RunRefusedError(Exception):
    """A run cannot do that now; the text says why, to a person."""


class RunStoppedError(Exception):
    """Somebody stopped the run."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a run can be: a word for it, and what it is called on the page."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened, in words. ``is_main`` where it is worth being read out."""

    at: datetime
    words: str
    is_main: bool = False


@dataclass(slots=True)
class Run:
    """One run, from ``begins`` until ``until``. ``said`` is called when anything changed."""

    length: Length
    speed: Speed
    begins: datetime
    until: datetime
    said: Callable[[], None]
    state: State = State.RUNNING
    news: News | None = None
    main: News | None = None
    is_resting: bool = False
    """Whether nothing is done for as long as it is paused: the time is free to others."""
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_under_way(self) -> bool:
        """Tell whether it runs, or will go on."""
        return self.state in UNDER_WAY

    def tell(self, news: News) -> None:
        """Say what happened."""
        self.news = news
        if news.is_main:
            self.main = news
        self.said()

    def change(self, state: State | None = None, speed: Speed | None = None) -> None:
        """Pause, go on, stop, end, or take another speed."""
        self.state, self.speed = state or self.state, speed or self.speed
        self._changed.set()
        self.said()

    async def rest(self, gap: timedelta) -> None:
        """Rest as the speed has it, and for as long as it is paused.

        Raises :class:`RunStoppedError`.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.sleep(0)
        while self.is_under_way:
            self._changed.clear()
            left = None
            if self.state is State.RUNNING:
                left = began + self.speed.rest(gap) - loop.time()
                if left <= 0:
                    return
            await self._wait(left)
        raise RunStoppedError

    async def _wait(self, seconds: float | None) -> None:
        """Wait until anything changes, and no longer than so; say when the time is free."""
        if self.state is State.PAUSED:
            self.is_resting = True
            self.said()
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._changed.wait()
        finally:
            self.is_resting = False

    def shown(self, now: datetime) -> Json:
        """Give it as the page has it."""
        whole = (self.until - self.begins) / A_DAY
        done = (min(now, self.until) - self.begins) / A_DAY
        return {
            "state": self.state.value,
            "length": self.length.value,
            "name": self.length.name,
            "speed": self.speed.value,
            "progress": 1.0 if whole <= 0 or self.state is State.ENDED else max(0.0, done / whole),
            "until": self.until.isoformat(),
            "news": _shown(self.news),
            "main": _shown(self.main),
        }


def _shown(news: News | None) -> Json | None:
    return None if news is None else {"at": news.at.isoformat(), "words": news.words}


Ends = Callable[[str], Awaitable[datetime]]
Perform = Callable[[Run], Awaitable[None]]


@dataclass(slots=True)
class Runs:
    """The runs of a workspace: one at a time.

    ``ends`` tells when a run of a length is over; ``perform`` moves the clock there, resting
    where the run says, and tells the run what happens. ``said`` is called at every change.
    """

    clock: Clock
    lengths: Sequence[Length]
    ends: Ends
    perform: Perform
    said: Callable[[], None] = lambda: None
    latest: Run | None = None
    _task: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Tell whether time passes by itself just now."""
        return self.latest is not None and self.latest.state is State.RUNNING

    @property
    def is_busy(self) -> bool:
        """Tell whether a run does something with the time, or may do so at any moment.

        One that was stopped or paused a moment ago finishes what it was doing first.
        """
        if self._task is None or self._task.done():
            return False
        return self.latest is None or not self.latest.is_resting

    async def begin(self, length: str, speed: str) -> None:
        """Start one. Raises :class:`RunRefusedError`, :class:`KeyError` for unknown words."""
        if self.latest is not None and self.latest.is_under_way:
            raise RunRefusedError("A run is under way already. Stop it before you start another.")
        if self.is_busy:
            raise RunRefusedError(FINISHING)
        wanted = {one.value: one for one in self.lengths}[length]
        pace = speed_called(speed)
        until = await self.ends(length)
        run = self.latest = Run(wanted, pace, self.clock.now(), until, self.said)
        self._task = asyncio.create_task(self._play(run))
        self._task.add_done_callback(lambda _task: self.said())  # only now is the time free
        self.said()

    def pause(self) -> None:
        """Let time stand. Raises :class:`RunRefusedError`."""
        self._under_way().change(State.PAUSED)

    def go_on(self) -> None:
        """Let time pass again. Raises :class:`RunRefusedError`."""
        self._under_way().change(State.RUNNING)

    def set_speed(self, speed: str) -> None:
        """Take another speed. Raises :class:`RunRefusedError`, and :class:`KeyError`."""
        pace = speed_called(speed)
        self._under_way().change(speed=pace)

    async def stop(self) -> None:
        """End it where it is; what is being done is finished first."""
        if self.latest is not None and self.latest.is_under_way:
            self.latest.change(State.STOPPED)
        if self._task is not None:
            await asyncio.wait({self._task})  # whoever gives up waiting does not end it

    def forget(self) -> None:
        """Show no run any more."""
        if self.latest is not None and not self.latest.is_under_way:
            self.latest = None
            self.said()

    def shown(self) -> Json | None:
        """Give the latest run as the page has it."""
        return None if self.latest is None else self.latest.shown(self.clock.now())

    def _under_way(self) -> Run:
        if self.latest is None or not self.latest.is_under_way:
            raise RunRefusedError("That run is over. Start another to go on.")
        return self.latest

    async def _play(self, run: Run) -> None:
        try:
            await self.perform(run)
        except RunStoppedError:
            return
        except Exception:  # whoever watches is told, and can start again
            log.exception("A run failed")
            self._over(run, State.FAILED)
        else:
            self._over(run, State.ENDED)

    def _over(self, run: Run, state: State) -> None:
        """Say how it ended, unless somebody stopped it."""
        if run.is_under_way:
            run.change(state)
