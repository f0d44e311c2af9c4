"""What is due when: the stages of a quarter's cycle (§§3, 7).

It owns which stages exist, which of them are due, and how late ones collapse. It must not
read a clock or a database: the calendar, what is done and `now` are handed in, so that
catching up after an outage is the same code as running on time.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rules.calendar import CalendarSettings, QuarterCalendar
from rules.quarters import Quarter
from rules.working_days import WorkingDays


class StageKind(StrEnum):
    """What a stage does. A chaser may collapse into a later one; nothing else is dropped."""

    OPEN = "open"
    MISSED = "missed"
    HAND_OVER = "hand-over"
    REMIND = "remind"
    OVERDUE = "overdue"
    CLOSE = "close"
    EXTENSION_OVER = "extension-over"
    ESCALATE = "escalate"
    REMIND_SPONSOR = "remind-sponsor"
    TELL_MANAGER = "tell-manager"
    PREVIEW = "preview"
    PUBLISH = "publish"


DUE_DAY = "due"
"""The name of the reminder on the due day itself."""
LEAD_CHASERS = frozenset({StageKind.REMIND, StageKind.OVERDUE})
SPONSOR_CHASERS = frozenset({StageKind.REMIND_SPONSOR})
# What makes an earlier chaser pointless: a later one, or what it warned of.
OVERTAKEN_BY = (
    (LEAD_CHASERS, LEAD_CHASERS | {StageKind.CLOSE}),
    (SPONSOR_CHASERS, SPONSOR_CHASERS | {StageKind.TELL_MANAGER}),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing a quarter does, once, at an instant.

    `name` is unique in the quarter (`due-5`, `overdue+3`). `step` counts within the kind from
    0. `after` names the stage that must be done before this one can be.
    """

    quarter: Quarter
    kind: StageKind
    name: str
    at: datetime
    step: int = 0
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A stage that is due now; `passed_over` when a later one says the same better."""

    stage: Stage
    passed_over: bool = False


_DISTANCE = re.compile(r"(?:due|overdue|run)(?P<days>[+-]\d+)?", re.ASCII)


def distance_of(name: str) -> int | None:
    """The working days that a stage's name says: `due-5` is -5, `due` is 0; none in another."""
    found = _DISTANCE.fullmatch(name)
    return None if found is None else int(found["days"] or 0)


def stages(
    calendar: QuarterCalendar,
    settings: CalendarSettings,
    days: WorkingDays,
    escalated_on: date | None = None,
    extended_until: Collection[date] = (),
    hand_overs: Iterable[date] = (),
) -> tuple[Stage, ...]:
    """Every stage of a quarter in order of time.

    `escalated_on` is the day the escalation run was really made: sponsors have their working
    days from then, so that a late run does not find them late. `extended_until` are the last
    days of people with more time; each day that comes after the close has a close of its own.
    `hand_overs` are the days on which somebody takes over what is asked for.
    """
    run = max(calendar.escalation_run, escalated_on or calendar.escalation_run)
    found = [
        _stage(calendar, StageKind.OPEN, calendar.opens),
        *_hand_overs(calendar, days, hand_overs),
        *_reminders(calendar, settings),
        *_overdue(calendar, settings),
        Stage(calendar.quarter, StageKind.CLOSE, "close", calendar.closes_at, after="open"),
        _stage(calendar, StageKind.ESCALATE, calendar.escalation_run, after="close"),
        *_extensions(calendar, extended_until),
        *_acknowledgements(calendar, settings, days, run),
        _stage(calendar, StageKind.PREVIEW, days.add(calendar.pack, -1), after="escalate"),
        _stage(calendar, StageKind.PUBLISH, calendar.pack, after="escalate"),
    ]
    return tuple(sorted(found, key=lambda stage: stage.at))


def missed(calendar: QuarterCalendar, days: WorkingDays) -> Stage:
    """The stage of a quarter whose window nobody opened: it is due once its due day is over."""
    return _stage(calendar, StageKind.MISSED, days.add(calendar.due, 1))


def due(listed: Iterable[Stage], done: Mapping[str, datetime], now: datetime) -> tuple[Due, ...]:
    """The stages to do now, in order of time.

    `done` tells when each named stage was done. Of several late chasers of the same people
    only the last is said, and none that fell due before its people were first asked.
    """
    ready = [
        stage
        for stage in listed
        if stage.at <= now
        and stage.name not in done
        and (stage.after is None or stage.after in done)
    ]
    return tuple(Due(stage, _is_passed_over(stage, ready, done)) for stage in ready)


def too_early(stage: Stage, done: Mapping[str, datetime]) -> bool:
    """Whether a chaser fell due before its people were first asked."""
    asked = done.get(stage.after or "")
    return stage.kind in LEAD_CHASERS | SPONSOR_CHASERS and asked is not None and asked >= stage.at


def next_at(
    listed: Iterable[Stage], done: Mapping[str, datetime], now: datetime
) -> datetime | None:
    """The instant of the next stage after `now`, or none when the quarter is run."""
    return min(
        (stage.at for stage in listed if stage.at > now and stage.name not in done), default=None
    )


def next_reminder_at(
    listed: Iterable[Stage], done: Mapping[str, datetime], now: datetime
) -> datetime | None:
    """The instant of the next reminder before the due day is over, or none."""
    return next_at((stage for stage in listed if stage.kind is StageKind.REMIND), done, now)


def _is_passed_over(stage: Stage, ready: list[Stage], done: Mapping[str, datetime]) -> bool:
    overtaking = next((later for family, later in OVERTAKEN_BY if stage.kind in family), None)
    if overtaking is None:
        return False
    if too_early(stage, done):
        return True
    return any(other.kind in overtaking and other.at > stage.at for other in ready)


def _stage(
    calendar: QuarterCalendar, kind: StageKind, day: date, *, after: str | None = None
) -> Stage:
    return Stage(calendar.quarter, kind, kind.value, calendar.at(day), after=after)


def _hand_overs(calendar: QuarterCalendar, days: WorkingDays, found: Iterable[date]) -> list[Stage]:
    return [
        Stage(
            calendar.quarter,
            StageKind.HAND_OVER,
            f"hand-over {day}",
            calendar.at(days.on_or_after(day)),
            after="open",
        )
        for day in found
    ]


def _reminders(calendar: QuarterCalendar, settings: CalendarSettings) -> list[Stage]:
    # Reminders before the opening are left out of the calendar: the offsets pair up from the end.
    count = len(calendar.reminders)
    offsets = sorted(settings.reminders)[len(settings.reminders) - count :]
    return [
        Stage(
            calendar.quarter,
            StageKind.REMIND,
            f"due{offset:+d}" if offset else DUE_DAY,
            calendar.at(day),
            step,
            "open",
        )
        for step, (offset, day) in enumerate(zip(offsets, calendar.reminders, strict=True))
    ]


def _overdue(calendar: QuarterCalendar, settings: CalendarSettings) -> list[Stage]:
    pairs = zip(settings.overdue, calendar.overdue, strict=True)
    return [
        Stage(
            calendar.quarter,
            StageKind.OVERDUE,
            f"overdue+{offset}",
            calendar.at(day),
            step,
            "open",
        )
        for step, (offset, day) in enumerate(pairs)
    ]


def _extensions(calendar: QuarterCalendar, extended_until: Collection[date]) -> list[Stage]:
    return [
        Stage(
            calendar.quarter,
            StageKind.EXTENSION_OVER,
            f"{StageKind.EXTENSION_OVER}:{day.isoformat()}",
            calendar.end_of(day),
            after="close",
        )
        for day in sorted(set(extended_until))
        if day > calendar.close
    ]


def _acknowledgements(
    calendar: QuarterCalendar, settings: CalendarSettings, days: WorkingDays, run: date
) -> list[Stage]:
    reminders = [
        Stage(
            calendar.quarter,
            StageKind.REMIND_SPONSOR,
            f"run+{offset}",
            calendar.at(days.add(run, offset)),
            step,
            "escalate",
        )
        for step, offset in enumerate(settings.ack_reminders)
    ]
    told = calendar.at(days.add(run, settings.ack_escalated))
    name = f"run+{settings.ack_escalated}"
    manager = Stage(calendar.quarter, StageKind.TELL_MANAGER, name, told, after="escalate")
    return [*reminders, manager]
