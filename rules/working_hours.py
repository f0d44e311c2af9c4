"""When a person may be written to unasked: in their own working hours, on working days.

It owns finding the next such moment, for the person or for whoever stands in for them. It must
not know what is said. Bank holidays are those of the working calendar that is handed in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rules.leave import Leave
from rules.working_days import WorkingDays

DAY_STARTS = time(9)
DAY_ENDS = time(17)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Hours of a working day by the clocks of a zone; `ends` is no longer one of them."""

    zone: str
    starts: time = DAY_STARTS
    ends: time = DAY_ENDS


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is written to: by number, with their hours and their days away."""

    person: int
    hours: WorkingHours
    leave: tuple[Leave, ...] = ()

    def is_away(self, day: date) -> bool:
        """Whether a day is one of their leave."""
        return any(one.covers(day) for one in self.leave)


@dataclass(frozen=True, slots=True)
class Reached:
    """Who is written to and when; `leave` is that of the person in whose place they are."""

    person: int
    at: datetime
    leave: Leave | None = None


def hours_of(
    zone: str, starts: time | None, ends: time | None, usual: WorkingHours
) -> WorkingHours:
    """A person's hours. What they have not said, or what cannot be, is as usual."""
    if starts is None or ends is None or starts >= ends:
        starts, ends = usual.starts, usual.ends
    return WorkingHours(zone if zone and is_zone(zone) else usual.zone, starts, ends)


def is_zone(name: str) -> bool:
    """Whether there is such a time zone."""
    try:
        return bool(ZoneInfo(name))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False


def next_moment(wanted: datetime, hours: WorkingHours, is_off: Callable[[date], bool]) -> datetime:
    """The instant itself in working hours; otherwise the next start of a day that is not off."""
    day = wanted.astimezone(ZoneInfo(hours.zone)).date()
    if not is_off(day) and wanted < _at(day, hours.ends, hours):
        return max(wanted, _at(day, hours.starts, hours))
    return _at(_next_day_on(day + _DAY, is_off), hours.starts, hours)


def reach(
    asked: Reader, stand_ins: Mapping[int, Reader], wanted: datetime, days: WorkingDays
) -> Reached:
    """Who hears what is meant for a person, and when: they, or their stand-in while away.

    `stand_ins` are the delegates who may be written to. Whoever can be told first is; a
    delegate who is away too, or off until the person is back, is passed over.
    """
    found = [Reached(asked.person, next_moment(wanted, asked.hours, _off(asked, days)))]
    for leave in asked.leave:
        reader = stand_ins.get(leave.delegate) if leave.delegate is not None else None
        if reader is None:
            continue
        from_then = max(wanted, _at(leave.starts, time(0), reader.hours))
        at = next_moment(from_then, reader.hours, _off(reader, days))
        if leave.covers(at.astimezone(ZoneInfo(reader.hours.zone)).date()):
            found.append(Reached(reader.person, at, leave))
    return min(found, key=lambda one: one.at)


def _off(reader: Reader, days: WorkingDays) -> Callable[[date], bool]:
    return lambda day: reader.is_away(day) or not days.is_working(day)


def _next_day_on(day: date, is_off: Callable[[date], bool]) -> date:
    while is_off(day):
        day += _DAY
    return day


def _at(day: date, clock: time, hours: WorkingHours) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(hours.zone)).astimezone(UTC)
