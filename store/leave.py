"""Leave: who is away when, and who answers in their place.

It owns keeping and reading it. A person has one leave that is not over at a time; it must not
judge whether one can be (`rules/leave.py`).
"""

from datetime import date

from sqlmodel import Session, col, select

from rules.leave import Leave
from store.tables import Leave as LeaveRow
from store.tables import Person


def not_over(session: Session, on: date) -> tuple[Leave, ...]:
    """Everybody's leave that is not over on a day, the next to begin first."""
    rows = session.exec(
        select(LeaveRow)
        .where(col(LeaveRow.ends) >= on)
        .order_by(col(LeaveRow.starts), col(LeaveRow.id))
    )
    return tuple(_leave(row) for row in rows)


def of(session: Session, person: int, on: date) -> tuple[Leave, ...]:
    """A person's leave that is not over on a day, the next to begin first."""
    rows = session.exec(
        select(LeaveRow)
        .where(LeaveRow.person_id == person, col(LeaveRow.ends) >= on)
        .order_by(col(LeaveRow.starts), col(LeaveRow.id))
    )
    return tuple(_leave(row) for row in rows)


def handed_to(session: Session, delegate: int, on: date) -> tuple[Leave, ...]:
    """The leave on a day of those in whose place somebody answers; active people only."""
    rows = session.exec(
        select(LeaveRow)
        .join(Person, col(Person.id) == col(LeaveRow.person_id))
        .where(
            LeaveRow.delegate_id == delegate,
            col(LeaveRow.starts) <= on,
            col(LeaveRow.ends) >= on,
            Person.active,
        )
        .order_by(col(LeaveRow.person_id))
    )
    return tuple(_leave(row) for row in rows)


def keep(session: Session, person: int, leave: Leave | None, on: date) -> None:
    """Let this be a person's one leave that is not over on a day; none where they are back."""
    rows = session.exec(
        select(LeaveRow).where(LeaveRow.person_id == person, col(LeaveRow.ends) >= on)
    ).all()
    for row in rows:
        session.delete(row)
    session.flush()
    if leave is not None:
        session.add(
            LeaveRow(
                person_id=person,
                starts=leave.starts,
                ends=leave.ends,
                delegate_id=leave.delegate,
            )
        )
    session.flush()


def _leave(row: LeaveRow) -> Leave:
    return Leave(row.person_id, row.starts, row.ends, row.delegate_id)
