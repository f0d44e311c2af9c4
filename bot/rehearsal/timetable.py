"""When everybody acts: people's steps at instants of the quarter's calendar.

It owns the spread of answers over the window, the same in every run. Whoever has a temper
follows it; all others follow the usual times. It must not act.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from bot.rehearsal.parts import Part
from rules.calendar import QuarterCalendar
from rules.working_days import WorkingDays
from workspace.tempers import Intention, Length, Occasion, Tempers


class Does(Enum):
    """What a step is."""

    CONFIRM_BOARD = auto()
    REPORT = auto()
    REPORT_IN_PLACE = auto()
    ACKNOWLEDGE = auto()


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody does it: how much they write, and whether they slip first."""

    length: Length = Length.USUAL
    errs_first: bool = False


USUAL = Manner()


@dataclass(frozen=True, slots=True)
class Step:
    """At an instant somebody, by label, does something; a lead reports a part."""

    at: datetime
    who: str
    does: Does
    part: Part | None = None
    manner: Manner = USUAL


# Working days after the opening on which leads answer, so that some need each reminder.
ANSWER_AFTER = (0, 0, 1, 3, 6, 10, 12, 14)
# Working days after the run on which sponsors acknowledge: most at once, some when reminded.
ACKNOWLEDGE_AFTER = (0, 0, 0, 2, 3)
MINUTES_APART = 2
MORNING = timedelta(hours=1)
AFTERNOON = timedelta(hours=5)
LAST_HOURS = timedelta(hours=2)
NEXT_ONE = timedelta(minutes=4)
"""From one return of a lead to their next one."""


def timetable(
    calendar: QuarterCalendar,
    days: WorkingDays,
    parts: Iterable[Part],
    sponsors: Iterable[str],
    central: str | None,
    tempers: Tempers | None = None,
) -> tuple[Step, ...]:
    """Everybody's steps, in order of time."""
    who = tempers or Tempers()
    steps: list[Step] = []
    if central is not None:
        at = calendar.at(calendar.opens) + MORNING / 2
        steps.append(Step(at, central, Does.CONFIRM_BOARD))
    answering = [part for part in parts if part.answers and part.lead is not None]
    steps.extend(_reports(calendar, days, answering, who))
    steps.extend(_acknowledgements(calendar, days, sorted(sponsors), who))
    return tuple(sorted(steps, key=lambda step: step.at))


def _reports(
    calendar: QuarterCalendar, days: WorkingDays, answering: list[Part], tempers: Tempers
) -> Iterator[Step]:
    occasion = _window(calendar, days)
    earlier: dict[str, int] = {}
    for place, part in enumerate(answering):
        lead = part.lead or ""
        meant = tempers.intends(lead, occasion, calendar.quarter.label)
        if meant is None:
            yield Step(_answer_at(calendar, days, place), lead, Does.REPORT, part)
            continue
        after = NEXT_ONE * earlier.get(lead, 0)
        earlier[lead] = earlier.get(lead, 0) + 1
        if meant.at is not None:
            at = min(meant.at + after, calendar.closes_at - NEXT_ONE)
            does = Does.REPORT_IN_PLACE if meant.by_other else Does.REPORT
            yield Step(at, meant.by_other or lead, does, part, _manner(meant))


def _acknowledgements(
    calendar: QuarterCalendar, days: WorkingDays, sponsors: list[str], tempers: Tempers
) -> Iterator[Step]:
    occasion = _after_the_run(calendar, days)
    for place, sponsor in enumerate(sponsors):
        meant = tempers.intends(sponsor, occasion, f"{calendar.quarter.label} acknowledging")
        if meant is None:
            after = ACKNOWLEDGE_AFTER[place % len(ACKNOWLEDGE_AFTER)]
            day = days.add(calendar.escalation_run, after)
            at = calendar.at(day) + AFTERNOON + timedelta(minutes=place)
            yield Step(at, sponsor, Does.ACKNOWLEDGE)
        elif meant.at is not None and meant.by_other is None:
            # Only sponsors themselves acknowledge: nobody does it in their place.
            yield Step(meant.at, sponsor, Does.ACKNOWLEDGE, manner=_manner(meant))


def _window(calendar: QuarterCalendar, days: WorkingDays) -> Occasion:
    reminders = sorted({*calendar.reminders, *calendar.overdue})
    return Occasion(
        _mornings(calendar, days, calendar.opens, calendar.close),
        calendar.due,
        calendar.closes_at,
        [_local(calendar, day) for day in reminders],
    )


def _after_the_run(calendar: QuarterCalendar, days: WorkingDays) -> Occasion:
    return Occasion(
        _mornings(calendar, days, calendar.escalation_run, calendar.pack),
        calendar.ack_escalated,
        calendar.at(calendar.pack),
        [_local(calendar, day) for day in calendar.ack_reminders],
    )


def _mornings(
    calendar: QuarterCalendar, days: WorkingDays, first: date, last: date
) -> list[datetime]:
    span = (first + timedelta(count) for count in range((last - first).days + 1))
    return [_local(calendar, day) for day in span if days.is_working(day)]


def _local(calendar: QuarterCalendar, day: date) -> datetime:
    return calendar.at(day).astimezone(ZoneInfo(calendar.zone))


def _manner(meant: Intention) -> Manner:
    return Manner(meant.length, meant.errs_first)


def _answer_at(calendar: QuarterCalendar, days: WorkingDays, place: int) -> datetime:
    day: date = days.add(calendar.opens, ANSWER_AFTER[place % len(ANSWER_AFTER)])
    minutes = timedelta(minutes=MINUTES_APART * (place // len(ANSWER_AFTER)))
    at = calendar.at(day) + MORNING + minutes
    return min(at, calendar.closes_at - LAST_HOURS)
