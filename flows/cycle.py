"""A quarter as its cycle runs: its record, settings, dates and stages.

It owns putting these together for the other flows. It must not change anything.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from rules.cadence import Stage, stages
from rules.calendar import QuarterCalendar, calendar_of
from rules.lifecycle import Phase
from rules.quarters import Quarter
from rules.vocabulary import QuarterState
from rules.working_days import WorkingDays, england
from store import extensions, quarters, roles, settings
from store.quarters import QuarterRecord
from store.settings import OrganisationSettings

PHASES = {
    QuarterState.FUTURE: Phase.BEFORE,
    QuarterState.OPEN: Phase.OPEN,
    QuarterState.CLOSED: Phase.CLOSED,
    QuarterState.FROZEN: Phase.FROZEN,
    QuarterState.PUBLISHED: Phase.FROZEN,
}


@dataclass(frozen=True, slots=True)
class Cycle:
    """A quarter with everything its dates depend on.

    `done` are its stages done, by name; `extended` the last days of people with more time, by
    person number; `hand_overs` the days on which somebody takes over what is asked for.
    """

    record: QuarterRecord
    settings: OrganisationSettings
    days: WorkingDays
    calendar: QuarterCalendar
    done: dict[str, datetime]
    extended: dict[int, date] = field(default_factory=dict)
    hand_overs: tuple[date, ...] = ()

    @property
    def quarter(self) -> Quarter:
        """The quarter itself."""
        return self.record.quarter

    @property
    def is_open(self) -> bool:
        """Whether returns can be sent in."""
        return self.record.state is QuarterState.OPEN

    @property
    def is_paused(self) -> bool:
        """Whether nothing of it is asked, chased or published for now."""
        return self.record.paused_at is not None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage in order of time."""
        escalated = self.done.get("escalate")
        return stages(
            self.calendar,
            self.settings.calendar,
            self.days,
            self.local_day(escalated) if escalated else None,
            self.extended.values(),
            self.hand_overs,
        )

    def phase(self, now: datetime) -> Phase:
        """How far it is with its returns. The window closes on its minute, done or not yet.

        That of a paused quarter stays open: its close moves on.
        """
        running = self.record.state is QuarterState.OPEN and not self.is_paused
        if running and now >= self.calendar.closes_at:
            return Phase.CLOSED
        return PHASES[self.record.state]

    def due_for(self, person: int) -> date:
        """The day a person has to keep: the due day, or a later one of their own."""
        return max(self.calendar.due, self.extended.get(person, date.min))

    def has_more_time(self, person: int | None, now: datetime) -> bool:
        """Whether a person was given more time that is not over yet."""
        until = self.extended.get(person) if person is not None else None
        return until is not None and now < self.calendar.end_of(until)

    @property
    def last_day_for_late(self) -> date:
        """The last day on which a return may still come in: that before the pack is frozen."""
        return self.days.add(self.calendar.pack, -1)

    def local_day(self, instant: datetime) -> date:
        """The day an instant falls on where the partnership is."""
        return instant.astimezone(ZoneInfo(self.calendar.zone)).date()


def of(session: Session, quarter: Quarter) -> Cycle:
    """The cycle of a quarter; one never planned stands in the future with its usual dates."""
    record = quarters.find(session, quarter) or QuarterRecord(quarter, QuarterState.FUTURE)
    return planned(session, record)


def planned(session: Session, record: QuarterRecord) -> Cycle:
    """The cycle a quarter would have. Raises `CalendarRefusedError` for dates that cannot work."""
    kept = settings.read(session)
    days = england()
    calendar = calendar_of(
        record.quarter,
        days,
        kept.calendar,
        opens=record.opens,
        due=record.due,
        board=record.board,
        board_confirmed=record.board_confirmed,
    )
    done = quarters.stages_done(session, record.quarter)
    extended = extensions.until_by_person(session, record.quarter)
    hand_overs = roles.hand_overs(session, calendar.opens, calendar.close)
    return Cycle(record, kept, days, calendar, done, extended, hand_overs)


def today(session: Session, now: datetime) -> date:
    """The day it is where the partnership is."""
    return now.astimezone(ZoneInfo(settings.read(session).calendar.zone)).date()
