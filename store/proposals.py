"""Colours that leads propose in place of the computed ones, and what came of them.

It owns these rows. It must not say what stands after a proposal: `rules/override.py` does.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from rules.vocabulary import ProposalState, Status
from store.tables import Proposal


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """A proposed colour. `version` is that of the return it was made with; people are numbers."""

    target: int
    quarter: Quarter
    version: int
    proposed: Status
    computed: Status
    reason: str
    proposed_by: int
    proposed_at: datetime
    state: ProposalState
    decided_by: int | None = None
    decided_at: datetime | None = None
    decision: str = ""
    number: int = 0


PLAIN_FIELDS = tuple(name for name in ProposalRecord.__slots__ if name not in {"target", "number"})


def make(session: Session, record: ProposalRecord) -> int:
    """Keep a proposal; its number."""
    values = {name: getattr(record, name) for name in PLAIN_FIELDS}
    row = Proposal(target_id=record.target, **values)
    session.add(row)
    session.flush()
    return row.id or 0


def find(session: Session, number: int) -> ProposalRecord | None:
    """A proposal by its number, or none."""
    row = session.get(Proposal, number)
    return None if row is None else _record(row)


def waiting(session: Session, target: int, quarter: Quarter) -> tuple[ProposalRecord, ...]:
    """The proposals of a target's quarter that still wait, oldest first."""
    rows = session.exec(
        select(Proposal)
        .where(
            Proposal.target_id == target,
            Proposal.quarter == quarter,
            Proposal.state == ProposalState.WAITING,
        )
        .order_by(col(Proposal.id))
    )
    return tuple(_record(row) for row in rows)


def targets_waiting(session: Session, quarter: Quarter) -> frozenset[int]:
    """The targets with a proposal of a quarter that still waits, by number."""
    rows = session.exec(
        select(Proposal.target_id).where(
            Proposal.quarter == quarter, Proposal.state == ProposalState.WAITING
        )
    )
    return frozenset(rows)


def of_version(
    session: Session, target: int, quarter: Quarter, version: int
) -> ProposalRecord | None:
    """The proposal made with one version of a return, or none."""
    row = session.exec(
        select(Proposal).where(
            Proposal.target_id == target,
            Proposal.quarter == quarter,
            Proposal.version == version,
        )
    ).first()
    return None if row is None else _record(row)


def settle(
    session: Session,
    number: int,
    state: ProposalState,
    *,
    by: int | None,
    at: datetime,
    decision: str = "",
) -> bool:
    """Say what came of a proposal that waits. False when it waits no longer."""
    row = session.get(Proposal, number)
    if row is None or row.state is not ProposalState.WAITING:
        return False
    row.state, row.decided_by, row.decided_at, row.decision = state, by, at, decision
    session.add(row)
    session.flush()
    return True


def _record(row: Proposal) -> ProposalRecord:
    values = {name: getattr(row, name) for name in PLAIN_FIELDS}
    return ProposalRecord(target=row.target_id, number=row.id or 0, **values)
