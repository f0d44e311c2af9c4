"""Another colour than the computed one, as it comes with a return (specification §4).

It owns keeping proposals and telling the central team of those that wait. What stands after a
proposal is decided by `rules/override.py`; agreeing is in `flows/decide_colour.py`.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import lines, posting
from flows.places import CENTRAL
from flows.sitting_down import Desk
from messages.notices.proposals import ColourProposed
from rules.answers import CommentaryAnswer
from rules.quarters import Quarter
from rules.vocabulary import ProposalState, Status
from store import audit, proposals
from store.proposals import ProposalRecord
from store.returns import ReturnRecord


def proposed_key(quarter: Quarter, proposal: int) -> str:
    """The key of the central channel's message about a proposal."""
    return posting.key("colour", quarter, proposal)


def with_return(
    session: Session,
    desk: Desk,
    record: ReturnRecord,
    proposed: Status | None,
    answer: CommentaryAnswer,
    now: datetime,
) -> None:
    """Keep the colour proposed with a version of a return; it overtakes what waited before."""
    overtake(session, record.target, record.quarter, now)
    if proposed is None or record.computed_status is None:
        return
    at_once = record.status is proposed
    made = ProposalRecord(
        record.target,
        record.quarter,
        record.version,
        proposed,
        record.computed_status,
        answer.proposed_reason,
        desk.who.number,
        now,
        ProposalState.TAKEN if at_once else ProposalState.WAITING,
    )
    number = proposals.make(session, made)
    audit.record(
        session,
        at=now,
        actor=desk.who.number,
        action="propose colour",
        subject=f"{desk.one.target.ref}:{record.quarter.label}:v{record.version}",
        after=made,
    )
    if not at_once:
        _ask_central(session, desk, record, replace(made, number=number), now)


def overtake(session: Session, target: int, quarter: Quarter, now: datetime) -> None:
    """What waits for a target is overtaken: a later version of its return came in."""
    for old in proposals.waiting(session, target, quarter):
        proposals.settle(session, old.number, ProposalState.OVERTAKEN, by=None, at=now)
        audit.record(
            session,
            at=now,
            rule="later version",
            action="overtake colour",
            subject=f"proposal {old.number}",
            before=old.state,
            after=ProposalState.OVERTAKEN,
        )
        show(session, quarter, old.number, now)


def show(session: Session, quarter: Quarter, number: int, now: datetime) -> None:
    """Say in the central channel's message what came of a proposal."""
    key, kept = proposed_key(quarter, number), proposals.find(session, number)
    said = posting.said(session, key)
    if kept is None or not isinstance(said, ColourProposed):
        return
    notice = replace(
        said,
        state=kept.state,
        decided_by=kept.decided_by,
        decided_at=kept.decided_at,
        decision=kept.decision,
    )
    posting.anew(session, key, notice, now=now)


def _ask_central(
    session: Session, desk: Desk, record: ReturnRecord, made: ProposalRecord, now: datetime
) -> None:
    target = desk.one.target
    notice = ColourProposed(
        quarter=record.quarter,
        proposal=made.number,
        number=target.number,
        ref=target.ref,
        title=target.title,
        computed=made.computed,
        proposed=made.proposed,
        figure=desk.one.figure(record.actual),
        expected=lines.expected(target, record),
        by=made.proposed_by,
        reason=made.reason,
        cause=record.cause,
    )
    key = proposed_key(record.quarter, made.number)
    posting.to_channel(session, key, notice, CENTRAL, due_at=now, now=now)
