"""Escalations as the runs left them, and sponsors' acknowledgements.

It owns these rows. It must not decide an event: `rules/escalation.py` does.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent, EscalationState
from store.tables import EscalationQuarterRow, EscalationRow


@dataclass(frozen=True, slots=True)
class EscalationRecord:
    """An escalation in one quarter. `number` is the escalation's, `target` its target's.

    `told_under` is the key of the message its sponsor got.
    """

    number: int
    target: int
    streak_start: Quarter
    quarter: Quarter
    event: EscalationEvent
    streak: int
    state: EscalationState
    told_under: str
    acknowledged_by: int | None
    acknowledged_at: datetime | None
    note: str


def in_quarter(
    session: Session, quarter: Quarter, number: int | None = None
) -> tuple[EscalationRecord, ...]:
    """What the quarter's run said of each escalation, or of the one with a number."""
    query = (
        select(EscalationRow, EscalationQuarterRow)
        .join(
            EscalationQuarterRow, col(EscalationQuarterRow.escalation_id) == col(EscalationRow.id)
        )
        .where(EscalationQuarterRow.quarter == quarter)
        .order_by(col(EscalationRow.id))
    )
    if number is not None:
        query = query.where(EscalationRow.id == number)
    return tuple(_record(escalation, said) for escalation, said in session.exec(query))


def find(session: Session, number: int, quarter: Quarter) -> EscalationRecord | None:
    """One escalation in a quarter, or none."""
    return next(iter(in_quarter(session, quarter, number)), None)


def keep(
    session: Session,
    target: int,
    streak_start: Quarter,
    opened_in: Quarter,
    *,
    quarter: Quarter,
    event: EscalationEvent,
    streak: int,
) -> int:
    """Keep what a run said of an escalation; running again changes nothing. Its number."""
    row = session.exec(
        select(EscalationRow).where(
            EscalationRow.target_id == target, EscalationRow.streak_start == streak_start
        )
    ).first() or EscalationRow(
        target_id=target,
        streak_start=streak_start,
        opened_in=opened_in,
        state=EscalationState.AWAITING_ACK,
    )
    _move(row, event, quarter)
    session.add(row)
    session.flush()
    said = _said(session, row.id or 0, quarter) or EscalationQuarterRow(
        escalation_id=row.id or 0, quarter=quarter, event=event, streak=streak
    )
    said.event, said.streak = event, streak
    session.add(said)
    session.flush()
    return row.id or 0


def told(session: Session, number: int, quarter: Quarter, key: str) -> None:
    """Remember under which key the sponsor was told."""
    said = _said(session, number, quarter)
    if said is not None:
        said.told_under = key
        session.add(said)
        session.flush()


def acknowledge(
    session: Session, number: int, quarter: Quarter, *, by: int, at: datetime, note: str
) -> None:
    """Keep a sponsor's acknowledgement of a quarter's escalation."""
    said = _said(session, number, quarter)
    if said is None:
        raise LookupError(f"Escalation {number} was not raised in {quarter}.")
    said.acknowledged_by, said.acknowledged_at, said.note = by, at, note
    session.get_one(EscalationRow, number).state = EscalationState.ACKNOWLEDGED
    session.add(said)
    session.flush()


def _said(session: Session, number: int, quarter: Quarter) -> EscalationQuarterRow | None:
    return session.exec(
        select(EscalationQuarterRow).where(
            EscalationQuarterRow.escalation_id == number, EscalationQuarterRow.quarter == quarter
        )
    ).first()


def _move(row: EscalationRow, event: EscalationEvent, quarter: Quarter) -> None:
    ended = {
        EscalationEvent.RESOLVED: EscalationState.RESOLVED,
        EscalationEvent.WITHDRAWN: EscalationState.WITHDRAWN,
    }
    if event in ended:
        row.state, row.closed_in = ended[event], quarter
    elif event.asks_sponsor:
        row.state, row.closed_in = EscalationState.AWAITING_ACK, None


def _record(row: EscalationRow, said: EscalationQuarterRow) -> EscalationRecord:
    return EscalationRecord(
        row.id or 0,
        row.target_id,
        row.streak_start,
        said.quarter,
        said.event,
        said.streak,
        row.state,
        said.told_under,
        said.acknowledged_by,
        said.acknowledged_at,
        said.note,
    )
