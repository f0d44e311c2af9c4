"""Rows that were left behind: their sender died, or a clock that was ahead set them aside.

It owns bringing them back. What became of them is looked for before they are sent again.
"""

from datetime import datetime

from sqlalchemy import case, or_, update
from sqlmodel import Session, col, select

from store.outbox.rows import WAITING
from store.tables import OutboxRow, OutboxState


def expire(session: Session, now: datetime, *, settle_until: datetime) -> int:
    """Make every row whose lease ran out unknown: its sender died and nobody knows."""
    dead = (
        select(OutboxRow.id)
        .where(col(OutboxRow.state) == OutboxState.SENDING, col(OutboxRow.lease_until) <= now)
        .with_for_update(skip_locked=True)
    )
    result = session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id).in_(dead))
        .values(state=OutboxState.UNKNOWN, ready_at=settle_until)
    )
    return int(result.rowcount)


def recall(session: Session, now: datetime, *, furthest: datetime, settle_until: datetime) -> int:
    """Bring back rows that wait for an instant further ahead than anything waits for.

    The clock was ahead when they were set aside, and has been put right. How many there were.
    What was never begun may rest for days, for its person's morning; there it is the instant of
    keeping that cannot lie ahead.
    """
    tried = col(OutboxRow.first_attempt_at).is_not(None)
    set_aside = case((tried, col(OutboxRow.ready_at)), else_=col(OutboxRow.enqueued_at))
    ahead = or_(
        (col(OutboxRow.state).in_(WAITING)) & (set_aside > furthest),
        (col(OutboxRow.state) == OutboxState.SENDING) & (col(OutboxRow.lease_until) > furthest),
    )
    pending = col(OutboxRow.state) == OutboxState.PENDING
    found = select(OutboxRow.id).where(ahead).with_for_update(skip_locked=True)
    result = session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id).in_(found))
        .values(
            state=case((pending, OutboxState.PENDING), else_=OutboxState.UNKNOWN),
            ready_at=case((pending, now), else_=settle_until),
        )
    )
    return int(result.rowcount)
