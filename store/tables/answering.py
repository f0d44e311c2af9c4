"""What goes with answering: snoozes, extensions, proposed colours, figures gathered elsewhere."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from rules.quarters import Quarter
from rules.vocabulary import ProposalState, Status
from store.columns import Exact, Instant, OneOf, QuarterLabel, words_of


class Snooze(SQLModel, table=True):
    """A target nobody is reminded of before a day; once for each target and quarter."""

    __tablename__ = "snooze"
    __table_args__ = (UniqueConstraint("target_id", "quarter", name="uq_snooze_once_a_target"),)

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    quarter: Quarter = Field(sa_type=QuarterLabel)
    person_id: int = Field(foreign_key="person.id")
    until: date
    snoozed_at: datetime = Field(sa_type=Instant)


class Extension(SQLModel, table=True):
    """One person may report until the end of a later day, before the close or after it."""

    __tablename__ = "extension"
    __table_args__ = (UniqueConstraint("quarter", "person_id", name="uq_extension_person"),)

    id: int | None = Field(default=None, primary_key=True)
    quarter: Quarter = Field(sa_type=QuarterLabel)
    person_id: int = Field(foreign_key="person.id")
    until: date
    reason: str = Field(default="", sa_type=Text)
    given_by: int = Field(foreign_key="person.id")
    given_at: datetime = Field(sa_type=Instant)


class Proposal(SQLModel, table=True):
    """A colour a lead proposes in place of the computed one, and what came of it.

    `version` is that of the return it was made with.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("target_id", "quarter", "version", name="uq_proposal_version"),
        CheckConstraint(words_of("state", ProposalState), name="ck_proposal_state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    quarter: Quarter = Field(sa_type=QuarterLabel)
    version: int
    proposed: Status = Field(sa_type=OneOf(Status))
    computed: Status = Field(sa_type=OneOf(Status))
    reason: str = Field(sa_type=Text)
    proposed_by: int = Field(foreign_key="person.id")
    proposed_at: datetime = Field(sa_type=Instant)
    state: ProposalState = Field(sa_type=OneOf(ProposalState))
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    decision: str = Field(default="", sa_type=Text)


class Gathered(SQLModel, table=True):
    """A figure that came in a block's own sheet, for the lead to confirm."""

    __tablename__ = "gathered"
    __table_args__ = (UniqueConstraint("target_id", "quarter", name="uq_gathered_target_quarter"),)

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    quarter: Quarter = Field(sa_type=QuarterLabel)
    figure: Decimal = Field(sa_type=Exact)
    source: str = Field(default="", sa_type=Text)
    as_at: date | None = None
    gathered_by: int | None = Field(default=None, foreign_key="person.id")
    gathered_at: datetime = Field(sa_type=Instant)
