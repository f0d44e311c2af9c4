"""The central team agrees to a better colour that a lead proposed, or keeps the computed one.

It owns these use cases. Agreeing keeps a new version of the return; who proposed it is told.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from flows import cycle, posting, receipt, standing
from flows.propose import show
from flows.reconsider import reconsider
from messages.notices.proposals import ColourDecided
from messages.notices.refusals import (
    ColourAlreadyDecided,
    ColourTooLate,
    OutOfDate,
    PersonUnknown,
    Refused,
)
from rules.permissions import Capability
from rules.quarters import Quarter
from rules.vocabulary import ProposalState, QuarterState, Status, StatusBasis
from store import audit, proposals, returns, targets
from store.proposals import ProposalRecord
from store.returns import ReturnRecord
from store.targets import TargetRecord

TOO_LATE = frozenset({QuarterState.FROZEN, QuarterState.PUBLISHED})
NotDecided = PersonUnknown | Refused | OutOfDate | ColourAlreadyDecided | ColourTooLate


@dataclass(frozen=True, slots=True)
class Deciding:
    """A proposal this person may decide now, with the return it was made with."""

    proposal: ProposalRecord
    target: TargetRecord
    record: ReturnRecord
    by: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is kept, and the colour that stands by it."""

    quarter: Quarter
    ref: str
    title: str
    stands: Status
    agreed: bool


def may_decide(
    session: Session, slack_id: str, number: int, quarter: Quarter, now: datetime
) -> Deciding | NotDecided:
    """Whether a person may decide a proposal now, with nothing changed but a refusal's audit."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    found = proposals.find(session, number)
    target = _target(session, found, now) if found and found.quarter == quarter else None
    if found is None or target is None:
        return OutOfDate()
    if not standing.allowed(who, Capability.AGREE_BETTER_COLOUR, target):
        return standing.refused(session, who, Capability.AGREE_BETTER_COLOUR, now, target)
    record = returns.in_quarter(session, quarter).get(target.number)
    over = _over(session, found, target, record)
    if over is not None or record is None:
        return over or OutOfDate()
    return Deciding(found, target, record, who.number)


def _over(
    session: Session, found: ProposalRecord, target: TargetRecord, record: ReturnRecord | None
) -> ColourAlreadyDecided | ColourTooLate | None:
    """What keeps a proposal from being decided any more, or nothing."""
    if found.state is not ProposalState.WAITING:
        return _already(found, target, found.state, found.decided_at)
    if record is None or record.version != found.version:
        # A version that came otherwise than by the form has overtaken this all the same.
        return _already(found, target, ProposalState.OVERTAKEN, None)
    if cycle.of(session, found.quarter).record.state in TOO_LATE:
        return ColourTooLate(found.quarter, target.ref, target.title, record.status)
    return None


def agree(
    session: Session, slack_id: str, number: int, quarter: Quarter, now: datetime
) -> Decided | NotDecided:
    """Agree to a better colour: it stands from now on, in a version of its own."""
    found = may_decide(session, slack_id, number, quarter, now)
    if not isinstance(found, Deciding):
        return found
    agreed = replace(
        found.record,
        status=found.proposal.proposed,
        basis=StatusBasis.OVERRIDE,
        reason=None,
        reason_text="",
        expected_on=None,
        submitted_at=now,
        why=f"The central team agreed to another colour. The reason given: {found.proposal.reason}",
    )
    returns.keep(session, agreed)
    _settle(session, found, ProposalState.AGREED, "", agreed, now)
    receipt.tick_off(session, _answerable(found), agreed, now)
    # A colour that changes after the escalation run may end an escalation, or begin none.
    reconsider(session, cycle.of(session, quarter), found.target.number, now)
    return _done(found, agreed.status, agreed=True)


def keep_computed(
    session: Session, slack_id: str, number: int, quarter: Quarter, why: str, now: datetime
) -> Decided | NotDecided:
    """Keep the computed colour, with the reason the lead is told."""
    found = may_decide(session, slack_id, number, quarter, now)
    if not isinstance(found, Deciding):
        return found
    _settle(session, found, ProposalState.DECLINED, why, found.record, now)
    return _done(found, found.record.status, agreed=False)


def _already(
    found: ProposalRecord, target: TargetRecord, state: ProposalState, at: datetime | None
) -> ColourAlreadyDecided:
    return ColourAlreadyDecided(
        found.quarter, target.ref, target.title, found.proposed, state, at, found.decided_by
    )


def _target(session: Session, found: ProposalRecord, now: datetime) -> TargetRecord | None:
    on = cycle.today(session, now)
    return targets.in_quarter(session, found.target, found.quarter, on)


def _settle(
    session: Session,
    found: Deciding,
    state: ProposalState,
    why: str,
    after: ReturnRecord,
    now: datetime,
) -> None:
    proposal = found.proposal
    proposals.settle(session, proposal.number, state, by=found.by, at=now, decision=why)
    agreed = state is ProposalState.AGREED
    audit.record(
        session,
        at=now,
        actor=found.by,
        action="agree colour" if agreed else "keep computed colour",
        subject=f"{found.target.ref}:{proposal.quarter.label}:proposal {proposal.number}",
        before=found.record,
        after=after if agreed else {"state": state, "why": why},
    )
    show(session, proposal.quarter, proposal.number, now)
    _tell(session, found, why, now, agreed=agreed)


def _tell(session: Session, found: Deciding, why: str, now: datetime, *, agreed: bool) -> None:
    proposal, target = found.proposal, found.target
    notice = ColourDecided(
        proposal.quarter,
        target.number,
        target.ref,
        target.title,
        proposal.computed,
        proposal.proposed,
        agreed=agreed,
        by=found.by,
        at=now,
        decision=why,
    )
    for person in sorted({proposal.proposed_by, target.lead or proposal.proposed_by}):
        key = posting.person_key("colour", proposal.quarter, person, proposal.number)
        posting.to_person(session, key, notice, person, due_at=now, now=now)


def _answerable(found: Deciding) -> int:
    target = found.target
    return target.lead or target.performance_lead or found.proposal.proposed_by


def _done(found: Deciding, stands: Status, *, agreed: bool) -> Decided:
    target = found.target
    return Decided(found.proposal.quarter, target.ref, target.title, stands, agreed)
