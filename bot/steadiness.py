"""Whether the clock of the machine is steady: wall and monotonic time, compared.

It owns what was read last. A process that has just started knows of no jump, so an outage of
whatever length is none; and a clock that is moved by hand is not looked at.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock, WallClock
from rules.holding import jump


@dataclass
class Steadiness:
    """Compares two clocks: the wall's, and one in seconds that only ever runs on."""

    wall: Callable[[], datetime]
    monotonic: Callable[[], float]
    _last: tuple[datetime, float] | None = field(default=None, init=False)

    def jumped(self) -> timedelta | None:
        """How far the wall clock jumped since the last look; none if it kept to a day."""
        now = self.wall(), self.monotonic()
        before, self._last = self._last, now
        if before is None:
            return None
        return jump(before[0], now[0], timedelta(seconds=now[1] - before[1]))


def steadiness_of(clock: Clock) -> Steadiness | None:
    """What looks after a clock; nothing for one that is not the wall's."""
    return Steadiness(clock.now, _seconds) if isinstance(clock, WallClock) else None


def _seconds() -> float:
    """Seconds that run on while the machine is asleep, where it can tell: that is no jump."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
