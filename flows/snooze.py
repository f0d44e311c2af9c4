"""A target is put off: no reminder names it before a day.

It owns this use case, once for each target and quarter. Reminders leave it out in
`flows/chasing.py`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from flows import asked_list
from flows.asked_list import AskedList, NoList, Picked
from messages.notices.common import TargetToReport
from messages.notices.replies import AlreadyPutOff, PutOff, TooLateToPutOff
from rules.putting_off import can_put_off, is_possible, usual_day
from rules.quarters import Quarter
from store import audit, snoozes
from store.snoozes import SnoozeRecord

NotPutOff = NoList | AlreadyPutOff | TooLateToPutOff


@dataclass(frozen=True, slots=True)
class PutOffSheet:
    """What can be put off, the day that is offered, and the last one that can be chosen."""

    person: int
    quarter: Quarter
    targets: tuple[TargetToReport, ...]
    usual: date
    due: date


@dataclass(frozen=True, slots=True)
class DayImpossible:
    """No target can be put off until this day: it is not after today, or after the due day."""

    due: date


def sheet_of(
    session: Session, slack_id: str, person: int, quarter: Quarter, now: datetime
) -> PutOffSheet | NotPutOff:
    """The form: what is left of somebody's list and was not put off yet."""
    found = asked_list.left_of(session, slack_id, person, quarter, now)
    if not isinstance(found, AskedList):
        return found
    calendar, today = found.planned.calendar, found.planned.local_day(now)
    if not can_put_off(today, calendar.due):
        return TooLateToPutOff(quarter, calendar.due)
    before = snoozes.in_quarter(session, quarter)
    left = tuple(one for one in found.targets if one.number not in before)
    if not left:
        first = found.targets[0]
        return _already(quarter, first.ref, first.title, before[first.number])
    usual = usual_day(calendar.reminders, calendar.due, today)
    return PutOffSheet(person, quarter, left, usual, calendar.due)


def put_off(
    session: Session,
    slack_id: str,
    target: int | str,
    quarter: Quarter,
    until: date | None,
    now: datetime,
) -> PutOff | DayImpossible | NotPutOff:
    """Put a target off. A second time it is told by whom it was, and until when."""
    found = asked_list.pick(session, slack_id, target, quarter, now)
    if not isinstance(found, Picked):
        return found
    calendar, today = found.planned.calendar, found.planned.local_day(now)
    one = found.target
    before = snoozes.in_quarter(session, quarter).get(one.number)
    if before is not None:
        return _already(quarter, one.ref, one.title, before)
    if not can_put_off(today, calendar.due):
        return TooLateToPutOff(quarter, calendar.due)
    if until is None or not is_possible(until, today, calendar.due):
        return DayImpossible(calendar.due)
    record = SnoozeRecord(one.number, found.who.number, until, now)
    if not snoozes.keep(session, quarter, record):
        return _already(
            quarter, one.ref, one.title, snoozes.in_quarter(session, quarter)[one.number]
        )
    audit.record(
        session,
        at=now,
        actor=found.who.number,
        action="put target off",
        subject=f"{one.ref}:{quarter.label}",
        after={"until": until},
    )
    return PutOff(quarter, one.ref, one.title, until, calendar.due)


def _already(quarter: Quarter, ref: str, title: str, before: SnoozeRecord) -> AlreadyPutOff:
    return AlreadyPutOff(quarter, ref, title, before.person, before.at, before.until)
