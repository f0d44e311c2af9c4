"""A quarter's window closes: what came in is accepted by rule, what did not has lapsed.

It owns this use case, and the end of the extra time that somebody was given. Where people
accept by hand, what came in is left to them, with a list.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import accepting, cycle, lapsing, lines, owing, posting, resting
from flows.closed_message import closed_key
from flows.cycle import Cycle
from flows.places import CENTRAL
from flows.reconsider import reconsider
from messages.notices.window import ExtensionOver, WindowClosed
from rules.lifecycle import at_close
from rules.quarters import Quarter
from rules.vocabulary import QuarterState, ReturnState
from store import audit, quarters, returns
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
    lapsed = lapsing.lapse(session, planned, picture, lapsing.waiting(planned, now), now)
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
        to_come=lapsing.to_come(planned, picture, picture.owed, now),
        late_until=planned.last_day_for_late,
    )
    posting.to_channel(session, closed_key(quarter), notice, CENTRAL, due_at=due_at, now=now)
    if planned.settings.accept_by_hand:
        accepting.ask(session, planned, now, due_at=due_at)
    lapsing.mark_closed(session, picture, lambda one: planned.has_more_time(one, now), now)
    resting.window_closed(session, quarter, now)


def end_extra_time(session: Session, quarter: Quarter, now: datetime, *, due_at: datetime) -> None:
    """The extra time of one or more people is over: what they still owe has lapsed."""
    planned = cycle.of(session, quarter)
    picture = owing.in_quarter(session, quarter, planned.local_day(now))
    lapsed = lapsing.lapse(session, planned, picture, lapsing.waiting(planned, now), now)
    lapsing.mark_closed(session, picture, lambda one: planned.has_more_time(one, now), now)
    if not lapsed:
        return
    audit.record(
        session,
        at=now,
        rule="calendar",
        action="extra time over",
        subject=quarter.label,
        after={"lapsed": [target.ref for target in lapsed]},
    )
    _tell_over(session, planned, lapsed, now, due_at=due_at)
    for target in lapsed:
        reconsider(session, planned, target.number, now)


def _tell_over(
    session: Session,
    planned: Cycle,
    lapsed: tuple[TargetRecord, ...],
    now: datetime,
    *,
    due_at: datetime,
) -> None:
    day = planned.local_day(due_at)
    shown = tuple(lines.target_line(target) for target in lapsed)
    notice = ExtensionOver(planned.quarter, day, shown, planned.last_day_for_late)
    key = posting.key("extra-time-over", planned.quarter, day.isoformat())
    posting.to_channel(session, key, notice, CENTRAL, due_at=due_at, now=now)
