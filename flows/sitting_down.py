"""Sitting down to a target's return: who it is, that they may, and that it may be sent now.

It owns these checks, made afresh at every step of a return. It must not change anything but
the audit of a refusal.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import cycle, lapsing, standing
from flows.cycle import Cycle
from flows.sheet import Reporting, reporting
from flows.standing import Asker
from messages.notices.refusals import (
    OutOfDate,
    PersonUnknown,
    QuarterNotOpen,
    Refused,
    ReturnStands,
)
from rules.due_returns import is_active
from rules.lifecycle import NOT_SENT, TAKEN, Phase, is_late, may_send
from rules.permissions import Capability
from rules.quarters import Quarter
from rules.vocabulary import ReturnState, Role
from store import moves, returns, targets
from store.moves import MoveRecord
from store.returns import ReturnRecord
from store.targets import TargetRecord

ANSWERABLE = frozenset({Role.TARGET_LEAD, Role.BLOCK_PERFORMANCE_LEAD})
NotTaken = PersonUnknown | OutOfDate | QuarterNotOpen | ReturnStands | Refused


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at a target's return who may report it.

    `before` is the return as it stands, if any, and `back` how it was sent back, if it was.
    `late` when what is sent now counts as late, and `by_leave` when it comes by leave alone.
    """

    who: Asker
    one: Reporting
    before: ReturnRecord | None = None
    back: MoveRecord | None = None
    late: bool = False
    by_leave: bool = False


def sit_down(
    session: Session, slack_id: str, number: int, quarter: Quarter, now: datetime
) -> Desk | NotTaken:
    """Check afresh who it is, that the target stands, that they may, and that it is open."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    planned = cycle.of(session, quarter)
    target = targets.in_quarter(session, number, quarter, planned.local_day(now))
    if target is None:
        return OutOfDate()
    if not standing.allowed(who, Capability.SUBMIT_RETURN, target):
        return standing.refused(session, who, Capability.SUBMIT_RETURN, now, target)
    if not _in_force(target, quarter):
        return OutOfDate()
    before = returns.current(session, number, quarter)
    return _seated(session, who, planned, target, before, now)


def may_report(
    who: Asker,
    planned: Cycle,
    target: TargetRecord,
    before: ReturnRecord | None,
    now: datetime,
) -> bool:
    """Whether a person with the right to a target's return may send it in now."""
    if not _in_force(target, planned.quarter):
        return False
    leave = _has_time(who, planned, target, now) or standing.allowed(
        who, Capability.LATE_RETURN, target
    )
    return may_send(state_of(before), planned.phase(now), leave=leave)


def _in_force(target: TargetRecord, quarter: Quarter) -> bool:
    """Whether the target was not closed before the quarter, nor begins after it."""
    return is_active(quarter, target.active_from, target.active_to)


def state_of(record: ReturnRecord | None) -> ReturnState:
    """How a return stands; one that was imported or made by rule counts as not started."""
    if record is None or (record.submitted_by is None and record.state in TAKEN):
        return ReturnState.NOT_STARTED
    return record.state


def _seated(
    session: Session,
    who: Asker,
    planned: Cycle,
    target: TargetRecord,
    before: ReturnRecord | None,
    now: datetime,
) -> Desk | QuarterNotOpen | ReturnStands:
    state, phase = state_of(before), planned.phase(now)
    if not may_report(who, planned, target, before, now):
        if before is not None and state in TAKEN and phase is not Phase.FROZEN:
            return stands(session, target, before)
        return not_open(planned, now)
    in_time = phase is Phase.OPEN or _has_time(who, planned, target, now)
    was_late = before is not None and before.late
    return Desk(
        who,
        reporting(session, planned, target),
        before,
        _sent_back(session, before),
        is_late(state, was_late=was_late, in_time=in_time),
        by_leave=phase is not Phase.OPEN and (state in NOT_SENT or state is ReturnState.LAPSED),
    )


def _has_time(who: Asker, planned: Cycle, target: TargetRecord, now: datetime) -> bool:
    """Whether whoever answers for the target has more time, and it is they or their delegate."""
    person = lapsing.answerable(target)
    over = {target.ref, target.block}
    in_place = any(
        holding.delegated and holding.role in ANSWERABLE and holding.over in over
        for holding in who.holdings
    )
    return planned.has_more_time(person, now) and (person == who.number or in_place)


def _sent_back(session: Session, before: ReturnRecord | None) -> MoveRecord | None:
    if before is None or before.state is not ReturnState.SENT_BACK:
        return None
    return moves.last(session, before.target, before.quarter)


def stands(session: Session, target: TargetRecord, record: ReturnRecord) -> ReturnStands:
    """A return that was accepted or locked: by whom and when, or by the close itself."""
    moved = moves.last(session, record.target, record.quarter)
    known = moved is not None and (moved.version, moved.after) == (record.version, record.state)
    return ReturnStands(
        record.quarter,
        target.ref,
        target.title,
        record.state,
        moved.by if moved and known else None,
        moved.at if moved and known else None,
    )


def not_open(planned: Cycle, now: datetime) -> QuarterNotOpen:
    """The window is not open: when it will be, when it closed, or when the pack was frozen."""
    calendar, phase = planned.calendar, planned.phase(now)
    if phase is Phase.BEFORE:
        to_come = calendar.at(calendar.opens) > now
        return QuarterNotOpen(planned.quarter, calendar.opens if to_come else None)
    frozen = planned.done.get("publish") if phase is Phase.FROZEN else None
    return QuarterNotOpen(
        planned.quarter,
        closed=calendar.closes_at,
        late_until=planned.last_day_for_late if phase is Phase.CLOSED else None,
        frozen=planned.local_day(frozen) if frozen else None,
    )
