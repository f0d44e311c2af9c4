"""Signed requests: the very same one, sent again, has one effect and gets the same answer.

It owns who handles a request and what was answered. It must not decide for how long that
counts: the door hands in the moments.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, delete, update
from sqlmodel import Session, col

from store.once import insert_once
from store.tables import RequestRow

PROBE = "health"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""A row of this moment that is ever left behind is forgotten with the next old ones."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered with."""

    status: int
    content_type: str
    body: str


class Place(Enum):
    """Where a request without an answer stands: with whoever asks, or with somebody else."""

    YOURS = auto()
    UNDER_WAY = auto()


def take(session: Session, digest: str, now: datetime, *, dead_before: datetime) -> Answer | Place:
    """Take a request to handle it, unless somebody does or it has its answer.

    One that was taken before `dead_before` and never answered is taken over: whoever had it is
    gone.
    """
    if insert_once(session, RequestRow, digest=digest, received_at=now):
        return Place.YOURS
    row = session.get(RequestRow, digest)
    if row is None:
        return Place.UNDER_WAY  # just let go of: whoever asks once more may have it
    if row.status is not None:
        return Answer(row.status, row.content_type, row.body)
    if row.received_at >= dead_before:
        return Place.UNDER_WAY
    over = update(RequestRow).where(_held(digest, row.received_at)).values(received_at=now)
    return Place.YOURS if _rows(session, over) else Place.UNDER_WAY


def answered(session: Session, digest: str, taken: datetime, answer: Answer, now: datetime) -> bool:
    """Keep the answer; whether the request was still with whoever took it at that moment."""
    kept = (
        update(RequestRow)
        .where(_held(digest, taken))
        .values(
            status=answer.status,
            content_type=answer.content_type,
            body=answer.body,
            answered_at=now,
        )
    )
    return _rows(session, kept) == 1


def let_go(session: Session, digest: str, taken: datetime) -> None:
    """Give back a request that could not be handled: sent again, it counts as new."""
    _rows(session, delete(RequestRow).where(_held(digest, taken)))


def forget(session: Session, before: datetime) -> int:
    """Forget the requests received before a moment; how many there were."""
    return _rows(session, delete(RequestRow).where(col(RequestRow.received_at) < before))


def probe(session: Session) -> None:
    """Keep a row and take it away again; an error when the database can keep nothing.

    Reading alone would be well on a full disk, and while somebody else has the file locked.
    """
    insert_once(session, RequestRow, digest=PROBE, received_at=LONG_AGO)
    _rows(session, delete(RequestRow).where(col(RequestRow.digest) == PROBE))


def _held(digest: str, taken: datetime) -> Any:  # noqa: ANN401  # SQLAlchemy's own types of a condition
    return (
        (col(RequestRow.digest) == digest)
        & (col(RequestRow.received_at) == taken)
        & col(RequestRow.status).is_(None)
    )


def _rows(session: Session, change: Update | Delete) -> int:
    return cast("CursorResult[Any]", session.connection().execute(change)).rowcount
