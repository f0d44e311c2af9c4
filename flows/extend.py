"""The central team gives one person more time, before the close or after it.

It owns this use case. Before the close it keeps the person's returns from lapsing; after it,
it is the leave to send them in late. Either way it ends before the pack is frozen.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from flows import closed_message, cycle, owing, posting, standing
from flows.cycle import Cycle
from flows.open_window import request_key
from flows.owing import Owing
from flows.sitting_down import not_open
from flows.standing import Asker
from messages.notices.checking import AlreadyExtended, ExtensionKept, ExtensionRefused
from messages.notices.moves import ExtensionGiven
from messages.notices.refusals import OutOfDate, PersonUnknown, QuarterNotOpen, Refused
from messages.notices.returns import ReturnsRequested
from rules.lifecycle import Phase
from rules.owed import Owed
from rules.permissions import Capability
from rules.quarters import Quarter
from store import audit, extensions, people
from store.extensions import ExtensionRecord

NotExtended = (
    PersonUnknown | Refused | QuarterNotOpen | OutOfDate | ExtensionRefused | AlreadyExtended
)


@dataclass(frozen=True, slots=True)
class Extending:
    """Somebody who may be given more time, the days it can run to, and what they owe."""

    who: Asker
    planned: Cycle
    picture: Owing
    person: int
    owed: tuple[Owed, ...]
    first: date
    last: date
    before: ExtensionRecord | None


def may_extend(
    session: Session, slack_id: str, person: int | None, quarter: Quarter, now: datetime
) -> Extending | NotExtended:
    """Whether a person may be given more time; nothing changes but the audit of a refusal."""
    who = _giver(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    planned = cycle.of(session, quarter)
    if planned.phase(now) in {Phase.BEFORE, Phase.FROZEN}:
        return not_open(planned, now)
    found = people.by_number(session, person) if person is not None else None
    if found is None or not found.active:
        return ExtensionRefused(quarter, "nobody", person)
    picture = owing.in_quarter(session, quarter, planned.local_day(now))
    owed = _owed(picture, found.number)
    if not owed:
        return ExtensionRefused(quarter, "owes_nothing", found.number)
    first, last = _span(planned, now)
    if first > last:
        return ExtensionRefused(quarter, "no_day_left", found.number, first, last)
    before = extensions.find(session, quarter, found.number)
    return Extending(who, planned, picture, found.number, owed, first, last, before)


def _giver(session: Session, slack_id: str, now: datetime) -> Asker | PersonUnknown | Refused:
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.LATE_RETURN):
        return standing.refused(session, who, Capability.LATE_RETURN, now)
    return who


def _owed(picture: Owing, person: int) -> tuple[Owed, ...]:
    mine = {item.target for item in picture.asked.get(person, ())}
    return tuple(one for one in picture.owed if one.target in mine and not one.reported)


def extend(
    session: Session,
    slack_id: str,
    person: int | None,
    quarter: Quarter,
    until: date | None,
    reason: str,
    now: datetime,
) -> ExtensionKept | NotExtended:
    """Give somebody until the end of a day, and tell them. Again for the same day: who did it."""
    found = may_extend(session, slack_id, person, quarter, now)
    if not isinstance(found, Extending):
        return found
    old = found.before
    if old is not None and old.until == until:
        return AlreadyExtended(quarter, found.person, old.until, old.given_by, old.given_at)
    if until is None or not found.first <= until <= found.last:
        return ExtensionRefused(quarter, "day", found.person, found.first, found.last)
    if not reason.strip():
        return ExtensionRefused(quarter, "reason", found.person, found.first, found.last)
    given = ExtensionRecord(quarter, found.person, until, reason.strip(), found.who.number, now)
    _keep(session, found, given, now)
    refs = tuple(one.ref for one in found.owed)
    return ExtensionKept(quarter, found.person, until, refs)


def by_slack_id(
    session: Session,
    slack_id: str,
    person: str,
    quarter: Quarter,
    until: date | None,
    reason: str,
    now: datetime,
) -> ExtensionKept | NotExtended:
    """The same, for somebody named by their Slack id, as a command does."""
    number = standing.number_of(session, person)
    return extend(session, slack_id, number, quarter, until, reason, now)


def _span(planned: Cycle, now: datetime) -> tuple[date, date]:
    """The first and the last day it can run to: after the due day, before the freeze."""
    today = planned.local_day(now)
    still_today = now < planned.calendar.end_of(today)
    soonest = today if still_today else today + timedelta(days=1)
    return max(soonest, planned.calendar.due + timedelta(days=1)), planned.last_day_for_late


def _keep(session: Session, found: Extending, given: ExtensionRecord, now: datetime) -> None:
    extensions.keep(session, given)
    audit.record(
        session,
        at=now,
        actor=given.given_by,
        action="give more time",
        subject=f"{given.quarter.label}:person {given.person}",
        before=found.before,
        after=given,
    )
    planned = cycle.of(session, given.quarter)
    notice = ExtensionGiven(
        given.quarter,
        planned.calendar.end_of(given.until),
        found.picture.to_report(found.owed),
        given.reason,
        given.given_by,
        late=planned.phase(now) is Phase.CLOSED and not _was_running(found, now),
    )
    key = posting.person_key(
        "more-time", given.quarter, given.person, f"{given.until} given {now:%Y%m%d%H%M%S}"
    )
    posting.to_person(session, key, notice, given.person, due_at=now, now=now)
    _show_day(session, given, now)
    refs = tuple(one.ref for one in found.owed)
    closed_message.show_time(session, given.quarter, given.person, refs, given.until, now)


def _was_running(found: Extending, now: datetime) -> bool:
    return found.planned.has_more_time(found.person, now)


def _show_day(session: Session, given: ExtensionRecord, now: datetime) -> None:
    """Show the new day in the person's one message, open again if it was closed."""
    key = request_key(given.quarter, given.person)
    asked = posting.said(session, key)
    if isinstance(asked, ReturnsRequested):
        notice = replace(asked, due=given.until, next_reminder=None, closed=False)
        posting.anew(session, key, notice, now=now)
