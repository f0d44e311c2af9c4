"""What follows when somebody's days away or hours change: who has to know, and what rests.

It owns these messages and the audit of the change. The change itself is `flows/leave.py`'s.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, owing, posting, resting, uncovered
from flows.standing import Asker
from messages.notices.leave import AwayDays, AwayRecorded, Hours, StandInNamed
from rules.leave import Leave
from rules.owed import owed_by_lead
from rules.quarters import Quarter
from rules.working_hours import WorkingHours
from store import audit, quarters
from store.people import PersonRecord


@dataclass(frozen=True, slots=True)
class Change:
    """A change that is being made: by whom, to whom, on which day, and how it was before."""

    by: Asker
    person: PersonRecord
    today: date
    before: Leave | None
    now: datetime

    @property
    def is_own(self) -> bool:
        """Whether somebody records their own days."""
        return self.person.number == self.by.number


def follow(
    session: Session,
    change: Change,
    before: tuple[WorkingHours, Leave | None],
    after: tuple[WorkingHours, Leave | None],
) -> None:
    """What follows from a change: the audit, whoever has to know, and what rests meanwhile."""
    audit.record(
        session,
        at=change.now,
        actor=change.by.number,
        action="set days away",
        subject=f"person {change.person.number}",
        before=before,
        after=after,
    )
    occasion = f"{change.now:%Y-%m-%dT%H:%M:%S.%f}"
    _tell_stand_ins(session, change, after[1], occasion)
    if not change.is_own:
        key = f"away recorded {occasion}:{posting.person_mark(change.person.number)}"
        told = AwayRecorded(change.by.number, shown_hours(after[0]), shown(after[1]))
        posting.to_person(
            session, key, told, change.person.number, due_at=change.now, now=change.now
        )
    resting.leave_changed(session, change.person.number, change.now)
    for quarter in _open(session):
        planned = cycle.of(session, quarter)
        picture = owing.in_quarter(session, quarter, change.today)
        uncovered.tell(session, planned, picture, due_at=change.now, now=change.now)


def _tell_stand_ins(session: Session, change: Change, after: Leave | None, occasion: str) -> None:
    """Tell whoever answers from now on, and whoever no longer does."""
    before = change.before
    if before == after:
        return
    old = before.delegate if before else None
    new = after.delegate if after else None
    if before and old is not None and old != new:
        over = StandInNamed(change.person.number, before.starts, before.ends, over=True)
        _tell(session, change, over, old, occasion)
    if after and new is not None:
        refs = _still_to_report(session, change)
        named = StandInNamed(change.person.number, after.starts, after.ends, refs)
        _tell(session, change, named, new, occasion)


def _tell(
    session: Session, change: Change, notice: StandInNamed, person: int, occasion: str
) -> None:
    key = f"stand-in {occasion} {change.person.number}:{posting.person_mark(person)}"
    posting.to_person(session, key, notice, person, due_at=change.now, now=change.now)


def _still_to_report(session: Session, change: Change) -> tuple[str, ...]:
    return tuple(
        item.ref
        for quarter in _open(session)
        for item in owed_by_lead(owing.in_quarter(session, quarter, change.today).owed).get(
            change.person.number, ()
        )
    )


def _open(session: Session) -> tuple[Quarter, ...]:
    running = quarters.running(session)
    return tuple(one.quarter for one in running if cycle.of(session, one.quarter).is_open)


def shown(wanted: Leave | None) -> AwayDays | None:
    """Days away as a notice holds them."""
    return AwayDays(wanted.starts, wanted.ends, wanted.delegate) if wanted else None


def shown_hours(hours: WorkingHours) -> Hours:
    """Working hours as a notice holds them."""
    return Hours(hours.starts, hours.ends, hours.zone)
