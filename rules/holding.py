"""When sending is held until a person looks (reliability paper 5 and 6).

It owns the bounds and the question whether a clock has jumped. It must not read a clock.
"""

from datetime import datetime, timedelta
from enum import StrEnum, auto

MOST_APART = timedelta(hours=24)
"""How far wall clock and monotonic clock may part between two looks of one process."""
LOOK_FIRST_FOR = timedelta(days=100)
"""How long after a restore every new message is looked for before it is sent.

Its key may have been used in the time that the records have forgotten. A quarter's keys are
made in the quarter and the weeks around it.
"""


class HoldReason(StrEnum):
    """Why sending is held."""

    CLOCK_JUMPED = auto()
    RESTORED = auto()


def jump(before: datetime, now: datetime, ran: timedelta) -> timedelta | None:
    """How far the wall clock moved past the time that truly ran; none within a day.

    Negative where it went back.
    """
    apart = (now - before) - ran
    return apart if abs(apart) > MOST_APART else None


def in_days(apart: timedelta) -> int:
    """A jump in whole days, half a day counting as one; at least one, with its sign."""
    days = max(1, round(abs(apart) / timedelta(days=1)))
    return days if apart > timedelta(0) else -days
