"""Keeping what must be said, and saying it anew.

It owns inserting rows under their keys. An edit locks the rows it is about, so that no sender
takes one half way: on PostgreSQL they work beside each other.
"""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from store import hold
from store.once import insert_once
from store.outbox.rows import BEHIND, Outgoing, part_key
from store.tables import OutboxRow, OutboxState
from store.tables.delivery import Operation


def post(
    session: Session,
    outgoing: Outgoing,
    *,
    due_at: datetime,
    now: datetime,
    ready_at: datetime | None = None,
) -> bool:
    """Keep a message to post. False, with nothing changed, when its key is already there.

    It rests until `ready_at`, where that is given.
    """
    return _insert(session, outgoing, Operation.POST, 0, due_at, now, ready_at=ready_at)


def edit(session: Session, key: str, kind: str, body: str, *, now: datetime) -> int:
    """Keep an edit of every part of a message; the newest edit of a part is the one sent.

    The rows of the message hold the newest words from now on; one that nobody has begun to
    post simply says them. Returns how many edits wait to be sent.
    """
    waiting = 0
    for row in _parts(session, key):
        untouched = row.state is OutboxState.PENDING and row.attempts == 0
        # One that was set aside and put back may have edits of before waiting behind it.
        untouched = untouched and _last_edit(session, row) is None
        row.kind, row.body = kind, body
        session.add(row)
        if not untouched:
            waiting += 1
            keep_edit(session, row, now)
    session.flush()
    return waiting


def add_parts(session: Session, key: str, count: int, now: datetime) -> None:
    """Keep a row for each further part of a message that needs `count` parts and lacks some."""
    row = session.exec(select(OutboxRow).where(OutboxRow.key == key).with_for_update()).one()
    for part in range(1, count):
        outgoing = Outgoing(
            part_key(key, part), row.kind, row.body, row.to_person, row.to_channel, row.follows
        )
        _insert(session, outgoing, Operation.POST, part, row.due_at, now, behind=row)


def body_of(session: Session, key: str) -> tuple[str, str] | None:
    """The kind and the body of a message, or none when there is no such key."""
    row = session.exec(select(OutboxRow).where(OutboxRow.key == key)).first()
    return None if row is None else (row.kind, row.body)


def kept_under(session: Session, kind: str, ending: str) -> tuple[str, ...]:
    """The keys of the messages of a kind that end so, in the order they were kept."""
    rows = session.exec(
        select(OutboxRow.key)
        .where(
            OutboxRow.kind == kind,
            OutboxRow.operation == Operation.POST,
            col(OutboxRow.first_part).is_(None),
            col(OutboxRow.key).endswith(ending, autoescape=True),
        )
        .order_by(col(OutboxRow.id))
    )
    return tuple(rows)


def keys_of(session: Session, kinds: Collection[str], containing: str) -> tuple[str, ...]:
    """The keys of the messages of some kinds that contain these words."""
    rows = session.exec(
        select(OutboxRow.key).where(
            col(OutboxRow.kind).in_(kinds),
            OutboxRow.operation == Operation.POST,
            col(OutboxRow.first_part).is_(None),
            col(OutboxRow.key).contains(containing, autoescape=True),
        )
    )
    return tuple(rows)


def _parts(session: Session, key: str) -> list[OutboxRow]:
    first = session.exec(select(OutboxRow).where(OutboxRow.key == key).with_for_update()).first()
    if first is None:
        return []
    more = session.exec(
        select(OutboxRow)
        .where(OutboxRow.first_part == first.id, OutboxRow.operation == Operation.POST)
        .order_by(col(OutboxRow.id))
        .with_for_update()
    ).all()
    return [first, *more]


def keep_edit(session: Session, row: OutboxRow, now: datetime) -> None:
    """Say a row's message anew in its words: replace an edit nobody has begun to send, otherwise
    queue one more behind it.
    """
    last = _last_edit(session, row)
    if last is not None and last.state is OutboxState.PENDING and last.attempts == 0:
        last.kind, last.body = row.kind, row.body
        session.add(last)
        return
    count = int(last.key.rsplit("edit", 1)[1]) + 1 if last is not None else 1
    outgoing = Outgoing(
        f"{row.key}:edit{count}", row.kind, row.body, row.to_person, row.to_channel, row.key
    )
    _insert(session, outgoing, Operation.EDIT, row.part, now, now)


def _last_edit(session: Session, row: OutboxRow) -> OutboxRow | None:
    return session.exec(
        select(OutboxRow)
        .where(OutboxRow.follows == row.key, OutboxRow.operation == Operation.EDIT)
        .order_by(col(OutboxRow.id).desc())
        .limit(1)
        .with_for_update()
    ).first()


def _insert(
    session: Session,
    outgoing: Outgoing,
    operation: Operation,
    part: int,
    due_at: datetime,
    now: datetime,
    *,
    behind: OutboxRow | None = None,
    ready_at: datetime | None = None,
) -> bool:
    # After a restore a message may stand of which the records have forgotten: see hold.py.
    forgotten = None if operation is Operation.EDIT else hold.looked_for_since(session, due_at)
    state, error = _first_state(session, outgoing.follows, forgotten)
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
        ready_at=behind.ready_at if behind is not None else max(now, ready_at or now),
        first_part=behind.id if behind is not None else None,
        first_attempt_at=forgotten,
        state=state,
        error=error,
    )


def _first_state(
    session: Session, follows: str | None, forgotten: datetime | None
) -> tuple[OutboxState, str]:
    """How a row begins; one that can only follow a parked one waits with it."""
    if follows is not None:
        parked = select(OutboxRow.id).where(
            OutboxRow.key == follows, OutboxRow.state == OutboxState.PARKED
        )
        if session.exec(parked).first() is not None:
            return OutboxState.PARKED, BEHIND
    return (OutboxState.PENDING if forgotten is None else OutboxState.UNKNOWN), ""
