"""The ledger: every message that was due, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from store.tables import OutboxRow, OutboxState
from store.tables.delivery import Operation


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One message that was due, and what became of it."""

    key: str
    kind: str
    to_person: int | None
    to_channel: str | None
    due_at: datetime
    state: OutboxState
    channel: str | None
    ts: str | None
    error: str


def ledger(session: Session) -> tuple[LedgerLine, ...]:
    """Every message that was due, oldest first. Edits are no messages and are left out."""
    rows = session.exec(
        select(OutboxRow)
        .where(OutboxRow.operation == Operation.POST)
        .order_by(col(OutboxRow.due_at), col(OutboxRow.key))
    ).all()
    return tuple(
        LedgerLine(
            row.key,
            row.kind,
            row.to_person,
            row.to_channel,
            row.due_at,
            row.state,
            row.channel,
            row.ts,
            row.error,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One message that was due to a person, with what was last kept to be said in it."""

    key: str
    kind: str
    body: str
    to_person: int
    due_at: datetime


def said_to_people(session: Session, about: str) -> tuple[Said, ...]:
    """The messages to people whose key names something, such as a quarter's label, oldest first.

    A message in several parts is one.
    """
    rows = session.exec(
        select(OutboxRow)
        .where(
            OutboxRow.operation == Operation.POST,
            OutboxRow.part == 0,
            col(OutboxRow.key).contains(about, autoescape=True),
        )
        .order_by(col(OutboxRow.due_at), col(OutboxRow.key))
    )
    return tuple(
        Said(row.key, row.kind, row.body, row.to_person, row.due_at)
        for row in rows
        if row.to_person is not None
    )
