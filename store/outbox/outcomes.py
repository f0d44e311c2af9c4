"""What became of a row that was taken: sent, refused, unclear, or for a person to look at.

It owns writing it down, and the one question before: is the row still this taker's? A sender
that slept past its lease has lost its rows to another, and what it thinks of them counts no
more; only that a message stands is true whoever says it.
"""

from datetime import datetime

from sqlmodel import Session, col, select, update

from store.outbox.keeping import keep_edit
from store.outbox.rows import BEHIND, WAITING, Delivery
from store.tables import OutboxRow, OutboxState
from store.tables.delivery import Operation

ERROR_LENGTH = 300


def sent(session: Session, taken: Delivery, *, channel: str, ts: str, now: datetime) -> bool:
    """Record that a message stands in Slack. False when another one was recorded before.

    One that was found without having been tried is said anew in its place, with any further
    parts: what stands may be in words of a time that restored records have forgotten.
    """
    row = _locked(session, taken)
    if row.state is OutboxState.SENT:
        return row.ts == ts
    row.state, row.channel, row.ts, row.sent_at = OutboxState.SENT, channel, ts, now
    row.error = ""
    if row.operation is Operation.POST and row.attempts == 0:
        keep_edit(session, row, now)
    return True


def refused(
    session: Session, taken: Delivery, *, retry_at: datetime, error: str, failed: bool
) -> bool:
    """Put a row back that was certainly not posted. `failed` is false for a held one (429).

    False, with nothing changed, when the row is no longer this taker's; so with all below.
    """
    row = _own(session, taken)
    if row is None:
        return False
    if row.attempts == 0:
        # It was looked for before its first attempt: that is still to come.
        row.first_attempt_at = None
    row.state, row.ready_at = OutboxState.PENDING, retry_at
    row.error = error[:ERROR_LENGTH]
    row.attempts -= 0 if failed else 1
    return True


def unknown(session: Session, taken: Delivery, *, settle_until: datetime, error: str) -> bool:
    """Set a row aside until its message can be looked for."""
    row = _own(session, taken)
    if row is None:
        return False
    row.state, row.ready_at = OutboxState.UNKNOWN, settle_until
    row.error = error[:ERROR_LENGTH]
    return True


def plainly(session: Session, taken: Delivery, *, retry_at: datetime, error: str) -> bool:
    """Send a row once more as plain text, its blocks having been refused."""
    row = _own(session, taken)
    if row is None:
        return False
    row.plain = True
    return refused(session, taken, retry_at=retry_at, error=error, failed=True)


def park(session: Session, taken: Delivery, *, error: str) -> bool:
    """Set a row aside for a person to look at, and with it what can only follow it."""
    row = _own(session, taken)
    if row is None:
        return False
    row.state, row.error = OutboxState.PARKED, error[:ERROR_LENGTH]
    session.flush()
    session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.follows) == row.key, col(OutboxRow.state).in_(WAITING))
        .values(state=OutboxState.PARKED, error=BEHIND)
    )
    return True


def _own(session: Session, taken: Delivery) -> OutboxRow | None:
    """The row, while it is as it was when it was taken; otherwise none."""
    row = _locked(session, taken)
    is_own = row.state is taken.state and row.lease_until == taken.lease_until
    return row if is_own else None


def _locked(session: Session, taken: Delivery) -> OutboxRow:
    return session.exec(select(OutboxRow).where(OutboxRow.id == taken.id).with_for_update()).one()
