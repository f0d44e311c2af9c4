"""The ticker: asks what is due now and does it, stage by stage.

It owns the loop over stages, the look at the clock before it and the sealing of the audit. Any
number of ticks, restarts or processes come to the same, because each stage is marked done where
it is done. While sending is held it does no stage.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.desk import Desk
from bot.housekeeping import keep_house, recall
from bot.lookout import Lookout
from bot.steadiness import Steadiness
from flows import tick
from flows.hold import hold_after_jump
from rules.cadence import Due
from store import hold, seals

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Ticker:
    """Does what is due. With `steadiness` it first sees whether the clock can be believed.

    With a `lookout` it leaves most of the looking to the process that leads.
    """

    desk: Desk
    clock: Clock
    steadiness: Steadiness | None = None
    lookout: Lookout | None = None
    _apart: timedelta | None = field(default=None, init=False)

    async def tick(self) -> datetime | None:
        """Do every stage that is due now, or leave it to the leader; the instant of the next."""
        await self._look_at_the_clock()
        await self.desk.note(recall, self.clock.now())
        if await self.desk.read(hold.standing) is not None:
            # What a clock that jumped calls old may be forgotten too early: that waits.
            await self.desk.write_quietly(seals.seal, self.clock.now())
            return None
        if self.lookout is None or await self.lookout.is_to_look():
            await self._look()
        return await self.desk.read(tick.next_due, self.clock.now())

    async def _look(self) -> None:
        failed: set[str] = set()
        while await self._do_due(failed):
            pass
        await self.desk.write_quietly(keep_house, self.clock.now())

    async def _look_at_the_clock(self) -> None:
        # A jump is remembered until it is kept: the database may be out of reach just then.
        self._apart = (self.steadiness.jumped() if self.steadiness else None) or self._apart
        apart = self._apart
        if apart is None:
            return
        log.critical(
            "The clock has jumped by %s. Nothing is sent until an administrator presses Release in "
            "the central channel, or types “quarterlight release”.",
            apart,
        )
        await self.desk.write(hold_after_jump, apart, self.clock.now())
        self._apart = None

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
