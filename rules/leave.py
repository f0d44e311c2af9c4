"""Leave: the days a person is away, who answers in their place, and what cannot be.

It owns the faults of a leave. It must not look anybody up: who stands in for whom is handed in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

LONGEST_LEAVE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Leave:
    """Days a person is away, the last one included. `delegate` is a person's number, or nobody."""

    person: int
    starts: date
    ends: date
    delegate: int | None = None

    def covers(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.starts <= day <= self.ends

    def overlaps(self, other: "Leave") -> bool:
        """Whether the two have a day in common."""
        return self.starts <= other.ends and other.starts <= self.ends


class LeaveFault(StrEnum):
    """Why a leave cannot be recorded."""

    START_MISSING = auto()
    END_MISSING = auto()
    ENDS_FIRST = auto()
    IS_OVER = auto()
    TOO_LONG = auto()
    SELF = auto()
    UNKNOWN = auto()
    INACTIVE = auto()
    DELEGATE_AWAY = auto()
    CHAIN = auto()
    HOURS = auto()


def day_faults(starts: date | None, ends: date | None, today: date) -> tuple[LeaveFault, ...]:
    """What is wrong with the days of a leave; none where neither is given: nobody is away."""
    if starts is None and ends is None:
        return ()
    if starts is None:
        return (LeaveFault.START_MISSING,)
    if ends is None:
        return (LeaveFault.END_MISSING,)
    if ends < starts:
        return (LeaveFault.ENDS_FIRST,)
    if ends < today:
        return (LeaveFault.IS_OVER,)
    return (LeaveFault.TOO_LONG,) if ends - starts > LONGEST_LEAVE else ()


def delegate_faults(wanted: Leave, others: Iterable[Leave]) -> tuple[LeaveFault, ...]:
    """What keeps a delegate from standing in, `others` being everybody else's leave.

    They may be away for a part of the time, but not throughout; nor may somebody answer for
    them meanwhile, as what is asked of a person is handed on once only.
    """
    if wanted.delegate is None:
        return ()
    if wanted.delegate == wanted.person:
        return (LeaveFault.SELF,)
    theirs = [one for one in others if one.person == wanted.delegate and one.overlaps(wanted)]
    if any(one.delegate is not None for one in theirs):
        return (LeaveFault.CHAIN,)
    throughout = any(one.starts <= wanted.starts and wanted.ends <= one.ends for one in theirs)
    return (LeaveFault.DELEGATE_AWAY,) if throughout else ()


def left_alone(wanted: Leave, others: Iterable[Leave]) -> tuple[Leave, ...]:
    """The leave of others for whom this person was to answer, and now is away themselves."""
    return tuple(one for one in others if one.delegate == wanted.person and one.overlaps(wanted))
