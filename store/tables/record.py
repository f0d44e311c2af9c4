"""The record: settings, digests as issued, and the audit with its seals."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from rules.quarters import Quarter
from store.columns import Instant, QuarterLabel


class Setting(SQLModel, table=True):
    """An organisation fact that is data: a threshold, a date offset, an effective-from."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True, max_length=60)
    value: str = Field(sa_type=Text)
    changed_at: datetime = Field(sa_type=Instant)
    changed_by: int | None = Field(default=None, foreign_key="person.id")


class DigestIssue(SQLModel, table=True):
    """A digest as it was issued: its version, the moment of its records and their check."""

    __tablename__ = "digest_issue"
    __table_args__ = (UniqueConstraint("quarter", "version", name="uq_digest_issue_version"),)

    id: int | None = Field(default=None, primary_key=True)
    quarter: Quarter = Field(sa_type=QuarterLabel)
    version: int
    as_of: datetime = Field(sa_type=Instant)
    check_sum: str = Field(max_length=64)
    parts: int
    body: str = Field(sa_type=Text)


class AuditEntry(SQLModel, table=True):
    """Who did what, when, and how it stood before and after. Triggers refuse any change."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Instant)
    actor: int | None = Field(default=None)
    rule: str = Field(default="", max_length=60)
    action: str = Field(max_length=60)
    subject: str = Field(max_length=200)
    before: str = Field(default="", sa_type=Text)
    after: str = Field(default="", sa_type=Text)


class AuditSeal(SQLModel, table=True):
    """A seal over a batch of audit entries, hashing the seal before it."""

    __tablename__ = "audit_seal"
    __table_args__ = (UniqueConstraint("first_entry", name="uq_audit_seal_first_entry"),)

    id: int | None = Field(default=None, primary_key=True)
    first_entry: int
    last_entry: int
    sealed_at: datetime = Field(sa_type=Instant)
    digest: str = Field(max_length=64)
