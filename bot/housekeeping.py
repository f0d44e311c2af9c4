"""Housekeeping between ticks: seals, keys that can go, and instants a wrong clock left behind.

It owns how long each is kept. It decides nothing that anybody is told.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.fates import LONGEST_HOLD
from store import inbox, outbox, seals

INBOX_KEPT = timedelta(days=7)
FURTHEST_AHEAD = 2 * LONGEST_HOLD
"""No message waits longer than an hour for anything but a clock that was ahead."""


def keep_house(session: Session, now: datetime) -> None:
    """Seal the audit's new entries, and forget deliveries that cannot come again."""
    seals.seal(session, now)
    inbox.forget(session, now - INBOX_KEPT)


def recall(session: Session, now: datetime) -> int:
    """Bring back what a clock that was ahead put off; how many messages that was."""
    furthest, settle_until = now + FURTHEST_AHEAD, now + LONGEST_HOLD
    return outbox.recall(session, now, furthest=furthest, settle_until=settle_until)
