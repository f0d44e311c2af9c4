"""A return that is in is accepted, sent back, locked or reopened by somebody.

It owns this use case. What may be done is decided by `rules/lifecycle.py`, who may do it by
`rules/permissions.py`. A second press is told who did it and when.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from flows import accepting, cycle, lapsing, posting, standing
from flows.cycle import Cycle
from flows.open_window import request_key
from flows.sitting_down import not_open, stands
from flows.standing import Asker
from messages.notices.checking import ReturnMoved, ReturnMovedSince
from messages.notices.moves import ReturnSentBack
from messages.notices.refusals import (
    OutOfDate,
    PersonUnknown,
    QuarterNotOpen,
    Refused,
    ReturnStands,
)
from messages.notices.returns import ReturnsRequested
from rules.lifecycle import MADE_OF, NEEDS_REASON, Move, Phase, possible
from rules.permissions import Capability
from rules.quarters import Quarter
from rules.vocabulary import ReturnState
from store import audit, moves, returns, targets
from store.moves import MoveRecord
from store.returns import ReturnRecord
from store.targets import TargetRecord

RIGHT = {
    Move.ACCEPT: Capability.ACCEPT_RETURN,
    Move.SEND_BACK: Capability.ACCEPT_RETURN,
    Move.LOCK: Capability.LATE_RETURN,
    Move.REOPEN: Capability.LATE_RETURN,
}
SENT = frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.LOCKED})
NotMoved = PersonUnknown | Refused | OutOfDate | QuarterNotOpen | ReturnMovedSince | ReturnStands


@dataclass(frozen=True, slots=True)
class Named:
    """One version of a target's return, as a button names it."""

    target: int
    quarter: Quarter
    version: int


@dataclass(frozen=True, slots=True)
class Movable:
    """A return that this person may move on now, and the move it comes to."""

    who: Asker
    planned: Cycle
    target: TargetRecord
    record: ReturnRecord
    move: Move


@dataclass(frozen=True, slots=True)
class ReasonMissing:
    """It was to be sent back or reopened without saying why."""


def may_move(
    session: Session, slack_id: str, move: Move, named: Named, now: datetime
) -> Movable | NotMoved:
    """Whether a person may move a return on now; nothing changes but the audit of a refusal."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    planned = cycle.of(session, named.quarter)
    on = planned.local_day(now)
    target = targets.in_quarter(session, named.target, named.quarter, on)
    record = returns.current(session, named.target, named.quarter)
    if target is None or record is None:
        return OutOfDate()
    # After the close a return goes back by being reopened, whatever the button was called.
    closed = planned.phase(now) is Phase.CLOSED
    meant = Move.REOPEN if move is Move.SEND_BACK and closed else move
    if not standing.allowed(who, RIGHT[meant], target):
        return standing.refused(session, who, RIGHT[meant], now, target)
    if planned.phase(now) is Phase.FROZEN:
        return not_open(planned, now)
    if record.version != named.version or meant not in possible(record.state, planned.phase(now)):
        return _since(session, target, record, named)
    return Movable(who, planned, target, record, meant)


def move_on(
    session: Session, slack_id: str, move: Move, named: Named, why: str, now: datetime
) -> ReturnMoved | ReasonMissing | NotMoved:
    """Move a return on, and tell whoever must do something about it."""
    found = may_move(session, slack_id, move, named, now)
    if not isinstance(found, Movable):
        return found
    reason = why.strip()
    if found.move in NEEDS_REASON and not reason:
        return ReasonMissing()
    if not _keep(session, found, reason, now):
        again = may_move(session, slack_id, move, named, now)
        return OutOfDate() if isinstance(again, Movable) else again
    if MADE_OF[found.move] is ReturnState.SENT_BACK:
        _ask_again(session, found, reason, now)
    accepting.show(session, named.quarter, now)
    told = _told(found) if MADE_OF[found.move] is ReturnState.SENT_BACK else ()
    target = found.target
    return ReturnMoved(named.quarter, target.ref, target.title, found.move, told)


def _keep(session: Session, found: Movable, why: str, now: datetime) -> bool:
    record, after = found.record, MADE_OF[found.move]
    if not returns.move_one(session, record, after):
        return False
    kept = MoveRecord(
        record.target,
        record.quarter,
        record.version,
        record.state,
        after,
        found.who.number,
        now,
        why,
    )
    moves.keep(session, kept)
    audit.record(
        session,
        at=now,
        actor=found.who.number,
        action=f"{found.move.value.replace('_', ' ')} return",
        subject=f"{found.target.ref}:{record.quarter.label}:v{record.version}",
        before={"state": record.state},
        after={"state": after, "why": why},
    )
    return True


def _since(
    session: Session, target: TargetRecord, record: ReturnRecord, named: Named
) -> OutOfDate | ReturnMovedSince | ReturnStands:
    """What became of a return since somebody looked: moved on, or sent in anew."""
    if record.version > named.version and record.submitted_by is not None:
        return ReturnMovedSince(
            record.quarter,
            target.ref,
            target.title,
            ReturnState.SUBMITTED,
            record.submitted_by,
            record.submitted_at,
        )
    if record.state in {ReturnState.ACCEPTED, ReturnState.LOCKED}:
        return stands(session, target, record)
    last = moves.last(session, record.target, record.quarter)
    if last is None or last.after is not record.state or record.version != named.version:
        return OutOfDate()
    return ReturnMovedSince(
        record.quarter, target.ref, target.title, last.after, last.by, last.at, last.why
    )


def _told(found: Movable) -> tuple[int, ...]:
    """Whoever answers for the target, and whoever sent the return in."""
    people = {lapsing.answerable(found.target), found.record.submitted_by}
    return tuple(sorted(person for person in people if person is not None))


def _ask_again(session: Session, found: Movable, why: str, now: datetime) -> None:
    planned, target, record = found.planned, found.target, found.record
    is_open = planned.phase(now) is Phase.OPEN
    notice = ReturnSentBack(
        quarter=record.quarter,
        number=target.number,
        ref=target.ref,
        title=target.title,
        by=found.who.number,
        why=why,
        reopened=found.move is Move.REOPEN,
        closes=planned.calendar.closes_at if is_open else None,
        last_day=planned.last_day_for_late,
    )
    for person in _told(found):
        subject = f"{target.ref}:v{record.version}"
        key = posting.person_key("sent-back", record.quarter, person, subject)
        posting.to_person(session, key, notice, person, due_at=now, now=now)
    _untick(session, found, now)


def _untick(session: Session, found: Movable, now: datetime) -> None:
    """Show the target as open again in the message that asked for it, while that is open."""
    person = lapsing.answerable(found.target)
    key = request_key(found.planned.quarter, person or 0)
    asked = posting.said(session, key)
    if not isinstance(asked, ReturnsRequested) or asked.closed:
        return
    listed = tuple(
        replace(one, done=None) if one.number == found.target.number else one
        for one in asked.targets
    )
    posting.anew(session, key, replace(asked, targets=listed), now=now)
