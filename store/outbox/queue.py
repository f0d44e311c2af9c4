"""The queue: taking rows to send, rows to look for, and the instant of the next.

It owns who may take what. A row that is taken stays the taker's until its lease runs out;
takers of other processes pass it over.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from store.outbox.rows import SETTLED, WAITING, Delivery, delivery, person_of, recipient
from store.tables import OutboxRow, OutboxState, Person
from store.tables.delivery import Operation
from store.turns import Turn, take

LOOK_AHEAD = 25  # rows read at a time for each one taken
OPENS = "opening direct messages"
EDITS = "editing messages"
POSTS = "posting messages"
_MOMENT = timedelta(microseconds=1)
# Made once: putting conditions on an alias together takes longer than asking them.
_PARENT = aliased(OutboxRow)
_EARLIER = aliased(OutboxRow)
_AFTER_ITS_PARENT = or_(col(OutboxRow.follows).is_(None), col(_PARENT.state) == OutboxState.SENT)
_WITH_PARENTS = select(OutboxRow, _PARENT).outerjoin(
    _PARENT, col(OutboxRow.follows) == col(_PARENT.key)
)
_FOLLOWED = exists().where(
    col(_PARENT.key) == col(OutboxRow.follows), col(_PARENT.state) != OutboxState.SENT
)
# Most messages have one part: that is asked first, so that no database compares each row with
# every other.
_HAS_NO_PART_BEFORE = or_(
    col(OutboxRow.first_part).is_(None),
    ~exists()
    .where(
        or_(
            col(_EARLIER.id) == col(OutboxRow.first_part),
            col(_EARLIER.first_part) == col(OutboxRow.first_part),
        ),
        col(_EARLIER.part) < col(OutboxRow.part),
        col(_EARLIER.state).not_in(SETTLED),
    )
    .correlate(OutboxRow),
)


def claim(
    session: Session,
    now: datetime,
    *,
    lease_until: datetime,
    limit: int,
    busy: Collection[str],
    only: str | None = None,
) -> tuple[Delivery, ...]:
    """Mark ready rows as being sent, oldest first and one a recipient, and hand them out.

    Ready means pending, its time come, its message to follow sent, its recipient not `busy`.
    `busy` may also hold `OPENS` (nobody whose direct messages are not open yet), `EDITS`
    (no edits) and `POSTS` (nothing but edits).
    Two workers never get the same row, nor rows of one recipient at a time: they claim in
    turns, and pass over what a use case holds. An edit that a newer one has overtaken is
    settled here without a word. `only` leaves all but the message of one key, its copies
    for people (whose keys end with a colon and its own), and their edits.
    """
    take(session.connection(), Turn.CLAIMING)
    most = limit * LOOK_AHEAD
    ready = (
        _WITH_PARENTS.where(
            col(OutboxRow.state) == OutboxState.PENDING,
            col(OutboxRow.ready_at) <= now,
            _AFTER_ITS_PARENT,
            _HAS_NO_PART_BEFORE,
            *_free(session),
            *_allowed(busy),
            *_about(only),
        )
        .order_by(col(OutboxRow.ready_at), _place(), col(OutboxRow.part))
        .limit(most)
        .with_for_update(skip_locked=True, of=OutboxRow)
    )
    taken: dict[str, Delivery] = {}
    is_more = True
    # However many wait for one recipient, they hide nobody: whoever is held or has been given a
    # row is left out of what is read next.
    while is_more and len(taken) < limit:
        rows = session.exec(ready.where(*_none_for({*busy, *taken}))).all()
        is_more = len(rows) == most
        for row, followed in rows:
            where = recipient(row.to_person, row.to_channel)
            if where in taken or len(taken) == limit or _is_passed_over(session, row, followed):
                continue
            _give(row, now, lease_until)
            taken[where] = delivery(row, followed)
        session.flush()
    return tuple(taken.values())


def look(
    session: Session, now: datetime, *, lease_until: datetime, limit: int, only: str | None = None
) -> tuple[Delivery, ...]:
    """Take rows whose fate is unknown and whose settling time has passed: to be looked for.

    They stay unknown, and come up again when the lease runs out with nothing said of them. A
    reply is looked for once its parent is known to stand. `only` as in `claim`.
    """
    rows = session.exec(
        _WITH_PARENTS.where(
            OutboxRow.state == OutboxState.UNKNOWN,
            OutboxRow.ready_at <= now,
            _AFTER_ITS_PARENT,
            *_about(only),
        )
        .order_by(col(OutboxRow.ready_at), col(OutboxRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=OutboxRow)
    ).all()
    for row, _ in rows:
        row.ready_at = _lease(row, lease_until)
    session.flush()
    return tuple(delivery(row, followed) for row, followed in rows)


def next_ready(session: Session, only: str | None = None) -> datetime | None:
    """The instant at which some row may next be worked on, or none when nothing waits.

    Rows that wait for another to be sent first, or for its sender, do not count: that one does.
    `only` as in `claim`.
    """
    unsettled = select(OutboxRow.id).where(col(OutboxRow.state).not_in(SETTLED)).limit(1)
    if session.exec(unsettled).first() is None:
        return None
    waiting = select(func.min(OutboxRow.ready_at)).where(
        col(OutboxRow.state).in_(WAITING),
        or_(col(OutboxRow.follows).is_(None), ~_FOLLOWED),
        _HAS_NO_PART_BEFORE,
        or_(col(OutboxRow.state) == OutboxState.UNKNOWN, and_(true(), *_free(session))),
        *_about(only),
    )
    leased = select(func.min(OutboxRow.lease_until)).where(
        OutboxRow.state == OutboxState.SENDING, *_about(only)
    )
    found = [session.exec(waiting).one(), session.exec(leased).one()]
    return min((instant for instant in found if instant is not None), default=None)


def _give(row: OutboxRow, now: datetime, lease_until: datetime) -> None:
    row.state = OutboxState.SENDING
    _lease(row, lease_until)
    row.attempts += 1
    row.first_attempt_at = row.first_attempt_at or now


def _is_passed_over(session: Session, row: OutboxRow, followed: OutboxRow) -> bool:
    """Whether a row needs no sending; it is settled then, with the message it edits."""
    is_overtaken = _is_overtaken(session, row)
    if is_overtaken:
        row.state, row.channel, row.ts = OutboxState.SENT, followed.channel, followed.ts
    return is_overtaken


def _is_overtaken(session: Session, row: OutboxRow) -> bool:
    if row.operation is not Operation.EDIT:
        return False
    newer = select(OutboxRow.id).where(
        OutboxRow.follows == row.follows,
        OutboxRow.operation == Operation.EDIT,
        col(OutboxRow.id) > (row.id or 0),
    )
    return session.exec(newer).first() is not None


def _allowed(busy: Collection[str]) -> list[ColumnElement[bool]]:
    """What a held method leaves to be taken."""
    found: list[ColumnElement[bool]] = []
    if POSTS in busy:
        found.append(col(OutboxRow.operation) == Operation.EDIT)
    if EDITS in busy:
        found.append(col(OutboxRow.operation) != Operation.EDIT)
    if OPENS in busy:
        opened = select(Person.id).where(col(Person.direct_channel).is_not(None))
        person = col(OutboxRow.to_person)
        found.append(or_(person.is_(None), person.in_(opened)))
    return found


def _about(only: str | None) -> list[ColumnElement[bool]]:
    """Nothing but one message, its copies and their edits, where only those may go."""
    if only is None:
        return []
    keys = (col(OutboxRow.key), col(OutboxRow.follows))
    return [
        or_(
            *(key == only for key in keys),
            *(key.endswith(f":{only}", autoescape=True) for key in keys),
        )
    ]


def _free(session: Session) -> list[ColumnElement[bool]]:
    """Leaves out those whom a sender, of this process or another, is writing to.

    They are few, as many as are sent at a time. Asked for once, not row by row.
    """
    being_sent = session.exec(
        select(OutboxRow.to_person, OutboxRow.to_channel).where(
            OutboxRow.state == OutboxState.SENDING
        )
    ).all()
    return _none_for({recipient(person, channel) for person, channel in being_sent})


def _none_for(recipients: Collection[str]) -> list[ColumnElement[bool]]:
    """Leaves out what goes to any of these."""
    people = {person for one in recipients if (person := person_of(one)) is not None}
    channels = {one for one in recipients if person_of(one) is None}
    return [
        or_(col(OutboxRow.to_person).is_(None), col(OutboxRow.to_person).not_in(people)),
        or_(col(OutboxRow.to_channel).is_(None), col(OutboxRow.to_channel).not_in(channels)),
    ]


def _place() -> ColumnElement[int]:
    """Where a row stands in the queue: a further part right behind its first."""
    return func.coalesce(col(OutboxRow.first_part), col(OutboxRow.id))


def _lease(row: OutboxRow, until: datetime) -> datetime:
    """Give a row away until an instant, a moment later than ever before: no two are alike."""
    row.lease_until = max(until, row.lease_until + _MOMENT if row.lease_until else until)
    return row.lease_until
