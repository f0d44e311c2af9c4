"""Escalations and what each quarter did to them (specification §7)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent, EscalationState
from store.columns import Instant, OneOf, QuarterLabel, words_of


class EscalationRow(SQLModel, table=True):
    """One poor run of a target, from the quarter the streak began."""

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("target_id", "streak_start", name="uq_escalation_streak"),
        CheckConstraint(words_of("state", EscalationState), name="ck_escalation_state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    streak_start: Quarter = Field(sa_type=QuarterLabel)
    opened_in: Quarter = Field(sa_type=QuarterLabel)
    closed_in: Quarter | None = Field(default=None, sa_type=QuarterLabel)
    state: EscalationState = Field(sa_type=OneOf(EscalationState))


class EscalationQuarterRow(SQLModel, table=True):
    """What one quarter's run said of an escalation, and the sponsor's answer to it."""

    __tablename__ = "escalation_quarter"
    __table_args__ = (
        UniqueConstraint("escalation_id", "quarter", name="uq_escalation_quarter"),
        CheckConstraint(words_of("event", EscalationEvent), name="ck_escalation_quarter_event"),
    )

    id: int | None = Field(default=None, primary_key=True)
    escalation_id: int = Field(foreign_key="escalation.id")
    quarter: Quarter = Field(sa_type=QuarterLabel)
    event: EscalationEvent = Field(sa_type=OneOf(EscalationEvent))
    streak: int
    told_under: str = Field(default="", max_length=200)
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")
    acknowledged_at: datetime | None = Field(default=None, sa_type=Instant)
    note: str = Field(default="", sa_type=Text)
