"""The ledger read for a check: what was due, where it should stand, and which stages were done.

It owns these queries. It changes nothing and takes no lock, so that it reads beside a running
bot. What became of a message is for `rules/certificate.py` to say.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from rules.certificate import Progress
from rules.quarters import Quarter
from store import installation
from store.tables import OutboxRow, OutboxState, Person, Setting, StageRow
from store.tables.delivery import Operation

PROGRESS = {OutboxState.SENT: Progress.SENT, OutboxState.PARKED: Progress.PARKED}

_PARENT = aliased(OutboxRow)
# Made once: putting conditions on an alias together takes longer than asking them.
_MESSAGES = (
    select(OutboxRow, _PARENT.channel, _PARENT.ts, Person.direct_channel)
    .outerjoin(_PARENT, col(OutboxRow.follows) == col(_PARENT.key))
    .outerjoin(Person, col(OutboxRow.to_person) == col(Person.id))
    .where(OutboxRow.operation == Operation.POST)
    .order_by(col(OutboxRow.due_at), col(OutboxRow.key))
)


@dataclass(frozen=True, slots=True)
class DueMessage:
    """One message that was due, and where it stands or would stand.

    `channel` is the Slack channel it was posted to, or the direct messages of whom it is for;
    none where these were never opened, or for a named channel it was not posted to yet.
    `thread` is the message it replies to, as channel and ts, once that one stands. `follows`
    says whether it is a reply at all. `rests_until` is when it may first be sent, where it waits
    for its person's working hours and was not tried yet.
    """

    key: str
    kind: str
    to_person: int | None
    to_channel: str | None
    due_at: datetime
    progress: Progress
    sent_at: datetime | None
    channel: str | None
    follows: bool
    thread: tuple[str, str] | None
    rests_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StageDone:
    """A stage that was performed: its name, and the instant it was due."""

    name: str
    due_at: datetime


def due_messages(
    session: Session, since: datetime, before: datetime | None = None
) -> tuple[DueMessage, ...]:
    """Every message due from `since` on, and before `before` where given, oldest first.

    Edits are no messages and are left out.
    """
    statement = _MESSAGES.where(col(OutboxRow.due_at) >= since)
    if before is not None:
        statement = statement.where(col(OutboxRow.due_at) < before)
    return tuple(
        _message(row, (channel, ts) if channel and ts else None, direct)
        for row, channel, ts, direct in session.exec(statement)
    )


def stages_done(session: Session, quarter: Quarter) -> tuple[StageDone, ...]:
    """The stages of a quarter that were performed, in order; those passed over are left out."""
    rows = session.exec(
        select(StageRow)
        .where(StageRow.quarter == quarter, col(StageRow.passed_over).is_(False))
        .order_by(col(StageRow.due_at), col(StageRow.id))
    )
    return tuple(StageDone(row.name, row.due_at) for row in rows)


def kept(session: Session, keys: Collection[str]) -> frozenset[str]:
    """Which of these keys stand in the outbox."""
    return frozenset(session.exec(select(OutboxRow.key).where(col(OutboxRow.key).in_(keys))))


def every_key(session: Session) -> tuple[str, ...]:
    """The key of every message there is, of any quarter."""
    return tuple(session.exec(select(OutboxRow.key).where(OutboxRow.operation == Operation.POST)))


def notices_under(session: Session, start: str) -> tuple[tuple[str, str], ...]:
    """The kind and body of every message whose key starts so; the parts of one count once."""
    rows = session.exec(
        select(OutboxRow.kind, OutboxRow.body).where(
            col(OutboxRow.key).startswith(start, autoescape=True),
            OutboxRow.operation == Operation.POST,
            OutboxRow.part == 0,
        )
    )
    return tuple((kind, body) for kind, body in rows)


def secret(session: Session) -> bytes | None:
    """The installation's own secret, or none before its first use."""
    row = session.get(Setting, installation.SECRET)
    return None if row is None else bytes.fromhex(row.value)


def _message(row: OutboxRow, thread: tuple[str, str] | None, direct: str | None) -> DueMessage:
    return DueMessage(
        key=row.key,
        kind=row.kind,
        to_person=row.to_person,
        to_channel=row.to_channel,
        due_at=row.due_at,
        progress=PROGRESS.get(row.state, Progress.WAITING),
        sent_at=row.sent_at,
        channel=row.channel or direct,
        follows=row.follows is not None,
        thread=thread,
        rests_until=row.ready_at if _rests(row) else None,
    )


def _rests(row: OutboxRow) -> bool:
    is_untouched = row.state is OutboxState.PENDING and row.first_attempt_at is None
    return is_untouched and row.ready_at > row.enqueued_at
