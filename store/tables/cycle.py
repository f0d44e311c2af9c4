"""The quarter's cycle: its dates, the returns in all their versions, and drafts."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from rules.quarters import Quarter
from rules.vocabulary import (
    Direction,
    GrantExpectation,
    QuarterState,
    ReturnState,
    Status,
    StatusBasis,
    StatusReason,
    ToleranceMode,
)
from store.columns import Exact, Instant, OneOf, QuarterLabel, words_of


class QuarterRow(SQLModel, table=True):
    """A quarter that has been planned or run. Dates not entered follow from the settings."""

    __tablename__ = "quarter"
    __table_args__ = (CheckConstraint(words_of("state", QuarterState), name="ck_quarter_state"),)

    label: Quarter = Field(primary_key=True, sa_type=QuarterLabel)
    state: QuarterState = Field(sa_type=OneOf(QuarterState))
    opens: date | None = None
    due: date | None = None
    board: date | None = None
    board_confirmed: bool = False
    dates_version: int = 0
    opened_at: datetime | None = Field(default=None, sa_type=Instant)
    paused_at: datetime | None = Field(default=None, sa_type=Instant)
    paused_by: int | None = None


class ReturnRow(SQLModel, table=True):
    """One version of a target's return. The highest version counts; what was said stays said.

    Criteria (`profile` to `tolerance_mode`) are a snapshot at submission. A trigger refuses
    every change but that of `state`. `why` is the reason of a version after the first, and
    `evidence` a link.
    """

    __tablename__ = "quarterly_return"
    __table_args__ = (
        UniqueConstraint("target_id", "quarter", "version", name="uq_quarterly_return_version"),
        CheckConstraint(words_of("state", ReturnState), name="ck_quarterly_return_state"),
        CheckConstraint(words_of("status", Status), name="ck_quarterly_return_status"),
        CheckConstraint(
            words_of("basis", StatusBasis, optional=True), name="ck_quarterly_return_basis"
        ),
        CheckConstraint("version >= 1", name="ck_quarterly_return_version"),
        Index("ix_quarterly_return_quarter", "quarter"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    quarter: Quarter = Field(sa_type=QuarterLabel)
    version: int = 1
    state: ReturnState = Field(sa_type=OneOf(ReturnState))
    status: Status = Field(sa_type=OneOf(Status))
    computed_status: Status | None = Field(default=None, sa_type=OneOf(Status))
    basis: StatusBasis | None = Field(default=None, sa_type=OneOf(StatusBasis))
    reason: StatusReason | None = Field(default=None, sa_type=OneOf(StatusReason))
    reason_text: str = Field(default="", sa_type=Text)
    expected_on: date | None = None
    actual: Decimal | None = Field(default=None, sa_type=Exact)
    profile: Decimal | None = Field(default=None, sa_type=Exact)
    profile_low: Decimal | None = Field(default=None, sa_type=Exact)
    profile_high: Decimal | None = Field(default=None, sa_type=Exact)
    green_tolerance: Decimal | None = Field(default=None, sa_type=Exact)
    amber_tolerance: Decimal | None = Field(default=None, sa_type=Exact)
    tolerance_mode: ToleranceMode | None = Field(default=None, sa_type=OneOf(ToleranceMode))
    disputed: bool = False
    cause: str = Field(default="", sa_type=Text)
    significant_concern: bool = False
    highest_risk: int | None = None
    direction: Direction = Field(
        default=Direction.NOT_COMPARABLE,
        sa_type=OneOf(Direction),
    )
    data_source: str = Field(default="", sa_type=Text)
    data_as_at: date | None = None
    quality_confirmed: bool = False
    grant_expectation: GrantExpectation | None = Field(
        default=None,
        sa_type=OneOf(GrantExpectation),
    )
    late: bool = False
    submitted_by: int | None = Field(default=None, foreign_key="person.id")
    on_behalf_of: int | None = Field(default=None, foreign_key="person.id")
    submitted_at: datetime = Field(sa_type=Instant)
    why: str = Field(default="", sa_type=Text)
    evidence: str = Field(default="", sa_type=Text)


class ReturnMoveRow(SQLModel, table=True):
    """A return accepted, sent back, locked or reopened by somebody, for good. `why` the reason.

    What the close and the freeze do to every return stands in the audit alone.
    """

    __tablename__ = "return_move"
    __table_args__ = (
        CheckConstraint(words_of("before", ReturnState), name="ck_return_move_before"),
        CheckConstraint(words_of("after", ReturnState), name="ck_return_move_after"),
        Index("ix_return_move_return", "target_id", "quarter"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    quarter: Quarter = Field(sa_type=QuarterLabel)
    version: int
    before: ReturnState = Field(sa_type=OneOf(ReturnState))
    after: ReturnState = Field(sa_type=OneOf(ReturnState))
    why: str = Field(default="", sa_type=Text)
    moved_by: int = Field(foreign_key="person.id")
    moved_at: datetime = Field(sa_type=Instant)


class Draft(SQLModel, table=True):
    """What one person has typed for one return and not yet sent.

    `figure_at` and `commentary_at` are when what stands in a step was typed, by Slack's clock.
    """

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("target_id", "quarter", "author_id", name="uq_draft_target_author"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    quarter: Quarter = Field(sa_type=QuarterLabel)
    author_id: int = Field(foreign_key="person.id")
    figure_step: str = Field(default="", sa_type=Text)
    commentary_step: str = Field(default="", sa_type=Text)
    saved_at: datetime = Field(sa_type=Instant)
    figure_at: datetime | None = Field(default=None, sa_type=Instant)
    commentary_at: datetime | None = Field(default=None, sa_type=Instant)


class StageRow(SQLModel, table=True):
    """A stage of a quarter's cycle that has been done, or passed over, once and for good."""

    __tablename__ = "stage"
    __table_args__ = (UniqueConstraint("quarter", "name", name="uq_stage_quarter_name"),)

    id: int | None = Field(default=None, primary_key=True)
    quarter: Quarter = Field(sa_type=QuarterLabel)
    name: str = Field(max_length=40)
    due_at: datetime = Field(sa_type=Instant)
    done_at: datetime = Field(sa_type=Instant)
    passed_over: bool = False
