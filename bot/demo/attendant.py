"""The attendant: has the demo's bot do what is due, all the while, and brings it back.

It owns when the bot is asked: at every answer of its own, when its next sending or stage has
come, and every second at the least. What the bot then does is its own affair.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.rehearsal.nursery import BotDiedError, Settled, SteeredBot
from workspace.log import Fault, Stage
from workspace.wire import Json

log = logging.getLogger(__name__)

LONGEST_REST = timedelta(seconds=1)
AFTER_DYING = timedelta(seconds=5)
TRIES = 3


class EndedError(RuntimeError):
    """The demo ends, or starts again: its bot does nothing any more."""


@dataclass
class Attendant:
    """Looks after one bot, which is asked by one at a time."""

    bot: SteeredBot
    clock: Clock
    _leaders: int = 0
    _ended: bool = False
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)
    _keeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the bot, which does nothing yet. Raises `BotDiedError`."""
        await self.bot.start()

    def keep(self) -> None:
        """Look after the bot from now on."""
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Let the bot finish what it is doing, and end. Nobody brings it back."""
        self._ended = True
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        async with self._turn:
            await self.bot.stop()

    def abandon(self) -> None:
        """End a bot that does not come to an end, wherever it is."""
        self._ended = True
        self.bot.kill()

    async def settle(self) -> Settled:
        """Let the bot do everything due now, started again where it has died.

        Raises `BotDiedError` when it dies again and again, `EndedError` once it has ended.
        """
        async with self._turn:
            for _ in range(TRIES - 1):
                self._must_go_on()
                try:
                    return await self.bot.settle()
                except BotDiedError:
                    self._must_go_on()
                    await self._bring_back()
            self._must_go_on()
            return await self.bot.settle()

    def _must_go_on(self) -> None:
        if self._ended:
            raise EndedError

    @contextmanager
    def led(self) -> Iterator[None]:
        """While somebody leads the bot through time, it is asked by nobody else."""
        self._leaders += 1
        try:
            yield
        finally:
            self._leaders -= 1

    async def heard(self, stage: Stage, _what: Json) -> Fault | None:
        """Take in that the bot answered somebody: there may be something to send now."""
        if stage == "acked":
            self._wanted.set()
        return None

    async def _bring_back(self) -> None:
        """Start the bot again. A process that was killed is there for a moment still."""
        log.warning("The bot had ended, and is being started again. Nothing is lost.")
        self.bot.kill()
        await self.bot.gone()
        with suppress(BotDiedError):
            await self.bot.start()

    async def _keep(self) -> None:
        while True:
            self._wanted.clear()
            rest = AFTER_DYING
            try:
                rest = LONGEST_REST if self._leaders else self._until(await self.settle())
            except BotDiedError:
                log.exception("The bot ends again and again")
            with suppress(TimeoutError):
                async with asyncio.timeout(rest.total_seconds()):
                    await self._wanted.wait()

    def _until(self, settled: Settled) -> timedelta:
        coming = [settled.sending, settled.stage]
        left = [instant - self.clock.now() for instant in coming if instant is not None]
        return max(timedelta(0), min([*left, LONGEST_REST]))


def first(*instants: datetime | None) -> datetime | None:
    """The earliest of instants, none where there is none."""
    return min((instant for instant in instants if instant is not None), default=None)
