"""Which returns a person has begun and not sent.

It owns this one question. What was typed is read where a return is.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from store.tables import Draft


@dataclass(frozen=True, slots=True)
class DraftBegun:
    """That a return was begun, and when it was last saved. `target` is a number."""

    target: int
    quarter: Quarter
    saved_at: datetime


def by(session: Session, author: int) -> tuple[DraftBegun, ...]:
    """Which returns a person has begun and not sent, the latest first."""
    rows = session.exec(
        select(col(Draft.target_id), col(Draft.quarter), col(Draft.saved_at))
        .where(Draft.author_id == author)
        .order_by(col(Draft.saved_at).desc())
    )
    return tuple(DraftBegun(*row) for row in rows)
