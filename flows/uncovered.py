"""A lead is away with nobody in their place until their returns are overdue: who is told.

It owns this message. The performance lead is told, who can report in the lead's place; where
there is none, or it is the performance lead who is away, the central channel.
"""

from datetime import date, datetime

from sqlmodel import Session

from flows import lines, posting
from flows.cycle import Cycle
from flows.owing import Owing
from flows.places import CENTRAL
from messages.notices.leave import LeadAway
from rules.cadence import Owed, owed_by_lead, owed_by_performance_lead
from rules.leave import Leave
from store import leave, people


def tell(
    session: Session, planned: Cycle, picture: Owing, *, due_at: datetime, now: datetime
) -> None:
    """Tell, once for each leave, of everybody who is away now and nobody answers for them."""
    grouped = owed_by_lead(picture.owed)
    for one in leave.not_over(session, planned.local_day(now)):
        if one.person in grouped and _is_uncovered(session, one, planned, planned.local_day(now)):
            _tell_of(session, planned, picture, one, grouped[one.person], due_at=due_at, now=now)


def _is_uncovered(session: Session, one: Leave, planned: Cycle, today: date) -> bool:
    if not (planned.is_open and one.covers(today) and one.ends >= planned.calendar.due):
        return False
    delegate = people.by_number(session, one.delegate) if one.delegate is not None else None
    return delegate is None or not delegate.active


def _tell_of(
    session: Session,
    planned: Cycle,
    picture: Owing,
    one: Leave,
    owed: tuple[Owed, ...],
    *,
    due_at: datetime,
    now: datetime,
) -> None:
    told = owed_by_performance_lead(owed)
    told.pop(one.person, None)
    covered = {item.target for items in told.values() for item in items}
    for person, items in told.items():
        notice = _notice(planned, picture, one, items)
        key = posting.person_key("away", planned.quarter, person, _which(one))
        posting.to_person(session, key, notice, person, due_at=due_at, now=now)
    left = tuple(item for item in owed if item.target not in covered)
    if left:
        notice = _notice(planned, picture, one, left, to_central=True)
        key = posting.key("away", planned.quarter, _which(one), "central team")
        posting.to_channel(session, key, notice, CENTRAL, due_at=due_at, now=now)


def _which(one: Leave) -> str:
    return f"person {one.person} until {one.ends}"


def _notice(
    planned: Cycle,
    picture: Owing,
    one: Leave,
    owed: tuple[Owed, ...],
    *,
    to_central: bool = False,
) -> LeadAway:
    return LeadAway(
        planned.quarter,
        planned.calendar.due,
        one.person,
        one.ends,
        lines.owed_lines(owed, picture.targets),
        to_central,
    )
