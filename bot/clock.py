"""The clock that is handed in. This is the only file that reads the wall clock.

The demo, the rehearsal and the tests hand in a clock moved by hand. A `SharedClock` is one
moved in one process and read in another, through a small memory-mapped file.
"""

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, Self

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LAYOUT = struct.Struct("=q")


class Clock(Protocol):
    """Anything that tells the time, aware and in UTC."""

    def now(self) -> datetime:
        """The present instant."""
        ...


class WallClock:
    """The real time."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC)  # noqa: TID251  # this file is where the wall clock is read


class HandClock:
    """A clock that stands still until it is moved, for tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was last moved to."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Set it, forwards or back."""
        self._now = instant.astimezone(UTC)

    def move_by(self, by: timedelta) -> None:
        """Move it on."""
        self._now += by


class SharedClock:
    """A hand-moved clock in a file, so that another process reads the very same time.

    A still clock stands until it is moved. A running one keeps the distance it was moved to
    from the wall clock, as in the demo, where time passes and can be jumped.
    """

    def __init__(self, path: Path, *, running: bool = False) -> None:
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _LAYOUT.size)
        self._running = running
        self.path = path

    @classmethod
    def create(cls, path: Path, start: datetime, *, running: bool = False) -> Self:
        """Make the file and set the clock to `start`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(_LAYOUT.size))
        clock = cls(path, running=running)
        clock.move_to(start)
        return clock

    def now(self) -> datetime:
        """The instant the clock shows."""
        kept: int = _LAYOUT.unpack_from(self._memory)[0]
        shown = _EPOCH + kept * _MICROSECOND
        return shown + (WallClock().now() - _EPOCH) if self._running else shown

    def move_to(self, instant: datetime) -> None:
        """Set it, forwards or back, for every process that reads it."""
        kept = instant.astimezone(UTC) - _EPOCH
        if self._running:
            kept -= WallClock().now() - _EPOCH
        # Eight aligned bytes go in at once: a reader sees the old time or the new one.
        _LAYOUT.pack_into(self._memory, 0, kept // _MICROSECOND)

    def move_by(self, by: timedelta) -> None:
        """Move it on."""
        self.move_to(self.now() + by)
