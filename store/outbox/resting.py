"""Messages that rest until their person's morning: nobody has begun to send them.

It owns finding, moving and withdrawing them. What has been begun is never touched here.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from store.outbox.rows import Outgoing
from store.tables import OutboxRow, OutboxState
from store.tables.delivery import Operation

_UNTOUCHED = (
    OutboxRow.operation == Operation.POST,
    OutboxRow.state == OutboxState.PENDING,
    col(OutboxRow.first_attempt_at).is_(None),
    col(OutboxRow.follows).is_(None),
    OutboxRow.part == 0,
)
"""The first parts of messages that nobody has begun to send."""


@dataclass(frozen=True, slots=True)
class Resting:
    """A message that rests: its key and notice, and whom it goes to when."""

    key: str
    kind: str
    body: str
    to_person: int
    ready_at: datetime


def resting(
    session: Session, now: datetime, *, start: str = "", ending: str = ""
) -> tuple[Resting, ...]:
    """The messages to people that rest now, by the start and the end of their keys."""
    return tuple(
        Resting(row.key, row.kind, row.body, row.to_person, row.ready_at)
        for row in _rows(session, now, start, ending)
        if row.to_person is not None
    )


def ready_between(session: Session, since: datetime, until: datetime) -> tuple[Resting, ...]:
    """The messages to people that rest until an instant from `since` to before `until`."""
    soon = (col(OutboxRow.ready_at) >= since, col(OutboxRow.ready_at) < until)
    rows = session.exec(select(OutboxRow).where(*_UNTOUCHED, *soon).order_by(col(OutboxRow.id)))
    return tuple(
        Resting(row.key, row.kind, row.body, row.to_person, row.ready_at)
        for row in rows
        if row.to_person is not None
    )


def move(session: Session, outgoing: Outgoing, ready_at: datetime, now: datetime) -> bool:
    """Give a message that rests another reader, other words or another instant. Whether it does."""
    rows = _rows(session, now, outgoing.key, outgoing.key)
    for row in rows:
        row.to_person, row.kind, row.body = outgoing.to_person, outgoing.kind, outgoing.body
        row.ready_at = max(now, ready_at)
        session.add(row)
    session.flush()
    return bool(rows)


def withdraw(session: Session, key: str, now: datetime) -> bool:
    """Let a message that rests never be sent: what it was about is over. Whether it rested."""
    rows = _rows(session, now, key, key)
    for row in rows:
        session.delete(row)
    session.flush()
    return bool(rows)


def _rows(session: Session, now: datetime, start: str, ending: str) -> list[OutboxRow]:
    wanted = (
        *_UNTOUCHED,
        col(OutboxRow.ready_at) > now,
        col(OutboxRow.key).startswith(start, autoescape=True),
        col(OutboxRow.key).endswith(ending, autoescape=True),
    )
    return list(
        session.exec(select(OutboxRow).where(*wanted).order_by(col(OutboxRow.id)).with_for_update())
    )
