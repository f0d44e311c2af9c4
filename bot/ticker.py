"""The ticker: asks what is due now and does it, stage by stage.

It owns the loop over stages and the sealing of the audit. Any number of ticks, restarts or
processes come to the same, because each stage is marked done where it is done.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.desk import Desk
from flows import tick
from store import seals

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ticker:
    """Does what is due."""

    desk: Desk
    clock: Clock

    async def tick(self) -> datetime | None:
        """Do every stage that is due now; the instant of the next one, or none."""
        while await self._do_due():
            pass
        await self.desk.write(seals.seal, self.clock.now())
        return await self.desk.read(tick.next_due, self.clock.now())

    async def _do_due(self) -> bool:
        """Do the stages due now; whether any was done, so that what it made due is looked at."""
        done = False
        for stage in await self.desk.read(tick.due_now, self.clock.now()):
            if await self.desk.write(tick.do, stage, self.clock.now()):
                log.info("%s: %s is done", stage.stage.quarter, stage.stage.name)
                done = True
        return done
