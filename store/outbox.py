"""The outbox: what must be said, under keys that exist once, and how far each has got.

It owns the states of a delivery (`PENDING → SENDING → SENT`, `UNKNOWN` after an unclear
reply, `PARKED` when a person is needed). It must not render, call Slack or decide how long
to wait: instants and outcomes are handed in by the sender.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from store.once import insert_once
from store.tables import OutboxRow, OutboxState, Person
from store.tables.delivery import Operation

WAITING = (OutboxState.PENDING, OutboxState.UNKNOWN)
SETTLED = (OutboxState.SENT, OutboxState.PARKED)
ERROR_LENGTH = 300
LOOK_AHEAD = 25  # rows read for each one taken, so that a hot channel hides nobody behind it


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to say: its key, its notice as JSON, and where it goes.

    Exactly one of `to_person` (number) and `to_channel` (name of the setting) is given.
    `follows` is the key of the message it replies to.
    """

    key: str
    kind: str
    body: str
    to_person: int | None = None
    to_channel: str | None = None
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """An outbox row as the sender sees it. `parent_ts` is that of the message it follows."""

    id: int
    key: str
    operation: Operation
    kind: str
    body: str
    to_person: int | None
    to_channel: str | None
    follows: str | None
    part: int
    due_at: datetime
    state: OutboxState
    attempts: int
    first_attempt_at: datetime | None
    plain: bool
    channel: str | None
    ts: str | None
    parent_channel: str | None = None
    parent_ts: str | None = None

    @property
    def recipient(self) -> str:
        """One word for where it goes, so that a recipient's messages can be paced."""
        return recipient(self.to_person, self.to_channel)


def recipient(to_person: int | None, to_channel: str | None) -> str:
    """One word for a person's direct messages or for a channel."""
    return f"person {to_person}" if to_person is not None else str(to_channel)


def post(session: Session, outgoing: Outgoing, *, due_at: datetime, now: datetime) -> bool:
    """Keep a message to post. False, with nothing changed, when its key is already there."""
    return _insert(session, outgoing, Operation.POST, 0, due_at, now)


def edit(session: Session, key: str, kind: str, body: str, *, now: datetime) -> int:
    """Keep an edit of every part of a message; the newest edit of a part is the one sent.

    The rows of the message hold the newest words from now on; one that nobody has begun to
    post simply says them. Returns how many edits wait to be sent.
    """
    waiting = 0
    for row in _parts(session, key):
        untouched = row.state is OutboxState.PENDING and row.attempts == 0
        row.kind, row.body = kind, body
        session.add(row)
        if not untouched:
            waiting += 1
            _keep_edit(session, row, now)
    session.flush()
    return waiting


def add_parts(session: Session, key: str, count: int, now: datetime) -> None:
    """Keep a row for each further part of a message that needs `count` parts and lacks some."""
    row = session.exec(select(OutboxRow).where(OutboxRow.key == key)).one()
    for part in range(1, count):
        outgoing = Outgoing(
            part_key(key, part), row.kind, row.body, row.to_person, row.to_channel, row.follows
        )
        _insert(session, outgoing, Operation.POST, part, row.due_at, now, behind=row)


def part_key(key: str, part: int) -> str:
    """The key of a further part of a message."""
    return f"{key}:part{part + 1}" if part else key


OPENS = "opening direct messages"
EDITS = "editing messages"


def claim(
    session: Session, now: datetime, *, lease_until: datetime, limit: int, busy: Container[str]
) -> tuple[Delivery, ...]:
    """Mark ready rows as being sent, oldest first and one a recipient, and hand them out.

    Ready means pending, its time come, its message to follow sent, its recipient not `busy`.
    `busy` may also hold `OPENS` (nobody whose direct messages are not open yet) and `EDITS`.
    Two workers never get the same row: rows are locked as they are read where the database can.
    An edit that a newer one has overtaken is settled here without a word.
    """
    parent = aliased(OutboxRow)
    rows = session.exec(
        select(OutboxRow, parent)
        .outerjoin(parent, col(OutboxRow.follows) == col(parent.key))
        .where(
            col(OutboxRow.state) == OutboxState.PENDING,
            col(OutboxRow.ready_at) <= now,
            or_(col(OutboxRow.follows).is_(None), col(parent.state) == OutboxState.SENT),
            ~_waits_for_a_part(),
            *_allowed(busy),
        )
        .order_by(col(OutboxRow.ready_at), _place(), col(OutboxRow.part))
        .limit(limit * LOOK_AHEAD)
        .with_for_update(skip_locked=True, of=OutboxRow)
    ).all()
    taken: dict[str, Delivery] = {}
    for row, followed in rows:
        where = recipient(row.to_person, row.to_channel)
        if where in busy or where in taken or len(taken) == limit:
            continue
        if _is_overtaken(session, row):
            row.state, row.channel, row.ts = OutboxState.SENT, followed.channel, followed.ts
            continue
        row.state, row.lease_until = OutboxState.SENDING, lease_until
        row.attempts += 1
        row.first_attempt_at = row.first_attempt_at or now
        taken[where] = _delivery(row, followed)
    session.flush()
    return tuple(taken.values())


def unclear(session: Session, now: datetime) -> tuple[Delivery, ...]:
    """The rows whose fate is unknown and whose settling time has passed: to be looked for."""
    parent = aliased(OutboxRow)
    rows = session.exec(
        select(OutboxRow, parent)
        .outerjoin(parent, col(OutboxRow.follows) == col(parent.key))
        .where(OutboxRow.state == OutboxState.UNKNOWN, OutboxRow.ready_at <= now)
        .order_by(col(OutboxRow.ready_at), col(OutboxRow.id))
    ).all()
    return tuple(_delivery(row, followed) for row, followed in rows)


def expire(session: Session, now: datetime, *, settle_until: datetime) -> int:
    """Make every row whose lease ran out unknown: its sender died and nobody knows."""
    result = session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.state) == OutboxState.SENDING, col(OutboxRow.lease_until) <= now)
        .values(state=OutboxState.UNKNOWN, ready_at=settle_until, lease_until=None)
    )
    return int(result.rowcount)


def sent(session: Session, id_: int, *, channel: str, ts: str, now: datetime) -> None:
    """Record that a message stands in Slack."""
    row = session.get_one(OutboxRow, id_)
    row.state, row.channel, row.ts, row.sent_at = OutboxState.SENT, channel, ts, now
    row.lease_until, row.error = None, ""
    session.add(row)


def refused(session: Session, id_: int, *, retry_at: datetime, error: str, failed: bool) -> None:
    """Put a row back that was certainly not posted. `failed` is false for a held one (429)."""
    row = session.get_one(OutboxRow, id_)
    row.state, row.ready_at, row.lease_until = OutboxState.PENDING, retry_at, None
    row.error = error[:ERROR_LENGTH]
    row.attempts -= 0 if failed else 1
    session.add(row)


def unknown(session: Session, id_: int, *, settle_until: datetime, error: str) -> None:
    """Set a row aside until its message can be looked for."""
    row = session.get_one(OutboxRow, id_)
    row.state, row.ready_at, row.lease_until = OutboxState.UNKNOWN, settle_until, None
    row.error = error[:ERROR_LENGTH]
    session.add(row)


def plainly(session: Session, id_: int, *, retry_at: datetime, error: str) -> None:
    """Send a row once more as plain text, its blocks having been refused."""
    refused(session, id_, retry_at=retry_at, error=error, failed=True)
    session.get_one(OutboxRow, id_).plain = True


def park(session: Session, id_: int, *, error: str) -> None:
    """Set a row aside for a person to look at, and with it what can only follow it."""
    row = session.get_one(OutboxRow, id_)
    row.state, row.lease_until, row.error = OutboxState.PARKED, None, error[:ERROR_LENGTH]
    session.add(row)
    session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.follows) == row.key, col(OutboxRow.state).in_(WAITING))
        .values(state=OutboxState.PARKED, error="the message it follows is parked")
    )


def next_ready(session: Session) -> datetime | None:
    """The instant at which some row may next be worked on, or none when nothing waits.

    Rows that wait for another to be sent first do not count: that one does.
    """
    unsettled = select(OutboxRow.id).where(col(OutboxRow.state).not_in(SETTLED)).limit(1)
    if session.exec(unsettled).first() is None:
        return None
    parent = aliased(OutboxRow)
    followed = exists().where(
        col(parent.key) == col(OutboxRow.follows), col(parent.state) != OutboxState.SENT
    )
    waiting = select(func.min(OutboxRow.ready_at)).where(
        col(OutboxRow.state).in_(WAITING),
        or_(col(OutboxRow.follows).is_(None), ~followed),
        ~_waits_for_a_part(),
    )
    leased = select(func.min(OutboxRow.lease_until)).where(OutboxRow.state == OutboxState.SENDING)
    found = [session.exec(waiting).one(), session.exec(leased).one()]
    return min((instant for instant in found if instant is not None), default=None)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One message that was due, and what became of it."""

    key: str
    kind: str
    to_person: int | None
    to_channel: str | None
    due_at: datetime
    state: OutboxState
    channel: str | None
    ts: str | None
    error: str


def ledger(session: Session) -> tuple[LedgerLine, ...]:
    """Every message that was due, oldest first. Edits are no messages and are left out."""
    rows = session.exec(
        select(OutboxRow)
        .where(OutboxRow.operation == Operation.POST)
        .order_by(col(OutboxRow.due_at), col(OutboxRow.key))
    ).all()
    return tuple(
        LedgerLine(
            row.key,
            row.kind,
            row.to_person,
            row.to_channel,
            row.due_at,
            row.state,
            row.channel,
            row.ts,
            row.error,
        )
        for row in rows
    )


def body_of(session: Session, key: str) -> tuple[str, str] | None:
    """The kind and the body of a message, or none when there is no such key."""
    row = session.exec(select(OutboxRow).where(OutboxRow.key == key)).first()
    return None if row is None else (row.kind, row.body)


def _is_overtaken(session: Session, row: OutboxRow) -> bool:
    if row.operation is not Operation.EDIT:
        return False
    newer = select(OutboxRow.id).where(
        OutboxRow.follows == row.follows,
        OutboxRow.operation == Operation.EDIT,
        col(OutboxRow.id) > (row.id or 0),
    )
    return session.exec(newer).first() is not None


def _parts(session: Session, key: str) -> list[OutboxRow]:
    first = session.exec(select(OutboxRow).where(OutboxRow.key == key)).first()
    if first is None:
        return []
    pattern = f"{key}:part%"
    more = session.exec(
        select(OutboxRow).where(
            col(OutboxRow.key).like(pattern), OutboxRow.operation == Operation.POST
        )
    ).all()
    return [first, *more]


def _keep_edit(session: Session, row: OutboxRow, now: datetime) -> None:
    """Replace an edit nobody has begun to send; otherwise queue one more behind it."""
    last = session.exec(
        select(OutboxRow)
        .where(OutboxRow.follows == row.key, OutboxRow.operation == Operation.EDIT)
        .order_by(col(OutboxRow.id).desc())
    ).first()
    if last is not None and last.state is OutboxState.PENDING and last.attempts == 0:
        last.kind, last.body = row.kind, row.body
        session.add(last)
        return
    count = int(last.key.rsplit("edit", 1)[1]) + 1 if last is not None else 1
    outgoing = Outgoing(
        f"{row.key}:edit{count}", row.kind, row.body, row.to_person, row.to_channel, row.key
    )
    _insert(session, outgoing, Operation.EDIT, row.part, now, now)


def _allowed(busy: Container[str]) -> list[ColumnElement[bool]]:
    """What a held method leaves to be taken."""
    found: list[ColumnElement[bool]] = []
    if EDITS in busy:
        found.append(col(OutboxRow.operation) != Operation.EDIT)
    if OPENS in busy:
        opened = select(Person.id).where(col(Person.direct_channel).is_not(None))
        person = col(OutboxRow.to_person)
        found.append(or_(person.is_(None), person.in_(opened)))
    return found


def _waits_for_a_part() -> ColumnElement[bool]:
    """Whether an earlier part of the same message is still on its way."""
    earlier = aliased(OutboxRow)
    return (
        exists()
        .where(
            col(OutboxRow.first_part).is_not(None),
            or_(
                col(earlier.id) == col(OutboxRow.first_part),
                col(earlier.first_part) == col(OutboxRow.first_part),
            ),
            col(earlier.part) < col(OutboxRow.part),
            col(earlier.state).not_in(SETTLED),
        )
        .correlate(OutboxRow)
    )


def _place() -> ColumnElement[int]:
    """Where a row stands in the queue: a further part right behind its first."""
    return func.coalesce(col(OutboxRow.first_part), col(OutboxRow.id))


def _insert(
    session: Session,
    outgoing: Outgoing,
    operation: Operation,
    part: int,
    due_at: datetime,
    now: datetime,
    *,
    behind: OutboxRow | None = None,
) -> bool:
    return insert_once(
        session,
        OutboxRow,
        key=outgoing.key,
        operation=operation,
        kind=outgoing.kind,
        body=outgoing.body,
        to_person=outgoing.to_person,
        to_channel=outgoing.to_channel,
        follows=outgoing.follows,
        part=part,
        due_at=due_at,
        enqueued_at=now,
        ready_at=behind.ready_at if behind is not None else now,
        first_part=behind.id if behind is not None else None,
        state=OutboxState.PENDING,
    )


def _delivery(row: OutboxRow, parent: OutboxRow | None) -> Delivery:
    return Delivery(
        id=row.id or 0,
        key=row.key,
        operation=row.operation,
        kind=row.kind,
        body=row.body,
        to_person=row.to_person,
        to_channel=row.to_channel,
        follows=row.follows,
        part=row.part,
        due_at=row.due_at,
        state=row.state,
        attempts=row.attempts,
        first_attempt_at=row.first_attempt_at,
        plain=row.plain,
        channel=row.channel,
        ts=row.ts,
        parent_channel=parent.channel if parent is not None else None,
        parent_ts=parent.ts if parent is not None else None,
    )
