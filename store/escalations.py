"""Escalations as the runs left them, and sponsors' acknowledgements.

It owns these rows. It must not decide an event: `rules/escalation.py` does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
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


@dataclass(frozen=True, slots=True)
class Said:
    """What a run says of a target: its poor run since `streak_start`, escalated in `opened_in`."""

    target: int
    streak_start: Quarter
    opened_in: Quarter
    event: EscalationEvent
    streak: int


def keep(session: Session, quarter: Quarter, run: Iterable[Said]) -> None:
    """Keep what a quarter's run said, all at once; running again changes nothing."""
    said = tuple(run)
    standing = {
        (row.target_id, row.streak_start): row for row in session.exec(select(EscalationRow))
    }
    for one in said:
        row = standing.setdefault(
            (one.target, one.streak_start),
            EscalationRow(
                target_id=one.target,
                streak_start=one.streak_start,
                opened_in=one.opened_in,
                state=EscalationState.AWAITING_ACK,
            ),
        )
        _move(row, one.event, quarter)
        session.add(row)
    session.flush()
    _keep_quarter(session, quarter, said, standing)


def _keep_quarter(
    session: Session,
    quarter: Quarter,
    said: tuple[Said, ...],
    standing: dict[tuple[int, Quarter], EscalationRow],
) -> None:
    rows = session.exec(select(EscalationQuarterRow).where(EscalationQuarterRow.quarter == quarter))
    there = {row.escalation_id: row for row in rows}
    for one in said:
        number = standing[one.target, one.streak_start].id or 0
        row = there.get(number) or EscalationQuarterRow(
            escalation_id=number, quarter=quarter, event=one.event, streak=one.streak
        )
        row.event, row.streak = one.event, one.streak
        session.add(row)
    session.flush()


def told(session: Session, quarter: Quarter, keys: Mapping[int, str]) -> None:
    """Remember under which key each escalation's sponsor was told."""
    rows = session.exec(select(EscalationQuarterRow).where(EscalationQuarterRow.quarter == quarter))
    for row in rows:
        if row.escalation_id in keys:
            row.told_under = keys[row.escalation_id]
            session.add(row)
    session.flush()


def acknowledge(
    session: Session, number: int, quarter: Quarter, *, by: int, at: datetime, note: str
) -> bool:
    """Keep a sponsor's acknowledgement of a quarter's escalation. False when one stands."""
    first = session.exec(
        update(EscalationQuarterRow)
        .where(
            col(EscalationQuarterRow.escalation_id) == number,
            col(EscalationQuarterRow.quarter) == quarter,
            col(EscalationQuarterRow.acknowledged_at).is_(None),
        )
        .values(acknowledged_by=by, acknowledged_at=at, note=note)
        .execution_options(synchronize_session=False)
    )
    if first.rowcount != 1:
        return False
    session.get_one(EscalationRow, number).state = EscalationState.ACKNOWLEDGED
    session.flush()
    return True


def ask_again(session: Session, number: int, quarter: Quarter) -> None:
    """Forget an acknowledgement: what it was of was withdrawn, and stands again."""
    session.exec(
        update(EscalationQuarterRow)
        .where(
            col(EscalationQuarterRow.escalation_id) == number,
            col(EscalationQuarterRow.quarter) == quarter,
        )
        .values(acknowledged_by=None, acknowledged_at=None, note="")
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


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
