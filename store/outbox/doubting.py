"""What restored records still have to send: nobody knows whether it stands meanwhile.

It owns putting those rows in doubt, so that each is looked for before it is first sent.
"""

from datetime import datetime

from sqlalchemy import case, func
from sqlmodel import Session, col, update

from store.tables import OutboxRow, OutboxState
from store.tables.delivery import Operation

UNSENT = (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNKNOWN)


def doubt(session: Session, *, since: datetime, now: datetime) -> int:
    """Put every message in doubt that is not known to stand; how many.

    It may have been posted at any moment after `since`. Edits are left as they are: to say
    the same words again changes nothing. What was never begun and rests for its person's
    morning rests on.
    """
    rests = col(OutboxRow.first_attempt_at).is_(None) & (col(OutboxRow.ready_at) > now)
    result = session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.state).in_(UNSENT), col(OutboxRow.operation) == Operation.POST)
        .values(
            state=OutboxState.UNKNOWN,
            ready_at=case((rests, col(OutboxRow.ready_at)), else_=now),
            attempts=0,
            first_attempt_at=func.coalesce(col(OutboxRow.first_attempt_at), since),
        )
    )
    return int(result.rowcount)
