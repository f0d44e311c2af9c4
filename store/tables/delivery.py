"""What must be said and what came in: outbox, inbox and request rows (nothing lost, none twice)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.columns import Instant, OneOf, words_of


class OutboxState(StrEnum):
    """Where a message stands on its way out."""

    PENDING = "PENDING"
    SENDING = "SENDING"
    UNKNOWN = "UNKNOWN"
    SENT = "SENT"
    PARKED = "PARKED"


class Operation(StrEnum):
    """Whether a row posts a message or edits one that stands."""

    POST = "POST"
    EDIT = "EDIT"


class OutboxRow(SQLModel, table=True):
    """One message to post, or one edit of it, under a business key that exists once.

    `to_person` or `to_channel` (the name of a setting, such as BOARD_CHANNEL) says where.
    `follows` is the key of the row whose message this one replies to or edits; it waits until
    that one is sent. `part` counts from 0 where a notice needs more than one message, and
    `first_part` is the id of the first. A sent row is the record of the delivery.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key", name="uq_outbox_key"),
        CheckConstraint(words_of("state", OutboxState), name="ck_outbox_state"),
        CheckConstraint(words_of("operation", Operation), name="ck_outbox_operation"),
        CheckConstraint(
            "(to_person IS NULL) != (to_channel IS NULL)", name="ck_outbox_one_recipient"
        ),
        CheckConstraint("state != 'SENT' OR ts IS NOT NULL", name="ck_outbox_sent_has_ts"),
        Index("ix_outbox_ready", "state", "ready_at", "id"),
        Index("ix_outbox_follows", "follows"),
        Index("ix_outbox_ts", "ts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=200)
    operation: Operation = Field(sa_type=OneOf(Operation))
    kind: str = Field(max_length=60)
    body: str = Field(sa_type=Text)
    to_person: int | None = Field(default=None, foreign_key="person.id")
    to_channel: str | None = Field(default=None, max_length=40)
    follows: str | None = Field(default=None, max_length=200)
    part: int = 0
    first_part: int | None = None
    due_at: datetime = Field(sa_type=Instant)
    enqueued_at: datetime = Field(sa_type=Instant)
    ready_at: datetime = Field(sa_type=Instant)
    state: OutboxState = Field(sa_type=OneOf(OutboxState))
    attempts: int = 0
    first_attempt_at: datetime | None = Field(default=None, sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    plain: bool = False
    channel: str | None = Field(default=None, max_length=40)
    ts: str | None = Field(default=None, max_length=40)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    error: str = Field(default="", max_length=300)


class InboxRow(SQLModel, table=True):
    """A delivery that has had its effect, by its business key or Slack's event id."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_received", "received_at"),)

    key: str = Field(primary_key=True, max_length=200)
    received_at: datetime = Field(sa_type=Instant)


class RequestRow(SQLModel, table=True):
    """One signed request of Slack's over HTTP, by its digest, with our answer once it is given.

    It is kept for minutes, so that the very same request has one effect. The answer is what
    the bot said in it, and never what somebody typed elsewhere.
    """

    __tablename__ = "request"
    __table_args__ = (
        CheckConstraint(
            "(status IS NULL) = (answered_at IS NULL)", name="ck_request_answered_whole"
        ),
        Index("ix_request_received", "received_at"),
    )

    digest: str = Field(primary_key=True, max_length=64)
    received_at: datetime = Field(sa_type=Instant)
    status: int | None = None
    content_type: str = Field(default="", max_length=100)
    body: str = Field(default="", sa_type=Text)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
