"""A quarter as its cycle runs: its record, settings, dates and stages.

It owns putting these together for the other flows. It must not change anything.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from rules.cadence import Stage, stages
from rules.calendar import QuarterCalendar, calendar_of
from rules.quarters import Quarter
from rules.vocabulary import QuarterState
from rules.working_days import WorkingDays, england
from store import quarters, roles, settings
from store.quarters import QuarterRecord
from store.settings import OrganisationSettings


@dataclass(frozen=True, slots=True)
class Cycle:
    """A quarter with everything its dates depend on. `done` are its stages done, by name.

    `hand_overs` are the days on which somebody takes over what is asked for.
    """

    record: QuarterRecord
    settings: OrganisationSettings
    days: WorkingDays
    calendar: QuarterCalendar
    done: dict[str, datetime]
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
            self.hand_overs,
        )

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
    hand_overs = roles.hand_overs(session, calendar.opens, calendar.close)
    return Cycle(record, kept, days, calendar, done, hand_overs)


def today(session: Session, now: datetime) -> date:
    """The day it is where the partnership is."""
    return now.astimezone(ZoneInfo(settings.read(session).calendar.zone)).date()
