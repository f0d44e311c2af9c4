"""A return that was sent, as its form would hold it, so that a change starts from what was said.

It owns this one translation.
"""

from sqlmodel import Session

from flows.sheet import Reporting
from rules.answers import CommentaryAnswer, FigureAnswer
from rules.figures import as_typed
from rules.vocabulary import ProposalState, Status
from store import proposals
from store.proposals import ProposalRecord
from store.returns import ReturnRecord


def reported_figure(one: Reporting) -> FigureAnswer | None:
    """The first step of the return as it stands, or none."""
    record = one.standing
    if record is None:
        return None
    return FigureAnswer(
        figure=as_typed(record.actual) if record.actual is not None else "",
        no_figure=record.actual is None and record.computed_status is Status.NO_DATA,
        disputed=record.disputed,
        source=record.data_source,
        as_at=record.data_as_at,
        quality_confirmed=record.quality_confirmed,
    )


def reported_commentary(session: Session, one: Reporting) -> CommentaryAnswer | None:
    """The second step of the return as it stands. Its actions and risks are in the registers."""
    record = one.standing
    if record is None:
        return None
    proposal = _proposal(session, record)
    return CommentaryAnswer(
        cause=record.cause,
        reason=record.reason,
        reason_text=record.reason_text,
        expected_on=record.expected_on,
        significant_concern=record.significant_concern,
        grant=record.grant_expectation,
        proposed=proposal.proposed if proposal else None,
        proposed_reason=proposal.reason if proposal else "",
        evidence=record.evidence,
    )


def _proposal(session: Session, record: ReturnRecord) -> ProposalRecord | None:
    """The proposal that came with the return; one agreed to was made with the version before."""
    made = proposals.of_version(session, record.target, record.quarter, record.version)
    if made is not None and made.state is not ProposalState.DECLINED:
        return made
    before = proposals.of_version(session, record.target, record.quarter, record.version - 1)
    return before if before and before.state is ProposalState.AGREED else None
