"""What stands in Slack at a place, and what stood there before it.

It owns finding the message behind a channel and a ts: its first part, whichever part was meant.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from store.tables import OutboxRow
from store.tables.delivery import Operation


@dataclass(frozen=True, slots=True)
class StandingMessage:
    """A message that stands: its newest words, whom it is for, when it was due and sent."""

    number: int
    key: str
    kind: str
    body: str
    to_person: int | None
    to_channel: str | None
    due_at: datetime
    sent_at: datetime


def standing_at(session: Session, channel: str, ts: str) -> StandingMessage | None:
    """The message that stands at a place, or none."""
    row = session.exec(
        select(OutboxRow).where(
            OutboxRow.ts == ts,
            OutboxRow.channel == channel,
            OutboxRow.operation == Operation.POST,
        )
    ).first()
    if row is not None and row.first_part is not None:
        row = session.get(OutboxRow, row.first_part)
    return None if row is None else _standing(row)


def before(
    session: Session, message: StandingMessage, containing: str, most: int
) -> tuple[StandingMessage, ...]:
    """What was sent to the same reader before a message, with these words in its key.

    The newest ones, oldest of them first; of a message in parts its first.
    """
    rows = session.exec(
        select(OutboxRow)
        .where(
            OutboxRow.to_person == message.to_person,
            OutboxRow.to_channel == message.to_channel,
            OutboxRow.operation == Operation.POST,
            col(OutboxRow.first_part).is_(None),
            col(OutboxRow.follows).is_(None),
            col(OutboxRow.sent_at) <= message.sent_at,
            OutboxRow.id != message.number,
            col(OutboxRow.key).contains(containing, autoescape=True),
        )
        .order_by(col(OutboxRow.sent_at).desc(), col(OutboxRow.id).desc())
        .limit(most)
    ).all()
    return tuple(_standing(row) for row in reversed(rows))


def _standing(row: OutboxRow) -> StandingMessage:
    return StandingMessage(
        row.id or 0,
        row.key,
        row.kind,
        row.body,
        row.to_person,
        row.to_channel,
        row.due_at,
        row.sent_at or row.due_at,
    )
