"""A quarter's window closes: what came in is accepted by rule, what did not has lapsed.

It owns this use case. From here on every collected target has a return of the quarter, so
that counts and histories need no special case.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import cycle, lines, owing, posting, resting
from flows.open_window import request_key
from flows.owing import Owing
from flows.places import CENTRAL
from messages.notices.returns import ReturnsRequested
from messages.notices.window import WindowClosed
from rules.due_returns import is_active
from rules.lifecycle import at_close
from rules.quarters import Quarter
from rules.status import Facts, decide
from rules.vocabulary import QuarterState, ReturnState, TargetState
from store import audit, quarters, returns
from store.returns import ReturnRecord
from store.targets import TargetRecord


def close_window(session: Session, quarter: Quarter, now: datetime, *, due_at: datetime) -> None:
    """Close a quarter's window, tell the central channel, and mark every lead's message."""
    planned = cycle.of(session, quarter)
    picture = owing.in_quarter(session, quarter, planned.local_day(now))
    before = planned.record
    record = replace(before, state=QuarterState.CLOSED)
    quarters.keep(session, record)
    accepted = at_close(ReturnState.SUBMITTED, accept_by_hand=planned.settings.accept_by_hand)
    moved = returns.move(session, quarter, {ReturnState.SUBMITTED: accepted})
    lapsed = _lapse(session, picture, quarter, now)
    audit.record(
        session,
        at=now,
        rule="calendar",
        action="close window",
        subject=quarter.label,
        before=before,
        after={"state": record.state, "accepted": moved, "lapsed": len(lapsed)},
    )
    notice = WindowClosed(
        quarter,
        sum(item.reported for item in picture.owed),
        tuple(lines.target_line(target) for target in lapsed),
        planned.calendar.escalation_run,
    )
    key = posting.key("closed", quarter)
    posting.to_channel(session, key, notice, CENTRAL, due_at=due_at, now=now)
    _mark_closed(session, picture, now)
    resting.window_closed(session, quarter, now)


def _lapse(
    session: Session, picture: Owing, quarter: Quarter, now: datetime
) -> tuple[TargetRecord, ...]:
    """Give every collected target without a return one by rule; the targets that lapsed."""
    lapsed, kept = [], []
    for target in picture.targets.values():
        in_force = is_active(quarter, target.active_from, target.active_to)
        if not (target.kind.collected and in_force and _lacks(picture, target, quarter)):
            continue
        record = _by_rule(target, quarter, now)
        if record is None:
            continue
        kept.append(record)
        if record.state is ReturnState.LAPSED:
            lapsed.append(target)
    returns.keep_first(session, kept)
    return tuple(lapsed)


def _lacks(picture: Owing, target: TargetRecord, quarter: Quarter) -> bool:
    history = picture.histories.get(target.number, ())
    return not any(
        record.quarter == quarter and record.state is not ReturnState.SENT_BACK
        for record in history
    )


def _by_rule(target: TargetRecord, quarter: Quarter, now: datetime) -> ReturnRecord | None:
    if target.state not in {TargetState.AGREED, TargetState.TO_BE_SET}:
        return None
    asked = owing.requested(target, quarter)
    facts = Facts(target.state, due=asked, has_proxy=target.proxy is not None, returned=False)
    status = decide(facts).status
    state = ReturnState.LAPSED if asked else ReturnState.ACCEPTED
    return ReturnRecord(target.number, quarter, state, status, now)


def _mark_closed(session: Session, picture: Owing, now: datetime) -> None:
    for person in picture.asked:
        key = request_key(picture.quarter, person)
        asked = posting.said(session, key)
        if isinstance(asked, ReturnsRequested):
            posting.anew(session, key, replace(asked, next_reminder=None, closed=True), now=now)
