"""Messages that are set aside: which one a row belongs to, and putting it back in the queue.

It owns the family of a row: the parts of its message, and what can only follow it. It must not
decide who may put it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from store import hold
from store.outbox.rows import BEHIND
from store.tables import OutboxRow, OutboxState
from store.tables.delivery import Operation


@dataclass(frozen=True, slots=True)
class Aside:
    """A message with rows set aside, by the row of its first part.

    `parts` are the places of the parts set aside, or of those whose change is (`is_edit`), out
    of `of`. `behind` counts the messages that can only follow it.
    """

    number: int
    key: str
    to_person: int | None
    to_channel: str | None
    is_edit: bool
    parts: tuple[int, ...]
    of: int
    behind: int


def aside(session: Session, number: int) -> Aside | None:
    """The message that a row belongs to, an edit's being the one it changes. None without rows
    set aside.
    """
    head = _head(session, number)
    if head is None:
        return None
    found = _family(session, head)
    own = [row for row in found if row.error != BEHIND]
    if not own:
        return None
    count = len(_parts(session, head))
    return Aside(
        number=head.id or 0,
        key=head.key,
        to_person=head.to_person,
        to_channel=head.to_channel,
        is_edit=all(row.operation is Operation.EDIT for row in own),
        parts=tuple(sorted({row.part for row in own})),
        of=count,
        behind=sum(
            row.error == BEHIND and row.operation is Operation.POST and row.part == 0
            for row in found
        ),
    )


def key_of(session: Session, number: int) -> str | None:
    """The key of the message that a row belongs to, or none."""
    head = _head(session, number)
    return None if head is None else head.key


def put_back(session: Session, number: int, *, look_first: bool, now: datetime) -> int:
    """Let a message that is set aside be sent again, with what was set aside behind it.

    With `look_first` it may stand already and is looked for first; so is one whose fate a
    restore left in doubt. How many rows were put back.
    """
    head = _head(session, number)
    rows = [] if head is None else _family(session, head)
    for row in rows:
        doubted = hold.looked_for_since(session, row.due_at)
        in_doubt = doubted is not None or (look_first and row.error != BEHIND)
        row.state = OutboxState.UNKNOWN if in_doubt else OutboxState.PENDING
        since = row.first_attempt_at or doubted
        row.first_attempt_at = since if in_doubt else None
        row.attempts, row.ready_at, row.error = 0, now, ""
    session.flush()
    return len(rows)


def _head(session: Session, number: int) -> OutboxRow | None:
    row = session.get(OutboxRow, number)
    if row is not None and row.operation is Operation.EDIT:
        followed = select(OutboxRow).where(OutboxRow.key == row.follows)
        row = session.exec(followed).first()
    if row is not None and row.first_part is not None:
        row = session.get(OutboxRow, row.first_part)
    return row


def _parts(session: Session, head: OutboxRow) -> Sequence[OutboxRow]:
    own = or_(col(OutboxRow.id) == head.id, col(OutboxRow.first_part) == head.id)
    found = select(OutboxRow).where(own).order_by(col(OutboxRow.part)).with_for_update()
    # A sender may say meanwhile that one of them stands: what was read before does not count.
    return session.exec(found.execution_options(populate_existing=True)).all()


def _family(session: Session, head: OutboxRow) -> list[OutboxRow]:
    """Every row set aside of a message: its parts, their edits, and what was parked behind."""
    parts = _parts(session, head)
    follows = col(OutboxRow.follows).in_([part.key for part in parts])
    behind = or_(col(OutboxRow.error) == BEHIND, col(OutboxRow.operation) == Operation.EDIT)
    followers = session.exec(
        select(OutboxRow)
        .where(and_(follows, behind), OutboxRow.state == OutboxState.PARKED)
        .order_by(col(OutboxRow.id))
        .with_for_update()
    ).all()
    return [*(part for part in parts if part.state is OutboxState.PARKED), *followers]
