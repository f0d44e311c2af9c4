"""Somebody who is asked for a target says that it is not theirs.

It owns this use case: the performance lead is told, once for each target, quarter and person.
Until a new lead is recorded nothing else changes.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import asked_list, lines, posting
from flows.asked_list import NoList, Picked
from flows.places import CENTRAL
from messages.notices.asides import NotMine
from messages.notices.replies import NotMineSaid
from rules.quarters import Quarter
from store import audit


def not_mine(
    session: Session,
    slack_id: str,
    target: int | str,
    quarter: Quarter,
    whose: str,
    now: datetime,
) -> NotMineSaid | NoList:
    """Tell the performance lead, or the central channel where there is none to tell."""
    found = asked_list.pick(session, slack_id, target, quarter, now)
    if not isinstance(found, Picked):
        return found
    told = _told(found)
    one, by = found.target, found.who.number
    key = posting.key("not-mine", quarter, one.ref, f"by {by}", *_ending(told))
    before = posting.said(session, key)
    if isinstance(before, NotMine):
        return _answer(found, told, before.at, again=True)
    notice = NotMine(
        quarter,
        found.planned.calendar.due,
        one.number,
        lines.target_line(one),
        by,
        now,
        whose,
    )
    if told is not None:
        posting.to_person(session, key, notice, told, due_at=now, now=now)
    else:
        central = replace(notice, to_central=True)
        posting.to_channel(session, key, central, CENTRAL, due_at=now, now=now)
    audit.record(
        session,
        at=now,
        actor=by,
        action="say not mine",
        subject=f"{one.ref}:{quarter.label}",
        after={"whose": whose, "told": told},
    )
    return _answer(found, told, now)


def _told(found: Picked) -> int | None:
    """The performance lead, unless it is they who say it."""
    lead = found.target.performance_lead
    return lead if lead != found.who.number else None


def _ending(told: int | None) -> tuple[str, ...]:
    return (posting.person_mark(told),) if told is not None else ()


def _answer(found: Picked, told: int | None, at: datetime, *, again: bool = False) -> NotMineSaid:
    one = found.target
    return NotMineSaid(one.ref, one.title, told, at, found.who.number, again=again)
