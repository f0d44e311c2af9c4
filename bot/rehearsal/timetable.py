"""When everybody acts: people's steps at fixed instants of the quarter's calendar.

It owns the spread of answers over the window, the same in every run. It must not act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto

from bot.rehearsal.parts import Part
from rules.calendar import QuarterCalendar
from rules.working_days import WorkingDays


class Does(Enum):
    """What a step is."""

    CONFIRM_BOARD = auto()
    REPORT = auto()
    ACKNOWLEDGE = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """At an instant somebody, by label, does something; a lead reports a part."""

    at: datetime
    who: str
    does: Does
    part: Part | None = None


# Working days after the opening on which leads answer, so that some need each reminder.
ANSWER_AFTER = (0, 0, 1, 3, 6, 10, 12, 14)
# Working days after the run on which sponsors acknowledge: most at once, some when reminded.
ACKNOWLEDGE_AFTER = (0, 0, 0, 2, 3)
MINUTES_APART = 2
MORNING = timedelta(hours=1)
AFTERNOON = timedelta(hours=5)
LAST_HOURS = timedelta(hours=2)


def timetable(
    calendar: QuarterCalendar,
    days: WorkingDays,
    parts: Iterable[Part],
    sponsors: Iterable[str],
    central: str | None,
) -> tuple[Step, ...]:
    """Everybody's steps, in order of time."""
    steps: list[Step] = []
    if central is not None:
        at = calendar.at(calendar.opens) + MORNING / 2
        steps.append(Step(at, central, Does.CONFIRM_BOARD))
    answering = [part for part in parts if part.answers and part.lead is not None]
    for place, part in enumerate(answering):
        steps.append(Step(_answer_at(calendar, days, place), part.lead or "", Does.REPORT, part))
    for place, sponsor in enumerate(sorted(sponsors)):
        day = days.add(calendar.escalation_run, ACKNOWLEDGE_AFTER[place % len(ACKNOWLEDGE_AFTER)])
        at = calendar.at(day) + AFTERNOON + timedelta(minutes=place)
        steps.append(Step(at, sponsor, Does.ACKNOWLEDGE))
    return tuple(sorted(steps, key=lambda step: step.at))


def _answer_at(calendar: QuarterCalendar, days: WorkingDays, place: int) -> datetime:
    day: date = days.add(calendar.opens, ANSWER_AFTER[place % len(ANSWER_AFTER)])
    minutes = timedelta(minutes=MINUTES_APART * (place // len(ANSWER_AFTER)))
    at = calendar.at(day) + MORNING + minutes
    return min(at, calendar.closes_at - LAST_HOURS)
