"""Where people accept by hand: the list of what is in, kept true, and all of it accepted at once.

It owns the list in the central channel and this one press. One return is accepted in
`flows/moving.py`.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import cycle, lines, posting, standing
from flows.cycle import Cycle
from flows.places import CENTRAL
from flows.sitting_down import not_open
from messages.notices.checking import AllAccepted
from messages.notices.common import TargetLine
from messages.notices.moves import ReturnsToAccept
from messages.notices.refusals import PersonUnknown, QuarterNotOpen, Refused
from rules.lifecycle import Phase
from rules.permissions import Capability
from rules.quarters import Quarter
from rules.vocabulary import ReturnState
from store import audit, moves, returns, targets
from store.moves import MoveRecord
from store.returns import ReturnRecord
from store.targets import TargetRecord


def to_accept_key(quarter: Quarter) -> str:
    """The key of the central channel's list of what waits to be accepted."""
    return posting.key("to-accept", quarter)


def ask(session: Session, planned: Cycle, now: datetime, *, due_at: datetime) -> None:
    """Give the central team the list of what is in and waits for them."""
    listed = waiting(session, planned, now)
    if listed:
        notice = ReturnsToAccept(planned.quarter, listed, planned.calendar.escalation_run)
        key = to_accept_key(planned.quarter)
        posting.to_channel(session, key, notice, CENTRAL, due_at=due_at, now=now)


def show(session: Session, quarter: Quarter, now: datetime) -> None:
    """Say the list anew as it stands, if one was given."""
    key = to_accept_key(quarter)
    told = posting.said(session, key)
    if isinstance(told, ReturnsToAccept):
        listed = waiting(session, cycle.of(session, quarter), now)
        posting.anew(session, key, replace(told, waiting=listed), now=now)


def accept_all(
    session: Session, slack_id: str, quarter: Quarter, now: datetime
) -> AllAccepted | QuarterNotOpen | Refused | PersonUnknown:
    """Accept everything that is in and theirs to accept. Again, it says who did, and when."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.ACCEPT_RETURN):
        return standing.refused(session, who, Capability.ACCEPT_RETURN, now)
    planned = cycle.of(session, quarter)
    if planned.phase(now) in {Phase.BEFORE, Phase.FROZEN}:
        return not_open(planned, now)
    accepted = [
        target
        for target, record in _in(session, planned, now)
        if standing.allowed(who, Capability.ACCEPT_RETURN, target)
        and _accept(session, record, who.number, now)
    ]
    if not accepted:
        return _before(session, quarter)
    audit.record(
        session,
        at=now,
        actor=who.number,
        action="accept all returns",
        subject=quarter.label,
        after={"accepted": [target.ref for target in accepted]},
    )
    _show_done(session, planned, who.number, now)
    return AllAccepted(quarter, len(accepted), who.number, now)


def _accept(session: Session, one: ReturnRecord, by: int, now: datetime) -> bool:
    if not returns.move_one(session, one, ReturnState.ACCEPTED):
        return False
    kept = MoveRecord(
        one.target, one.quarter, one.version, one.state, ReturnState.ACCEPTED, by, now
    )
    moves.keep(session, kept)
    return True


def _before(session: Session, quarter: Quarter) -> AllAccepted:
    """Nothing waits: who accepted all of it before, where that is known."""
    told = posting.said(session, to_accept_key(quarter))
    if isinstance(told, ReturnsToAccept):
        return AllAccepted(quarter, 0, told.by, told.at)
    return AllAccepted(quarter, 0, None, None)


def _show_done(session: Session, planned: Cycle, by: int, now: datetime) -> None:
    key = to_accept_key(planned.quarter)
    told = posting.said(session, key)
    if isinstance(told, ReturnsToAccept):
        left = waiting(session, planned, now)
        done = replace(told, waiting=left, by=None if left else by, at=None if left else now)
        posting.anew(session, key, done, now=now)


def waiting(session: Session, planned: Cycle, now: datetime) -> tuple[TargetLine, ...]:
    """The targets whose return is in and waits for the central team."""
    return tuple(lines.target_line(target) for target, _ in _in(session, planned, now))


def _in(
    session: Session, planned: Cycle, now: datetime
) -> tuple[tuple[TargetRecord, ReturnRecord], ...]:
    """Every return that is in and not accepted, with its target."""
    there = returns.in_quarter(session, planned.quarter)
    not_taken = {n: one for n, one in there.items() if one.state is ReturnState.SUBMITTED}
    if not not_taken:
        return ()
    on = planned.local_day(now)
    programme = targets.programme(session, planned.quarter, on, not_taken)
    return tuple((target, not_taken[target.number]) for target in programme)
