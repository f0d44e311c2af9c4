"""The ticker: asks what is due now and does it, stage by stage.

It owns the loop over stages, the look at the clock before it and the sealing of the audit. Any
number of ticks, restarts or processes come to the same, because each stage is marked done where
it is done. While sending is held it does no stage.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.desk import Desk
from bot.steadiness import Steadiness
from flows import tick
from flows.hold import hold_after_jump
from rules.cadence import Due
from store import hold, inbox, seals
from store.leading import Leadership

log = logging.getLogger(__name__)

INBOX_KEPT = timedelta(days=7)
OTHERS_LOOK_EVERY = 4
"""Ticks: how often a process that does not lead looks all the same, should the leader hang."""


@dataclass(slots=True)
class Ticker:
    """Does what is due. With `steadiness` it first sees whether the clock can be believed.

    With `leadership` it leaves most of the looking to the process that leads.
    """

    desk: Desk
    clock: Clock
    steadiness: Steadiness | None = None
    leadership: Leadership | None = None
    _passed: int = field(default=0, init=False)

    async def leads(self) -> bool:
        """Whether this process is the one of several that looks."""
        return self.leadership is None or await asyncio.to_thread(self.leadership.leads)

    async def tick(self) -> datetime | None:
        """Do every stage that is due now, or leave it to the leader; the instant of the next."""
        await self._look_at_the_clock()
        if await self.desk.read(hold.standing) is not None:
            # What a clock that jumped calls old may be forgotten too early: that waits.
            await self.desk.write_quietly(seals.seal, self.clock.now())
            return None
        if await self._is_to_look():
            await self._look()
        return await self.desk.read(tick.next_due, self.clock.now())

    async def _is_to_look(self) -> bool:
        self._passed = 0 if await self.leads() else (self._passed + 1) % OTHERS_LOOK_EVERY
        return self._passed == 0

    async def _look(self) -> None:
        failed: set[str] = set()
        while await self._do_due(failed):
            pass
        await self.desk.write_quietly(keep_house, self.clock.now())

    async def _look_at_the_clock(self) -> None:
        apart = self.steadiness.jumped() if self.steadiness else None
        if apart is None:
            return
        log.critical(
            "The clock has jumped by %s. Nothing is sent until an administrator presses Release in "
            "the central channel, or types “quarterlight release”.",
            apart,
        )
        await self.desk.write(hold_after_jump, apart, self.clock.now())

    async def _do_due(self, failed: set[str]) -> bool:
        """Do the stages due now; whether any was done, so that what it made due is looked at.

        A stage that fails stays due and is tried at the next tick; the others go on.
        """
        done = False
        for due in await self.desk.read(tick.due_now, self.clock.now()):
            name = f"{due.stage.quarter}: {due.stage.name}"
            if name in failed:
                continue
            try:
                first = await self.desk.write(do_unless_held, due, self.clock.now())
            except Exception:  # whatever ails one stage, it must not keep the others from running
                log.exception("%s failed", name)
                failed.add(name)
                continue
            if first:
                log.info("%s is done", name)
                done = True
        return done


def do_unless_held(session: Session, due: Due, now: datetime) -> bool:
    """Do a stage, unless another process has held sending meanwhile. Whether it was done."""
    return hold.standing(session) is None and tick.do(session, due, now)


def keep_house(session: Session, now: datetime) -> None:
    """Seal the audit's new entries, and forget deliveries that cannot come again."""
    seals.seal(session, now)
    inbox.forget(session, now - INBOX_KEPT)
