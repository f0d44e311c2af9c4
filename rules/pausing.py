"""What a pause does to a quarter's dates.

It owns one rule: the due day moves on by the working days that were lost, and everything that
is counted from it follows. The board's date is a promise to other people and never moves by
itself. It must not know who is told.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.calendar import CalendarFault, QuarterCalendar
from rules.working_days import WorkingDays

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moved:
    """The dates to enter after a pause; `opens` is none where the window opened before it.

    `lost` counts working days.
    """

    due: date
    opens: date | None
    lost: int


def moved(
    calendar: QuarterCalendar,
    days: WorkingDays,
    paused_at: datetime,
    resumed_at: datetime,
    *,
    opened: bool,
) -> Moved:
    """The due day after a pause, and the opening day where it had not come.

    Only working days from the opening on count as lost. What would have been due in the pause
    is due after it, so nobody is chased for days on which nothing was asked.
    """
    begun = paused_at if opened else max(paused_at, calendar.at(calendar.opens))
    lost = days_lost(calendar, days, begun, resumed_at)
    opens = calendar.opens if opened else days.add(calendar.opens, lost)
    return Moved(
        due=days.add(calendar.due, lost) if lost else calendar.due,
        opens=opens if lost and opens != calendar.opens else None,
        lost=lost,
    )


def days_lost(
    calendar: QuarterCalendar, days: WorkingDays, begun: datetime, ended: datetime
) -> int:
    """How many working days a pause took away.

    A day is lost when its hour for messages, or the hour at which windows close, fell in the
    pause; an hour over lunch takes nothing away.
    """
    counts = [
        _hours_inside(calendar, days, begun, ended, hour)
        for hour in (calendar.time_of_day, calendar.close_time)
    ]
    return max(counts)


def board_fault(
    calendar: QuarterCalendar, days: WorkingDays, resumed_at: datetime, pack_before: int
) -> CalendarFault | None:
    """Why the board's date does not fit what is left after the pause, and which would."""
    first_free = _first_free(calendar, days, resumed_at)
    if calendar.pack >= first_free:
        return None
    earliest = days.add(first_free, pack_before)
    return CalendarFault(
        "board",
        f"The board of {_spoken(calendar.board)} comes too early after the pause: report cards "
        f"would be due on {_spoken(calendar.card_due)}, and its pack would be frozen on "
        f"{_spoken(calendar.pack)}. The earliest board that fits is {_spoken(earliest)}.",
    )


def _first_free(calendar: QuarterCalendar, days: WorkingDays, resumed_at: datetime) -> date:
    """The first day on which the pack can be frozen."""
    today = resumed_at.astimezone(ZoneInfo(calendar.zone)).date()
    day = days.on_or_after(today)
    while calendar.at(day) < resumed_at:
        day = days.on_or_after(day + _DAY)
    return max(day, calendar.card_due)


def _hours_inside(
    calendar: QuarterCalendar, days: WorkingDays, begun: datetime, ended: datetime, hour: time
) -> int:
    zone = ZoneInfo(calendar.zone)
    day, last = begun.astimezone(zone).date(), ended.astimezone(zone).date()
    count = 0
    while day <= last:
        inside = begun <= datetime.combine(day, hour, zone) < ended
        count += inside and days.is_working(day)
        day += _DAY
    return count


def _spoken(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"
