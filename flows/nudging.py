"""Reminding from the Home tab: one person by a press, or everybody with a note.

It owns these use cases and that a press has one effect a day. Who owes what is the picture of
`flows/owing.py`, the reminder itself that of `flows/remind.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import cycle, owing, posting, reaching, standing
from flows.answers import current_quarter
from flows.cycle import Cycle
from flows.owing import Owing
from flows.pause import standing_pause
from flows.remind import Wanted, remind_by_hand
from flows.standing import Asker
from messages.notices.home import NoteSent, Nudged
from messages.notices.refusals import (
    NothingToRemind,
    PersonUnknown,
    QuarterIsPaused,
    QuarterNotOpen,
    Refused,
)
from messages.notices.returns import NoteToOwing
from rules.owed import Owed, owed_by_lead
from rules.permissions import Capability
from rules.quarters import Quarter
from store import audit, inbox

NotNudged = NothingToRemind | QuarterIsPaused | QuarterNotOpen | PersonUnknown | Refused


@dataclass(frozen=True, slots=True)
class Writing:
    """Whom a note would go to now, and for how many returns."""

    quarter: Quarter
    people: int
    returns: int


class Empty:
    """A note without words; nothing was sent."""


def nudge(
    session: Session, slack_id: str, person: int, quarter: Quarter, now: datetime
) -> Nudged | NotNudged:
    """Remind one person of all they owe. Once a day: a second press hears when it was."""
    who = _follower(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    planned = _running(session, quarter)
    if not isinstance(planned, Cycle):
        return planned
    key = _key(planned, person, now)
    before = inbox.received(session, (key,)).get(key)
    if before is not None:
        return Nudged(person, before, again=True)
    occasion = f"nudge {planned.local_day(now)}"
    done = remind_by_hand(session, quarter, Wanted(person=person), now, occasion)
    if isinstance(done, NothingToRemind):
        return done
    if not inbox.first_time(session, key, now):
        return Nudged(person, now, again=True)
    audit.record(
        session,
        at=now,
        actor=who.number,
        action="nudge",
        subject=f"person {person}:{quarter.label}",
        after={"returns": done.targets},
    )
    return Nudged(person, now, reader=next(iter(done.stand_ins), None), rests=bool(done.resting))


def today(
    session: Session, planned: Cycle, numbers: Iterable[int], now: datetime
) -> dict[int, datetime]:
    """When each of these people was nudged today, if they were."""
    keys = {_key(planned, number, now): number for number in numbers}
    return {keys[key]: at for key, at in inbox.received(session, keys).items()}


def may_write(session: Session, slack_id: str, now: datetime) -> Writing | NotNudged:
    """Whom a note to all who owe would go to, for whoever may write one."""
    who = _follower(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    planned = _running(session, current_quarter(session, now))
    if not isinstance(planned, Cycle):
        return planned
    _, grouped = _who_owe(session, planned, now)
    if not grouped:
        return NothingToRemind(planned.quarter)
    return Writing(planned.quarter, len(grouped), sum(map(len, grouped.values())))


def write_to_owing(
    session: Session, slack_id: str, text: str, form: str, now: datetime
) -> NoteSent | Empty | NotNudged:
    """Send a note to everybody who owes, with what they owe. `form` has one effect."""
    found = may_write(session, slack_id, now)
    if not isinstance(found, Writing):
        return found
    if not text.strip():
        return Empty()
    planned = cycle.of(session, found.quarter)
    picture, grouped = _who_owe(session, planned, now)
    stand_ins = reaching.stand_ins_for(session, grouped, NoteToOwing, now)
    sent = NoteSent(found.quarter, found.people, found.returns, stand_ins)
    by = standing.number_of(session, slack_id)
    if by is None or not inbox.first_time(session, f"note:{form}", now):
        return sent
    for person, owed in grouped.items():
        notice = NoteToOwing(found.quarter, planned.calendar.due, picture.to_report(owed), text, by)
        key = posting.person_key("note", found.quarter, person, form)
        posting.to_person(session, key, notice, person, due_at=now, now=now)
    audit.record(
        session,
        at=now,
        actor=by,
        action="write to all who owe",
        subject=found.quarter.label,
        after={"text": text, "people": sorted(grouped)},
    )
    return sent


def _running(session: Session, quarter: Quarter) -> Cycle | QuarterIsPaused | QuarterNotOpen:
    """The quarter, where its window is open and people are chased."""
    planned = cycle.of(session, quarter)
    if not planned.is_open:
        return QuarterNotOpen(quarter)
    return standing_pause(session, quarter) or planned


def _who_owe(
    session: Session, planned: Cycle, now: datetime
) -> tuple[Owing, dict[int, tuple[Owed, ...]]]:
    picture = owing.in_quarter(session, planned.quarter, planned.local_day(now))
    return picture, owed_by_lead(picture.owed)


def _follower(session: Session, slack_id: str, now: datetime) -> Asker | PersonUnknown | Refused:
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.FOLLOW_QUARTER):
        return standing.refused(session, who, Capability.FOLLOW_QUARTER, now)
    return who


def _key(planned: Cycle, person: int, now: datetime) -> str:
    """The key of a nudge: one a person and day."""
    return posting.person_key("nudge", planned.quarter, person, planned.local_day(now))
