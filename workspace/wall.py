"""The wall clock of a workspace that runs alone, where nobody hands one in.

This is the only file of this room that reads it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def real_now() -> datetime:
    """The real time, aware and in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this file is where the wall clock is read


@dataclass(slots=True)
class MovedClock:
    """The real time, moved on or back by as much as somebody asked for."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        """Give the present instant."""
        return real_now() + self.ahead

    async def move_to(self, instant: datetime) -> None:
        """Show this instant now, and go on from there."""
        self.ahead = instant - real_now()
