"""What somebody may do about a target's return from where they look at it.

It owns gathering these for answers with buttons. The doing checks all of it again.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import lapsing, owing, standing
from flows.cycle import Cycle
from flows.moving import RIGHT
from flows.sitting_down import may_report
from flows.standing import Asker
from rules.lifecycle import Move, Phase, possible
from rules.permissions import Capability
from rules.vocabulary import ReturnState
from store import moves
from store.returns import ReturnRecord
from store.targets import TargetRecord

IN = frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.LOCKED})


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody may do: moves, giving time, reporting; and how the return stands for them."""

    moves: tuple[Move, ...] = ()
    extend: int | None = None
    state: ReturnState | None = None
    back_because: str = ""
    version: int = 1
    can_report: bool = False


def of(
    session: Session,
    who: Asker,
    planned: Cycle,
    target: TargetRecord,
    record: ReturnRecord | None,
    now: datetime,
) -> Choices:
    """What somebody may do about a target's return of the quarter now."""
    state = record.state if record else None
    if not owing.requested(target, planned.quarter):
        return Choices()
    sees_all = standing.allowed(who, Capability.SEE_DRAFTS, target)
    return Choices(
        _moves(who, planned, target, record, now),
        _extend(who, planned, target, state, now),
        state if sees_all else None,
        _because(session, record) if sees_all else "",
        record.version if record else 1,
        standing.allowed(who, Capability.SUBMIT_RETURN, target)
        and may_report(who, planned, target, record, now),
    )


def _moves(
    who: Asker, planned: Cycle, target: TargetRecord, record: ReturnRecord | None, now: datetime
) -> tuple[Move, ...]:
    found = possible(record.state, planned.phase(now)) if record else ()
    return tuple(move for move in found if standing.allowed(who, RIGHT[move], target))


def _extend(
    who: Asker, planned: Cycle, target: TargetRecord, state: ReturnState | None, now: datetime
) -> int | None:
    """Whoever answers for the target, where it is not in and they may still be given time."""
    runs = planned.phase(now) in {Phase.OPEN, Phase.CLOSED}
    right = standing.allowed(who, Capability.LATE_RETURN, target)
    return lapsing.answerable(target) if runs and right and state not in IN else None


def _because(session: Session, record: ReturnRecord | None) -> str:
    if record is None or record.state is not ReturnState.SENT_BACK:
        return ""
    moved = moves.last(session, record.target, record.quarter)
    return moved.why if moved else ""
