"""What people did to returns that were in: accepted, sent back, locked, reopened.

It owns these rows, which only grow. It must not decide what may be done.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from rules.vocabulary import ReturnState
from store.tables import ReturnMoveRow


@dataclass(frozen=True, slots=True)
class MoveRecord:
    """One move of one version of a return. `by` is a person's number."""

    target: int
    quarter: Quarter
    version: int
    before: ReturnState
    after: ReturnState
    by: int
    at: datetime
    why: str = ""


def keep(session: Session, record: MoveRecord) -> None:
    """Keep a move for good."""
    session.add(
        ReturnMoveRow(
            target_id=record.target,
            quarter=record.quarter,
            version=record.version,
            before=record.before,
            after=record.after,
            why=record.why,
            moved_by=record.by,
            moved_at=record.at,
        )
    )
    session.flush()


def of_return(session: Session, target: int, quarter: Quarter) -> tuple[MoveRecord, ...]:
    """Every move of a target's return in a quarter, oldest first."""
    rows = session.exec(
        select(ReturnMoveRow)
        .where(ReturnMoveRow.target_id == target, ReturnMoveRow.quarter == quarter)
        .order_by(col(ReturnMoveRow.id))
    )
    return tuple(_record(row) for row in rows)


def last(session: Session, target: int, quarter: Quarter) -> MoveRecord | None:
    """The latest move of a target's return in a quarter, or none."""
    found = of_return(session, target, quarter)
    return found[-1] if found else None


def sent_back(session: Session, quarter: Quarter) -> dict[int, MoveRecord]:
    """The latest time each target's return was sent back in a quarter, by target."""
    rows = session.exec(
        select(ReturnMoveRow)
        .where(ReturnMoveRow.quarter == quarter, ReturnMoveRow.after == ReturnState.SENT_BACK)
        .order_by(col(ReturnMoveRow.id))
    )
    return {row.target_id: _record(row) for row in rows}


def _record(row: ReturnMoveRow) -> MoveRecord:
    return MoveRecord(
        row.target_id,
        row.quarter,
        row.version,
        row.before,
        row.after,
        row.moved_by,
        row.moved_at,
        row.why,
    )
