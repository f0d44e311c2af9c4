"""The inbox: what has had its effect already, so that a second delivery has none.

It owns the keys of events and requests. It must not decide how long they are kept: the tick
hands in the moment.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete
from sqlmodel import Session, col, select

from store.once import insert_once
from store.tables import InboxRow


def first_time(session: Session, key: str, now: datetime) -> bool:
    """Whether this key comes for the first time. It is kept if this transaction is.

    A delivery that failed and was rolled back may therefore come again and have its effect.
    """
    return insert_once(session, InboxRow, key=key, received_at=now)


def seen(session: Session, key: str) -> bool:
    """Whether this key has had its effect already."""
    return session.get(InboxRow, key) is not None


def received(session: Session, keys: Collection[str]) -> dict[str, datetime]:
    """When those of the keys came that have had their effect."""
    rows = session.exec(select(InboxRow).where(col(InboxRow.key).in_(keys)))
    return {row.key: row.received_at for row in rows}


def forget(session: Session, before: datetime) -> int:
    """Forget the keys received before a moment; how many there were."""
    gone = session.connection().execute(delete(InboxRow).where(col(InboxRow.received_at) < before))
    return cast("CursorResult[Any]", gone).rowcount
