"""What is said about a return that came in: its receipt, and the tick in the lead's message.

It owns these messages. The return itself is kept by `flows/submit_return.py`.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import lines, posting, resting
from flows.lapsing import answerable
from flows.material import has_run
from flows.open_window import request_key
from flows.sheet import Reporting
from flows.sitting_down import Desk
from messages.notices.returns import ReturnReceived, ReturnsRequested
from rules.escalation import walk
from rules.lifecycle import Phase
from rules.vocabulary import Status
from store import registers
from store.returns import ReturnRecord


def give(
    session: Session,
    desk: Desk,
    record: ReturnRecord,
    version: int,
    now: datetime,
    *,
    waiting: Status | None = None,
) -> None:
    """Keep the receipts of a return, and tick it off in the message that asked for it.

    `waiting` is a better colour that the central team has to agree to.
    """
    one = desk.one
    # Who was asked for it: its lead or, without one, the performance lead (A5).
    asked = answerable(one.target) or desk.who.number
    left = tick_off(session, asked, record, now)
    notice = ReturnReceived(
        quarter=record.quarter,
        number=one.target.number,
        ref=one.target.ref,
        title=one.target.title,
        status=record.status,
        figure=one.figure(record.actual),
        expected=lines.expected(one.target, record),
        direction=record.direction,
        by=desk.who.number,
        on_behalf_of=record.on_behalf_of,
        cause=record.cause,
        actions=lines.open_actions(registers.actions(session, (one.target.number,))),
        highest_risk=lines.risk_rating(record.highest_risk),
        reason_text=record.reason_text,
        expected_on=record.expected_on,
        card_will_be_asked=not has_run(one.planned) and _card_will_be_asked(one, record),
        left=left,
        can_change_until=_until(desk, now),
        late=record.late,
        computed=record.computed_status,
        waiting=waiting,
        evidence=record.evidence,
    )
    for person in {desk.who.number, asked}:
        key = posting.person_key("received", record.quarter, person, f"{one.target.ref}:v{version}")
        posting.to_person(
            session,
            key,
            notice,
            person,
            due_at=now,
            now=now,
            at_once=person == desk.who.number,
        )
    resting.came_in(session, record.quarter, one.target.ref, now)


def _until(desk: Desk, now: datetime) -> datetime | None:
    """Until when whoever answers for it can change it; none where it takes leave to."""
    planned = desk.one.planned
    person = answerable(desk.one.target)
    if planned.has_more_time(person, now) and person is not None:
        return max(planned.calendar.end_of(planned.extended[person]), planned.calendar.closes_at)
    return planned.calendar.closes_at if planned.phase(now) is Phase.OPEN else None


def _card_will_be_asked(one: Reporting, record: ReturnRecord) -> bool:
    history = [(old.quarter, old.status) for old in one.earlier]
    steps = walk(
        [*history, (record.quarter, record.status)],
        escalates=one.target.kind.escalates,
        effective_from=one.planned.settings.effective_from,
    )
    return steps[-1].event.asks_sponsor


def tick_off(
    session: Session, lead: int, record: ReturnRecord, now: datetime
) -> tuple[str, ...] | None:
    """Show the target as reported in the message that asked for it; the refs still left in it.

    None when it was not asked for there: its lead has changed since.
    """
    key = request_key(record.quarter, lead)
    asked = posting.said(session, key)
    if not isinstance(asked, ReturnsRequested):
        return None
    if record.target not in {target.number for target in asked.targets}:
        return None
    targets = tuple(
        replace(target, done=record.status) if target.number == record.target else target
        for target in asked.targets
    )
    posting.anew(session, key, replace(asked, targets=targets), now=now)
    return tuple(target.ref for target in targets if target.done is None)
