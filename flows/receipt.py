"""What is said about a return that came in: its receipt, and the tick in the lead's message.

It owns these messages. The return itself is kept by `flows/submit_return.py`.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import lines, posting, resting
from flows.open_window import request_key
from flows.report_target import Desk
from flows.sheet import Reporting
from messages.notices.returns import ReturnReceived, ReturnsRequested
from rules.escalation import walk
from store import registers
from store.returns import ReturnRecord


def give(session: Session, desk: Desk, record: ReturnRecord, version: int, now: datetime) -> None:
    """Keep the receipts of a return, and tick it off in the message that asked for it."""
    one = desk.one
    # Who was asked for it: its lead or, without one, the performance lead (A5).
    answerable = one.target.lead or one.target.performance_lead or desk.who.number
    left = _tick_off(session, answerable, record, now)
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
        card_will_be_asked=_card_will_be_asked(one, record),
        left=left,
        can_change_until=one.planned.calendar.closes_at,
    )
    for person in {desk.who.number, answerable}:
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


def _card_will_be_asked(one: Reporting, record: ReturnRecord) -> bool:
    history = [(old.quarter, old.status) for old in one.earlier]
    steps = walk(
        [*history, (record.quarter, record.status)],
        escalates=one.target.kind.escalates,
        effective_from=one.planned.settings.effective_from,
    )
    return steps[-1].event.asks_sponsor


def _tick_off(
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
