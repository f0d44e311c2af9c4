"""An outbox row as those see it who hand messages in, and as the sender does.

It owns these shapes and the keys of parts. It must not query.
"""

from dataclasses import dataclass
from datetime import datetime

from store.tables import OutboxRow, OutboxState
from store.tables.delivery import Operation

WAITING = (OutboxState.PENDING, OutboxState.UNKNOWN)
SETTLED = (OutboxState.SENT, OutboxState.PARKED)
BEHIND = "the message it follows is parked"
"""The error of a row that is set aside for another's sake."""
_PERSON = "person "


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
    """An outbox row as the sender sees it. `parent_ts` is that of the message it follows.

    `lease_until` is how long it is the sender's, and the sign of this one taking: no other
    taking of the row has the same.
    """

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
    lease_until: datetime | None
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
    return f"{_PERSON}{to_person}" if to_person is not None else str(to_channel)


def person_of(recipient: str) -> int | None:
    """The number of the person whose direct messages a recipient's word stands for, or none."""
    number = recipient.removeprefix(_PERSON)
    is_person = number != recipient and number.isascii() and number.isdecimal()
    return int(number) if is_person else None


def part_key(key: str, part: int) -> str:
    """The key of a further part of a message."""
    return f"{key}:part{part + 1}" if part else key


def delivery(row: OutboxRow, parent: OutboxRow | None) -> Delivery:
    """A row, and the one it follows, as the sender sees it."""
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
        lease_until=row.lease_until,
        channel=row.channel,
        ts=row.ts,
        parent_channel=parent.channel if parent is not None else None,
        parent_ts=parent.ts if parent is not None else None,
    )
