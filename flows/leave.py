"""Somebody is away, or works other hours: recorded by themselves, or for them.

It owns these use cases. What a leave cannot be is decided by `rules/leave.py`. Everybody may
record their own; somebody else's is the central team's to record.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session

from flows import cycle, reaching, standing
from flows.leave_told import Change, follow, shown, shown_hours
from flows.standing import Asker
from messages.notices.refusals import PersonUnknown, Refused
from messages.notices.replies import AwayKept, NobodyKnown
from rules.leave import Leave, LeaveFault, day_faults, delegate_faults, left_alone
from rules.permissions import Capability, anywhere, may_delegate
from rules.working_hours import WorkingHours, hours_of, is_zone
from store import leave, people, settings
from store.people import PersonRecord

NotRecorded = PersonUnknown | Refused | NobodyKnown


@dataclass(frozen=True, slots=True)
class AwayAnswer:
    """What was entered. `delegate` is a Slack id, or nothing."""

    starts: date | None
    ends: date | None
    delegate: str
    day_starts: time | None
    day_ends: time | None
    zone: str


@dataclass(frozen=True, slots=True)
class AwaySheet:
    """What the form shows: whose it is, none the asker's own; hours and days as they stand."""

    person: int | None
    label: str
    hours: WorkingHours
    away: Leave | None
    delegate: str
    today: date


@dataclass(frozen=True, slots=True)
class AwayFaults:
    """What cannot be recorded, and why."""

    faults: tuple[LeaveFault, ...]


def sheet_of(session: Session, slack_id: str, whose: str, now: datetime) -> AwaySheet | NotRecorded:
    """The form for somebody by Slack id, or for oneself where none is named."""
    change = _begin(session, slack_id, _number(session, whose), now)
    return _sheet(session, change) if isinstance(change, Change) else change


def set_away(
    session: Session, slack_id: str, person: int | None, answer: AwayAnswer, now: datetime
) -> AwayKept | AwayFaults | NotRecorded:
    """Record days away and working hours. Everything, or nothing and what is wrong."""
    change = _begin(session, slack_id, person, now)
    if not isinstance(change, Change):
        return change
    wanted = _wanted(session, change, answer)
    if isinstance(wanted, AwayFaults):
        return wanted
    hours = _hours(session, change.person)
    _keep_hours(session, change, answer)
    leave.keep(session, change.person.number, wanted, change.today)
    record = people.by_number(session, change.person.number) or change.person
    after = _hours(session, record)
    if (hours, change.before) != (after, wanted):
        follow(session, change, (hours, change.before), (after, wanted))
    left = left_alone(wanted, leave.not_over(session, change.today)) if wanted else ()
    return AwayKept(
        None if change.is_own else change.person.number,
        shown_hours(after),
        shown(wanted),
        tuple(one.person for one in left),
    )


def _keep_hours(session: Session, change: Change, answer: AwayAnswer) -> None:
    """Keep a person's own hours; what is as usual follows the settings from now on."""
    usual = reaching.usual_hours(settings.read(session))
    as_usual = (answer.day_starts, answer.day_ends) == (usual.starts, usual.ends)
    starts, ends = (None, None) if as_usual else (answer.day_starts, answer.day_ends)
    zone = "" if answer.zone == usual.zone else answer.zone
    people.keep_hours(session, change.person.number, zone, starts, ends)


def _number(session: Session, whose: str) -> int | None:
    """The number of whoever is named: none where nobody is, 0 where it is nobody known."""
    return (standing.number_of(session, whose) or 0) if whose else None


def _begin(
    session: Session, slack_id: str, person: int | None, now: datetime
) -> Change | NotRecorded:
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if person not in {None, who.number} and not _may_for_others(who):
        return standing.refused(session, who, Capability.SET_UP, now)
    record = who.person if person is None else people.by_number(session, person)
    if record is None or not record.active:
        return NobodyKnown()
    today = cycle.today(session, now)
    there = leave.of(session, record.number, today)
    return Change(who, record, today, there[0] if there else None, now)


def _may_for_others(who: Asker) -> bool:
    """Whether somebody may record others' days: what they hold for another does not count."""
    return anywhere(filter(may_delegate, who.holdings), Capability.SET_UP)


def _sheet(session: Session, change: Change) -> AwaySheet:
    before = change.before
    delegate = people.by_number(session, before.delegate or 0) if before else None
    return AwaySheet(
        None if change.is_own else change.person.number,
        change.person.label,
        _hours(session, change.person),
        before,
        delegate.slack_id if delegate else "",
        change.today,
    )


def _wanted(session: Session, change: Change, answer: AwayAnswer) -> Leave | AwayFaults | None:
    """The leave that was entered, none where nobody is away; or everything that is wrong."""
    found = [*_hours_faults(answer), *day_faults(answer.starts, answer.ends, change.today)]
    delegate = people.by_slack_id(session, answer.delegate) if answer.delegate else None
    if answer.delegate and delegate is None:
        found.append(LeaveFault.UNKNOWN)
    elif delegate is not None and not delegate.active:
        found.append(LeaveFault.INACTIVE)
    if found:
        return AwayFaults(tuple(found))
    if answer.starts is None or answer.ends is None:
        return None
    number = delegate.number if delegate else None
    wanted = Leave(change.person.number, answer.starts, answer.ends, number)
    faults = delegate_faults(wanted, leave.not_over(session, change.today))
    return AwayFaults(faults) if faults else wanted


def _hours_faults(answer: AwayAnswer) -> list[LeaveFault]:
    starts, ends = answer.day_starts, answer.day_ends
    is_well = starts is not None and ends is not None and starts < ends and is_zone(answer.zone)
    return [] if is_well else [LeaveFault.HOURS]


def _hours(session: Session, record: PersonRecord) -> WorkingHours:
    usual = reaching.usual_hours(settings.read(session))
    return hours_of(record.zone, record.day_starts, record.day_ends, usual)
