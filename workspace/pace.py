"""Paces: how long a run rests between two things that happen, for those who watch.

Owns the speeds there are. It waits for nothing itself.
"""

from dataclasses import dataclass
from datetime import timedelta

A_DAY = timedelta(days=1)
AT_ONCE = timedelta(minutes=1)
"""What follows so soon belongs to what was before it: there is no rest between."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Rests between two things that happen, in real seconds.

    ``each`` at the least, ``a_day`` for each day between them, ``longest`` at the most.
    """

    value: str
    name: str
    each: float = 0.0
    a_day: float = 0.0
    longest: float = 0.0

    def rest(self, gap: timedelta) -> float:
        """Give the rest before something that comes so long after the last thing."""
        if gap < AT_ONCE:
            return 0.0
        return min(self.longest, max(self.each, self.a_day * (gap / A_DAY)))


SPEEDS = (
    Speed("slow", "Slow", 2.0, 1.0, 5.0),
    Speed("normal", "Normal", 0.5, 0.25, 2.0),
    Speed("fast", "Fast", 0.1, 0.05, 0.5),
    Speed("fastest", "As fast as it goes"),
)


def speed_called(value: str) -> Speed:
    """Give the speed of a name; raises :class:`KeyError`."""
    return {speed.value: speed for speed in SPEEDS}[value]
