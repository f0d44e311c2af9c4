"""Numbers that become ids and timestamps. Owns the counters; nothing here is random."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workspace.clock import Clock

MICROSECOND = timedelta(microseconds=1)


def ts_of(at: datetime) -> str:
    """Write an instant as Slack writes a message's ``ts``."""
    return f"{int(at.timestamp())}.{at.microsecond:06d}"


@dataclass(slots=True)
class Ids:
    """Gives every id once. Timestamps only go forward, whatever the clock does."""

    clock: Clock
    _last: datetime | None = None
    _count: int = 0

    def ts(self) -> str:
        """Give a ``ts`` made from the clock, later than every one before."""
        now = self.clock.now()
        if self._last is not None and now <= self._last:
            now = self._last + MICROSECOND
        self._last = now
        return ts_of(now)

    def next(self, prefix: str) -> str:
        """Give an id such as ``V00000012``."""
        self._count += 1
        return f"{prefix}{self._count:08d}"

    def envelope(self) -> str:
        """Give an id in the form of a UUID."""
        self._count += 1
        return f"{self._count:08x}-0000-4000-8000-000000000000"
