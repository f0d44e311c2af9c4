"""A lead is away with nobody in their place until their returns are overdue: who is told.

It owns this message. The performance lead is told, who can report in the lead's place; where
there is none, or it is the performance lead who is away, the central channel.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from flows import lines, posting
from flows.cycle import Cycle
from flows.owing import Owing
from flows.places import CENTRAL
from messages.notices.leave import LeadAway
from rules.leave import Leave
from rules.owed import Owed, owed_by_lead, owed_by_performance_lead
from store import leave, people


@dataclass(frozen=True, slots=True)
class Telling:
    """A message of this kind: its key, and the person it goes to; none for the channel."""

    key: str
    notice: LeadAway
    person: int | None = None


def tell(
    session: Session, planned: Cycle, picture: Owing, *, due_at: datetime, now: datetime
) -> None:
    """Tell, once for each leave, of everybody who is away now and nobody answers for them."""
    if not planned.is_open:
        return
    for one in to_tell(session, planned, picture, planned.local_day(now)):
        if one.person is not None:
            posting.to_person(session, one.key, one.notice, one.person, due_at=due_at, now=now)
        else:
            posting.to_channel(session, one.key, one.notice, CENTRAL, due_at=due_at, now=now)


def to_tell(session: Session, planned: Cycle, picture: Owing, today: date) -> tuple[Telling, ...]:
    """What there is to tell while the window is open, told before or not."""
    grouped = owed_by_lead(picture.owed)
    return tuple(
        telling
        for one in leave.not_over(session, today)
        if one.person in grouped and _is_uncovered(session, one, planned, today)
        for telling in _of(planned, picture, one, grouped[one.person])
    )


def _is_uncovered(session: Session, one: Leave, planned: Cycle, today: date) -> bool:
    if not (one.covers(today) and one.ends >= planned.calendar.due):
        return False
    delegate = people.by_number(session, one.delegate) if one.delegate is not None else None
    return delegate is None or not delegate.active


def _of(planned: Cycle, picture: Owing, one: Leave, owed: tuple[Owed, ...]) -> Iterator[Telling]:
    told = owed_by_performance_lead(owed)
    told.pop(one.person, None)
    covered = {item.target for items in told.values() for item in items}
    for person, items in told.items():
        notice = _notice(planned, picture, one, items)
        key = posting.person_key("away", planned.quarter, person, _which(one))
        yield Telling(key, notice, person)
    left = tuple(item for item in owed if item.target not in covered)
    if left:
        notice = _notice(planned, picture, one, left, to_central=True)
        yield Telling(posting.key("away", planned.quarter, _which(one), "central team"), notice)


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
